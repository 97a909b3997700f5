"""A place that is given up keeps its page and takes nothing more; its name is free again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict
from remanu.intake import actions, queries
from remanu.parts import actions as parts
from remanu.parts.models import Item
from tests import people
from tests.builders import make_item
from tests.intake import promises, story
from tests.parts.test_races import together

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


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_its_page_shows_nothing_of_the_next_one_of_its_name(desk):
    """What stands at the new Shelf 1 does not stand at the old one."""
    old = desk.post("receiving_clerk", "/places/add_place", name="Shelf 1").location
    assert desk.post("receiving_clerk", f"{old}/retire_place").status_code == 303
    new = desk.post("receiving_clerk", "/places/add_place", name="Shelf 1").location
    core = desk.received(serial="O-1").item
    desk.post("receiving_clerk", f"{new}/parts", text=core.code)
    assert [desk.get("receiving_clerk", f"/api/v1{one}").json["parts"] for one in (old, new)] == [0, 1]
    page = desk.get("receiving_clerk", old).text
    assert "This place was given up" in page
    assert core.code[:4] not in page


def test_what_sits_in_a_part_or_is_scrapped_stands_nowhere(hall):
    """A shelf is empty when what stood there was fitted into something that is gone."""
    shelf = hall.do(actions.add_place, CLERK, name="Shelf 3").subject.id
    host, pump, ring = (
        hall.do(make_item, people.BY_ROLE["technician"], serial=one, condition="unreleased").subject for one in "ABC"
    )
    for one in (pump, ring):
        hall.do(actions.put_there, CLERK, shelf, one.id)
    code = pump.uri.rpartition("/")[2]
    hall.do(parts.fit, people.BY_ROLE["technician"], host.id, position="p", code=code)
    assert hall.ask(queries.filled, CLERK.org_id, ["Shelf 3"]) == {"Shelf 3": 1}
    hall.database.transact(
        lambda tx: tx.execute(sa.update(Item).where(Item.id == ring.id).values(condition="scrapped"))
    )
    assert hall.ask(queries.standing_at, CLERK.org_id, "Shelf 3") == []
    hall.do(actions.retire_place, CLERK, shelf)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_putting_and_giving_up_at_once(hall):
    """Whichever comes first, no part stands at a place that was given up."""
    for n in range(3):
        shelf = hall.do(actions.add_place, CLERK, name=f"R {n}").subject.id
        item = hall.do(make_item, people.BY_ROLE["technician"], serial=f"R-{n}").subject.id
        works = [
            lambda tx, shelf=shelf: actions.retire_place(tx, CLERK, shelf),
            lambda tx, shelf=shelf, item=item: actions.put_there(tx, CLERK, shelf, item),
        ]
        done = together(hall.database, *works)
        assert sum(isinstance(one, Conflict) for one in done) == 1, done
