"""A core is received, announced before or not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.errors import BadInput, Conflict, NotFound
from remanu.intake import actions, queries
from remanu.intake.events import Reading
from remanu.parts import queries as parts
from tests import people
from tests.intake import promises, story
from tests.stores import START

CLERK = people.BY_ROLE["receiving_clerk"]


def receive(tx, actor=CLERK, case=None, **more):
    """The engine of the story stands at the gate."""
    claimed = {**story.CLAIMED, **more.pop("claimed", {})}
    core = None if case else actions.Core(**claimed)
    given = {"core": core, "signed_by": "Ren Ito", "evidence": (story.PHOTO,), **more}
    return actions.receive(tx, actor, case, **given)


def test_an_announced_core_arrives(hall):
    """Its case goes on, its life closes, its photo is evidence, its weight and place stand on it."""
    case = hall.do(story.announced)
    hall.do(receive, case=case, mass_kg="812.50", place="Hall 1", packing="pallet")
    seen = hall.case(case)
    assert (seen.state, seen.item.mass_kg, seen.item.place) == ("RECEIVED", "812.50", "Hall 1")
    (life,) = hall.ask(parts.lives, people.WORKSHOP, seen.item.id)
    assert life.closed_at is not None
    told = hall.ask(queries.intake_of, people.WORKSHOP, case)
    assert [(row.act, row.signed, row.owner_named) for row in told.custody] == [
        ("announced", False, True),
        ("received", True, False),
    ]
    assert len(hall.ask(queries.photos, people.WORKSHOP, [told.custody[1].event_id])) == 1
    assert hall.holds()


def test_a_core_arrives_unannounced(hall):
    """The case begins with its receipt."""
    done = hall.do(receive, owner="Aster Haulage")
    case = hall.case(done.body.step.case)
    assert (case.state, done.body.step.source, done.body.number) == ("RECEIVED", "-", 1)
    assert hall.holds()


def test_who_brought_it_is_sealed(hall, keyring):
    """Owner, signer and carrier open with the organisation's key alone."""
    done = hall.do(receive, owner="Aster", carrier="Quay Lines")
    opened = hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id)
    assert opened == {"owner": "Aster", "signed_by": "Ren Ito", "carrier": "Quay Lines"}


def test_counters_are_read_in_the_same_act(hall):
    """In the family's unit, or in another of its kind."""
    shown = {"hours": actions.Counted(value="12000"), "distance": actions.Counted(value="350000", unit="km")}
    done = hall.do(receive, counters=shown)
    rows = hall.ask(parts.counters, people.WORKSHOP, done.subject.id)
    assert {(row.counter, row.value, row.unit) for row in rows} == {
        ("hours", "12000", "h"),
        ("distance", "350000", "km"),
    }
    acts = {row.act_id for row in hall.ask(parts.history, people.WORKSHOP, done.subject.id)}
    assert acts == {done.act_id}
    assert hall.holds()


@pytest.mark.parametrize(
    ("counter", "value", "unit"),
    [
        ("hours", "NaN", None),
        ("hours", "-1", None),
        ("hours", "1e3", None),
        ("hours", "12000", "kg"),
        ("hours", "12000", "furlong"),
        ("wishes", "3", None),
    ],
)
def test_an_odd_counter_is_refused(hall, counter, value, unit):
    """Not a number, below zero, another kind of unit, or no counter of this family; nothing is written."""
    with pytest.raises(BadInput) as refused:
        hall.do(receive, counters={counter: actions.Counted(value=value, unit=unit)})
    assert refused.value.details["field"] == f"counters.{counter}.value"
    assert hall.events() == 0


def test_a_counter_never_falls(hall):
    """A core that comes back cannot have run less than when it was here (I6)."""
    case = hall.do(story.returned, counters={"hours": actions.Counted(value="12000")})
    known = actions.Core(known=hall.case(case).item.id)
    with pytest.raises(BadInput) as refused:
        hall.do(receive, core=known, counters={"hours": actions.Counted(value="11999")})
    assert refused.value.details["why"] == "counter-falls"


def test_a_simulated_condition_is_marked(hall):
    """Values of a simulated fleet keep their digits and units, and the part says what it is for ever."""
    condition = (Reading(name="T24", value="642.58", unit="deg R"), Reading(name="epr", value="1.30", unit="1"))
    done = hall.do(receive, condition=condition, simulated=True)
    rows = hall.ask(queries.condition_of, people.WORKSHOP, done.body.step.case)
    assert [(row.name, row.value, row.unit, row.simulated) for row in rows] == [
        ("T24", "642.58", "deg R", True),
        ("epr", "1.30", "1", True),
    ]
    assert hall.case(done.body.step.case).item.simulated
    assert hall.holds()


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1,5", "", "٣"])
def test_an_odd_condition_is_refused(hall, value):
    """Only plain decimals."""
    with pytest.raises(BadInput):
        hall.do(receive, condition=(Reading(name="T24", value=value, unit="K"),))


def test_endless_conditions_are_refused(hall):
    """Two hundred values describe any machine."""
    with pytest.raises(BadInput):
        hall.do(receive, condition=(Reading(name="T24", value="1", unit="K"),) * 201)


def test_without_a_signature_it_is_refused(hall):
    """The guard of SM-1 no. 2, for announced and unannounced cores alike."""
    case = hall.do(story.announced)
    promises.misses(hall, lambda tx: receive(tx, case=case, signed_by=None), "custody_signed")
    other = {"serial": "other"}
    promises.misses(hall, lambda tx: receive(tx, claimed=other, signed_by=None), "custody_signed")


def test_without_a_photo_it_is_refused(hall):
    """A core nobody photographed is a core nobody can compare later."""
    with pytest.raises(BadInput) as refused:
        hall.do(receive, evidence=())
    assert refused.value.details == {"field": "evidence", "why": "required"}


@pytest.mark.parametrize("mass", ["-1", "NaN", "1 kg", "0.0000000001"])
def test_an_odd_mass_is_refused(hall, mass):
    """Kilograms are digits."""
    with pytest.raises(BadInput) as refused:
        hall.do(receive, mass_kg=mass)
    assert refused.value.details["field"] == "mass_kg"


def test_an_unknown_packing_is_refused(hall):
    """The list is closed."""
    with pytest.raises(BadInput):
        hall.do(receive, packing="gift-wrapped")


def test_claims_come_only_with_a_new_case(hall):
    """What an announced core really is, is said when it is identified."""
    case = hall.do(story.announced)
    with pytest.raises(BadInput) as refused:
        hall.do(receive, case=case, core=actions.Core(family=story.FAMILY))
    assert refused.value.details["field"] == "core"


def test_roles(hall):
    """Receiving clerk and logistics."""
    promises.only_its_roles(hall, "receive", receive)


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.announced)
    promises.only_its_organisation(hall, lambda tx, who: receive(tx, who, case=case))


def test_an_unknown_case_is_not_found(hall):
    """No case, no receipt."""
    with pytest.raises(NotFound):
        hall.do(receive, case="0195a000-0000-7000-8000-00000000dead")


def test_a_core_is_received_once(hall):
    """The second time the state says no."""
    case = hall.do(story.received)
    promises.only_from(hall, "receive", case, lambda tx: receive(tx, case=case))


def test_a_part_that_has_a_record_is_refused(hall):
    """I1 holds at the gate."""
    hall.do(receive)
    with pytest.raises(Conflict):
        hall.do(receive)


def test_it_may_be_entered_late_with_a_reason(hall):
    """More than a day ago wants a reason; then the record says when it happened."""
    at = START - timedelta(days=3)
    with pytest.raises(BadInput) as refused:
        hall.do(receive, at=at)
    assert refused.value.details == {"field": "reason", "why": "late-entry"}
    done = hall.do(receive, at=at, why="The network was down")
    assert hall.case(done.body.step.case).opened_at == at


@pytest.mark.parametrize(
    "at", [START.replace(tzinfo=None), START + timedelta(days=1), START.replace(year=1999)]
)
def test_an_absurd_time_is_refused(hall, at):
    """Naive, ahead, or before there was anything."""
    with pytest.raises(BadInput):
        hall.do(receive, at=at, why="because")


def test_a_time_ahead_hides_nobodys_work(hall):
    """A case begins no later than its first entry: whoever received a core by a clock that is fast has done work."""
    done = hall.do(receive, at=hall.database.clock.now() + timedelta(minutes=4))
    acts = hall.ask(parts.acts_in, hall.case(done.body.step.case))
    assert "intake.receive" in {act.verb for act in acts}
    assert hall.holds()
