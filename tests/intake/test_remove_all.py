"""Everything in the basket is taken out of its position, or nothing is."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, Forbidden
from remanu.intake import actions, queries
from remanu.parts import actions as parts
from remanu.parts.models import InstalledNow
from tests import people
from tests.builders import make_item

HAND = people.BY_ROLE["technician"]


@pytest.fixture
def fitted(hall):
    """An engine with two parts in it, one that lies beside it; their rows by name."""
    made = {}
    for name in ("engine", "pump", "starter", "loose"):
        done = hall.do(make_item, HAND, serial=name, condition="unreleased")
        made[name] = hall.ask(_row, done.subject.id)
    for name in ("pump", "starter"):
        hall.do(parts.fit, HAND, made["engine"].id, position=name, code=made[name].code)
    return made


def _row(connection, item):
    from remanu.parts.queries import find_item  # noqa: PLC0415 -- one short question

    return find_item(connection, HAND.org_id, item)


def held(hall, fitted):
    """How many parts the engine holds."""
    held_by = InstalledNow.host_id == fitted["engine"].id
    counted = sa.select(sa.func.count()).select_from(InstalledNow).where(held_by)
    return hall.ask(lambda connection: connection.execute(counted).scalar())


def scan(hall, *rows):
    """Put them into the technician's basket; their codes."""
    for row in rows:
        hall.do(actions.put, HAND, row.code)
    return [row.code for row in rows]


def test_all_are_out(hall, fitted):
    """One reason, one document, an event each; the basket is empty."""
    codes = scan(hall, fitted["pump"], fitted["starter"])
    done = hall.do(actions.remove_all, HAND, codes, why="scheduled", papers="WO-7")
    assert [(one.body.why, one.body.papers) for one in done] == [("scheduled", "WO-7")] * 2
    assert held(hall, fitted) == 0
    assert hall.ask(queries.basket_of, HAND) == []
    assert hall.holds()


def test_one_that_sits_nowhere_stops_it_all(hall, fitted):
    """It is named before, and nothing is taken out; so does a missing reason, and whoever may not."""
    codes = scan(hall, fitted["pump"], fitted["loose"])
    with pytest.raises(Conflict) as refused:
        hall.do(actions.remove_all, HAND, codes, why="scheduled")
    assert refused.value.details["blockers"] == {"not-installed": [fitted["loose"].code]}
    hall.do(actions.take_out, HAND, [fitted["loose"].code])
    for why in (None, "whim"):
        with pytest.raises(BadInput):
            hall.do(actions.remove_all, HAND, codes[:1], why=why)
    assert held(hall, fitted) == 2
    inspector = people.BY_ROLE["inspector"]
    hall.do(actions.put, inspector, fitted["pump"].code)
    with pytest.raises(Forbidden):
        hall.do(actions.remove_all, inspector, codes[:1], why="scheduled")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_on_the_page_and_as_json(desk):
    """What stands against it is seen before; the answer counts."""
    core = desk.received(serial="R-1").item
    desk.post("technician", "/basket/put", text=core.code, act="remove")
    page = desk.get("technician", "/basket?act=remove").text
    assert "It sits in nothing" in page
    assert "Remove them all from where they sit" in page
    told = desk.get("technician", "/api/v1/basket").json
    assert told["blockers"]["remove"] == {"not-installed": [core.code]}
    refused = desk.json("technician", "/basket/remove", {"codes": [core.code], "why": "wear"})
    assert (refused.status_code, refused.json["why"]) == (409, "basket-blocked")
    assert desk.json("inspector", "/basket/remove", {"codes": []}).status_code == 403
    assert desk.post("technician", "/basket/remove", codes=core.code).status_code in {409, 422}
