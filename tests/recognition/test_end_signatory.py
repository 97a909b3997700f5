"""An accreditor signs no longer from a day on, which may have passed (R8)."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Conflict
from remanu.recognition import actions, queries
from tests.recognition.story import OFFICE, only_stewards, refused, steward, wants_a_factor

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_is_said(office, registry):
    """Once."""
    signatory = office.signed()
    office.do(actions.end_signatory, signatory, until=date(2026, 1, 9))
    assert office.ask(queries.find_signatory, OFFICE, signatory).until == "2026-01-09"
    refused(Conflict, "ends-already", office, actions.end_signatory, signatory, until=date(2026, 1, 9))
    assert office.holds(registry)


def test_what_stands_against_it(office):
    """Nobody confirmed it; a day before the first; no fresh factor; other roles."""
    signatory, verb = office.signed(confirmed=False), actions.end_signatory
    refused(Conflict, "signatory-not-confirmed", office, verb, signatory, until=date(2026, 2, 1))
    office.do(actions.confirm_signatory, signatory, who=steward("second"))
    refused(BadInput, "until", office, verb, signatory, until=date(2026, 1, 1))
    wants_a_factor(office, verb, signatory, until=date(2026, 2, 1))
    only_stewards(office, verb, signatory, until=date(2026, 2, 1))
