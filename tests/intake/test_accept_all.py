"""Everything in the basket is accepted, or nothing."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict, OwnWork
from remanu.intake import actions
from tests import people
from tests.intake import story

MANAGER = people.BY_ROLE["core_manager"]


def test_nobody_accepts_what_he_graded(hall):
    """What many are worth nobody says, so it counts as above the limit; a second account of his does not help."""
    both = people.member("both", "core_inspector", "core_manager")
    hall.do(story.publish)
    case = hall.do(story.received)
    hall.do(story.identified, case)
    hall.do(lambda tx: actions.grade(tx, both, case, answers=story.GOOD))
    code = hall.case(case).item.code
    hall.do(actions.put, both, code)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.accept_all, both, [code])
    assert set(refused.value.details["blockers"]) == {"own-grade"}
    with pytest.raises(OwnWork):
        hall.do(actions.accept, both, case)
    hall.do(actions.put, MANAGER, code)
    assert len(hall.do(actions.accept_all, MANAGER, [code], note="As agreed.")) == 1
    assert hall.case(case).state == "ACCEPTED"
