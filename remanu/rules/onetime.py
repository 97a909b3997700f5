"""One-time codes that change with time (RFC 6238): six digits, thirty seconds, SHA-1, as every authenticator knows."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote

STEP = 30
SECRET = 20
_DIGITS = 6
# A clock may be a step off, and the person needs a moment to type.
_AROUND = (0, -1, 1)


def step_at(moment: datetime) -> int:
    """The number of the thirty seconds in which a moment lies."""
    return int(moment.timestamp()) // STEP


def code(secret: bytes, step: int) -> str:
    """The code of one step (RFC 4226 §5.3)."""
    tag = hmac.digest(secret, step.to_bytes(8), hashlib.sha1)
    at = tag[-1] & 0x0F
    number = int.from_bytes(tag[at : at + 4]) & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def matching(secret: bytes, typed: str, moment: datetime) -> int | None:
    """The step whose code was typed, of this one and its neighbours; None where it is none of theirs."""
    given = "".join(typed.split())
    if not (given.isascii() and given.isdigit()):
        return None
    for offset in _AROUND:
        step = step_at(moment) + offset
        if hmac.compare_digest(code(secret, step), given):
            return step
    return None


def spelled(secret: bytes) -> str:
    """The secret in groups of four letters, for whoever cannot scan the symbol."""
    plain = base64.b32encode(secret).decode()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def address(secret: bytes, *, login: str, issuer: str) -> str:
    """What the symbol says to an authenticator application."""
    label = quote(f"{issuer}:{login}", safe="")
    plain = base64.b32encode(secret).decode()
    return f"otpauth://totp/{label}?secret={plain}&issuer={quote(issuer, safe='')}"
