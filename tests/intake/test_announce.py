"""A core is announced."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.intake import actions, queries
from remanu.parts.models import PublicState
from tests import people
from tests.intake import promises, story

PLANNER = people.BY_ROLE["planner"]


def announce(tx, actor=PLANNER, *, owner="Aster Haulage", core=None, **claimed):
    """The engine of the story, with other claims where they are given."""
    what = actions.Core(**{**story.CLAIMED, **claimed}) if core is None else core
    return actions.announce(tx, actor, core=what, owner=owner)


def test_a_core_gets_its_record_and_its_case(hall):
    """A code, a first case, the state ANNOUNCED; a second core gets the next number."""
    first, second = hall.do(announce), hall.do(announce, serial="4D-77121")
    case = hall.case(first.body.step.case)
    assert (case.state, case.number, case.item.life) == ("ANNOUNCED", 1, 0)
    assert (case.item.name, case.item.serial) == ("Diesel engine", "4D-77120")
    assert hall.case(second.body.step.case).number == 2
    assert hall.kinds(case.id) == ["parts.register", "intake.announce"]
    assert hall.holds()


def test_the_owner_is_sealed(hall, keyring):
    """The organisation reads who owns it; the event does not say."""
    done = hall.do(announce)
    assert hall.ask(queries.owner_of, keyring, people.WORKSHOP, done.body.step.case) == "Aster Haulage"
    assert done.sealed_key == f"org:{people.WORKSHOP}"


def test_roles(hall):
    """Planner, receiving clerk and logistics."""
    promises.only_its_roles(hall, "announce", announce)


def test_without_an_owner_it_is_refused(hall):
    """The guard of SM-1 no. 1."""
    promises.misses(hall, lambda tx: announce(tx, owner=None), "owner_known")


def test_a_part_that_has_a_record_is_refused(hall):
    """Maker, part number and serial name one part (I1), however they are written."""
    code = hall.case(hall.do(announce).body.step.case).item.code
    with pytest.raises(Conflict) as refused:
        hall.do(announce, maker="NORDWERK", serial="4d 77120")
    assert refused.value.details == {"why": "already-registered", "code": code}


def test_a_serial_alone_names_no_part(hall):
    """Two makers may use one serial number."""
    with pytest.raises(BadInput) as refused:
        hall.do(announce, core=actions.Core(family=story.FAMILY, serial="77120"))
    assert refused.value.details["field"] == "maker"


def test_hardly_anything_may_be_known(hall):
    """A family is enough; what is unknown is called so and makes no identity."""
    done = hall.do(announce, core=actions.Core(family=story.FAMILY))
    item = hall.case(done.body.step.case).item
    assert (item.maker, item.part_number, item.serial, item.identity) == ("unknown", "unknown", None, None)


def test_a_type_of_the_catalogue_says_what_it_is(hall):
    """Family, component, name, maker and part number come from the type."""
    kind = hall.do(story.defined).subject.id
    done = hall.do(announce, core=actions.Core(part_type=kind, serial="1"))
    item = hall.case(done.body.step.case).item
    assert (item.name, item.component, item.maker) == ("Marine diesel", "engine", "Nordwerk")
    assert done.body.part_type == kind


def test_another_organisations_type_is_not_found(hall):
    """Types are an organisation's own."""
    kind = hall.do(story.defined).subject.id
    with pytest.raises(NotFound):
        hall.do(announce, people.OUTSIDER, core=actions.Core(part_type=kind))


@pytest.mark.parametrize(
    ("claimed", "field"),
    [
        ({"family": "steam-engine"}, "family"),
        ({"family": None}, "family"),
        ({"serial": "4D\u202e77120"}, "serial"),
        ({"serial": "--"}, "serial"),
        ({"maker": "Nord\x00werk"}, "maker"),
        ({"maker": "N" * 121}, "maker"),
        ({"name": "\u200b"}, "name"),
    ],
)
def test_odd_claims_are_refused(hall, claimed, field):
    """What cannot be shown, is no family, or is far too long; nothing is written."""
    with pytest.raises(BadInput) as refused:
        hall.do(announce, **claimed)
    assert refused.value.details["field"] == field
    assert hall.events() == 0


@pytest.mark.parametrize("owner", ["", "A\u202eB", "x\ny", "o" * 121])
def test_an_odd_owner_is_refused(hall, owner):
    """Sealed text is cleaned like any other."""
    with pytest.raises(BadInput):
        hall.do(announce, owner=owner)


def test_a_core_that_went_back_comes_again(hall):
    """It keeps its record and its code, and begins a second case."""
    case = hall.do(story.returned)
    item = hall.case(case).item
    again = hall.do(announce, core=actions.Core(known=item.id))
    assert again.subject.id == item.id
    assert hall.case(again.body.step.case).number == 2
    assert hall.holds()


def test_a_core_that_is_still_here_does_not(hall):
    """Only what went back to its owner may be announced again."""
    item = hall.case(hall.do(announce).body.step.case).item
    with pytest.raises(Conflict) as refused:
        hall.do(announce, core=actions.Core(known=item.id))
    assert refused.value.details["why"] == "not-returned"


def test_another_organisations_core_is_not_found(hall):
    """Its id opens nothing."""
    item = hall.case(hall.do(story.returned)).item
    with pytest.raises(NotFound):
        hall.do(announce, people.OUTSIDER, core=actions.Core(known=item.id))


def test_nobody_is_refused_silently(hall):
    """A technician learns which roles may."""
    with pytest.raises(Forbidden) as refused:
        hall.do(announce, people.TECHNICIAN)
    assert refused.value.details["needs"] == ["logistics", "planner", "receiving_clerk"]


def test_the_public_state_says_in_process(hall):
    """Whoever scans its tag sees that it is not released."""
    done = hall.do(announce)
    states = sa.select(PublicState.state).where(PublicState.uri == done.subject.uri)
    assert hall.ask(lambda connection: connection.execute(states).scalar()) == "in-process"
