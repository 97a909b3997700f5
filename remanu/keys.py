"""Keys kept in files outside the database: the vault's master key and the log's signing key."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from remanu.errors import Damaged, Misconfigured

_SIZE = 32
_NONCE = 12


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """The installation's secrets; kept in memory, never written to the database, a log or a back-up.

    `folder` is where they came from: what has to survive a restored store is kept there too (trust.md T33).
    """

    master: bytes
    log_seed: bytes
    folder: Path | None = None

    def log_key(self) -> Ed25519PrivateKey:
        """The Ed25519 key that signs checkpoints."""
        return Ed25519PrivateKey.from_private_bytes(self.log_seed)

    def mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA256 under a key of its own for each purpose."""
        return hmac.digest(self._derive(purpose), message, hashlib.sha256)

    def wrap(self, key: bytes, *, name: str) -> bytes:
        """A data key encrypted under the master key, bound to its name."""
        return encrypt(self._derive("wrap"), key, bound_to=name.encode())

    def unwrap(self, wrapped: bytes, *, name: str) -> bytes:
        """The data key; Damaged when the wrapping was altered."""
        return decrypt(self._derive("wrap"), wrapped, bound_to=name.encode())

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(self.master, b"remanu:" + purpose.encode(), hashlib.sha256)


def encrypt(key: bytes, plain: bytes, *, bound_to: bytes) -> bytes:
    """AES-256-GCM with a random nonce in front; `bound_to` is authenticated, not stored."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def decrypt(key: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Undo `encrypt`; Damaged when a bit of key, text or binding differs."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise Damaged(what="ciphertext", why="does not authenticate") from error


def open_keyring(folder: Path) -> Keyring:
    """Read the keys of an installation; Misconfigured where one is missing or has the wrong size."""
    return Keyring(
        master=_read(folder / "master.key"), log_seed=_read(folder / "log.key"), folder=folder.absolute()
    )


def make_keyring(folder: Path) -> Keyring:
    """Create the keys that are missing, readable by the owner alone, and read them back."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("master.key", "log.key"):
        _create(folder / name, os.urandom(_SIZE))
    _create(folder / "secret", os.urandom(_SIZE).hex().encode())
    return open_keyring(folder)


def _create(path: Path, content: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Misconfigured(
            setting=path.name, why="key file cannot be read; run remanu db upgrade"
        ) from error
    if len(content) != _SIZE:
        raise Misconfigured(setting=path.name, why="key file has the wrong size")
    return content
