"""A new password or PIN of one's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.accounts import actions
from remanu.errors import BadInput, FactorNeeded
from tests.accounts.place import COST

NEW = "a quite different sentence"


def test_it_works(place):
    """The new one signs in, the old one does not, and all other sessions have ended."""
    ref = place.member()
    here, elsewhere = place.sign_in(), place.sign_in()
    secret = actions.hashed(NEW, login="clerk", cost=COST)
    place.do(actions.set_secret, place.actor(ref), place.live(here).id, kind="password", secret=secret)
    assert place.live(here)
    assert place.live(elsewhere) is None
    assert place.live(place.sign_in(password=NEW))
    with pytest.raises(BadInput):
        place.sign_in()


def test_not_without_a_fresh_factor(place):
    """A tablet left open gives nobody a new password."""
    actor = replace(place.actor(place.member()), fresh_until=None)
    with pytest.raises(FactorNeeded):
        place.do(actions.set_secret, actor, "", kind="password", secret="x")


def test_the_full_cost_is_argon2id_of_19_mib(place):
    """What is kept in real installations (ASVS 11.4.2)."""
    assert actions.hashed(NEW, login="", cost="full").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
