"""Which salvage scheme fits a component: what work covers its wear, how often it may still be done, how it went before.

A proposal is a ranking with reasons. It decides nothing: a planner follows it or does not, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

TOGETHER = 3
"""At most so many operations make one scheme."""
SHOWN = 3
"""So many schemes are worth a person's time."""
FEW = 5
"""Below so many past cases a share is not spoken of."""
# The two-sided 95 % point of the normal distribution.
_Z = Decimal("1.959964")

Reason = Literal[
    "covers-all",
    "covers-part",
    "repairs-left",
    "last-repair",
    "no-limit-known",
    "held-before",
    "no-history",
    "special-process",
    "no-scheme",
    "repairs-spent",
    "life-too-short",
    "beyond-service",
]
Choice = Literal["salvage", "replace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An operation that may be done: what it restores, how often it may still be done, how it went in past cases.

    `left` is None where the pack knows no limit (I19); `tried` counts parts of ended cases, `held` those of them that
    stayed in their unit.
    """

    code: str
    restores: frozenset[str]
    special: bool
    left: int | None = None
    tried: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Operations that together cover wear; `open` is what they leave uncovered."""

    operations: tuple[str, ...]
    covers: tuple[str, ...]
    open: tuple[str, ...]
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """To salvage by the first of `schemes`, or to replace, and why."""

    choice: Choice
    because: tuple[Reason, ...]
    schemes: tuple[Scheme, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of so many, with the 95 % limits of the share (Wilson 1927)."""

    of: int
    n: int
    low: Decimal
    high: Decimal

    @property
    def is_few(self) -> bool:
        """Whether so few cases are known that the share says nothing."""
        return self.n < FEW


def share(of: int, n: int) -> Share:
    """The share of `of` in `n` with Wilson's limits; from nothing to all where nothing is known."""
    if not n:
        return Share(of=of, n=n, low=Decimal(0), high=Decimal(1))
    part, square = Decimal(of) / n, _Z * _Z
    middle = part + square / (2 * n)
    reach = _Z * (part * (1 - part) / n + square / (4 * n * n)).sqrt()
    whole = 1 + square / n
    low, high = (middle - reach) / whole, (middle + reach) / whole
    return Share(of=of, n=n, low=max(low, Decimal(0)), high=min(high, Decimal(1)))


def propose(
    worn: Iterable[str],
    works: Sequence[Work],
    *,
    beyond: Iterable[str] = (),
    life_left: Decimal | None = None,
    life_wanted: Decimal | None = None,
) -> Proposal:
    """What to do with a component whose characteristics `worn` are outside new limits, `beyond` outside service limits.

    `life_left` and `life_wanted` are in the same counter's unit; a life that is too short cannot be worked back.
    """
    needs = frozenset(worn)
    if frozenset(beyond):
        return Proposal(choice="replace", because=("beyond-service",))
    if life_left is not None and life_wanted is not None and life_left < life_wanted:
        return Proposal(choice="replace", because=("life-too-short",))
    helping = [one for one in works if one.restores & needs]
    if not helping:
        return Proposal(choice="replace", because=("no-scheme",))
    usable = [one for one in helping if one.left != 0]
    if not usable:
        return Proposal(choice="replace", because=("repairs-spent",))
    ranked = sorted(_sets(usable, needs), key=lambda chosen: _rank(chosen, needs))
    schemes = tuple(_scheme(one, needs) for one in ranked[:SHOWN])
    return Proposal(choice="salvage", because=_why_any(ranked[0], needs), schemes=schemes)


Chosen = tuple[Work, ...]


def _sets(works: Sequence[Work], needs: frozenset[str]) -> Iterable[Chosen]:
    """Sets of operations of which each adds something that the others do not restore."""
    for size in range(1, min(TOGETHER, len(works)) + 1):
        for chosen in combinations(works, size):
            if all(_adds(one, chosen, needs) for one in chosen):
                yield chosen


def _adds(one: Work, chosen: Chosen, needs: frozenset[str]) -> bool:
    others = frozenset().union(*(other.restores for other in chosen if other is not one))
    return bool(one.restores & needs - others)


def _covered(chosen: Chosen) -> frozenset[str]:
    return frozenset().union(*(one.restores for one in chosen))


def _rank(chosen: Chosen, needs: frozenset[str]) -> tuple[int, int, Decimal, int, tuple[str, ...]]:
    """Best first: least left open, fewest operations, what held most surely before, least special process."""
    surest = min(share(one.held, one.tried).low for one in chosen)
    return (
        len(needs - _covered(chosen)),
        len(chosen),
        -surest,
        sum(one.special for one in chosen),
        tuple(one.code for one in chosen),
    )


def _scheme(chosen: Chosen, needs: frozenset[str]) -> Scheme:
    covered = _covered(chosen)
    return Scheme(
        operations=tuple(one.code for one in chosen),
        covers=tuple(sorted(needs & covered)),
        open=tuple(sorted(needs - covered)),
        because=(*_why_any(chosen, needs), *_why(chosen)),
    )


def _why_any(chosen: Chosen, needs: frozenset[str]) -> tuple[Reason, ...]:
    return ("covers-all",) if needs <= _covered(chosen) else ("covers-part",)


def _why(chosen: Chosen) -> Iterable[Reason]:
    least = min((one.left for one in chosen if one.left is not None), default=None)
    yield "no-limit-known" if least is None else "last-repair" if least == 1 else "repairs-left"
    yield "held-before" if all(one.tried >= FEW for one in chosen) else "no-history"
    if any(one.special for one in chosen):
        yield "special-process"
