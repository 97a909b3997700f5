"""Giving a part its record; I1, I2."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict
from remanu.parts import actions, events, queries
from remanu.parts.models import Item
from remanu.rules import identity


def test_a_part_gets_a_code_an_address_and_a_life(hall):
    """The code checks, the address is the label's, life 0 is open and began unrecorded (I2, I3)."""
    item = hall.item(serial="E-1")
    assert identity.parse_item(item.code) == item.code
    assert item.uri == f"https://id.example.test/{item.code}"
    assert [(row.n, row.opened_at, row.closed_at) for row in hall.ask(queries.lives, item.id)] == [
        (0, None, None)
    ]


@pytest.mark.parametrize("serial", ["E-1", "e1", " E 1 ", "Е-1"])
def test_the_same_maker_number_and_serial_is_the_same_part(hall, serial):
    """I1: however the serial is written, Cyrillic letters included."""
    twin = hall.item(serial="E-1")
    with pytest.raises(Conflict) as refusal:
        hall.item(serial=serial)
    assert refusal.value.details == {"why": "already-registered", "code": twin.code}


@pytest.mark.parametrize(
    "other_one", [{"serial": "E-2"}, {"maker": "Südwerk"}, {"part_number": "NW-8"}, {"serial": None}]
)
def test_another_one_is_another_part(hall, other_one):
    """One of the three differs, or nothing is known."""
    hall.item(serial="E-1")
    hall.item(**{"serial": "E-1", **other_one})


def test_parts_without_serial_are_never_the_same(hall):
    """Nobody can say that they are."""
    assert hall.item().id != hall.item().id


def test_another_organisation_keeps_its_own_record(hall, other):
    """I1 holds within one organisation (architecture.md §4)."""
    assert hall.item(serial="E-1").code != other.item(serial="E-1").code


def test_the_store_itself_refuses_two_parts_of_one_identity(hall):
    """I1 by a key, should a check ever be forgotten."""
    first, second = hall.item(serial="E-1"), hall.item(serial="E-2")

    def forge(tx):
        tx.execute(sa.update(Item).where(Item.id == second.id).values(identity=first.identity))

    with pytest.raises(sa.exc.IntegrityError):
        hall.database.transact(forge)


def test_an_identity_is_claimed_by_one_part(hall):
    """What identifying asks: its own part may keep it, another may not take it."""
    item = hall.item(serial="E-1")
    asked = {"maker": item.maker, "part_number": item.part_number, "serial": "E 1"}
    claim = lambda **more: hall.database.transact(  # noqa: E731 -- a short name for three calls
        lambda tx: actions.claim_identity(tx, hall.org_id, **asked, **more)
    )
    assert claim(item_id=item.id) == item.identity
    with pytest.raises(Conflict):
        claim()


def test_confirming_an_identity_makes_the_part_findable_by_it(hall):
    """The effect that identifying shares: maker, number, serial and name are what was read."""
    item = hall.item()
    done = hall.do("technician", actions.read_mark, item.id, kind="plate", mark="x")
    named = {"maker": "Südwerk", "part_number": "SW-9", "serial": "77", "identity": "sudwerk|sw9|77"}

    def work(tx):
        events.confirm_identity(tx, done, **named, name="Diesel engine 9", words=("sw9",))

    hall.database.transact(work)
    row = hall.ask(queries.find_item, item.id)
    assert (row.maker, row.part_number, row.serial, row.name) == ("Südwerk", "SW-9", "77", "Diesel engine 9")
    assert [one.id for one in hall.ask(queries.find, "SW-9")] == [item.id]


@pytest.mark.parametrize("odd", [{"serial": "--"}, {"name": ""}, {"maker": "a\u202eb"}, {"part_number": "x" * 121}])
def test_odd_input_is_refused(hall, odd):
    """And no part is made."""
    with pytest.raises(BadInput):
        hall.item(**odd)
    assert hall.ask(queries.items) == []
