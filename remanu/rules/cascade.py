"""What a part in doubt means for the assemblies that hold it now or held it then (I40, users.md §5.7).

A part that sat in a module which sat in an engine was in the engine only while both lasted, and it concerns a release
of the engine only as far as that was while the release was relied on and the part was in doubt. All of this is one
question: whether some spans of time have a moment in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment on and before another; without a second one it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part in an assembly, by the positions that lead down to it, and when it was there."""

    part: str
    assembly: str
    path: Path
    held: Span


def common(spans: Iterable[Span]) -> Span | None:
    """The time that all these spans share; None where they share none."""
    every = list(spans)
    since = max(one.since for one in every)
    until = min((one.until for one in every if one.until is not None), default=None)
    return Span(since, until) if until is None or since < until else None


def concerns(place: Place, *, relied_on: Span, in_doubt: Span) -> bool:
    """Whether the part was in the assembly while the assembly's release was relied on and the part was in doubt."""
    return common((place.held, relied_on, in_doubt)) is not None


def shown(places: Iterable[Place]) -> tuple[Place, ...]:
    """One place for each part of each assembly: where it is now, else where it was last, in any order."""
    best: dict[tuple[str, str], Place] = {}
    for one in sorted(places, key=_rank):
        best[one.assembly, one.part] = one
    return tuple(best[key] for key in sorted(best))


def _rank(one: Place) -> tuple[bool, float, float, Path]:
    until = one.held.until
    return until is None, 0.0 if until is None else until.timestamp(), one.held.since.timestamp(), one.path
