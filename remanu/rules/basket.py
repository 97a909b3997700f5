"""Scan many, act once: what stands against an act on a basket of parts, grouped by reason (users.md §6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST = 200
FROM = {"receive": frozenset({"ANNOUNCED"}), "accept": frozenset({"GRADED"})}
"""From which states of its case a part may be received or accepted; any part may be moved, one that sits taken out."""
REASONS = (
    "no-record",
    "blank-tag",
    "not-installed",
    "no-case",
    "wrong-state",
    "on-hold",
    "nothing-given",
    "hazard-open",
    "appeal-open",
    "own-grade",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of the basket as it stands: what was scanned, and what is known of the part behind it."""

    code: str
    known: bool
    blank: bool = False
    state: str | None = None
    held: bool = False
    outcome: str | None = None
    hazard: bool = False
    appeal: bool = False
    graded_by_me: bool = False
    sits: bool = False


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why some rows stand against the act, and which."""

    reason: str
    codes: tuple[str, ...]


def against(act: str, row: Seen) -> Iterator[str]:
    """Every reason that stands against the act on this row, the first one first."""
    if not row.known:
        yield "blank-tag" if row.blank else "no-record"
        return
    if act == "remove" and not row.sits:
        yield "not-installed"
    if act not in FROM:
        return
    if row.state is None:
        yield "no-case"
        return
    if row.state not in FROM[act]:
        yield "wrong-state"
        return
    if row.held:
        yield "on-hold"
    if act == "accept":
        yield from _against_accepting(row)


def _against_accepting(row: Seen) -> Iterator[str]:
    if row.outcome == "none":
        yield "nothing-given"
    if row.hazard:
        yield "hazard-open"
    if row.appeal:
        yield "appeal-open"
    if row.graded_by_me:
        # What many cores are worth nobody types here, and an unknown value wants another person (domain.md §3.9).
        yield "own-grade"


def blockers(act: str, rows: Iterable[Seen]) -> tuple[Blocker, ...]:
    """What stands against the act, one group a reason; a row stands in the group of its first reason."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        reason = next(against(act, row), None)
        if reason is not None:
            groups.setdefault(reason, []).append(row.code)
    return tuple(Blocker(one, tuple(groups[one])) for one in REASONS if one in groups)


def without(rows: Sequence[Seen], blocked: Iterable[Blocker]) -> tuple[Seen, ...]:
    """The rows that are left when everything that stands against the act is taken out."""
    gone = {code for one in blocked for code in one.codes}
    return tuple(row for row in rows if row.code not in gone)
