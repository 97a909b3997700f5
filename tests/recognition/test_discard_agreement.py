"""A draft is given up; it was never in force."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict
from remanu.recognition import actions
from tests.recognition.story import only_stewards, refused

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_is_kept_as_given_up(office, registry):
    """Nothing that was recorded goes away."""
    agreement = office.written()
    office.do(actions.discard_agreement, agreement)
    assert office.row(agreement).state == "discarded"
    refused(Conflict, "not-a-draft", office, actions.discard_agreement, agreement)
    assert office.holds(registry)


def test_not_what_is_approved(office):
    """That is ended instead."""
    agreement = office.approved()
    refused(Conflict, "not-a-draft", office, actions.discard_agreement, agreement)
    only_stewards(office, actions.discard_agreement, agreement)
