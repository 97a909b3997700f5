"""The only map from errors to answers: a problem document (RFC 9457) or a page in plain words."""

from __future__ import annotations

import json
from typing import Any

import structlog
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask, Response, g, make_response, render_template, request
from flask_smorest import Api
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from remanu.errors import Damaged, NotFound, NotSignedIn, Refusal, Unavailable
from remanu.web.access import EVERYBODY, allow
from remanu.web.negotiation import wants_json
from remanu.web.words import PROBLEMS

_HTTP_CODES = {
    400: "malformed-body",
    404: "not-found",
    405: "wrong-method",
    406: "not-acceptable",
    413: "too-large",
    415: "malformed-body",
    429: "too-many",
}
# What proves who one is, and what belongs to one sending alone, is not carried through a sign-in.
_NOT_CARRIED = ("factor", "password", "pin", "secret", "key", "expected")
# A detail never takes the place of what every document says.
_TOLD_AS = {"code": "part_code", "type": "of_type", "title": "of_title", "status": "of_status"}
_log = structlog.get_logger("remanu")


class ProblemApi(Api):  # type: ignore[misc]
    """flask-smorest without an error format of its own, and with a name for every feature's own shapes."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(_named)})

    def _register_error_handlers(self) -> None:
        """All errors go through `register` below."""


def _named(schema: Any) -> str:
    """Two features may give their shapes the same name; in the description each is named with its feature."""
    kind: Any = resolve_schema_cls(schema)
    return ".".join([*kind.__module__.split(".")[1:2], kind.__name__])


def register(app: Flask) -> None:
    """Answer every error here and nowhere else."""
    app.register_error_handler(Refusal, answer)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(DBAPIError, _from_database)
    app.register_error_handler(Exception, _from_unknown)
    app.add_url_rule("/problems/<code>", "problem", explained)


@allow(EVERYBODY)
def explained(code: str) -> str:
    """What a code means and what to do: the address that every problem document names as its type."""
    if code not in PROBLEMS:
        raise NotFound(what="page")
    title, advice = PROBLEMS[code]
    return render_template("errors/code.html", code=code, title=title, advice=advice)


def answer(problem: Refusal) -> Response:
    """The answer to a refusal: its status, its code, and the details that may be told."""
    _log.info("refused", code=problem.code, status=problem.status, route=_route())
    return _answer(problem.status, problem.code, problem.details)


def _route() -> str:
    # The pattern and not the address, because one-time links carry their secret in it (ASVS 16.2.5).
    return request.url_rule.rule if request.url_rule else ""


def _from_http(error: HTTPException) -> Response:
    status = error.code or 500
    response = _answer(status, _HTTP_CODES.get(status, "failed"), {})
    for name, value in error.get_headers():
        # 405 must say what is allowed (RFC 9110 §15.5.6); the body's own type is not theirs to set.
        if name.lower() in {"allow", "retry-after", "location"}:
            response.headers[name] = value
    return response


def _from_database(error: DBAPIError) -> Response:
    _log.error("database", error=str(error.orig), route=_route())
    return answer(Unavailable(retry_after=5))


def _from_unknown(error: Exception) -> Response:
    # The outside learns nothing but the request id; the log learns everything (ASVS 16.5.1).
    _log.error("failed", exc_info=error, route=_route())
    return _answer(500, "failed", {})


def _answer(status: int, code: str, details: dict[str, Any]) -> Response:
    title, advice = PROBLEMS.get(code, PROBLEMS["failed"])
    told = {} if code in {Damaged.code, "misconfigured"} else details
    response = _document(status, code, title, told) if wants_json() else _page(status, code, (title, advice), told)
    if "retry_after" in details:
        response.headers["Retry-After"] = str(details["retry_after"])
    response.status_code = status
    return response


def _document(status: int, code: str, title: str, details: dict[str, Any]) -> Response:
    body = {
        "type": f"/problems/{code}",
        "title": title,
        "status": status,
        "code": code,
        "request": g.get("request_id", ""),
        **{_TOLD_AS.get(name, name): value for name, value in details.items()},
    }
    return Response(json.dumps(body, default=str), content_type="application/problem+json; charset=utf-8")


def _page(status: int, code: str, words: tuple[str, str], details: dict[str, Any]) -> Response:
    if code == NotSignedIn.code:
        return make_response(_sign_in_page(words))
    page = render_template(
        "errors/problem.html", status=status, code=code, title=words[0], advice=words[1], details=details,
        request_id=g.get("request_id", ""),
    )
    return make_response(page)


def _is_secret(name: str) -> bool:
    # Whoever stands beside proves himself too, as `second_factor`.
    return name.rpartition("_")[2] in _NOT_CARRIED


def _sign_in_page(words: tuple[str, str]) -> str:
    """The sign-in form, with everything that was typed into the form of the ended session carried along."""
    typed = {name: value for name, value in request.form.items() if not _is_secret(name)}
    return render_template(
        "accounts/sign_in.html",
        title=words[0],
        next=request.full_path.rstrip("?") if request.method == "GET" else request.path,
        typed=typed,
        lost_files=any(file.filename for file in request.files.values()),
    )
