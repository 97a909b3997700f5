"""Changing what a member may do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, FactorNeeded, Forbidden, NotFound


def test_it_works_on_the_next_request(place, admin):
    """A session that was open before has the new roles at once (ASVS 8.3.2)."""
    ref = place.member()
    token = place.sign_in()
    place.do(actions.assign_roles, admin, ref, roles=("inspector",))
    assert place.live(token).actor.roles == {"inspector"}


def test_the_event_says_what_was(place, admin):
    """Former and new roles stand in the record."""
    done = place.do(actions.assign_roles, admin, place.member(), roles=("inspector", "quality"))
    assert (done.body.was, done.body.roles) == (("technician",), ("inspector", "quality"))


def test_not_by_a_technician(place):
    """Rights are the administrator's to give."""
    with pytest.raises(Forbidden):
        place.do(actions.assign_roles, place.actor(place.member()), place.member("b"), roles=("quality",))


def test_nobody_raises_his_own_rights(place, admin):
    """I35, and by person: a second account is no way round."""
    second = place.member("admin-two", "technician", same_as=admin.ref)
    for ref in (admin.ref, second):
        with pytest.raises(Forbidden) as refusal:
            place.do(actions.assign_roles, admin, ref, roles=("quality",))
        assert refusal.value.details["why"] == "own-rights"


def test_not_admin_with_a_signing_role(place, admin):
    """I35: the administrator signs nothing."""
    with pytest.raises(BadInput):
        place.do(actions.assign_roles, admin, place.member(), roles=("admin", "mrb"))


def test_it_wants_a_fresh_factor(place, admin):
    """A role change is confirmed (ASVS 7.5.3)."""
    ref = place.member()
    with pytest.raises(FactorNeeded):
        place.do(actions.assign_roles, replace(admin, fresh_until=None), ref, roles=("quality",))


def test_nobody_of_another_organisation(place, admin, other):
    """Members elsewhere do not exist here."""
    with pytest.raises(NotFound):
        place.do(actions.assign_roles, admin, other.member("far"), roles=("quality",))
    assert place.ask(queries.members, place.database.keyring, place.org_id)
