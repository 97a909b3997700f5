"""Being reminded of an organisation's days of certificates by mail: asked for here, confirmed and ended by a link."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from remanu.errors import BadInput, TooMany
from remanu.exchange import actions
from remanu.exchange.views.postman import offered
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.limits import at_most
from remanu.web.locale import current
from remanu.web.words import PROBLEMS, REASONS

_REFUSED, _TOO_MANY = 422, 429


@allow("read:certification")
def reminders() -> Response:
    """How a member is reminded."""
    return _page()


@allow("read:certification")
@at_most(6)
def ask_reminders() -> Response:
    """Note an address for the reminders of the organisation and send it a link; asked twice, the answer is the same."""
    typed = request.form.get("address", "")
    if not offered(here().config):
        return _page(typed=typed, wrong=REASONS["no-mail"], status=_REFUSED)
    who, asked = actor(), {"address": typed, "locale": current()}
    try:
        here().database.transact(lambda tx: actions.follow_reminders(tx, who, **asked))
    except BadInput as refused:
        return _page(typed=typed, wrong=REASONS[str(refused.details["why"])], status=_REFUSED)
    except TooMany:
        return _page(typed=typed, wrong=PROBLEMS["too-many"][1], status=_TOO_MANY)
    return make_response(
        render_template("exchange/reminders.html", mail=True, asked=True, typed="", wrong="")
    )


def _page(*, typed: str = "", wrong: str = "", status: int = 200) -> Response:
    mail = offered(here().config)
    page = render_template("exchange/reminders.html", mail=mail, asked=False, typed=typed, wrong=wrong)
    return make_response(page, status)
