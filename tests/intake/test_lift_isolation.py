"""The lock-out of work on site ends before the test, which runs at the owner's load (domain.md §3.8)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.intake import actions, queries
from remanu.parts import actions as part_actions
from remanu.parts.actions import check_step
from remanu.parts.models import Case
from tests import people
from tests.intake import story
from tests.intake.test_accept_site import accept_site

TECHNICIAN = people.TECHNICIAN


def at(tx, case, state):
    """The case stands here, whatever led to it: the acts between are told where whole lives are."""
    tx.execute(sa.update(Case).where(Case.id == case).values(state=state))


@pytest.fixture
def motor(hall):
    """A motor that was accepted on site and is together again."""
    done = hall.do(accept_site, counters={"hours": actions.Counted(value="96300")})
    hall.do(at, done.body.step.case, "REASSEMBLED")
    return done.body.step.case


def lift(tx, case, actor=TECHNICIAN):
    """The locks come off."""
    return actions.lift_isolation(tx, actor, case)


def test_the_lock_out_ends(hall, motor):
    """What comes back is named; until then the test cannot start, and afterwards there is nothing to lift."""
    case = hall.case(motor)
    ready = {"procedure_frozen": True, "rig_in_calibration": True}
    with pytest.raises(GuardFailed) as refused:
        check_step(case, "start_test", {**ready, **hall.ask(queries.site_facts, case)})
    assert refused.value.details["missing"] == ["isolation_lifted"]
    done = hall.do(lift, motor)
    assert done.body.energies == ("electrical", "mechanical")
    assert hall.case(motor).state == "REASSEMBLED"
    known = {**ready, **hall.ask(queries.site_facts, case)}
    assert check_step(hall.case(motor), "start_test", known).target == "IN_TEST"
    with pytest.raises(GuardFailed) as again:
        hall.do(lift, motor)
    assert again.value.details["missing"] == ["locked_out"]


def test_counters_are_read_again_at_the_end(hall, motor):
    """Equipment goes on counting: the reading from before the work does not do."""
    hall.do(lift, motor)
    assert hall.ask(queries.site_facts, hall.case(motor))["site_counters_read"] is False
    item = hall.case(motor).item.id
    hall.database.clock.advance(hours=1)
    hall.do(part_actions.read_counter, TECHNICIAN, item, counter="hours", value="96301", origin="host")
    assert hall.ask(queries.site_facts, hall.case(motor))["site_counters_read"] is True


def test_in_the_workshop_nothing_is_locked_out(hall):
    """A core that was received has no lock-out, and nobody asks for one."""
    case = hall.do(story.received)
    hall.do(at, case, "REASSEMBLED")
    with pytest.raises(Conflict) as refused:
        hall.do(lift, case)
    assert refused.value.details["why"] == "not-on-site"
    assert hall.ask(queries.site_facts, hall.case(case)) == {
        "locked_out": False,
        "isolation_lifted": True,
        "site_counters_read": True,
    }


def test_who_may_and_when(hall, motor):
    """Technicians and test operators of the same organisation, when the equipment is together again."""
    with pytest.raises(Forbidden):
        hall.do(lift, motor, people.BY_ROLE["planner"])
    with pytest.raises(NotFound):
        hall.do(lift, motor, people.OUTSIDER)
    hall.do(at, motor, "IN_WORK")
    with pytest.raises(NotAllowed):
        hall.do(lift, motor)
