"""An instrument enters the record."""

from __future__ import annotations

import pytest

from remanu.catalogue import actions, queries
from remanu.errors import BadInput, Conflict, NotFound
from tests import people
from tests.catalogue import promises

ENGINEER = people.BY_ROLE["engineering"]
GAUGE = {"number": "BG-12", "instrument_class": "bore-gauge", "name": "Bore gauge 50 to 160 mm"}


def add(tx, actor=ENGINEER, **more):
    """A bore gauge, or what is given."""
    return actions.add_instrument(tx, actor, **{**GAUGE, **more})


def test_it_is_found_by_its_number(hall):
    """The number that stands on it names it in the organisation."""
    done = hall.do(add)
    row = hall.ask(queries.instrument_numbered, people.WORKSHOP, "BG-12")
    assert (row.id, row.name, row.instrument_class) == (done.subject.id, GAUGE["name"], "bore-gauge")
    assert hall.ask(queries.find_instrument, people.WORKSHOP, row.id) == row
    assert hall.holds()


def test_instruments_are_listed_by_number_and_class(hall):
    """A page after the last number seen."""
    for number, kind in (("A", "bore-gauge"), ("B", "test-rig"), ("C", "bore-gauge")):
        hall.do(add, number=number, instrument_class=kind)
    rows = hall.ask(queries.instruments, people.WORKSHOP, instrument_class="bore-gauge")
    assert [row.number for row in rows] == ["A", "C"]
    assert [row.number for row in hall.ask(queries.instruments, people.WORKSHOP, after="A")] == ["B", "C"]


def test_a_number_is_given_once(hall):
    """In one organisation; another may use it too."""
    hall.do(add)
    with pytest.raises(Conflict) as refused:
        hall.do(add, name="Another")
    assert refused.value.details["why"] == "number-taken"
    hall.do(add, people.OUTSIDER)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"instrument_class": "crystal-ball"}, "instrument_class"),
        ({"number": ""}, "number"),
        ({"number": "BG\u202e12"}, "number"),
        ({"number": "1" * 41}, "number"),
        ({"name": "\x00"}, "name"),
    ],
)
def test_odd_instruments_are_refused(hall, changed, field):
    """No such class, or text that cannot be shown."""
    with pytest.raises(BadInput) as refused:
        hall.do(add, **changed)
    assert refused.value.details["field"] == field
    assert hall.events() == 0


def test_another_organisations_instrument_is_not_found(hall):
    """Neither by id nor by number."""
    one = hall.do(add).subject.id
    with pytest.raises(NotFound):
        hall.ask(queries.find_instrument, people.ELSEWHERE, one)
    assert hall.ask(queries.instrument_numbered, people.ELSEWHERE, "BG-12") is None


def test_every_class_of_every_pack_is_there(hall):
    """And tools that every workshop has."""
    known = hall.ask(queries.instrument_classes, people.WORKSHOP)
    assert {"bore-gauge", "densitometer", "torque-wrench", "test-rig"} <= known.keys()
    assert known["bore-gauge"].zh_hans == "内径量表"


def test_roles(hall):
    """Engineering and inspector."""
    promises.only_its_roles(hall, "add_instrument", add)
