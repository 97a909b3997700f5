"""Proposing by what the organisation's acts are signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Conflict, Forbidden
from remanu.rules.signing import all_by
from tests.accounts.place import WORKSHOP, founded


def test_it_waits(place, admin):
    """Nothing changes before somebody else approves it."""
    done = place.do(actions.propose_policy, admin, ways=all_by("passkey"))
    assert place.ask(queries.find_policy, place.org_id, done.body.policy).state == "proposed"
    assert place.ask(queries.policy_of, place.org_id) == {}


def test_an_odd_one_is_refused(place, admin):
    """Every part has a way that can be asked for."""
    with pytest.raises(BadInput):
        place.do(actions.propose_policy, admin, ways={"certificates": "nod"})


def test_not_by_those_who_sign(place):
    """Certifying staff does not choose its own lock."""
    with pytest.raises(Forbidden):
        place.do(
            actions.propose_policy,
            place.actor(place.member("signer", "certifying_staff")),
            ways=all_by("password"),
        )


def test_an_organisation_may_begin_with_one(database, config):
    """Founded by the operator's command it begins with password and code; the same again is no change."""
    strict = founded(database, config, replace(WORKSHOP, name_en="Workshop Strict", signing="password+code"))
    assert strict.ask(queries.policy_of, strict.org_id) == all_by("password+code")
    with pytest.raises(Conflict):
        strict.do(actions.propose_policy, strict.system, ways=all_by("password+code"))
