"""How much of a limited life is used up, by the policy that the family's pack names (I10, domain.md §4.1 and §4.2).

Exact fractions; what is left is rounded down, because nobody may fly the part of a cycle. A policy says how shares
of limits combine: at several ratings of one counter, and over several counters. The published methods behind them
are from memory and marked so wherever a figure is shown.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Literal

from remanu.rules.counters import WHOLE, Count

Share = Callable[[Iterable[Fraction]], Fraction]
Doubt = Literal["not-counted", "rating-unknown", "no-limit", "rating-not-authorised"]
Word = Literal["not-limited", "not-authorised"]


def summed(shares: Iterable[Fraction]) -> Fraction:
    """Shares add up: linear damage, or hours and starts as equivalents of each other."""
    return sum(shares, Fraction(0))


def whichever_first(shares: Iterable[Fraction]) -> Fraction:
    """Each share stands alone, and the greatest ends the life."""
    return max(shares, default=Fraction(0))


def unlimited(_shares: Iterable[Fraction]) -> Fraction:
    """Nothing is used up."""
    return Fraction(0)


@dataclass(frozen=True, slots=True)
class Policy:
    """How shares combine over the ratings of one counter, and over counters; `mark` says how far it is known."""

    name: str
    ratings: Share
    counters: Share
    mark: str


POLICIES: Mapping[str, Policy] = {
    one.name: one
    for one in (
        Policy("none", unlimited, unlimited, "V"),
        # Consumed fraction = sum of n_i / L_i over ratings: believed standard, not verified.
        Policy("fraction-sum", summed, whichever_first, "M"),
        Policy("first-reached", whichever_first, whichever_first, "M"),
        Policy("summed", summed, summed, "M"),
    )
}
"""Life policies by the name that packs use."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The value of a counter at a rating, "" for the whole, at which a life ends."""

    counter: str
    rating: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Ruling:
    """A word that stands in the place of a limit (domain.md §4.1): N/L, not limited, or N/A, not authorised there."""

    counter: str
    rating: str
    word: Word


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one limit: whole units at this rating if everything from now on is done at it."""

    limit: Limit
    used: Fraction
    remaining: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a life is used up: the share, what is left at each limit, and why it cannot be known where it cannot."""

    fraction: Fraction
    left: tuple[Left, ...]
    doubts: tuple[Doubt, ...]

    @property
    def known(self) -> bool:
        """Whether the share is all there is to it."""
        return not self.doubts


def consumed(policy: Policy, limits: Sequence[Limit], counts: Mapping[str, Count]) -> Fraction:
    """The share of its life that a part has used up; 1 ends it (I10)."""
    return policy.counters(_share(policy, code, limits, counts) for code in _counters(limits))


def _counters(limits: Iterable[Limit]) -> list[str]:
    return list(dict.fromkeys(one.counter for one in limits))


def _share(policy: Policy, counter: str, limits: Iterable[Limit], counts: Mapping[str, Count]) -> Fraction:
    return policy.ratings(used(one, counts) / one.value for one in limits if one.counter == counter)


def used(limit: Limit, counts: Mapping[str, Count]) -> Fraction:
    """What was counted against a limit: at its rating, or the whole where it has none."""
    count = counts.get(limit.counter)
    if count is None:
        return Fraction(0)
    return count.total if limit.rating == WHOLE else count.ratings.get(limit.rating, Fraction(0))


def remaining(policy: Policy, limits: Sequence[Limit], counts: Mapping[str, Count]) -> tuple[Left, ...]:
    """What is left at each limit; nothing once the life has ended by any of them."""
    ended = consumed(policy, limits, counts) >= 1
    return tuple(
        Left(one, used(one, counts), 0 if ended else _left(policy, one, limits, counts)) for one in limits
    )


def _left(policy: Policy, limit: Limit, limits: Sequence[Limit], counts: Mapping[str, Count]) -> int:
    """Units at this rating until the shares that add up with it reach 1."""
    share = used(limit, counts) / limit.value
    if policy.ratings is summed:
        share = _share(policy, limit.counter, limits, counts)
    if policy.counters is summed:
        share = consumed(policy, limits, counts)
    return max(floor(limit.value * (1 - share)), 0)


def standing(
    policy: Policy, limits: Sequence[Limit], counts: Mapping[str, Count], rulings: Sequence[Ruling] = ()
) -> Standing:
    """How far the life of a limited part is used up, and what makes that uncertain; without any limit it is unknown.

    What runs at a rating that does not limit the part uses nothing up; what ran where it is not authorised is in doubt.
    """
    free = [Limit(one.counter, one.rating, Fraction(0)) for one in rulings if one.word == "not-limited"]
    known = (*limits, *free)
    doubts = dict.fromkeys(doubt for code in _counters(known) for doubt in _doubts(code, known, counts, rulings))
    if not known:
        return Standing(Fraction(0), (), ("no-limit",))
    return Standing(consumed(policy, limits, counts), remaining(policy, limits, counts), tuple(doubts))


def with_calendar(found: Standing, begun: date | None, months: Iterable[int], *, today: date) -> Standing:
    """The same life with limits in calendar months, whichever comes first; `begun` is its first day in service.

    A part that was never in service has used none of them up.
    """
    shares = [Fraction(0) if begun is None else calendar_share(begun, each, today=today) for each in months]
    if not shares:
        return found
    fraction = max(found.fraction, *shares)
    left = found.left if fraction < 1 else tuple(replace(one, remaining=0) for one in found.left)
    # Limited by the calendar alone is limited.
    doubts = () if found.doubts == ("no-limit",) and not found.left else found.doubts
    return Standing(fraction, left, doubts)


def last_day(begun: date, months: int) -> date:
    """The last day of a limit in calendar months: they run to the end of the month (domain.md §4.1)."""
    year, month = divmod(begun.year * 12 + begun.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def calendar_share(begun: date, months: int, *, today: date) -> Fraction:
    """The share of a calendar limit that is used up; 1 from the day after its last one, which is still within it."""
    end = last_day(begun, months)
    if today > end:
        return Fraction(1)
    return Fraction(max((today - begun).days, 0), (end - begun).days + 1)


def _doubts(
    counter: str, limits: Iterable[Limit], counts: Mapping[str, Count], rulings: Iterable[Ruling]
) -> list[Doubt]:
    count = counts.get(counter)
    if count is None:
        return ["not-counted"]
    barred = {one.rating for one in rulings if one.counter == counter and one.word == "not-authorised"}
    ran: list[Doubt] = ["rating-not-authorised"] if any(count.ratings.get(code) for code in barred) else []
    return [*ran, *_unlimited(counter, limits, count, but=barred)]


def _unlimited(counter: str, limits: Iterable[Limit], count: Count, *, but: Collection[str]) -> list[Doubt]:
    ratings = {one.rating for one in limits if one.counter == counter}
    if WHOLE in ratings:
        return []
    found: list[Doubt] = ["rating-unknown"] if count.unsplit else []
    # A rating for which no limit is known: not authorised, or not looked up. Either way nobody can say what is left.
    strange = [code for code, value in count.ratings.items() if value and code not in {*ratings, *but}]
    return [*found, "no-limit"] if strange else found


@dataclass(frozen=True, slots=True)
class Term:
    """How much one count weighs in an equivalent; `counts` when it is also counted as what really happened."""

    counter: str
    rating: str
    weight: Fraction
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Injection:
    """Water or steam injection: every count is multiplied by K + M·I."""

    constant: Fraction = Fraction(1)
    slope: Fraction = Fraction(0)
    percent: Fraction = Fraction(0)

    @property
    def factor(self) -> Fraction:
        """K + M·I."""
        return self.constant + self.slope * self.percent


DRY = Injection()


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Counts weighed into one number: what it comes to, and what really happened."""

    factored: Fraction
    actual: Fraction

    @property
    def factor(self) -> Fraction | None:
        """How much harder the duty was than the plain one; unknown where nothing happened."""
        return self.factored / self.actual if self.actual else None

    def interval(self, plain: Fraction) -> int | None:
        """The plain interval in real units at this duty, rounded down."""
        factor = self.factor
        return floor(plain / factor) if factor else None


def equivalent(terms: Iterable[Term], counts: Mapping[str, Count], injection: Injection = DRY) -> Equivalent:
    """Equivalent hours, starts or impressions: each count by its weight (domain.md §4.2, from memory)."""
    weighed = [(term, used(Limit(term.counter, term.rating, Fraction(1)), counts)) for term in terms]
    return Equivalent(
        injection.factor * sum((term.weight * value for term, value in weighed), Fraction(0)),
        sum((value for term, value in weighed if term.counts), Fraction(0)),
    )
