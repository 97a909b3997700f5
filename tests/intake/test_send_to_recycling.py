"""A rejected core goes to recycling."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput
from remanu.intake import actions, queries
from remanu.parts.models import PublicState
from tests import people
from tests.intake import promises, story

LOGISTICS = people.BY_ROLE["logistics"]
WASTE = {"waste_code": "16 01 17", "waste_record": "W-2026-4", "mass_kg": "790"}


def recycle(tx, case, actor=LOGISTICS, **more):
    """It goes with its waste record."""
    return actions.send_to_recycling(tx, actor, case, **{"owner_agrees": True, **WASTE, **more})


def test_it_goes_with_its_waste_record(hall, keyring):
    """It is scrapped for good; who took it is sealed."""
    case = hall.do(story.rejected)
    done = hall.do(recycle, case, recycler="Metals Two")
    seen = hall.case(case)
    assert (seen.state, seen.item.condition) == ("RECYCLED", "scrapped")
    states = sa.select(PublicState.state).where(PublicState.uri == seen.item.uri)
    assert hall.ask(lambda connection: connection.execute(states).scalar()) == "scrapped"
    row = hall.ask(queries.intake_of, people.WORKSHOP, case).custody[-1]
    assert (row.act, row.waste_code, row.waste_record, row.mass_kg) == ("recycled", *WASTE.values())
    assert hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id) == {"recycler": "Metals Two"}
    assert hall.holds()


@pytest.mark.parametrize("left_out", WASTE)
def test_the_waste_record_is_whole(hall, left_out):
    """Code, number and mass."""
    case = hall.do(story.rejected)
    promises.misses(hall, lambda tx: recycle(tx, case, **{left_out: None}), "waste_recorded")


def test_the_owner_must_agree(hall):
    """The guard of SM-1 no. 9."""
    case = hall.do(story.rejected)
    promises.misses(hall, lambda tx: recycle(tx, case, owner_agrees=False), "owner_agrees")


@pytest.mark.parametrize(
    ("field", "given"), [("mass_kg", "-5"), ("mass_kg", "NaN"), ("waste_code", "1\u202e6"), ("waste_record", "")]
)
def test_odd_waste_is_refused(hall, field, given):
    """Kilograms are digits, codes are text that shows."""
    case = hall.do(story.rejected)
    with pytest.raises(BadInput) as refused:
        hall.do(recycle, case, **{field: given})
    assert refused.value.details["field"] == field


def test_roles(hall):
    """Logistics alone."""
    case = hall.do(story.rejected)
    promises.only_its_roles(hall, "send_to_recycling", lambda tx, who: recycle(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.rejected)
    promises.only_its_organisation(hall, lambda tx, who: recycle(tx, case, who))


def test_only_what_is_rejected(hall):
    """An accepted core stays."""
    case = hall.do(story.until, "accepted")
    promises.only_from(hall, "send_to_recycling", case, lambda tx: recycle(tx, case))
