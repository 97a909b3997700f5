"""An organisation puts an edition of a family pack in force."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from remanu.catalogue import actions, queries
from remanu.errors import BadInput, Conflict
from tests import people
from tests.catalogue import promises

ENGINEER = people.BY_ROLE["engineering"]
FAMILY = "copier"


def publish(tx, actor=ENGINEER, *, family=FAMILY, applies_from=date(2026, 2, 1)):
    """The copier pack from February."""
    return actions.publish_edition(tx, actor, family=family, applies_from=applies_from)


def in_force(hall, on):
    """What the workshop works by at a moment."""
    return hall.ask(queries.editions_in_force, people.WORKSHOP, FAMILY, on)


def test_it_is_in_force_from_its_first_day(hall):
    """A day begins in the organisation's zone, eight hours before UTC's."""
    hall.do(publish)
    assert in_force(hall, datetime(2026, 1, 31, 15, 59, tzinfo=UTC)) is None
    found = in_force(hall, datetime(2026, 1, 31, 16, 0, tzinfo=UTC))
    assert (found.edition, found.family) == ("2", FAMILY)
    assert hall.holds()


def test_it_is_bound_to_the_packs_bytes(hall):
    """The digest of the file stands in the event."""
    expected = hashlib.sha256((files("remanu.families") / f"{FAMILY}.toml").read_bytes()).hexdigest()
    assert hall.do(publish).body.digest == expected


def test_the_newest_that_has_begun_counts(hall):
    """A later day takes over when it comes."""
    hall.do(publish)
    hall.do(publish, applies_from=date(2026, 4, 1))
    assert in_force(hall, datetime(2026, 3, 31, tzinfo=UTC)).since.month == 1
    assert in_force(hall, datetime(2026, 4, 1, tzinfo=UTC)).since.month == 3
    assert len(hall.ask(queries.editions, people.WORKSHOP)) == 2


def test_one_edition_a_day(hall):
    """Two could not both be in force."""
    hall.do(publish)
    with pytest.raises(Conflict):
        hall.do(publish)


@pytest.mark.parametrize(
    ("family", "day", "why"),
    [
        ("steam-engine", date(2026, 2, 1), "not-a-choice"),
        (FAMILY, date(2025, 12, 31), "before-edition"),
        (FAMILY, date(2031, 1, 1), "absurd-time"),
    ],
)
def test_odd_days_are_refused(hall, family, day, why):
    """Before the pack applies, years ahead, or of no family."""
    with pytest.raises(BadInput) as refused:
        hall.do(publish, family=family, applies_from=day)
    assert refused.value.details["why"] == why
    assert hall.events() == 0


def test_another_organisation_works_by_its_own(hall):
    """What one puts in force binds nobody else."""
    hall.do(publish, people.OUTSIDER)
    assert in_force(hall, datetime(2026, 3, 1, tzinfo=UTC)) is None


def test_roles(hall):
    """Engineering alone."""
    promises.only_its_roles(hall, "publish_edition", publish)
