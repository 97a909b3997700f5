"""A second person puts a policy of signing in force."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import Conflict, OwnWork
from tests.accounts.signer import actions_by, at_work, decide


@pytest.fixture
def proposed(place, admin):
    """A policy that the administrator proposed."""
    return place.do(actions.propose_policy, admin, ways=actions_by("password+code")).body.policy


def test_it_holds_at_once(place, proposed):
    """And takes the place of what held before."""
    quality = at_work(place).keeper
    place.do(actions.approve_policy, quality, proposed)
    assert place.ask(queries.policy_of, place.org_id) == actions_by("password+code")
    other = place.actor(place.member("quality-two", "quality"))
    decide(place, "password", first=other, second=quality)
    states = [row.state for row in place.ask(queries.policies, place.org_id)]
    assert states == ["in_force", "former"]


def test_not_by_whoever_proposed_it(place, admin, proposed):
    """Author and approver are two people, by whatever account."""
    with pytest.raises(OwnWork):
        place.do(actions.approve_policy, admin, proposed)
    second = place.member("admin-two", "admin", same_as=admin.ref)
    with pytest.raises(OwnWork):
        place.do(actions.approve_policy, place.actor(second), proposed)


def test_not_twice(place, proposed):
    """What is decided stays decided."""
    quality = at_work(place).keeper
    place.do(actions.approve_policy, quality, proposed)
    with pytest.raises(Conflict):
        place.do(actions.approve_policy, quality, proposed)
