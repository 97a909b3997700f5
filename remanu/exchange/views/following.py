"""Following a part: by feed, which asks for nothing, or by mail, which is confirmed and ended by a link."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from remanu.errors import BadInput, TooMany
from remanu.exchange import actions
from remanu.exchange.views.feeds import part_of
from remanu.exchange.views.postman import offered
from remanu.provenance.queries import Found
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.locale import current
from remanu.web.words import PROBLEMS, REASONS

_REFUSED, _TOO_MANY = 422, 429


@allow(EVERYBODY)
@at_most(60)
def form(code: str) -> Response:
    """How one is told when what is said of a part changes."""
    return _page(_found(code))


@allow(EVERYBODY)
@at_most(6)
def ask(code: str) -> Response:
    """Note an address and send it a link; whoever asks again is answered the same."""
    found, typed = _found(code), request.form.get("address", "")
    if not offered(here().config):
        return _page(found, typed=typed, wrong=REASONS["no-mail"], status=_REFUSED)
    try:
        here().database.transact(
            lambda tx: actions.subscribe(
                tx, org_id=found.org_id, item_id=found.item_id, address=typed, locale=current()
            )
        )
    except BadInput as refused:
        return _page(found, typed=typed, wrong=REASONS[str(refused.details["why"])], status=_REFUSED)
    except TooMany:
        return _page(found, typed=typed, wrong=PROBLEMS["too-many"][1], status=_TOO_MANY)
    return make_response(render_template("exchange/asked.html", code=found.code))


@allow(EVERYBODY)
@at_most(60)
def confirm(subscription_id: str, key: str) -> Response:
    """Confirm it: a press of a button, because programs that read mail open links by themselves."""
    if request.method == "POST":
        here().database.transact(lambda tx: actions.confirm(tx, subscription_id, key))
        return make_response(render_template("exchange/confirmed.html"))
    return make_response(render_template("exchange/confirm.html"))


@allow(EVERYBODY)
@at_most(60)
def end(subscription_id: str, key: str) -> Response:
    """End it, by a press of a button or by the one click of a mail program (RFC 8058)."""
    if request.method == "POST":
        here().database.transact(lambda tx: actions.unsubscribe(tx, subscription_id, key))
        return make_response(render_template("exchange/ended.html"))
    return make_response(render_template("exchange/end.html"))


def _found(code: str) -> Found:
    with here().database.reading() as connection:
        return part_of(connection, code)


def _page(found: Found, *, typed: str = "", wrong: str = "", status: int = 200) -> Response:
    page = render_template(
        "exchange/follow.html",
        code=found.code,
        feed=f"{found.uri}/feed",
        all_feed=f"{here().config.label_origin}/feeds/{found.org_id}",
        mail=offered(here().config),
        typed=typed,
        wrong=wrong,
    )
    return make_response(page, status)
