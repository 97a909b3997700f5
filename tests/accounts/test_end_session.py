"""Ending one session."""

from __future__ import annotations

import pytest

from remanu.accounts import actions
from remanu.errors import NotFound


def test_it_works_for_ones_own(place):
    """A session left open elsewhere ends, this one goes on."""
    ref = place.member()
    here, elsewhere = place.sign_in(), place.sign_in()
    place.do(actions.end_session, place.actor(ref), place.live(elsewhere).id)
    assert place.live(elsewhere) is None
    assert place.live(here)


def test_an_administrator_ends_a_members(place, admin):
    """ASVS 7.4.5."""
    place.member()
    token = place.sign_in()
    place.do(actions.end_session, admin, place.live(token).id)
    assert place.live(token) is None


def test_not_somebody_elses(place):
    """Another member's session does not exist for a member."""
    place.member()
    token, stranger = place.sign_in(), place.actor(place.member("b"))
    with pytest.raises(NotFound):
        place.do(actions.end_session, stranger, place.live(token).id)
    assert place.live(token)


def test_not_of_another_organisation(place, admin, other):
    """An administrator's power ends at the organisation."""
    other.member("far")
    token = other.sign_in("far")
    with pytest.raises(NotFound):
        place.do(actions.end_session, admin, place.live(token).id)


def test_not_twice(place):
    """An ended session is none."""
    ref = place.member()
    session = place.live(place.sign_in()).id
    place.do(actions.end_session, place.actor(ref), session)
    with pytest.raises(NotFound):
        place.do(actions.end_session, place.actor(ref), session)
