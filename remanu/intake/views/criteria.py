"""Pages of criteria: every edition with its state, and one with its questions and what each answer leaves."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from remanu.catalogue import queries as catalogue
from remanu.intake import queries
from remanu.intake.schemas import judging, keeping, words
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current


def _families(connection: Any) -> dict[str, str]:
    packs = catalogue.packs_to_open(connection, actor().org_id, here().database.clock.now())
    return {one.id: one.names.text(current()) for one in packs.values()}


@allow("read:workshop")
def criteria() -> ResponseReturnValue:
    """Every edition of the organisation's own criteria, newest first."""
    after = request.args.get("after", "")
    with here().database.reading() as connection:
        rows = queries.criteria_sets(connection, actor().org_id, after=after)
        families = _families(connection)
    day = judging.today()
    shown = [(row, words.CRITERIA_STATES[queries.state_of(row, day)]) for row in rows]
    may = bool(actor().roles & PERMISSIONS["intake.draft_criteria"])
    following = rows[-1].id if len(rows) == queries.CRITERIA_PAGE else ""
    return render_template(
        "intake/criteria.html", rows=shown, families=families, may_draft=may, after=after, following=following
    )


@allow("read:workshop")
def criteria_set(criteria_id: str) -> ResponseReturnValue:
    """One edition: what is asked, what a defect leaves, and for those who deal with deposits its terms."""
    who = actor()
    with here().database.reading() as connection:
        row = queries.find_criteria(connection, who.org_id, criteria_id)
        terms = keeping.terms_shown(connection, row)
        family = catalogue.packs_to_open(connection, who.org_id, here().database.clock.now())[row.family]
    sheet = queries.sheet_of(row)
    state = queries.state_of(row, judging.today())
    return render_template(
        "intake/criteria_set.html",
        row=row,
        state=words.CRITERIA_STATES[state],
        asked=[(one.names.en, [(judging.said(a.names.en), a.outcome) for a in one.answers]) for one in sheet.asked],
        rules=sheet.discrepancies,
        terms=terms,
        family=family.names.text(current()),
        components={one.code: one.names.text(current()) for one in family.positions},
        words=words,
        may=_may(row),
    )


def _may(row: queries.Row) -> dict[str, bool]:
    held = actor().roles
    waits = row.approved_at is None and row.withdrawn_at is None
    return {
        "approve": waits and row.author != actor().ref and bool(held & PERMISSIONS["intake.approve_criteria"]),
        "own": waits and row.author == actor().ref,
        "withdraw": row.withdrawn_at is None and bool(held & PERMISSIONS["intake.withdraw_criteria"]),
        "draft": bool(held & PERMISSIONS["intake.draft_criteria"]),
    }


ROUTES = (
    ("/intake/criteria", "criteria", criteria, ("GET",)),
    ("/criteria/<criteria_id>", "criteria_set", criteria_set, ("GET",)),
)
