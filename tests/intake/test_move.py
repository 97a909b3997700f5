"""A part goes to another place."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.intake import actions
from tests import people
from tests.intake import promises, story

CLERK = people.BY_ROLE["receiving_clerk"]


def test_it_stands_where_it_was_moved_to(hall):
    """Its place is told, its state stays."""
    case = hall.do(story.until, "received")
    item = hall.case(case).item.id
    hall.do(actions.move, CLERK, item, place="Rack 7")
    assert (hall.case(case).item.place, hall.case(case).state) == ("Rack 7", "RECEIVED")
    with pytest.raises(BadInput):
        hall.do(actions.move, CLERK, item, place="  ")


def test_roles_and_organisation(hall):
    """Whoever carries things; for others the part is not there."""
    item = hall.case(hall.do(story.until, "received")).item.id
    promises.only_its_roles(hall, "move", lambda tx, who: actions.move(tx, who, item, place="Rack 7"))
    promises.only_its_organisation(hall, lambda tx, who: actions.move(tx, who, item, place="Rack 7"))
