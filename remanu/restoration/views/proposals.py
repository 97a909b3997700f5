"""The page of what the system proposes for a case, with its reasons and what people decided."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from remanu.families.family import Family
from remanu.intake.schemas.words import OUTCOME_WORDS
from remanu.parts import queries as parts
from remanu.restoration.queries import proposals as queries
from remanu.restoration.queries.proposals import Proposals
from remanu.restoration.schemas.proposals import WORDS, told
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.acts import Values
from remanu.web.context import actor, here
from remanu.web.locale import current


@allow("read:workshop")
def proposals(case_id: str) -> ResponseReturnValue:
    """What is proposed for this case and why; whoever may decide gets the way to it."""
    with here().database.reading() as connection:
        case = parts.find_case(connection, actor().org_id, case_id)
        known = queries.proposals(connection, case, here().database.clock.now())
    page = {
        "case": case,
        "told": told(case, known),
        "grade": known.grade,
        "outcomes": OUTCOME_WORDS,
        "yields": _yields(case.family, known),
        "may_decide": bool(actor().roles & PERMISSIONS["restoration.decide_proposal"]),
    }
    return render_template("restoration/proposals.html", **page, **WORDS)


def _yields(family: Family, known: Proposals) -> list[Values]:
    """The yield of each component in the order of the pack."""
    return [
        {"name": one.names.text(current()), "share": known.yields[one.code]}
        for one in family.positions
        if one.code in known.yields
    ]
