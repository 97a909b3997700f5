"""The basket of the receiving clerk, filled by scanning."""

from __future__ import annotations

from remanu.intake import actions, queries
from tests import people
from tests.intake import story

CLERK = people.BY_ROLE["receiving_clerk"]
GIVEN = {"signed_by": "Ren Ito", "evidence": (story.PHOTO,), "place": "Gate 2"}


def codes(hall, who):
    """What lies in his basket."""
    return [one.row.code for one in hall.ask(queries.basket_of, who)]


def announced(hall, *serials):
    """Announced cores, each put into the clerk's basket."""
    cases = [hall.do(story.announced, serial=one) for one in serials]
    for case in cases:
        hall.do(actions.put, CLERK, hall.case(case).item.code)
    return cases
