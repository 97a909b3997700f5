"""A place that is given up keeps its page and takes nothing more; its name is free again."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

CLERK = people.BY_ROLE["receiving_clerk"]


def test_only_an_empty_one(hall):
    """What stands there is moved first."""
    shelf = hall.do(actions.add_place, CLERK, name="Shelf 3").subject.id
    item = hall.case(hall.do(story.until, "received")).item.id
    hall.do(actions.put_there, CLERK, shelf, item)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.retire_place, CLERK, shelf)
    assert refused.value.details["why"] == "place-not-empty"
    hall.do(actions.move, CLERK, item, place="Gate")
    hall.do(actions.retire_place, CLERK, shelf)
    assert hall.ask(queries.places, CLERK.org_id) == []
    for again in (actions.retire_place, actions.put_there):
        with pytest.raises(Conflict) as gone:
            hall.do(again, CLERK, shelf, *([item] if again is actions.put_there else []))
        assert gone.value.details["why"] == "place-retired"
    hall.do(actions.add_place, CLERK, name="Shelf 3")
    assert hall.holds()


def test_roles_and_organisation(hall):
    """Whoever keeps order; for others the place is not there."""
    shelf = hall.do(actions.add_place, CLERK, name="Shelf 3").subject.id
    promises.only_its_roles(hall, "retire_place", lambda tx, who: actions.retire_place(tx, who, shelf))
    promises.only_its_organisation(hall, lambda tx, who: actions.retire_place(tx, who, shelf))
