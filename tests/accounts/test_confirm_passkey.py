"""A second person says whose passkey it is."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import Conflict, Forbidden, NotFound
from tests.accounts.signer import Signer, at_work
from tests.authenticator import Authenticator


@pytest.fixture
def signer(place):
    """Certifying staff with a passkey that waits."""
    one = at_work(place)
    one.register()
    return one


def test_it_signs_from_then_on(signer, place):
    """The record says who confirmed it."""
    signer.confirm()
    row = place.ask(queries.find_passkey, place.org_id, signer.passkey)
    assert (row.state, row.confirmed_by) == ("active", signer.keeper.ref)


def test_not_ones_own(place):
    """Nobody confirms his own key, by whatever account."""
    quality = place.member("quality", "quality")
    mine = Signer(place, quality, place.actor(quality), Authenticator())
    mine.register()
    with pytest.raises(Forbidden) as refusal:
        mine.confirm()
    assert refusal.value.details["why"] == "own-passkey"
    second = place.member("quality-two", "quality", same_as=quality)
    with pytest.raises(Forbidden):
        place.do(actions.confirm_passkey, place.actor(second), mine.passkey)


def test_not_by_those_without_the_duty(signer, place):
    """Certifying staff does not open doors for each other."""
    with pytest.raises(Forbidden):
        place.do(
            actions.confirm_passkey, place.actor(place.member("third", "certifying_staff")), signer.passkey
        )


def test_not_twice(signer):
    """It is confirmed once."""
    signer.confirm()
    with pytest.raises(Conflict):
        signer.confirm()


def test_not_of_another_organisation(signer, other):
    """A stranger finds nothing."""
    stranger = other.actor(other.member("stranger", "quality"))
    with pytest.raises(NotFound):
        other.do(actions.confirm_passkey, stranger, signer.passkey)
