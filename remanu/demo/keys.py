"""A passkey that the program plays, so that a demonstration shows what one leaves in the record; no device is needed.

Its secret lives as long as the seeding and is kept nowhere: nobody can sign with it afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remanu.accounts import actions
from remanu.clock import stamp
from remanu.db import Tx
from remanu.demo.world import Crew
from remanu.errors import FactorNeeded
from remanu.passkeys import encoded
from remanu.rules import signing
from remanu.rules.actor import Actor
from remanu.rules.signing import Assertion, Proof, Site, Ticket

SHOWN = "aero-engine"
"""The family whose releases are signed by it."""
_VERIFIED, _ATTESTED = 0x05, 0x45
# CBOR by hand: a COSE key of Ed25519, and a statement that vouches for no maker.
_COSE = bytes.fromhex("a4010103272006215820")
_STATEMENT = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"


@dataclass(slots=True)
class PlayedKey:
    """One key of one person; `counter` is how often it signed."""

    secret: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    counter: int = 0

    def register(self, tx: Tx, who: Actor) -> str:
        """Bring it to the organisation; returns its id."""
        site, at = _site(tx), stamp(tx.now)
        challenge = actions.enrolment_challenge(tx.keyring, who, at)
        key = _COSE + self.secret.public_key().public_bytes_raw()
        known = bytes(16) + len(self.credential).to_bytes(2) + self.credential + key
        data = self._data(site, _ATTESTED) + known
        answer = {
            "id": encoded(self.credential),
            "client": encoded(_client("webauthn.create", encoded(challenge), site)),
            "attestation": encoded(_STATEMENT + bytes([len(data)]) + data),
            "at": at,
        }
        done = actions.register_passkey(tx, who, name="Demonstration key", answer=answer, site=site)
        return done.body.passkey

    def signing(self, action: Callable[..., Any]) -> Callable[..., Any]:
        """The act, signed by this key: it is asked what would be signed, and that is signed."""

        def do(tx: Tx, who: Actor, target: str, **given: Any) -> Any:
            asking = replace(who, fresh_until=None, proof=Proof(asking=True, site=_site(tx)))
            try:
                return action(tx, asking, target, **given)
            except FactorNeeded as asked:
                proof = self._proof(_site(tx), asked.details)
            return action(tx, replace(who, fresh_until=None, proof=proof), target, **given)

        return do

    def _proof(self, site: Site, said: dict[str, Any]) -> Proof:
        client = _client("webauthn.get", said["challenge"], site)
        data = self._data(site, _VERIFIED)
        signature = self.secret.sign(data + hashlib.sha256(client).digest())
        ticket = Ticket(said["approval"]["at"], said["approval"]["nonce"], said["tag"])
        assertion = Assertion(encoded(self.credential), data, client, signature)
        return Proof(signing.METHODS[-1], assertion=assertion, ticket=ticket, site=site)

    def _data(self, site: Site, flags: int) -> bytes:
        self.counter += 1
        return hashlib.sha256(site.rp_id.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4)


def _client(kind: str, challenge: str, site: Site) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": site.origin, "crossOrigin": False}).encode()


def _site(tx: Tx) -> Site:
    return Site(tx.label_origin, tx.label_origin.partition("://")[2].partition(":")[0])


def give(tx: Tx, crew: Crew) -> PlayedKey:
    """A confirmed passkey for the certifying staff, and a policy that waits: passkeys alone for certificates."""
    key, owner = PlayedKey(), crew.people["certifying_staff"]
    quality = crew.people["quality"]
    one = key.register(tx, crew.fresh(tx, owner))
    actions.confirm_passkey(tx, crew.fresh(tx, quality), one)
    ways = {**signing.all_by("password"), "certificates": "passkey"}
    actions.propose_policy(tx, quality, ways=ways)
    return key
