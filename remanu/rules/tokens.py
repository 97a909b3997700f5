"""Tokens that carry their own id: a keyed tag beside it, so that no copy of a link needs keeping."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from uuid import UUID

Mac = Callable[[str, bytes], bytes]
_ID = 16
_TAG = 20


def make(mac: Mac, purpose: str, one: str) -> str:
    """The token for this UUID and purpose, as base64url: the id and a tag of 160 bits under `mac`."""
    tag = mac(f"token:{purpose}", one.encode())[:_TAG]
    return base64.urlsafe_b64encode(UUID(one).bytes + tag).decode()


def read(mac: Mac, purpose: str, token: str) -> str | None:
    """The id inside a token that `mac` made for this purpose, else None."""
    try:
        one = str(UUID(bytes=base64.b64decode(token.encode(), altchars=b"-_", validate=True)[:_ID]))
    except ValueError:
        return None
    return one if hmac.compare_digest(make(mac, purpose, one).encode(), token.encode()) else None


def fresh() -> str:
    """A random token of 256 bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """The SHA-256 under which a random token is kept, as hex (ASVS 7.2.3)."""
    return hashlib.sha256(token.encode()).hexdigest()
