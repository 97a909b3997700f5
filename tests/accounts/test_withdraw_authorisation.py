"""An authorisation ends before its date."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.accounts import actions, queries
from remanu.errors import Conflict, Forbidden, NotFound
from tests.accounts.test_authorise import SCOPE, find


@pytest.fixture
def given(place, admin):
    """Somebody's authorisation: pseudonym and id."""
    ref = place.member("signer", "certifying_staff")
    return ref, place.do(actions.authorise, admin, ref, **SCOPE).body.authorisation


def test_it_works_from_now_on(place, admin, given, clock):
    """Before the withdrawal it was valid and stays so; after it, it is not (I36)."""
    ref, one = given
    before = clock.now() - timedelta(seconds=1)
    place.do(actions.withdraw_authorisation, admin, one)
    assert find(place, ref, before)
    assert find(place, ref, clock.now()) is None


def test_not_by_a_technician(place, given):
    """Withdrawing is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.withdraw_authorisation, place.actor(place.member()), given[1])


def test_not_twice(place, admin, given):
    """The second is told."""
    place.do(actions.withdraw_authorisation, admin, given[1])
    with pytest.raises(Conflict):
        place.do(actions.withdraw_authorisation, admin, given[1])


def test_not_of_another_organisation(admin, place, given, other):
    """An authorisation is its organisation's."""
    with pytest.raises(NotFound):
        other.do(actions.withdraw_authorisation, other.system, given[1])
    assert place.ask(queries.authorisations, place.org_id)[0].withdrawn_at is None
