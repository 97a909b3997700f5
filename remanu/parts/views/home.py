"""Where everybody begins: scan, what waits for one's roles, and a search."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from remanu.inspection import queries as inspection
from remanu.parts import queries
from remanu.parts.schemas import ON_NEW_CASE
from remanu.rules.permissions import PERMISSIONS, READERS
from remanu.rules.states import STATES
from remanu.web import acts
from remanu.web.access import EVERYBODY, allow, roles_of
from remanu.web.context import here, me, signed_in

SHOWN = 7
# What each state of a nonconformity waits for; whoever may do it finds it here (SM-3).
_BOARD = {
    "OPEN": "inspection.review_nonconformity",
    "MRB_REVIEW": "inspection.decide_nonconformity",
    "CONCESSION_PENDING": "inspection.approve_concession",
    "ACTION": "inspection.verify_nonconformity",
    "CONCESSION_APPROVED": "inspection.verify_nonconformity",
}


@allow(EVERYBODY)
def home() -> ResponseReturnValue:
    """Scan, my work, search; whoever is not signed in is sent to do so."""
    if signed_in() is None:
        return redirect(url_for("accounts.sign_in"), 303)
    roles = me().actor.roles
    return render_template(
        "parts/home.html",
        work=_work(roles),
        board=_board(roles),
        states=turns(roles),
        shown=SHOWN,
        begins=_begins(roles),
        reads=bool(roles & READERS["workshop"]),
        certifies="certifying_staff" in roles,
        labels="label_officer" in roles,
        supervises="supervisor" in roles,
        administers="admin" in roles,
    )


def turns(roles: frozenset[str]) -> frozenset[str]:
    """The states of a case in which it is the turn of one of these roles."""
    return frozenset(state.name for state in STATES.values() if state.turn in roles and state.name.isupper())


def _work(roles: frozenset[str]) -> list[queries.Row]:
    """The cases that wait longest for these roles, one more than is shown; held ones come last."""
    states = turns(roles)
    if not states:
        return []
    with here().database.reading() as connection:
        return queries.work_for(connection, me().actor.org_id, states, limit=SHOWN + 1)


def _board(roles: frozenset[str]) -> list[queries.Row]:
    """The nonconformities in which one of these roles may take the next step, the longest waiting first."""
    states = [state for state, kind in _BOARD.items() if roles & PERMISSIONS[kind]]
    if not states:
        return []
    with here().database.reading() as connection:
        return inspection.waiting(connection, me().actor.org_id, states, limit=SHOWN)


def _begins(roles: frozenset[str]) -> list[dict[str, Any]]:
    """Acts that begin a case, for those who may."""
    new = ON_NEW_CASE.path
    verbs = [
        verb
        for verb in acts.all_verbs().values()
        if verb.on.path == new or (verb.begins is not None and verb.begins.path == new)
    ]
    return [
        {"href": url_for(verb.kind), "label": verb.title}
        for verb in verbs
        if roles & roles_of(f"act:{verb.kind}")
    ]


ROUTES = (("/", home, ("GET",)),)
