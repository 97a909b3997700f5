"""Setting up one-time codes."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput
from remanu.rules import onetime
from tests.accounts.signer import at_work


@pytest.fixture
def signer(place):
    """Certifying staff without codes."""
    return at_work(place)


def _offer(signer):
    place = signer.place
    return actions.offer_code(place.database.keyring, signer.actor, place.database.clock.now())


def test_the_secret_is_sealed_for_the_person(signer, place):
    """The vault gives it back, the record holds nothing of it, and erasing the person takes it."""
    secret = signer.enrol_code()
    assert place.ask(queries.code_secret, place.database.keyring, signer.actor.person_id) == secret
    assert place.kinds(signer.ref)[-1] == "accounts.enrol_code"
    person = signer.actor.person_id
    place.do(actions.erase, place.system, signer.ref)
    assert place.ask(queries.code_secret, place.database.keyring, person) is None


def test_the_first_code_shows_that_it_arrived(signer):
    """Another code sets nothing up."""
    _, sealed = _offer(signer)
    with pytest.raises(BadInput) as refusal:
        signer.place.do(actions.enrol_code, signer.actor, sealed=sealed, code="000000")
    assert refusal.value.details["why"] == "wrong-code"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_offer_is_ours_and_his_and_of_today(signer, place, clock):
    """Letters that nobody sealed, somebody else's offer, and one that lay about."""
    other = place.actor(place.member("other"))
    secret, sealed = _offer(signer)
    code = onetime.code(secret, onetime.step_at(clock.now()))
    for who, given in ((signer.actor, "00"), (signer.actor, "zz"), (other, sealed)):
        with pytest.raises(BadInput) as refusal:
            place.do(actions.enrol_code, who, sealed=given, code=code)
        assert refusal.value.details["why"] == "challenge-old"
    clock.advance(minutes=15, seconds=1)
    with pytest.raises(BadInput):
        place.do(actions.enrol_code, signer.actor, sealed=sealed, code=signer.code(secret))


def test_a_new_secret_needs_a_code_of_the_old_one(signer, clock):
    """Who has only the password does not replace what stands beside it (ASVS 6.4.3)."""
    secret = signer.enrol_code()
    clock.advance(minutes=1)
    new, sealed = _offer(signer)
    with pytest.raises(BadInput) as refusal:
        signer.place.do(actions.enrol_code, signer.actor, sealed=sealed, code=signer.code(new))
    assert refusal.value.details["field"] == "code_factor"
    both = signer.by_code(signer.code(secret))
    signer.place.do(actions.enrol_code, both, sealed=sealed, code=signer.code(new))
    assert signer.place.ask(queries.code_secret, signer.place.database.keyring, both.person_id) == new
