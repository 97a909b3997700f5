"""Pieces that bodies of this room share: a step of a machine, lines of a scope; and signatures and files."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.accounts.events.signing import Signature
from remanu.parts.events import Cited

__all__ = ["Area", "Cited", "Line", "Move", "Retro", "Signature"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step of SM-5 or SM-6: from which state to which, and the day it holds from."""

    source: str
    target: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a scope: a model in a class, made at a site; `*` is every one."""

    model: str
    site: str
    claim_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One row of an accreditation: category × scheme × edition; `*` is every one."""

    category: str
    scheme: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retro:
    """Which units released before are spoken of too: those of these days, both included, and these serials."""

    since: str | None = None
    until: str | None = None
    serials: tuple[str, ...] = ()
