"""An agreement ends on a day, and says what becomes of certificates issued before (SM-7, I53)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.errors import BadInput, Conflict
from remanu.recognition import actions
from tests.recognition.story import only_stewards, refused, wants_a_factor

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_its_tail_is_recorded(office, registry):
    """Once: it does not end twice."""
    agreement, later = office.approved(), office.today + timedelta(days=30)
    given = {"ends": office.today, "tail": "until", "tail_until": later}
    office.do(actions.end_agreement, agreement, **given)
    row = office.row(agreement)
    assert (row.ends, row.tail, row.tail_until) == (office.today.isoformat(), "until", later.isoformat())
    refused(Conflict, "ends-already", office, actions.end_agreement, agreement, **given)
    assert office.holds(registry)


@pytest.mark.parametrize(
    ("tail", "days", "until", "field"),
    [
        ("perhaps", 0, None, "tail"),
        ("no", -1, None, "ends"),
        ("until", 0, None, "tail_until"),
        ("until", 5, 5, "tail_until"),
        ("no", 0, 9, "tail_until"),
    ],
)
def test_bad_input(office, tail, days, until, field):
    """No such tail, a day that is over, a missing day, one that is not later, one too many."""
    last = None if until is None else office.today + timedelta(days=until)
    given = {"ends": office.today + timedelta(days=days), "tail": tail, "tail_until": last}
    refused(BadInput, field, office, actions.end_agreement, office.approved(), **given)


def test_it_is_a_signature(office):
    """Of a steward."""
    agreement, given = office.approved(), {"ends": office.today, "tail": "yes"}
    wants_a_factor(office, actions.end_agreement, agreement, **given)
    only_stewards(office, actions.end_agreement, agreement, **given)
