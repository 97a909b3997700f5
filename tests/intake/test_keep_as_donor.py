"""A rejected core is kept to give its parts."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput
from remanu.intake import actions
from remanu.parts.models import PublicState
from tests import people
from tests.intake import promises, story

PLANNER = people.BY_ROLE["planner"]


def keep(tx, case, actor=PLANNER, **more):
    """It goes to the shelf."""
    return actions.keep_as_donor(tx, actor, case, **{"owner_agrees": True, **more})


@pytest.mark.parametrize("place", ["Shelf 9", None])
def test_it_stays_and_is_no_part_to_install(hall, place):
    """Its tag tells everybody that it must not be used as a whole."""
    case = hall.do(story.rejected, place="Hall 1")
    hall.do(keep, case, place=place)
    seen = hall.case(case)
    assert (seen.state, seen.item.condition, seen.item.place) == ("DONOR", "donor", place or "Hall 1")
    states = sa.select(PublicState.state).where(PublicState.uri == seen.item.uri)
    assert hall.ask(lambda connection: connection.execute(states).scalar()) == "scrapped"
    assert hall.holds()


def test_the_owner_must_agree(hall):
    """The guard of SM-1 no. 9."""
    case = hall.do(story.rejected)
    promises.misses(hall, lambda tx: keep(tx, case, owner_agrees=False), "owner_agrees")


def test_an_odd_place_is_refused(hall):
    """Somebody has to find it there."""
    case = hall.do(story.rejected)
    with pytest.raises(BadInput):
        hall.do(keep, case, place="Shelf\u202e9")


def test_roles(hall):
    """Logistics and planner."""
    case = hall.do(story.rejected)
    promises.only_its_roles(hall, "keep_as_donor", lambda tx, who: keep(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.rejected)
    promises.only_its_organisation(hall, lambda tx, who: keep(tx, case, who))


def test_only_what_is_rejected(hall):
    """An accepted core is worked on."""
    case = hall.do(story.until, "accepted")
    promises.only_from(hall, "keep_as_donor", case, lambda tx: keep(tx, case))
