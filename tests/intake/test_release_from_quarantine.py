"""A second person lets a core go from quarantine."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, OwnWork
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

QUALITY = people.BY_ROLE["quality"]
OTHER = people.member("another of quality", "quality")


def apart(tx, actor=people.BY_ROLE["receiving_clerk"]):
    """A core in the cage; returns the case."""
    case = story.received(tx)
    actions.quarantine(tx, actor, case, reason="battery", place="Cage 2")
    return case


def clear(tx, case, actor=QUALITY, **more):
    """The battery is out."""
    return actions.release_from_quarantine(
        tx, actor, case, **{"cleared": True, "finding": "Battery removed.", **more}
    )


def test_it_goes_on_as_received(hall, keyring):
    """Nothing stops it any more; what was found is sealed."""
    case = hall.do(apart)
    done = hall.do(clear, case)
    assert hall.case(case).state == "RECEIVED"
    assert hall.ask(queries.open_quarantine, people.WORKSHOP, case) is None
    assert hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id) == {"finding": "Battery removed."}
    assert hall.ask(queries.facts, hall.case(case), done.at)["no_open_hazard"]
    assert hall.holds()


def test_it_may_be_set_apart_again(hall):
    """Each quarantine is cleared on its own."""
    case = hall.do(apart)
    hall.do(clear, case)
    hall.do(lambda tx: actions.quarantine(tx, QUALITY, case, reason="fire", place="Yard"))
    hall.do(clear, case, OTHER)
    rows = hall.ask(queries.intake_of, people.WORKSHOP, case).quarantines
    assert [row.reason for row in rows if row.cleared_at] == ["battery", "fire"]


def test_whoever_set_it_apart_may_not(hall):
    """Two persons, not two roles (SM-1 no. 4)."""
    case = hall.do(apart, QUALITY)
    before = hall.events()
    with pytest.raises(OwnWork) as refused:
        hall.do(clear, case)
    assert refused.value.details["acts"] == ["intake.quarantine"]
    assert hall.events() == before
    hall.do(clear, case, OTHER)


@pytest.mark.parametrize("given", [{"cleared": False}, {"finding": None}])
def test_without_a_finding_it_is_refused(hall, given):
    """A tick alone clears nothing, and a finding that clears nothing does not either."""
    case = hall.do(apart)
    promises.misses(hall, lambda tx: clear(tx, case, **given), "reason_cleared")


@pytest.mark.parametrize("finding", ["", "a\u202eb", "f" * 2001])
def test_an_odd_finding_is_refused(hall, finding):
    """Sealed text is cleaned like any other."""
    case = hall.do(apart)
    with pytest.raises(BadInput):
        hall.do(clear, case, finding=finding)


def test_roles(hall):
    """Quality alone."""
    case = hall.do(apart)
    promises.only_its_roles(hall, "release_from_quarantine", lambda tx, who: clear(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(apart)
    promises.only_its_organisation(hall, lambda tx, who: clear(tx, case, who))


def test_only_from_quarantine(hall):
    """A core that stands free needs no clearing."""
    case = hall.do(story.received)
    promises.only_from(hall, "release_from_quarantine", case, lambda tx: clear(tx, case))
