"""Signed notes and checkpoints as the C2SP texts have them."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.ledger import notes as checkpoint
from remanu.ledger.notes import Checkpoint

few = settings(max_examples=40, deadline=None)
NAME = "log.example.test/demo"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
OTHER_PUBLIC = OTHER.public_key().public_bytes_raw()
ROOT = hashlib.sha256(b"").digest()
ONE = Checkpoint(NAME, 7, ROOT)
NOTE = checkpoint.sign(ONE, NAME, key=KEY)
TEXT, _, BLOCK = NOTE.partition("\n\n")
# A published verifier key of the signed-note format, whose id others computed.
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def why(call, *args, **options):
    """The reason word of the refusal."""
    with pytest.raises(BadInput) as refusal:
        call(*args, **options)
    return refusal.value.details["why"]


def test_the_text_by_hand():
    """Origin, size, root, a blank line, a dash, the name, key id and signature."""
    made = KEY.sign(f"{NAME}\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n".encode())
    identity = hashlib.sha256(NAME.encode() + b"\n\x01" + PUBLIC).digest()[:4]
    signature = base64.b64encode(identity + made).decode()
    assert f"{NAME}\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 {NAME} {signature}\n" == NOTE


def test_the_published_key_is_read_and_written():
    """Its id is what we compute."""
    name, public = checkpoint.parse_verifier_key(PUBLISHED_KEY)
    assert checkpoint.key_id(name, public) == bytes.fromhex("c74f20a3")
    assert checkpoint.verifier_key(name, public) == PUBLISHED_KEY
    assert checkpoint.parse_verifier_key(checkpoint.verifier_key(NAME, PUBLIC)) == (NAME, PUBLIC)


@few
@given(
    st.integers(0, 2**64 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(st.sampled_from(["a", "b c", "ü"]), max_size=2),
)
def test_what_is_signed_is_verified(size, root, extensions):
    """Any size of 64 bits, any root, extension lines."""
    stated = Checkpoint(NAME, size, root, tuple(extensions))
    assert checkpoint.verify(checkpoint.sign(stated, NAME, key=KEY), {NAME: PUBLIC}) == stated


@pytest.mark.parametrize(
    "changed",
    [
        NOTE.replace("\n7\n", "\n8\n", 1),
        NOTE.replace("47DE", "57DE", 1),
        NOTE.replace("demo\n7", "demo2\n7", 1),
        NOTE.replace("\n\n", "\nmore\n\n", 1),
    ],
)
def test_a_changed_line_breaks_the_signature(changed):
    """Size, root, origin and extensions are all signed."""
    assert why(checkpoint.verify, changed, {NAME: PUBLIC}) == "bad-signature"


def test_only_known_keys_prove():
    """Another name or another key of this name is passed over, and nothing is left."""
    assert why(checkpoint.verify, NOTE, {}) == "not-signed"
    assert why(checkpoint.verify, NOTE, {NAME: OTHER_PUBLIC}) == "not-signed"
    assert why(checkpoint.verify, NOTE, {"another": PUBLIC}) == "not-signed"


def test_a_damaged_key_proves_nothing():
    """A key of another size is refused like a signature that does not hold, even where its id fits."""
    short = PUBLIC[:31]
    signature = base64.b64encode(checkpoint.key_id(NAME, short) + bytes(64)).decode()
    assert why(checkpoint.verify, f"{TEXT}\n\n\u2014 {NAME} {signature}\n", {NAME: short}) == "bad-signature"


def test_a_cosigned_note():
    """Unknown cosignatures are passed over; one known key that does not hold spoils the note."""
    theirs = checkpoint.sign(ONE, "witness.example.test", key=OTHER).rpartition("\n\n")[2]
    both = NOTE + theirs
    assert checkpoint.verify(both, {NAME: PUBLIC}) == ONE
    assert checkpoint.verify(both, {NAME: PUBLIC, "witness.example.test": OTHER_PUBLIC}) == ONE
    assert len(checkpoint.parse(both).signatures) == 2
    false = checkpoint.sign(Checkpoint(NAME, 8, ROOT), "witness.example.test", key=OTHER).rpartition("\n\n")[
        2
    ]
    keys = {NAME: PUBLIC, "witness.example.test": OTHER_PUBLIC}
    assert why(checkpoint.verify, NOTE + false, keys) == "bad-signature"


@pytest.mark.parametrize(
    "note",
    [
        "",
        TEXT,
        f"{TEXT}\n",
        f"{TEXT}\n\n",
        NOTE[:-1],
        NOTE + "x",
        NOTE + "\n",
        NOTE.replace("\u2014", "-"),
        NOTE.replace("\u2014 ", "\u2014"),
        f"{TEXT}\n\n\u2014 {NAME} AAAA\n",
        f"{TEXT}\n\n\u2014 {NAME} !!!!\n",
        f"{TEXT}\n\n\u2014 {NAME} AAAAAAB=\n",
        f"{TEXT}\n\n\u2014 a+b AAAAAAAA\n",
        f"{TEXT}\n\n\u2014  AAAAAAAA\n",
        NOTE.replace("demo\n7", "de\tmo\n7", 1),
        NOTE.replace("demo\n7", "de\rmo\n7", 1),
        NOTE.replace("demo\n7", "de\ud800mo\n7", 1),
        "x" * 70_000 + NOTE,
    ],
)
def test_what_is_no_note(note):
    """A blank line, whole signature lines, no control characters, the one spelling of base64, a limit."""
    assert why(checkpoint.parse, note) == "not-a-note"


@pytest.mark.parametrize(
    "text",
    [
        "origin\n7",
        "\n7\n" + base64.b64encode(ROOT).decode(),
        "origin\n07\n" + base64.b64encode(ROOT).decode(),
        "origin\n-1\n" + base64.b64encode(ROOT).decode(),
        "origin\n١\n" + base64.b64encode(ROOT).decode(),
        f"origin\n{2**64}\n" + base64.b64encode(ROOT).decode(),
        "origin\n7\n" + base64.b64encode(ROOT[:31]).decode(),
        "origin\n7\n" + base64.urlsafe_b64encode(b"\xff" * 32).decode(),
        "origin\n7\n" + base64.b64encode(ROOT).decode().rstrip("="),
        "origin\n7\n" + base64.b64encode(ROOT).decode() + "\n\nx",
    ],
)
def test_what_is_no_checkpoint(text):
    """Three lines at least, none empty, a plain size of 64 bits, a root of 32 bytes."""
    assert why(checkpoint.parse, f"{text}\n\n{BLOCK}") == "not-a-checkpoint"


@pytest.mark.parametrize(
    ("stated", "name", "reason"),
    [
        (ONE, "two words", "not-a-note"),
        (ONE, "a+b", "not-a-note"),
        (Checkpoint("", 7, ROOT), NAME, "not-a-checkpoint"),
        (Checkpoint(NAME, -1, ROOT), NAME, "not-a-checkpoint"),
        (Checkpoint(NAME, 7, b"short"), NAME, "not-a-checkpoint"),
        (Checkpoint(NAME, 7, ROOT, ("a\nb",)), NAME, "not-a-checkpoint"),
        (Checkpoint(NAME, 7, ROOT, ("a\tb",)), NAME, "not-a-note"),
    ],
)
def test_nothing_is_signed_that_could_not_be_read_back(stated, name, reason):
    """A signature over an unreadable note would stand for ever."""
    assert why(checkpoint.sign, stated, name, key=KEY) == reason


@pytest.mark.parametrize(
    "line",
    [
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
        "PeterNeumann+c74f20a3+ünicode",
    ],
)
def test_what_is_no_key(line):
    """Name, matching id, an Ed25519 key whole."""
    assert why(checkpoint.parse_verifier_key, line) == "not-a-key"
