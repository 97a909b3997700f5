"""A proposed policy of signing is given up."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import Conflict, NotFound
from remanu.rules.signing import all_by
from tests.accounts.signer import at_work


def test_it_holds_for_nothing_any_more(place, admin):
    """Neither approved nor withdrawn again."""
    policy = place.do(actions.propose_policy, admin, ways=all_by("passkey")).body.policy
    place.do(actions.withdraw_policy, admin, policy)
    assert place.ask(queries.policy_of, place.org_id) == {}
    with pytest.raises(Conflict):
        place.do(actions.approve_policy, at_work(place).keeper, policy)


def test_not_of_another_organisation(place, admin, other):
    """A stranger finds nothing."""
    policy = place.do(actions.propose_policy, admin, ways=all_by("passkey")).body.policy
    stranger = other.actor(other.member("stranger", "quality"))
    with pytest.raises(NotFound):
        other.do(actions.withdraw_policy, stranger, policy)
