"""Reading input strictly: one JSON loader for every body, one way from form names to nested values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Request, request
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict

from remanu.errors import BadInput, InvalidForm, MalformedBody, TooLarge
from remanu.rules import canonical

BODY_LIMIT = 256 * 1024
_DEEPEST = 8
_NUMBERED = re.compile("[0-9]{1,4}")


class StrictParser(FlaskParser):
    """webargs with the strict loader: no duplicate keys, NaN, deep nesting or lone surrogates (T21)."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body as JSON values; MalformedBody or TooLarge."""
        return read_json(req)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> Any:
        """InvalidForm with the reasons field by field."""
        from remanu.web.shape import flatten  # noqa: PLC0415 -- shape imports nothing of ours that imports this

        raise InvalidForm(fields=flatten(error.messages.get("json", error.messages)))  # type: ignore[union-attr]


def read_json(req: Request | None = None) -> Any:
    """The request's body by the strict loader; an empty body reads as an empty object."""
    source = req or request
    if (source.content_length or 0) > BODY_LIMIT:
        raise TooLarge(limit=BODY_LIMIT)
    raw = source.get_data(cache=True)
    if not raw:
        return {}
    try:
        return canonical.decode(raw, limit=BODY_LIMIT)
    except BadInput as error:
        raise MalformedBody(why=error.details["why"]) from error


def ticked() -> MultiDict[str, str]:
    """The form of a page that is no act's own; BadInput for a zero byte, which stores choke on."""
    for name, value in request.form.items(multi=True):
        if "\0" in value:
            raise BadInput(name, "wrong-type")
    return request.form


def unflatten(flat: Mapping[str, str]) -> dict[str, Any]:
    """`a.b` becomes a nested value, `a.0.b` a list; anything that contradicts itself is refused."""
    root: dict[str, Any] = {}
    for name, value in flat.items():
        parts = name.split(".")
        if len(parts) > _DEEPEST:
            raise InvalidForm(fields={parts[0]: ["too-deep"]})
        here = root
        for part in parts[:-1]:
            here = here.setdefault(part, {})
            if not isinstance(here, dict):
                raise InvalidForm(fields={name: ["unknown-field"]})
        here[parts[-1]] = value
    return {name: _listed(value) for name, value in root.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _listed(part) for name, part in value.items()}
    if inner and all(_NUMBERED.fullmatch(name) for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
