"""Tokens that carry their id: only the key that made one reads it, and only for its purpose."""

from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import tokens


def mac(purpose, message):
    """A key of the test."""
    return hmac.digest(b"key", purpose.encode() + message, hashlib.sha256)


def other(purpose, message):
    """Another installation's key."""
    return hmac.digest(b"other", purpose.encode() + message, hashlib.sha256)


@given(st.uuids())
def test_it_reads_what_it_made(one):
    """The id comes back."""
    token = tokens.make(mac, "invitation", str(one))
    assert tokens.read(mac, "invitation", token) == str(one)


@given(st.uuids())
def test_another_purpose_or_key_reads_nothing(one):
    """A tablet's token opens no invitation (ASVS 9.2.3)."""
    token = tokens.make(mac, "device", str(one))
    assert tokens.read(mac, "invitation", token) is None
    assert tokens.read(other, "device", token) is None


@given(st.text())
def test_anything_else_reads_nothing(text):
    """No text makes it fail, and none passes by chance."""
    assert tokens.read(mac, "invitation", text) is None


@given(st.uuids(), st.integers(min_value=0, max_value=47), st.characters(codec="ascii"))
def test_a_changed_character_reads_nothing(one, at, character):
    """Each character of a token counts."""
    token = tokens.make(mac, "invitation", str(one))
    changed = token[:at] + character + token[at + 1 :]
    assert (tokens.read(mac, "invitation", changed) is None) == (changed != token)


def test_a_digest_is_sha256():
    """The digest of the empty text is the published one."""
    assert tokens.digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_fresh_tokens_are_long_and_never_the_same():
    """256 bits in the alphabet of addresses."""
    assert len({tokens.fresh() for _ in range(8)}) == 8
    assert len(tokens.fresh()) == 43
