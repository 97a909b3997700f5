"""The ways in and out: sign in, one-time links, badge and PIN on a shared tablet, confirm, sign out."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from flask import Response, current_app, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from remanu.accounts import actions, queries, schemas
from remanu.accounts.schemas import said, site
from remanu.db import Database
from remanu.errors import BadInput, Conflict, InvalidForm, Refusal, SignatureRefused, TooMany
from remanu.web import acts, locale, shape
from remanu.web.access import EVERYBODY, allow, roles_of
from remanu.web.context import Known, SessionLoader, SignedIn, cookie, here, me, signed_in
from remanu.web.limits import at_most
from remanu.web.words import ROLES

REFUSED = (BadInput, InvalidForm, TooMany)
_TYPED = "typed."
_TOUCH = timedelta(seconds=60)
_log = structlog.get_logger("remanu")
_NAMES = {"en": "name_en", "zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant"}


def session_loader(database: Database) -> SessionLoader:
    """Who holds a token, for `web.context`: one statement, live on every request (T19)."""

    def load(connection: Connection, token: str) -> SignedIn | None:
        live = queries.load_session(connection, database.keyring, token, database.clock.now())
        if live is None:
            return None
        g.live_session = live
        return SignedIn(live.actor, live.id, live.name, called(live.organisation), live.device is not None)

    return load


def badge_checker(database: Database) -> Known:
    """Whether a text is somebody's badge, for `web.context`: pages repeat none."""

    def known(connection: Connection, text: str) -> bool:
        return queries.is_badge(connection, database.keyring, text)

    return known


def called(organisation: queries.Row) -> str:
    """The organisation's name in the language of the page."""
    name: str = getattr(organisation, _NAMES[locale.current()])
    return name


def touch(response: Response) -> Response:
    """Remember now and then that the session is in use; a store that takes no writes stops no reader."""
    live: queries.Live | None = g.get("live_session")
    if live is not None:
        database = here().database
        if database.clock.now() - live.seen_at > min(_TOUCH, queries.idle_limit(live.actor.device) / 8):
            with suppress(Refusal, DBAPIError):
                database.transact(lambda tx: actions.touch(tx, live.id))
    return response


@allow(EVERYBODY)
@at_most(60)
def sign_in() -> ResponseReturnValue:
    """Sign in; what was typed into a form of an ended session comes along and is shown again afterwards."""
    if request.method == "GET":
        return _sign_in_page()
    try:
        given = shape.take(schemas.SignIn, picked("login", "password"))
        entered = actions.enter(here().database, **given, address=address(), cost=cost())
    except (*REFUSED, Conflict) as problem:
        return refused(_sign_in_page(problem), problem)
    return _second_page(given["login"], entered) if isinstance(entered, actions.Second) else _arrive(entered)


@allow(EVERYBODY)
@at_most(60)
def sign_in_second() -> ResponseReturnValue:
    """The second step of signing in: a one-time code, or a passkey's answer."""
    try:
        given = shape.take(schemas.Second, picked("login", "at", "tag", "code_factor", "passkey_factor"))
        token = actions.enter_second(
            here().database, login=given["login"], given=schemas.second_of(given), site=site(), address=address()
        )
    except (*REFUSED, SignatureRefused) as problem:
        # Both steps begin again; what was wrong is said above them, because its field is not on that page.
        return refused(_sign_in_page(problem, {"": next(iter(said(problem).values()))}), problem)
    return _arrive(token)


def _second_page(login: str, second: actions.Second) -> str:
    asked = {"challenge": second.challenge, "rp_id": site().rp_id, "passkeys": second.passkeys, "at": second.at}
    return render_template(
        "accounts/second.html",
        login=login,
        second=second,
        asked=asked,
        takes_passkeys=schemas.takes_passkeys(),
        next=own(request.values.get("next", "")),
        typed=_typed(),
    )


def _sign_in_page(problem: Refusal | None = None, words: dict[str, str] | None = None) -> str:
    return render_template(
        "accounts/sign_in.html",
        said=words or said(problem),
        login=request.form.get("login", ""),
        next=own(request.values.get("next", "")),
        typed=_typed(),
    )


@allow(EVERYBODY)
@at_most(30)
def tablet() -> ResponseReturnValue:
    """Switch the person on a shared tablet by badge and PIN."""
    if request.method == "GET":
        return _tablet_page()
    device = request.cookies.get(schemas.DEVICE_COOKIE, "")
    try:
        given = shape.take(schemas.OnTablet, picked("badge", "pin"))
        token = actions.switch_person(
            here().database, device_token=device, **given, address=address(), cost=cost()
        )
    except REFUSED as problem:
        return refused(_tablet_page(problem), problem)
    return _arrive(token)


def _tablet_page(problem: Refusal | None = None) -> str:
    database = here().database
    token = request.cookies.get(schemas.DEVICE_COOKIE, "")
    with database.reading() as connection:
        device = queries.device_of(connection, database.keyring, token)
    return render_template(
        "accounts/tablet.html",
        device=device,
        said=said(problem),
        badge=request.form.get("badge", ""),
        next=own(request.values.get("next", "")),
        typed=_typed(),
    )


@allow(EVERYBODY)
@at_most(30)
def redeem(token: str) -> ResponseReturnValue:
    """A one-time link: become a member, or set a new password."""
    if request.method == "GET":
        return _link_page(token)
    try:
        given = shape.take(schemas.Redeem, picked("login", "name", "password"))
        session = actions.redeem_invitation(here().database, token, **given, address=address(), cost=cost())
    except REFUSED as problem:
        return refused(_link_page(token, problem), problem)
    return _arrive(session)


def _link_page(token: str, problem: Refusal | None = None) -> str:
    database = here().database
    with database.reading() as connection:
        row = queries.invitation(connection, token, now=database.clock.now())
        organisation = queries.find_organisation(connection, row.org_id)
    return render_template(
        "accounts/redeem.html",
        organisation=called(organisation),
        roles=sorted(queries.roles_of(row)),
        words=ROLES,
        member=row.member,
        renews=row.purpose == queries.CODE,
        said=said(problem),
        typed=picked("login", "name"),
    )


@allow(EVERYBODY)
def sign_out() -> ResponseReturnValue:
    """End the session on the server and forget its cookie."""
    _end_present()
    response = redirect("/tablet" if schemas.DEVICE_COOKIE in request.cookies else "/sign-in", 303)
    response.delete_cookie(cookie(), path="/", secure=here().config.secure_cookies, httponly=True)
    return response


def _end_present() -> None:
    found = signed_in()
    g.live_session = None
    if found is not None:
        here().database.transact(lambda tx: actions.sign_out(tx, found.session_id))


def _arrive(token: str) -> Response:
    """Begin the new session, end the one the browser had, and go on where the person was."""
    _end_present()
    with here().database.reading() as connection:
        g.signed_in = here().load_session(connection, token)
    _log.info("signed in", route=_route())
    path, typed = own(request.form.get("next", "")), _typed()
    if path == "/" and me().actor.roles == {"admin"}:
        path = "/admin/people"
    return with_session(_resumed(path, typed), token)


def _resumed(path: str, typed: dict[str, str]) -> ResponseReturnValue:
    """Where the person was: an act's page with all that was typed, where he may do it; else the address."""
    adapter = current_app.create_url_adapter(request)
    try:
        endpoint, args = adapter.match(urlsplit(path).path, method="GET") if adapter else ("", {})
    except HTTPException:
        return redirect("/", 303)
    verb = acts.all_verbs().get(str(endpoint))
    if typed and verb is not None and me().actor.roles & roles_of(f"act:{verb.kind}"):
        return acts.show(verb, str(args.get("target_id", "")), typed=dict(typed))
    return redirect(path, 303)


def with_session(response: ResponseReturnValue, token: str) -> Response:
    """The answer with the session's cookie: HttpOnly, Lax, Secure and for this host alone (ASVS 3.3.1-3.3.4)."""
    answer = make_response(response)
    secure = here().config.secure_cookies
    answer.set_cookie(cookie(), token, secure=secure, httponly=True, samesite="Lax", path="/")
    return answer


def refused(page: str, problem: Refusal) -> Response:
    """The page with the refusal's status, and how long to wait where there is a wait; logged (ASVS 16.3.1)."""
    _log.info("refused", code=problem.code, status=problem.status, route=_route())
    response = make_response(page, problem.status)
    if "retry_after" in problem.details:
        response.headers["Retry-After"] = str(problem.details["retry_after"])
    return response


def _route() -> str:
    # The pattern and not the address, because a link carries its secret in it.
    return request.url_rule.rule if request.url_rule else ""


def own(path: str) -> str:
    """The path where it is one of ours and relative, else the first page (ASVS 3.7.2)."""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if ours else "/"


def _typed() -> dict[str, str]:
    form = request.form.to_dict()
    return {name.removeprefix(_TYPED): value for name, value in form.items() if name.startswith(_TYPED)}


def picked(*names: str) -> dict[str, str]:
    """These fields of the form as they were sent; the shape refuses what is missing."""
    return {name: request.form[name] for name in names if name in request.form}


def address() -> str:
    """Where the request came from."""
    return request.remote_addr or ""


def cost() -> str:
    """How dear a password hash is in this installation."""
    return here().config.password_cost


ROUTES = (
    ("/sign-in", sign_in, ("GET", "POST")),
    ("/sign-in/second", sign_in_second, ("POST",)),
    ("/sign-out", sign_out, ("POST",)),
    ("/tablet", tablet, ("GET", "POST")),
    ("/invitations/<token>", redeem, ("GET", "POST")),
)
