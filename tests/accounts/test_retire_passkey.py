"""A passkey signs no more, at once (ASVS 6.5.6)."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Conflict, NotFound
from tests.accounts.signer import at_work


@pytest.fixture
def signer(place):
    """Certifying staff with a confirmed passkey."""
    one = at_work(place)
    one.register()
    return one.confirm()


@pytest.mark.parametrize("by", ["owner", "quality", "administrator"])
def test_the_owner_and_those_who_keep_people_may(signer, place, admin, by):
    """And its public key stays, for what it signed."""
    who = {"owner": signer.actor, "quality": signer.keeper, "administrator": admin}[by]
    place.do(actions.retire_passkey, who, signer.passkey, why="lost")
    row = place.ask(queries.find_passkey, place.org_id, signer.passkey)
    assert (row.state, bool(row.key)) == ("retired", True)


def test_not_a_colleague(signer, place):
    """Nobody else stops somebody's key."""
    with pytest.raises(NotFound):
        place.do(actions.retire_passkey, place.actor(place.member("third")), signer.passkey, why="lost")


def test_not_twice_and_for_a_known_reason(signer, place):
    """A reason of the list, and once."""
    with pytest.raises(BadInput):
        place.do(actions.retire_passkey, signer.actor, signer.passkey, why="bored")
    place.do(actions.retire_passkey, signer.actor, signer.passkey, why="replaced")
    with pytest.raises(Conflict):
        place.do(actions.retire_passkey, signer.actor, signer.passkey, why="replaced")
