"""What a passkey's assertion shows, from its bytes alone: anybody can check a signature by this, for ever.

The challenge is the SHA-256 of the canonical bytes of the approval, so that the assertion signs this act, with this
meaning, over this record, at this moment, and nothing else (T-R7, T-R8). Stored beside the event, it needs no server.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from remanu.errors import BadInput
from remanu.rules import canonical as jcs
from remanu.rules.signing import Assertion

_PRESENT, _VERIFIED, _SYNCABLE = 0x01, 0x04, 0x08
_FLAGS, _COUNTER, _SHORTEST = 32, 33, 37
_LONGEST = 4096
_KTY, _ALG, _CRV, _X, _Y = 1, 3, -1, -2, -3
_ES256 = {_KTY: 2, _ALG: -7, _CRV: 1}
_EDDSA = {_KTY: 1, _ALG: -8, _CRV: 6}
# CBOR: the first byte is three bits of what it is and five of how much (RFC 8949 §3).
_UNSIGNED, _NEGATIVE, _BYTES, _MAP = 0, 1, 2, 5
_MAJOR, _MINOR, _WIDE = 5, 0x1F, {24: 1, 25: 2}
_INLINE = 24


def encoded(raw: bytes) -> str:
    """Base64url without padding, as credentials are written."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Undo `encoded`; ValueError for anything that it does not write."""
    if len(text) > _LONGEST:
        raise ValueError("too long")
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if encoded(raw) != text:
        raise ValueError("not base64url")
    return raw


def read(field: str, values: Mapping[str, Any]) -> Assertion:
    """The assertion that a browser sent; BadInput where it is none."""
    try:
        parts = {name: decoded(str(values[name])) for name in ("id", "authenticator", "client", "signature")}
    except (KeyError, ValueError) as error:
        raise BadInput(field, "not-an-assertion") from error
    return Assertion(
        encoded(parts["id"]),
        authenticator=parts["authenticator"],
        client=parts["client"],
        signature=parts["signature"],
    )


def challenge_of(approval: Mapping[str, Any]) -> bytes:
    """What the authenticator is asked to sign: the SHA-256 of the approval's canonical bytes."""
    return hashlib.sha256(jcs.encode(dict(approval))).digest()


def faults(one: Assertion, key: bytes, *, challenge: bytes, origin: str, rp_id: str) -> tuple[str, ...]:
    """Every reason why this assertion does not show what it should; none where it does. `key` is a COSE key."""
    found = _client_faults(one.client, challenge=challenge, origin=origin)
    if len(one.authenticator) < _SHORTEST:
        return (*found, "not-an-assertion")
    flags = one.authenticator[_FLAGS]
    site = hashlib.sha256(rp_id.encode()).digest()
    checks = {
        "wrong-site": hmac.compare_digest(one.authenticator[:_FLAGS], site),
        "nobody-present": bool(flags & _PRESENT),
        "not-verified": bool(flags & _VERIFIED),
        "bad-signature": _signed(one, key),
    }
    return (*found, *(why for why, holds in checks.items() if not holds))


def _client_faults(raw: bytes, *, challenge: bytes, origin: str) -> list[str]:
    try:
        said = json.loads(raw)
        given = decoded(said["challenge"])
        seen = (said["type"], said["origin"], said.get("crossOrigin", False))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ["not-an-assertion"]
    checks = {
        "not-an-assertion": seen[0] == "webauthn.get",
        "other-origin": seen[1] == origin and seen[2] is False,
        "other-content": hmac.compare_digest(given, challenge),
    }
    return [why for why, holds in checks.items() if not holds]


def _signed(one: Assertion, key: bytes) -> bool:
    signed = one.authenticator + hashlib.sha256(one.client).digest()
    try:
        _verify(public_key(key), one.signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _verify(key: ec.EllipticCurvePublicKey | Ed25519PublicKey, signature: bytes, signed: bytes) -> None:
    if isinstance(key, Ed25519PublicKey):
        key.verify(signature, signed)
    else:
        key.verify(signature, signed, ec.ECDSA(SHA256()))


def public_key(key: bytes) -> ec.EllipticCurvePublicKey | Ed25519PublicKey:
    """The public key inside a COSE key of ES256 or EdDSA (RFC 9053); ValueError for any other."""
    parts = _cose(key)
    kind = {name: parts.get(name) for name in (_KTY, _ALG, _CRV)}
    x, y = parts.get(_X), parts.get(_Y)
    if kind == _EDDSA and isinstance(x, bytes):
        return Ed25519PublicKey.from_public_bytes(x)
    if kind == _ES256 and isinstance(x, bytes) and isinstance(y, bytes):
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x04" + x + y)
    raise ValueError("not a key that signs here")


def _cose(raw: bytes) -> dict[int, int | bytes]:
    """A CBOR map of small integers to integers or bytes, which is all that a COSE key of these kinds holds."""
    kind, count, rest = _head(raw)
    if kind != _MAP:
        raise ValueError("no map")
    found: dict[int, int | bytes] = {}
    for _ in range(count):
        name, rest = _item(rest)
        value, rest = _item(rest)
        if not isinstance(name, int) or name in found:
            raise ValueError("an odd name")
        found[name] = value
    if rest:
        raise ValueError("something follows")
    return found


def _item(raw: bytes) -> tuple[int | bytes, bytes]:
    kind, number, rest = _head(raw)
    if kind == _UNSIGNED:
        return number, rest
    if kind == _NEGATIVE:
        return -1 - number, rest
    if kind == _BYTES and number <= len(rest):
        return rest[:number], rest[number:]
    raise ValueError("neither a number nor bytes")


def _head(raw: bytes) -> tuple[int, int, bytes]:
    if not raw:
        raise ValueError("too short")
    kind, small, rest = raw[0] >> _MAJOR, raw[0] & _MINOR, raw[1:]
    if small < _INLINE:
        return kind, small, rest
    width = _WIDE.get(small)
    if width is None or len(rest) < width:
        raise ValueError("not a length")
    return kind, int.from_bytes(rest[:width]), rest[width:]


def counter_of(authenticator: bytes) -> int:
    """How often the authenticator says it has signed; 0 where it does not count."""
    return int.from_bytes(authenticator[_COUNTER:_SHORTEST])


def may_be_copied(authenticator: bytes) -> bool:
    """Whether the key may live on several devices: such a passkey is not under one device's sole control."""
    return bool(authenticator[_FLAGS] & _SYNCABLE)


def went_back(before: int, now: int) -> bool:
    """Whether a counter that counts did not rise: then two devices hold the key, and one of them is a copy."""
    return (before > 0 or now > 0) and now <= before


def fingerprint(key: bytes) -> str:
    """A short name of a public key, to be read aloud by its owner to whoever confirms it."""
    short = hashlib.sha256(key).hexdigest()[:16].upper()
    return " ".join(short[at : at + 4] for at in range(0, len(short), 4))


def stands(
    approval: Mapping[str, Any], evidence: Mapping[str, Any], *, origin: str, rp_id: str
) -> tuple[str, ...]:
    """What is wrong with a stored signature by passkey, from the record's own JSON alone; nothing where it holds."""
    try:
        key = decoded(str(evidence["key"]))
        names = {"id": "credential", "authenticator": "authenticator", "client": "client", "signature": "signature"}
        one = read("evidence", {name: evidence[stored] for name, stored in names.items()})
    except (KeyError, ValueError, BadInput):
        return ("not-an-assertion",)
    return faults(one, key, challenge=challenge_of(approval), origin=origin, rp_id=rp_id)
