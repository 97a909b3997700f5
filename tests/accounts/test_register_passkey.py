"""Bringing a passkey of one's own."""

from __future__ import annotations

import pytest

from remanu import passkeys as passkey
from remanu.accounts import actions, queries
from remanu.errors import BadInput, Conflict, FactorNeeded
from tests.accounts.signer import HERE, at_work
from tests.authenticator import PRESENT, Authenticator


@pytest.fixture
def signer(place):
    """Certifying staff without a passkey."""
    return at_work(place)


def test_its_public_key_is_kept(signer, place):
    """It waits for a second person, and its key stands in the record."""
    row = place.ask(queries.find_passkey, place.org_id, signer.register())
    assert row.state == "registered"
    assert passkey.decoded(row.key) == signer.key.cose
    assert place.kinds(signer.ref)[-1] == "accounts.register_passkey"
    assert [one.id for one in place.ask(queries.waiting_passkeys, place.org_id)] == [row.id]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "key",
    [
        Authenticator(origin="https://elsewhere.example"),
        Authenticator(rp_id="elsewhere.example"),
        Authenticator(flags=PRESENT),
    ],
    ids=["origin", "site", "unverified"],
)
def test_an_answer_that_does_not_hold(signer, key):
    """Another site, or nobody verified."""
    with pytest.raises(BadInput) as refusal:
        signer.register(key)
    assert refusal.value.details["why"] == "not-a-passkey"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", [{"at": "noon"}, {"attestation": "AQ"}, {"client": "e30"}])
def test_odd_answers_are_refused(signer, change):
    """What a browser would not send."""
    with pytest.raises(BadInput):
        signer.register(**change)


def test_a_challenge_of_another_moment(signer):
    """The challenge is made from the moment that comes with it, so another moment is another challenge."""
    with pytest.raises(BadInput):
        signer.register(at="2026-02-01T00:00:00.000000Z")


def test_not_twice(signer):
    """A credential stands once in an organisation."""
    signer.register()
    with pytest.raises(Conflict) as refusal:
        signer.register()
    assert refusal.value.details["why"] == "passkey-known"


def test_only_with_a_fresh_factor(signer, place):
    """Whoever finds an open session brings no key of his own into it."""
    place.member("stale", "technician")
    stale = place.live(place.sign_in("stale")).actor
    with pytest.raises(FactorNeeded):
        place.do(actions.register_passkey, stale, name="Key", answer={}, site=HERE)
