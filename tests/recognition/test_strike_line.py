"""A line is taken out of a draft."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict
from remanu.recognition import actions
from tests.recognition.story import only_stewards, refused

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_is_gone(office, registry):
    """And what is not there cannot be struck."""
    agreement = office.written()
    office.do(actions.strike_line, agreement, no=1)
    assert office.row(agreement).lines == "[]"
    refused(BadInput, "no", office, actions.strike_line, agreement, no=1)
    assert office.holds(registry)


def test_not_out_of_what_is_approved(office):
    """It was signed as a whole."""
    agreement = office.approved()
    refused(Conflict, "not-a-draft", office, actions.strike_line, agreement, no=1)
    only_stewards(office, actions.strike_line, agreement, no=1)
