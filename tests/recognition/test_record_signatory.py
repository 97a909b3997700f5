"""Somebody saw that an accreditor signs; it counts for nothing yet."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput
from remanu.recognition import actions, queries
from tests.recognition.story import OFFICE, only_stewards, refused

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_waits(office, registry):
    """With the accreditor's name, and not for everybody."""
    office.signed(confirmed=False)
    (row,) = office.ask(queries.to_confirm, OFFICE)
    assert (row.accreditor_name, row.state) == ("Board of XA", "recorded")
    assert office.ask(queries.signatories, row.arrangement_id) == []
    assert office.holds(registry)


def test_what_stands_against_it(office):
    """No scheme, an end before the beginning, other roles."""
    arrangement, source = office.arranged(), "https://a.example/signs"
    verb = actions.record_signatory
    none = office.signs(schemes=())
    refused(BadInput, "schemes", office, verb, arrangement, signs=none, source=source)
    back = office.signs(until=date(2026, 1, 1))
    refused(BadInput, "until", office, verb, arrangement, signs=back, source=source)
    only_stewards(office, verb, arrangement, signs=back, source=source)
