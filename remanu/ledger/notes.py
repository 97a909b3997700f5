"""What a log says of itself: C2SP checkpoints as signed notes, with Ed25519 (provenance.md §3, T-R14)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from remanu.errors import BadInput

_ED25519 = b"\x01"
_KEY = 32
_KEY_ID = 4
_ROOT = 32
_HEAD = 3
_LARGEST = 2**64
_LONGEST = 64 * 1024
_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,19}")
_LINE = re.compile(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: who it is, how many entries it has, the root over them, and extension lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines that are signed."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions))


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under a note: the key's name and id, and the bytes that the key made."""

    name: str
    key_id: bytes
    made: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A parsed note. Nothing in it is proved before `verify`."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes that tell keys of one name apart, for an Ed25519 public key of 32 bytes."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_ID]


def verifier_key(name: str, public: bytes) -> str:
    """The key as others configure it: name, id and key joined by plus signs."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def parse_verifier_key(text: str) -> tuple[str, bytes]:
    """Name and public key of such a line; BadInput `not-a-key`."""
    name, _, rest = text.partition("+")
    shown, _, encoded = rest.partition("+")
    key = _decode(encoded)
    if not _NAME.fullmatch(name) or key[:1] != _ED25519 or len(key) != _KEY + 1:
        raise BadInput("key", "not-a-key")
    if key_id(name, key[1:]).hex() != shown:
        raise BadInput("key", "not-a-key")
    return name, key[1:]


def sign(checkpoint: Checkpoint, name: str, *, key: Ed25519PrivateKey) -> str:
    """The note that states this checkpoint under the key; `name` is usually the origin.

    BadInput where the note could not be read back: a blank in the name, a line break in a line.
    """
    made = key.sign(checkpoint.text.encode())
    public = key.public_key().public_bytes_raw()
    note = f"{checkpoint.text}\n\u2014 {name} {_encode(key_id(name, public) + made)}\n"
    if parse(note).checkpoint != checkpoint:
        raise BadInput("checkpoint", "not-a-checkpoint")
    return note


def verify(note: str, keys: Mapping[str, bytes]) -> Checkpoint:
    """The checkpoint of a note that at least one of these keys (public bytes by name) signed.

    Signatures of unknown keys prove nothing and are passed over. BadInput `bad-signature` when a known key's
    does not hold, `not-signed` when there is none, and what `parse` refuses.
    """
    read = parse(note)
    known = [one for one in read.signatures if _is_known(one, keys)]
    if not known:
        raise BadInput("checkpoint", "not-signed")
    for one in known:
        _check(read.checkpoint, one, keys[one.name])
    return read.checkpoint


def parse(note: str) -> Note:
    """Text and signatures of a note; BadInput `not-a-note` or `not-a-checkpoint`."""
    if len(note) > _LONGEST or _CONTROL.search(note):
        raise BadInput("checkpoint", "not-a-note")
    text, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise BadInput("checkpoint", "not-a-note")
    signatures = tuple(_signature(line) for line in block[:-1].split("\n"))
    return Note(_checkpoint(text.split("\n")), signatures)


def _checkpoint(lines: list[str]) -> Checkpoint:
    if len(lines) < _HEAD or not all(lines) or not _SIZE.fullmatch(lines[1]):
        raise BadInput("checkpoint", "not-a-checkpoint")
    size, root = int(lines[1]), _decode(lines[2])
    if size >= _LARGEST or len(root) != _ROOT:
        raise BadInput("checkpoint", "not-a-checkpoint")
    return Checkpoint(lines[0], size, root, tuple(lines[_HEAD:]))


def _signature(line: str) -> Signature:
    read = _LINE.fullmatch(line)
    made = _decode(read[2]) if read else b""
    if read is None or len(made) <= _KEY_ID:
        raise BadInput("checkpoint", "not-a-note")
    return Signature(read[1], made[:_KEY_ID], made[_KEY_ID:])


def _is_known(one: Signature, keys: Mapping[str, bytes]) -> bool:
    return one.name in keys and one.key_id == key_id(one.name, keys[one.name])


def _check(checkpoint: Checkpoint, one: Signature, public: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(one.made, checkpoint.text.encode())
    except (InvalidSignature, ValueError) as error:
        raise BadInput("checkpoint", "bad-signature", key=one.name) from error


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str) -> bytes:
    """The bytes, or none at all where the text is not the one way to write them."""
    try:
        raw = base64.b64decode(text.encode("ascii", "replace"), validate=True)
    except binascii.Error:
        return b""
    return raw if _encode(raw) == text else b""
