"""Finding parts: by words, and by the state of their cases, a page at a time."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from remanu.errors import BadInput
from remanu.parts import queries
from remanu.parts.views.home import turns
from remanu.rules import identity, lifecycle
from remanu.rules.permissions import ROLES
from remanu.rules.states import STATES
from remanu.web.access import allow
from remanu.web.context import actor, here

_STATES = tuple(dict.fromkeys(step.target for step in lifecycle.SM1))
_WORK = frozenset(name for name in _STATES if STATES[name].turn in ROLES)
MINE = "mine"
_LONGEST = 200


@allow("read:workshop")
def search() -> ResponseReturnValue:
    """Parts by code, serial, mark, model and text; a whole code that is ours leads to its part at once."""
    asked, after = request.args.get("q", "")[:_LONGEST].strip(), _after()
    with here().database.reading() as connection:
        found = queries.find(connection, actor().org_id, asked, after=after)
    if _is_code(asked) and len(found) == 1:
        return redirect(url_for("parts.part", item_id=found[0].id), 303)
    return render_template("parts/search.html", asked=asked, after=after, found=found, page=queries.PAGE)


def _after() -> str:
    """Where the last page ended; anybody may write anything there, so odd signs count as the beginning."""
    given = request.args.get("after", "")
    return given if given.isprintable() else ""


def _is_code(asked: str) -> bool:
    try:
        identity.parse_item(asked)
    except BadInput:
        return False
    return True


@allow("read:workshop")
def cases() -> ResponseReturnValue:
    """Cases in one state, in those that wait for my roles, or in all that wait for anybody here; oldest first."""
    asked, after = request.args.get("state", ""), _after()
    if asked not in {"", MINE, *_STATES}:
        raise NotFound
    states = turns(actor().roles) if asked == MINE else frozenset({asked}) if asked else _WORK
    with here().database.reading() as connection:
        rows = queries.cases_in(connection, actor().org_id, states, after=after)
    return render_template(
        "parts/cases.html",
        asked=asked,
        after=after,
        rows=rows,
        states=_STATES,
        following=queries.cursor(rows[-1]) if len(rows) == queries.PAGE else "",
    )


ROUTES = (("/search", search, ("GET",)), ("/cases", cases, ("GET",)))
