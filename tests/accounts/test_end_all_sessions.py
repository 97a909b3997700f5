"""Ending every session of somebody."""

from __future__ import annotations

import pytest

from remanu.accounts import actions
from remanu.errors import Forbidden


def test_it_works_for_ones_own(place):
    """All of them, this one included."""
    ref = place.member()
    tokens = [place.sign_in() for _ in range(3)]
    assert place.do(actions.end_all_sessions, place.actor(ref), ref) == 3
    assert [place.live(token) for token in tokens] == [None] * 3


def test_an_administrator_ends_a_members(place, admin):
    """ASVS 7.4.5; nobody else's are touched."""
    ref = place.member()
    place.member("other")
    token, bystander = place.sign_in(), place.sign_in("other")
    place.do(actions.end_all_sessions, admin, ref)
    assert place.live(token) is None
    assert place.live(bystander)


def test_not_somebody_elses(place):
    """Only an administrator ends another's sessions."""
    ref = place.member()
    with pytest.raises(Forbidden):
        place.do(actions.end_all_sessions, place.actor(place.member("b")), ref)
