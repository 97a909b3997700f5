"""What counters say: totals that never fall, splits that sum to them, counts since a life opened (I6, I7, I9).

Values are exact fractions in the counter's own unit. A reading that a later one took the place of counts no more.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

WHOLE = ""
"""The rating of a reading that is not split."""

Words = Literal["within", "before-exceeding"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a counter showed at a rating, "" for the whole, at a moment; `corrects` names the reading it replaces."""

    id: str
    counter: str
    rating: str
    value: Fraction
    at: datetime
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One counter at a moment: the total, its splits by rating, and what is in no split.

    The splits and what is in none of them sum to the total, always (I9).
    """

    total: Fraction
    ratings: Mapping[str, Fraction]

    @property
    def unsplit(self) -> Fraction:
        """What was counted at a rating that nobody recorded."""
        return self.total - sum(self.ratings.values(), Fraction(0))


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a reading cannot be: it falls below an earlier one, or stands above a later one; `other` is that one."""

    why: Literal["counter-falls", "counter-ahead"]
    other: Reading


def standing(readings: Iterable[Reading]) -> list[Reading]:
    """The readings that count, oldest first; a correction stands at the moment of the reading whose place it took."""
    known = {one.id: one for one in readings}
    wrong = {one.corrects for one in known.values()}
    return sorted((_dated(one, known) for one in known.values() if one.id not in wrong), key=_moment)


def _dated(one: Reading, known: Mapping[str, Reading]) -> Reading:
    first = one
    while first.corrects is not None and first.corrects in known:
        first = known[first.corrects]
    return replace(one, at=first.at)


def _moment(one: Reading) -> tuple[datetime, str]:
    return one.at, one.id


def clash(value: Fraction, at: datetime, others: Iterable[Reading]) -> Clash | None:
    """What stands against a value at a moment among standing readings of one counter and rating (I6).

    Not the last reading alone decides: one that is entered late must fit between those around it.
    """
    known = list(others)
    before = [one for one in known if one.at <= at]
    after = [one for one in known if one.at > at]
    highest = max(before, key=lambda one: one.value, default=None)
    if highest is not None and value < highest.value:
        return Clash("counter-falls", highest)
    lowest = min(after, key=lambda one: one.value, default=None)
    if lowest is not None and value > lowest.value:
        return Clash("counter-ahead", lowest)
    return None


def counts(readings: Iterable[Reading], at: datetime) -> dict[str, Count]:
    """Each counter as it stood at a moment; a counter that nobody had read by then is absent.

    A total that was read apart and is more than its splits leaves a rest at no rating; one that is less is older
    than they are.
    """
    latest: dict[tuple[str, str], Fraction] = {}
    for one in standing(readings):
        if one.at <= at:
            latest[one.counter, one.rating] = one.value
    return {counter: _count(counter, latest) for counter, _ in latest}


def _count(counter: str, latest: Mapping[tuple[str, str], Fraction]) -> Count:
    split = {rating: value for (code, rating), value in latest.items() if code == counter and rating != WHOLE}
    summed = sum(split.values(), Fraction(0))
    return Count(max(summed, latest.get((counter, WHOLE), summed)), split)


def splits_agree(total: Fraction, ratings: Iterable[Fraction]) -> bool:
    """Whether the splits sum to the total that was read with them (I9)."""
    return sum(ratings, Fraction(0)) == total


def since(now: Mapping[str, Count], opened: Mapping[str, Count]) -> dict[str, Count]:
    """What was counted since a life opened (TSO, CSO): only a life's opening starts it again (I7).

    A counter that nobody had read when the life opened is absent: what it showed then is not known.
    """
    return {code: _less(count, opened[code]) for code, count in now.items() if code in opened}


def _less(now: Count, then: Count) -> Count:
    ratings = {
        code: max(value - then.ratings.get(code, Fraction(0)), Fraction(0))
        for code, value in now.ratings.items()
    }
    return Count(max(now.total - then.total, sum(ratings.values(), Fraction(0))), ratings)


def carried(part: Mapping[str, Count], host: Mapping[str, Count], fitted: Mapping[str, Count]) -> dict[str, Count]:
    """A fitted part's counters from its last own reading and what its host counted since then.

    `part` is what the part showed at that reading, `fitted` what the host showed then. A part's own counts are
    never replaced by its host's: only the host's growth is added.
    """
    return {code: _grown(count, host.get(code), fitted.get(code)) for code, count in part.items()}


def _grown(part: Count, host: Count | None, fitted: Count | None) -> Count:
    if host is None or fitted is None:
        return part
    growth = _less(host, fitted)
    codes = dict.fromkeys((*part.ratings, *growth.ratings))
    ratings = {code: part.ratings.get(code, Fraction(0)) + growth.ratings.get(code, Fraction(0)) for code in codes}
    return Count(part.total + growth.total, ratings)


def permits(words: Words, count: Fraction, limit: Fraction) -> bool:
    """Whether a count is still inside a limit: "within X" has X in it, "before exceeding X" has not."""
    return count <= limit if words == "within" else count < limit


def months_on(start: date, months: int) -> date:
    """The last day of so many calendar months: they run to the end of the month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def plain(value: Fraction) -> str:
    """A count as decimal text, without digits that say nothing."""
    text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Fraction) -> str:
    """A share in per cent with one decimal, rounded up: what is nearly used up never looks as if more were left."""
    tenths = int(-((-share * 1000) // 1))
    return f"{tenths // 10}.{tenths % 10}"
