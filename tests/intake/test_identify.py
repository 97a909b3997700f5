"""A core is identified."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict
from remanu.intake import actions, queries
from remanu.parts import queries as parts
from remanu.parts.models import Life
from tests import people
from tests.intake import promises, story

READ = {
    "serial": "4D-77120",
    "mark": actions.Mark(kind="plate", text="NORDWERK NW-6L-200 4D-77120"),
    "earlier_lives": "unknown",
    "right_shown": "owner_order",
}


def identify(tx, case, actor=people.TECHNICIAN, **more):
    """Its data plate agrees with what was claimed."""
    return actions.identify(tx, actor, case, **{**READ, **more})


def test_it_is_what_was_claimed(hall):
    """The mark is kept sign by sign, and the part is what stands on it."""
    case = hall.do(story.received)
    hall.do(identify, case)
    seen = hall.case(case)
    assert (seen.state, seen.item.serial) == ("IDENTIFIED", "4D-77120")
    (mark,) = hall.ask(parts.marks, people.WORKSHOP, seen.item.id)
    assert (mark.kind, mark.text) == ("plate", "NORDWERK NW-6L-200 4D-77120")
    known = hall.ask(queries.intake_of, people.WORKSHOP, case).identification
    assert (known.earlier_lives, known.right_shown, known.former_case) == ("unknown", "owner_order", None)
    assert hall.holds()


def test_it_is_something_else(hall):
    """What stands on the part overrules the papers, and search finds it by that."""
    case = hall.do(story.received)
    hall.do(identify, case, maker="Südwerk", part_number="SW-9", serial="Z 1")
    item = hall.case(case).item
    assert (item.maker, item.part_number, item.serial) == ("Südwerk", "SW-9", "Z 1")
    found = hall.ask(parts.find, people.WORKSHOP, "südwerk")
    assert [row.id for row in found] == [item.id]
    assert hall.holds()


def test_it_may_carry_no_serial(hall):
    """Then it has no identity that could be mistaken for another's."""
    case = hall.do(story.received)
    hall.do(identify, case, serial=None)
    item = hall.case(case).item
    assert (item.serial, item.identity) == (None, None)


def test_a_mark_read_before_is_enough(hall):
    """Nobody reads it twice."""
    case = hall.do(story.received)
    item = hall.case(case).item.id
    hall.do(
        lambda tx: story.parts_actions.read_mark(tx, people.TECHNICIAN, item, kind="plate", mark="4D-77120")
    )
    hall.do(identify, case, mark=None)
    assert hall.case(case).state == "IDENTIFIED"


def test_its_former_case_here_is_found(hall):
    """A core that was here before is known as such."""
    first = hall.do(story.returned)
    item = hall.case(first).item.id
    again = hall.do(
        lambda tx: (
            actions.receive(
                tx,
                people.BY_ROLE["receiving_clerk"],
                core=actions.Core(known=item),
                signed_by="Ren Ito",
                evidence=(story.PHOTO,),
            ).body.step.case
        )
    )
    hall.do(identify, again, earlier_lives="known", former_reference="XB-RC-17")
    known = hall.ask(queries.intake_of, people.WORKSHOP, again).identification
    assert (known.former_case, known.former_reference) == (first, "XB-RC-17")


def test_another_record_of_the_same_part_stops_it(hall):
    """Maker, part number and serial name one part (I1); the refusal says which record has them."""
    first = hall.do(story.received)
    second = hall.do(story.received, claimed={"serial": "other"})
    with pytest.raises(Conflict) as refused:
        hall.do(identify, second)
    assert refused.value.details["code"] == hall.case(first).item.code
    assert hall.case(second).state == "RECEIVED"
    namesakes = hall.ask(queries.namesakes, hall.case(second))
    assert namesakes == []


def test_records_under_the_same_serial_are_shown(hall):
    """Another maker's part with this serial may be the same one after all."""
    first = hall.do(story.received, claimed={"maker": "Ostwerk"})
    second = hall.do(story.received)
    found = hall.ask(queries.namesakes, hall.case(second))
    assert [row.id for row in found] == [hall.case(first).item.id]


@pytest.mark.parametrize(
    ("left_out", "guard"),
    [
        ("mark", "mark_read"),
        ("earlier_lives", "former_life_looked_up"),
        ("right_shown", "right_to_core_shown"),
    ],
)
def test_what_is_missing_is_named(hall, left_out, guard):
    """The guards of SM-1 no. 5."""
    case = hall.do(story.received)
    promises.misses(hall, lambda tx: identify(tx, case, **{left_out: None}), guard)


def test_without_a_part_number_it_is_refused(hall):
    """Neither claimed nor read."""
    bare = {"maker": None, "part_number": None, "serial": None}
    case = hall.do(story.received, claimed=bare)
    promises.misses(hall, lambda tx: identify(tx, case), "part_number_known")
    with pytest.raises(BadInput) as refused:
        hall.do(identify, case, part_number="NW-6L-200")
    assert refused.value.details["field"] == "maker"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"serial": "4D\u202e77120"}, "serial"),
        ({"serial": "-"}, "serial"),
        ({"maker": "Nord\x00werk"}, "maker"),
        ({"part_number": "\u200b"}, "part_number"),
        ({"earlier_lives": "many"}, "earlier_lives"),
        ({"right_shown": "finders keepers"}, "right_shown"),
        ({"former_reference": "a\nb"}, "former_reference"),
        ({"mark": actions.Mark(kind="tattoo", text="x")}, "mark_kind"),
        ({"mark": actions.Mark(kind="plate", text="4D\u202e77120")}, "mark"),
    ],
)
def test_odd_answers_are_refused(hall, given, field):
    """What cannot be shown and what no list holds; nothing is written."""
    case = hall.do(story.received)
    before = hall.events()
    with pytest.raises(BadInput) as refused:
        hall.do(identify, case, **given)
    assert refused.value.details["field"] == field
    assert hall.events() == before


def test_a_hold_stops_it(hall):
    """Any guard fails while a case is on hold."""
    case = hall.do(story.received)
    hall.do(lambda tx: story.parts_actions.hold(tx, people.BY_ROLE["quality"], case, why="hazard"))
    promises.misses(hall, lambda tx: identify(tx, case), "not_on_hold")


def test_roles(hall):
    """Technician and core inspector."""
    case = hall.do(story.received)
    promises.only_its_roles(hall, "identify", lambda tx, who: identify(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.received)
    promises.only_its_organisation(hall, lambda tx, who: identify(tx, case, who))


def test_once(hall):
    """The second time the state says no."""
    case = hall.do(story.until, "identified")
    promises.only_from(hall, "identify", case, lambda tx: identify(tx, case))


def test_what_was_released_here_was_remanufactured_before(hall):
    """The record contradicts whoever says that there was no earlier life; nobody has to know it otherwise."""
    case = hall.do(story.received)
    item = hall.case(case).item
    opened = {"opened_at": hall.database.clock.now(), "opened_by": "release"}
    life = {"org_id": people.WORKSHOP, "item_id": item.id, "n": 7, **opened}
    hall.do(lambda tx: tx.execute(sa.insert(Life).values(**life)))
    with pytest.raises(BadInput) as refused:
        hall.do(identify, case, earlier_lives="none")
    assert refused.value.details["why"] == "remanufactured-here"
    hall.do(identify, case, earlier_lives="known")
