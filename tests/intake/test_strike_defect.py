"""A defect that was noted by mistake is struck out."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, NotAllowed
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

INSPECTOR = people.BY_ROLE["core_inspector"]


def test_it_counts_no_more_and_stays(hall):
    """The grade does not see it; the record does."""
    case = hall.do(story.until, "identified")
    defect = hall.do(story.noted, case)
    hall.do(actions.strike_defect, INSPECTOR, defect, why="not_there")
    assert hall.ask(queries.defects_of, people.WORKSHOP, case) == []
    assert hall.ask(queries.find_defect, people.WORKSHOP, defect).struck_at is not None
    with pytest.raises(Conflict):
        hall.do(actions.strike_defect, INSPECTOR, defect, why="not_there")


def test_only_with_a_reason_and_before_the_grade(hall):
    """A closed list; and what was judged is not taken away behind the judgement."""
    case = hall.do(story.until, "identified")
    defect = hall.do(story.noted, case)
    with pytest.raises(BadInput):
        hall.do(actions.strike_defect, INSPECTOR, defect, why="because")
    hall.do(story.graded, case)
    with pytest.raises(NotAllowed):
        hall.do(actions.strike_defect, INSPECTOR, defect, why="not_there")


def test_roles_and_organisation(hall):
    """Core inspector; for others it is not there."""
    defect = hall.do(story.noted, hall.do(story.until, "identified"))

    def strike(tx, who):
        return actions.strike_defect(tx, who, defect, why="not_there")

    promises.only_its_roles(hall, "strike_defect", strike)
    promises.only_its_organisation(hall, strike)
