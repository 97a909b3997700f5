"""What an assertion shows can be checked from bytes alone, and every planted fault is named (T-R7, T-R8)."""

from __future__ import annotations

import json

import cbor2
import pytest
import webauthn
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers.exceptions import InvalidAuthenticationResponse

from remanu import passkeys as passkey
from remanu.errors import BadInput
from remanu.rules.signing import Assertion
from tests.authenticator import ORIGIN, PRESENT, SITE, VERIFIED, Authenticator

APPROVAL = {"v": 1, "action": "release", "meaning": "I release it.", "record": "ab" * 32, "nonce": "00" * 16}
CHALLENGE = passkey.challenge_of(APPROVAL)
# A signature made once with the key of RFC 8032 §7.1, test 1: later versions must go on to accept it.
KEPT = {
    "key": "pAEBAycgBiFYINdamAGCsQq31Uv-08lkBzoO4XLz2qYjJa8CGmj3B1Ea",
    "credential": "AQID",
    "authenticator": "L6MXAqCXqlGaW961CcMImGzX0li42nKc7tbDHPZmHyoFAAAABw",
    "client": (
        "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoicVdCLWo1T3F0djdqRFBwQzFHQ25CckVIUkxXV0lI"
        "bngyVUtsMGRJRGZzYyIsIm9yaWdpbiI6Imh0dHBzOi8vaWQuZXhhbXBsZS50ZXN0In0"
    ),
    "signature": "PYy-CmRWkkZlmECHBvJrAFdWN17czh4-UPPAw2IbxsPFBqJbMGyUUzjLU-jJ-voQBpiJ_MQJ4W20kN23XYIyCw",
}


def _said(challenge: bytes = CHALLENGE) -> dict:
    return {"challenge": passkey.encoded(challenge), "approval": {"at": "", "nonce": ""}, "tag": ""}


def _answered(one: Authenticator, challenge: bytes = CHALLENGE) -> Assertion:
    return passkey.read("passkey_factor", json.loads(one.sign(_said(challenge))))


def _faults(one: Authenticator, *, challenge: bytes = CHALLENGE, key: bytes | None = None) -> tuple[str, ...]:
    given = _answered(one, challenge)
    return passkey.faults(given, key or one.cose, challenge=CHALLENGE, origin=ORIGIN, rp_id=SITE)


@pytest.mark.parametrize("make", [Authenticator, Authenticator.ed25519], ids=["ES256", "Ed25519"])
def test_a_good_one_holds(make):
    """Both kinds of key sign, and the library that everybody uses says the same."""
    one = make()
    given = _answered(one)
    assert passkey.faults(given, one.cose, challenge=CHALLENGE, origin=ORIGIN, rp_id=SITE) == ()
    assert _library(one, given) == passkey.counter_of(given.authenticator) == 1


def _library(one: Authenticator, given: Assertion) -> int:
    response = {
        "authenticatorData": passkey.encoded(given.authenticator),
        "clientDataJSON": passkey.encoded(given.client),
        "signature": passkey.encoded(given.signature),
    }
    return webauthn.verify_authentication_response(
        credential={"id": given.credential, "rawId": given.credential, "type": "public-key", "response": response},
        expected_challenge=CHALLENGE,
        expected_rp_id=SITE,
        expected_origin=ORIGIN,
        credential_public_key=one.cose,
        credential_current_sign_count=0,
        require_user_verification=True,
    ).new_sign_count


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"origin": "https://id.example.test.evil.example"}, "other-origin"),
        ({"rp_id": "example.test"}, "wrong-site"),
        ({"flags": PRESENT}, "not-verified"),
        ({"flags": VERIFIED}, "nobody-present"),
    ],
)
def test_a_planted_fault_is_named(change, why):
    """Another origin, another site, nobody verified, nobody present: each by its word, and by the library too."""
    one = Authenticator(**change)
    assert _faults(one) == (why,)
    with pytest.raises(InvalidAuthenticationResponse):
        _library(one, _answered(one))


def test_another_content_is_named():
    """An assertion over another approval does not serve this one."""
    assert _faults(Authenticator(), challenge=passkey.challenge_of({**APPROVAL, "record": "cd" * 32})) == (
        "other-content",
    )


def test_another_key_is_named():
    """A key that did not sign, and bytes that are no key."""
    assert _faults(Authenticator(), key=Authenticator().cose) == ("bad-signature",)
    assert _faults(Authenticator(), key=b"\xa0") == ("bad-signature",)


def test_a_frame_of_another_site_is_named():
    """What was signed inside somebody's frame is not signed here."""
    one = _answered(Authenticator())
    client = json.dumps({**json.loads(one.client), "crossOrigin": True}).encode()
    framed = Assertion(one.credential, one.authenticator, client, one.signature)
    assert "other-origin" in passkey.faults(framed, b"", challenge=CHALLENGE, origin=ORIGIN, rp_id=SITE)


@pytest.mark.parametrize("client", [b"", b"[]", b"{}", b'{"challenge": 1, "type": "", "origin": ""}', b"\xff"])
def test_odd_client_data_is_none(client):
    """What is no client data is refused, not crashed over."""
    one = Assertion("", b"short", client, b"")
    assert passkey.faults(one, b"", challenge=CHALLENGE, origin=ORIGIN, rp_id=SITE) == (
        "not-an-assertion",
        "not-an-assertion",
    )


@pytest.mark.parametrize(
    "values",
    [{}, {"id": "AQ", "authenticator": "!", "client": "", "signature": ""}, {"id": "A" * 5000}, {"id": "AQ=="}],
)
def test_what_is_no_assertion_is_refused(values):
    """Missing parts, other letters, and far too much."""
    with pytest.raises(BadInput):
        passkey.read("passkey_factor", values)


def _point(x: bytes, y: bytes) -> bytes:
    return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x01",
        b"\xa1",
        b"\xa1\x01",
        b"\xa1\x01\x61a",
        b"\xa1\x41a\x01",
        b"\xa2\x01\x02\x01\x02",
        b"\xa1\x01\x58",
        b"\xa1\x01\x5b",
        b"\xa1\x01\x44ab",
        b"\xa0\x00",
        cbor2.dumps({1: 3, 3: -257}),
        cbor2.dumps({1: 1, 3: -8, -1: 6, -2: b"short"}),
        cbor2.dumps({1: 1, 3: -8, -1: 6, -2: 7}),
        _point(b"\1" * 32, b"\1" * 32),
        cbor2.dumps({1: 2, 3: -7, -1: 1, -2: b"\1" * 32}),
    ],
)
def test_what_is_no_key_is_refused(raw):
    """Bytes that are no COSE key of the kinds that sign here, and a point off its curve."""
    with pytest.raises(ValueError, match=r"."):
        passkey.public_key(raw)


def test_a_key_is_read_back():
    """The key inside is the one that was put in, wide lengths and all."""
    one = Authenticator()
    read = passkey.public_key(one.cose)
    assert isinstance(read, ec.EllipticCurvePublicKey)
    assert read.public_numbers() == one.key.public_key().public_numbers()


@pytest.mark.parametrize(
    ("before", "now", "back"),
    [(0, 0, False), (0, 1, False), (1, 2, False), (2, 2, True), (3, 2, True), (1, 0, True)],
)
def test_a_counter_only_rises(before, now, back):
    """One that does not count stays at nought; any other that does not rise shows a copy."""
    assert passkey.went_back(before, now) is back


def test_the_record_alone_proves_it():
    """Approval and evidence, as JSON, show the signature; a changed meaning and a lost part do not (T-R16)."""
    one = Authenticator()
    given = _answered(one)
    evidence = {
        "key": passkey.encoded(one.cose),
        "credential": given.credential,
        "authenticator": passkey.encoded(given.authenticator),
        "client": passkey.encoded(given.client),
        "signature": passkey.encoded(given.signature),
    }
    where = {"origin": ORIGIN, "rp_id": SITE}
    assert passkey.stands(APPROVAL, evidence, **where) == ()
    assert passkey.stands({**APPROVAL, "meaning": "I revoke it."}, evidence, **where) == ("other-content",)
    assert passkey.stands(APPROVAL, {**evidence, "signature": "AQ"}, **where) == ("bad-signature",)
    assert passkey.stands(APPROVAL, {"method": "password"}, **where) == ("not-an-assertion",)


def test_a_signature_of_old_still_holds():
    """What was signed once can be checked for ever."""
    assert passkey.stands(APPROVAL, KEPT, origin=ORIGIN, rp_id=SITE) == ()


def test_a_key_has_a_short_name():
    """Short enough to be read aloud, and another for another key; whether it may be copied is told apart."""
    assert passkey.fingerprint(b"key") == "2C70 E12B 7A06 46F9"
    assert passkey.may_be_copied(bytes(32) + b"\x08") is True
    assert passkey.may_be_copied(bytes(32) + b"\x05") is False
