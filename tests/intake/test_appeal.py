"""The owner appeals against a grade."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, NotAllowed
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story


def test_an_appeal_stops_what_would_take_the_core_away(hall):
    """Neither accepted nor rejected nor sent back while another person is still to look (SM-1 no. 7 to 9)."""
    case = hall.do(story.until, "graded")
    hall.do(story.appealed, case)
    row = hall.ask(queries.open_appeal, people.WORKSHOP, case)
    assert (row.reason, row.answered_by) == ("outcome", None)
    manager = people.BY_ROLE["core_manager"]
    promises.misses(hall, lambda tx: actions.accept(tx, manager, case), "no_open_appeal")
    promises.misses(hall, lambda tx: actions.reject(tx, manager, case, reason="grade"), "no_open_appeal")


def test_a_rejected_core_stays_while_an_appeal_is_open(hall):
    """It is what another person grades."""
    case = hall.do(story.rejected)
    hall.do(story.appealed, case)
    logistics = people.BY_ROLE["logistics"]
    for end in (actions.return_to_owner, actions.keep_as_donor):
        promises.misses(hall, lambda tx, end=end: end(tx, logistics, case, owner_agrees=True), "no_open_appeal")
    waste = {"waste_code": "16 01 06", "waste_record": "W-1", "mass_kg": "1"}
    promises.misses(
        hall,
        lambda tx: actions.send_to_recycling(tx, logistics, case, owner_agrees=True, **waste),
        "no_open_appeal",
    )


def test_the_term_is_the_criteria_s(hall):
    """On the last day it is in time, on the next it is late."""
    case = hall.do(story.until, "graded")
    hall.database.clock.advance(days=30)
    hall.do(story.appealed, case)
    other = hall.do(story.received, claimed={"serial": "4D-2"})
    hall.do(story.identified, other, serial="4D-2")
    hall.do(story.graded, other)
    hall.database.clock.advance(days=31)
    with pytest.raises(Conflict) as refused:
        hall.do(story.appealed, other)
    assert refused.value.details["why"] == "appeal-late"


def test_what_cannot_be_appealed(hall):
    """Nothing before the grade, twice, or without photos."""
    case = hall.do(story.until, "identified")
    with pytest.raises(NotAllowed):
        hall.do(story.appealed, case)
    hall.do(story.graded, case)
    with pytest.raises(BadInput):
        hall.do(story.appealed, case, evidence=())
    with pytest.raises(BadInput):
        hall.do(story.appealed, case, reason="anger")
    hall.do(story.appealed, case)
    with pytest.raises(Conflict) as refused:
        hall.do(story.appealed, case)
    assert refused.value.details["why"] == "appeal-open"


def test_roles_and_organisation(hall):
    """Whoever speaks with owners; for others the case is not there."""
    case = hall.do(story.until, "graded")

    def appeal(tx, who):
        return actions.appeal(tx, who, case, reason="outcome", evidence=(story.PHOTO,))

    promises.only_its_roles(hall, "appeal", appeal)
    promises.only_its_organisation(hall, appeal)
