"""Back to birth: whether the installations of a life-limited part tell its whole life (I5, SM-9).

The first begins at nothing, each goes on where the one before it ended, and over each the part counts what its host
counts. Anything else is a break with a name, and the part's life is in question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

Counts = Mapping[tuple[str, str], Fraction]
"""Values by counter and rating; "" is the rating of what is not split."""
Why = Literal[
    "no-trace", "no-birth", "unread", "falls", "backwards", "overlap", "open", "gap", "delta", "unaccounted"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One installation: in which host, from when to when, and what part and host showed at both ends."""

    id: str
    host: str
    since: date
    until: date | None
    part_start: Counts
    part_end: Counts | None
    host_start: Counts
    host_end: Counts | None


@dataclass(frozen=True, slots=True)
class Break:
    """Where a trace does not hold: why, at which span, and by how much of which counter."""

    why: Why
    span: str
    counter: str = ""
    rating: str = ""
    amount: Fraction = Fraction(0)


def breaks(
    spans: Sequence[Span],
    *,
    counters: Iterable[str],
    tolerance: Mapping[str, Fraction],
    born: bool = False,
    now: Counts | None = None,
) -> tuple[Break, ...]:
    """Every break of a trace, in the order of time; empty when it is whole.

    `counters` are those that limit the life: they must be known at every end. `born` says that the part came new
    into this record, so that it needs no span before. `now` is what it shows where it is in no host.
    """
    told = sorted(spans, key=lambda one: (one.since, one.until or date.max, one.id))
    needed = frozenset(counters)
    if not told:
        return () if born and not _shows(now) else (Break("no-trace", ""),)
    found = [*_birth(told[0], needed)]
    for one in told:
        found += _within(one, needed, tolerance)
    for former, later in pairwise(told):
        found += _between(former, later, needed, tolerance)
    return (*found, *_end(told[-1], now, tolerance))


def _shows(now: Counts | None) -> bool:
    return now is not None and any(now.values())


def total(counts: Counts, counter: str) -> Fraction | None:
    """What a counter shows in all: the sum of its splits, or the whole that was read; None where neither was."""
    mine = {rating: value for (code, rating), value in counts.items() if code == counter}
    if not mine:
        return None
    summed = sum((value for rating, value in mine.items() if rating), Fraction(0))
    return max(summed, mine.get("", summed))


def _birth(first: Span, needed: frozenset[str]) -> Iterator[Break]:
    for counter in sorted(needed):
        shown = total(first.part_start, counter)
        if shown:
            yield Break("no-birth", first.id, counter, amount=shown)


def _within(span: Span, needed: frozenset[str], tolerance: Mapping[str, Fraction]) -> Iterator[Break]:
    if span.until is not None and span.until < span.since:
        yield Break("backwards", span.id)
    ends = [span.part_start] if span.part_end is None else [span.part_start, span.part_end]
    for counter in sorted(needed):
        if any(total(end, counter) is None for end in ends):
            yield Break("unread", span.id, counter)
    if span.part_end is None:
        return
    yield from _falls(span, span.part_start, span.part_end)
    if span.host_end is not None:
        yield from _falls(span, span.host_start, span.host_end)
        yield from _delta(span, span.part_end, span.host_end, tolerance)


def _falls(span: Span, start: Counts, end: Counts) -> Iterator[Break]:
    for (counter, rating), value in start.items():
        last = end.get((counter, rating))
        if last is not None and last < value:
            yield Break("falls", span.id, counter, rating, value - last)


def _delta(span: Span, part_end: Counts, host_end: Counts, tolerance: Mapping[str, Fraction]) -> Iterator[Break]:
    """Over one installation a part counts what its host counts (I5)."""
    for counter in sorted({code for code, _ in span.part_start}):
        ends = [total(one, counter) for one in (span.part_start, part_end, span.host_start, host_end)]
        if None in ends:
            continue
        part_from, part_to, host_from, host_to = (one or Fraction(0) for one in ends)
        off = (part_to - part_from) - (host_to - host_from)
        if abs(off) > tolerance.get(counter, 0):
            yield Break("delta", span.id, counter, amount=off)


def _between(
    former: Span, later: Span, needed: frozenset[str], tolerance: Mapping[str, Fraction]
) -> Iterator[Break]:
    """An installation goes on where the one before it ended (I5); on the shelf nothing is counted."""
    if former.until is None:
        yield Break("open", former.id)
        return
    if later.since < former.until:
        yield Break("overlap", later.id)
    yield from _off("gap", later.id, former.part_end or {}, later.part_start, needed, tolerance)


def _end(last: Span, now: Counts | None, tolerance: Mapping[str, Fraction]) -> Iterator[Break]:
    """What a part shows now is what it showed when it was last removed."""
    if now is not None and last.part_end is not None:
        yield from _off("unaccounted", last.id, last.part_end, now, {code for code, _ in now}, tolerance)


def _off(
    why: Why,
    span: str,
    before: Counts,
    after: Counts,
    counters: Iterable[str],
    tolerance: Mapping[str, Fraction],
) -> Iterator[Break]:
    for counter in sorted(counters):
        former, later = total(before, counter), total(after, counter)
        if former is None or later is None:
            continue
        if abs(later - former) > tolerance.get(counter, 0):
            yield Break(why, span, counter, amount=later - former)
            continue
        # The splits move with the whole: what changed its rating on the shelf was not counted at that rating.
        for (code, rating), value in after.items():
            known = before.get((code, rating))
            if code == counter and rating and known is not None and abs(value - known) > tolerance.get(counter, 0):
                yield Break(why, span, counter, rating, value - known)
