"""A test's own passkey, with user verification: it registers, signs, and can be spoiled in every way that matters."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from remanu.passkeys import encoded

SITE = "id.example.test"
ORIGIN = f"https://{SITE}"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass(slots=True)
class Authenticator:
    """One key of one person on one site; `counter` is what it says of itself next."""

    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    origin: str = ORIGIN
    rp_id: str = SITE
    flags: int = PRESENT | VERIFIED
    counter: int = 1

    @classmethod
    def ed25519(cls) -> Authenticator:
        """One that signs with Ed25519."""
        return cls(key=Ed25519PrivateKey.generate())

    @property
    def cose(self) -> bytes:
        """The public key as a COSE key."""
        public = self.key.public_key()
        if isinstance(self.key, Ed25519PrivateKey):
            return cbor2.dumps({1: 1, 3: -8, -1: 6, -2: public.public_bytes_raw()})
        numbers = public.public_numbers()
        x, y = (one.to_bytes(32, "big") for one in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def register(self, options: dict[str, str]) -> dict[str, str]:
        """What the browser sends for a new passkey; `options` are those of the page."""
        known = b"\0" * 16 + len(self.credential).to_bytes(2, "big") + self.credential + self.cose
        data = self._data(self.flags | ATTESTED) + known
        self.counter += 1
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return {
            "id": encoded(self.credential),
            "client": encoded(self._client("webauthn.create", options["challenge"])),
            "attestation": encoded(made),
            "at": options["at"],
        }

    def sign(self, said: dict[str, Any]) -> str:
        """What the browser sends for a signature; `said` is the server's word on what would be signed."""
        client = self._client("webauthn.get", said["challenge"])
        data = self._data(self.flags)
        answer = {
            "id": encoded(self.credential),
            "authenticator": encoded(data),
            "client": encoded(client),
            "signature": encoded(self._signature(data + hashlib.sha256(client).digest())),
            "at": said["approval"]["at"],
            "nonce": said["approval"]["nonce"],
            "tag": said["tag"],
        }
        self.counter += 1
        return json.dumps(answer)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _signature(self, signed: bytes) -> bytes:
        if isinstance(self.key, Ed25519PrivateKey):
            return self.key.sign(signed)
        return self.key.sign(signed, ec.ECDSA(SHA256()))
