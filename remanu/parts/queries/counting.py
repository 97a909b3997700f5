"""Reading counters: as they stood on a day, since the life opened, and how near a component is to its next work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.engine import Connection

from remanu.errors import BadInput
from remanu.families.assembly import Interval
from remanu.families.family import Family
from remanu.parts.queries import one
from remanu.parts.queries.one import Row
from remanu.rules import counters, lives, units
from remanu.rules.counters import Count, Reading


def exact(value: str, unit: str, into: str) -> Fraction | None:
    """A recorded value in a counter's unit; None where today's pack counts in another kind of unit."""
    try:
        return units.exact(units.parse("value", value, unit), into)
    except BadInput:
        return None


def readings(rows: Iterable[Row], family: Family) -> list[Reading]:
    """Rows of readings as the rules take them; a counter that the pack does not have any more is left out."""
    known = {counter.code: counter.unit for counter in family.counters}
    found = []
    for row in rows:
        value = exact(row.value, row.unit, known[row.counter]) if row.counter in known else None
        if value is not None:
            found.append(Reading(row.id, row.counter, row.rating, value, row.read_at, row.corrects))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How far an interval is used up, since the life opened where that is known.

    `shown` is the weighed count, `left` what remains of the interval in weighed units, `stretched` the interval in
    real units at the duty so far, `unweighed` what was counted at no rating that is weighed.
    """

    interval: Interval
    since_life: bool
    equivalent: lives.Equivalent
    fraction: Fraction
    left: int
    stretched: int | None
    unweighed: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """The counters of a part at a moment: since new, since the life opened, and what is due.

    `life_opened` is when the present life opened by a release; `due` holds for the component by the pack, and
    `fraction` is how the family's policy combines what is due.
    """

    at: datetime
    family: Family
    now: Mapping[str, Count]
    since: Mapping[str, Count]
    life_opened: datetime | None
    due: tuple[Due, ...]
    fraction: Fraction


def counted(
    connection: Connection,
    item: Row,
    family: Family,
    at: datetime,
    *,
    rows: Iterable[Row] | None = None,
    lives_: Iterable[Row] | None = None,
) -> Counters:
    """What the part's counters showed at a moment (TSN, CSN) and since the life of that moment opened (I7)."""
    taken = one.counters(connection, item.org_id, item.id) if rows is None else rows
    recorded = one.lives(connection, item.org_id, item.id) if lives_ is None else lives_
    known = readings(taken, family)
    now = counters.counts(known, at)
    opened = max((row.opened_at for row in recorded if row.opened_at and row.opened_at <= at), default=None)
    since = {} if opened is None else counters.since(now, counters.counts(known, opened))
    due = tuple(_due(each, now, since) for each in family.intervals_of(item.component))
    share = lives.POLICIES[family.life_policy].counters(row.fraction for row in due)
    return Counters(
        at=at, family=family, now=now, since=since, life_opened=opened, due=due, fraction=share
    )


def _due(interval: Interval, now: Mapping[str, Count], since: Mapping[str, Count]) -> Due:
    terms = [
        lives.Term(row.counter, row.rating, Fraction(row.weight), row.counts) for row in interval.weights
    ]
    named = dict.fromkeys(term.counter for term in terms)
    fresh = all(code in since for code in named if code in now) and bool(since)
    counts = since if fresh else now
    found = lives.equivalent(terms, counts, _injection(interval))
    plain = Fraction(interval.interval)
    return Due(
        interval=interval,
        since_life=fresh,
        equivalent=found,
        fraction=found.factored / plain,
        left=max(int((plain - found.factored) // 1), 0),
        stretched=found.interval(plain),
        unweighed={code: rest for code in named if (rest := _unweighed(code, terms, counts))},
    )


def _injection(interval: Interval) -> lives.Injection:
    wet = interval.injection
    if wet is None:
        return lives.DRY
    return lives.Injection(Fraction(wet.constant), Fraction(wet.slope), Fraction(wet.percent))


def _unweighed(counter: str, terms: Iterable[lives.Term], counts: Mapping[str, Count]) -> Fraction:
    count, weighed = counts.get(counter), {term.rating for term in terms if term.counter == counter}
    if count is None or counters.WHOLE in weighed:
        return Fraction(0)
    return count.total - sum((value for code, value in count.ratings.items() if code in weighed), Fraction(0))
