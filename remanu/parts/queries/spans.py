"""Back to birth from the tables: installations of this record and those that documents tell, as spans of the rules.

What nobody read at an end follows from the day's readings; what nobody read of a fitted part follows from its host.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.families.assembly import LifeLimit
from remanu.families.family import Family
from remanu.parts.models import CounterReading, Installation, InstallationReading, Item, PartControl, TraceRow
from remanu.parts.queries.counting import exact, readings
from remanu.parts.queries.one import Row
from remanu.rules import counters, trace
from remanu.rules.counters import Count, Reading
from remanu.rules.trace import Span

_ORG: sa.BindParameter[str] = sa.bindparam("org_id")
_IDS: sa.BindParameter[Any] = sa.bindparam("items", expanding=True)
_INSTALLED = (
    sa.select(Installation.__table__, Item.serial, Item.part_number, Item.code, Item.name)
    .join(Item, sa.and_(Item.org_id == Installation.org_id, Item.id == Installation.host_id))
    .where(Installation.org_id == _ORG, Installation.item_id.in_(_IDS))
    .order_by(Installation.from_at, Installation.id)
)
_EDGES = (
    sa.select(InstallationReading.__table__)
    .join(
        Installation,
        sa.and_(
            Installation.org_id == InstallationReading.org_id,
            Installation.id == InstallationReading.installation_id,
        ),
    )
    .where(InstallationReading.org_id == _ORG, Installation.item_id.in_(_IDS))
)
_READ = sa.select(CounterReading.__table__).where(CounterReading.org_id == _ORG, CounterReading.item_id.in_(_IDS))
_TRACED = sa.select(TraceRow.__table__).where(TraceRow.org_id == _ORG, TraceRow.item_id.in_(_IDS))
_CONTROLLED = (
    sa.select(PartControl.__table__)
    .where(PartControl.org_id == _ORG, PartControl.item_id.in_(_IDS))
    .order_by(PartControl.controlled_at)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line of a back-to-birth table: the span, and where it comes from.

    `host_item` is the host's record here with its `installation`, `row` the line that a document told, whose
    `event_id` leads to what is sealed.
    """

    span: Span
    host_item: str | None = None
    installation: Row | None = None
    row: Row | None = None


@dataclass(slots=True)
class Rows:
    """Everything that was read, by part."""

    installed: list[Row]
    edges: dict[str, list[Row]]
    readings: dict[str, list[Reading]]
    traced: list[Row]
    controls: list[Row]


def traced(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """The installations that documents tell of a part, as they count now."""
    rows = list(connection.execute(_TRACED, {"org_id": org_id, "items": [item_id]}))
    wrong = {row.corrects for row in rows}
    return sorted((row for row in rows if row.id not in wrong), key=lambda row: (row.since, row.id))


def read(connection: Connection, org_id: str, ids: list[str], family: Family) -> Rows:
    """Everything that is told of these parts, in five statements."""
    asked = {"org_id": org_id, "items": ids}
    installed = list(connection.execute(_INSTALLED, asked))
    edges: dict[str, list[Row]] = {}
    for row in connection.execute(_EDGES, asked):
        edges.setdefault(row.installation_id, []).append(row)
    hosts = {row.host_id for row in installed} | {row.item_id for found in edges.values() for row in found}
    every = sorted({*ids, *hosts})
    by_item: dict[str, list[Row]] = {}
    for row in connection.execute(_READ, {"org_id": org_id, "items": every}):
        by_item.setdefault(row.item_id, []).append(row)
    return Rows(
        installed=installed,
        edges=edges,
        readings={item: readings(found, family) for item, found in by_item.items()},
        traced=list(connection.execute(_TRACED, asked)),
        controls=list(connection.execute(_CONTROLLED, asked)),
    )


# ------------------------------------------------------------------------------ the trace


def told(item: Any, rows: Rows, family: Family, at: datetime) -> tuple[Told, ...]:
    """The back-to-birth table of a part at a moment, oldest first."""
    wrong = {row.corrects for row in rows.traced}
    papers = [
        _from_paper(row, family)
        for row in rows.traced
        if row.item_id == item.id and row.id not in wrong and row.entered_at <= at
    ]
    recorded = [
        _recorded(item, row, rows, family, at)
        for row in rows.installed
        if row.item_id == item.id and row.from_at <= at
    ]
    return tuple(sorted((*papers, *recorded), key=lambda one: (one.span.since, one.span.until or date.max)))


def _from_paper(row: Row, family: Family) -> Told:
    part_start, part_end = _ends(row.part_counts, family)
    host_start, host_end = _ends(row.host_counts, family)
    span = Span(
        id=row.id,
        host=row.host,
        since=date.fromisoformat(row.since),
        until=None if row.until is None else date.fromisoformat(row.until),
        part_start=part_start,
        part_end=part_end,
        host_start=host_start,
        host_end=host_end or None,
    )
    return Told(span=span, row=row)


Flat = dict[tuple[str, str], Fraction]


def _ends(text: str, family: Family) -> tuple[Flat, Flat]:
    start: Flat = {}
    end: Flat = {}
    for one in json.loads(text):
        for value, into in ((one["start"], start), (one.get("end"), end)):
            found = None if value is None else _value(family, one["counter"], value, one["unit"])
            if found is not None:
                into[one["counter"], one["rating"]] = found
    return start, end


def _value(family: Family, code: str, value: str, unit: str) -> Fraction | None:
    known = family.counter(code)
    return None if known is None else exact(value, unit, known.unit)


def _recorded(item: Any, row: Row, rows: Rows, family: Family, at: datetime) -> Told:
    """An installation of this record: what was read at its ends, else the readings of those days.

    One that was found and ended in the workshop says only where the part sat: nothing is counted there.
    """
    closed = row.to_at is not None and row.to_at <= at
    seen = row.began == "found" and closed
    host = _host_of(row, rows)
    part_start = _edge(rows, row, family, "start", "item") or _on(rows, item.id, row.from_at)
    host_start = {} if seen else _edge(rows, row, family, "start", "host") or _on(rows, host, row.from_at)
    host_end = {} if seen else _edge(rows, row, family, "end", "host") or _on(rows, host, row.to_at or at)
    part_end = _part_end(item, row, rows, family) if closed else {}
    part_start = part_start or _first_shown(item, row, rows, part_end)
    span = Span(
        id=row.id,
        host=row.serial or row.part_number,
        since=row.from_at.date(),
        until=row.to_at.date() if closed else None,
        part_start=part_start,
        part_end=(part_end or _moved_on(part_start, host_start, host_end)) if closed else None,
        host_start=host_start,
        host_end=host_end if closed else None,
    )
    return Told(span=span, host_item=row.host_id, installation=row)


def _host_of(row: Row, rows: Rows) -> str:
    """Whose counters stand for the host: those read at the ends, else the host's own."""
    return next((one.item_id for one in rows.edges.get(row.id, ()) if one.whose == "host"), str(row.host_id))


def _edge(rows: Rows, row: Row, family: Family, edge: str, whose: str) -> Flat:
    found: Flat = {}
    for one in rows.edges.get(row.id, ()):
        if (one.edge, one.whose) == (edge, whose):
            value = _value(family, one.counter, one.value, one.unit)
            if value is not None:
                found[one.counter, one.rating] = value
    return found


def _on(rows: Rows, item_id: str, at: datetime) -> Flat:
    return flat(counters.counts(rows.readings.get(item_id, ()), at))


def flat(counts: Mapping[str, Count]) -> Flat:
    """Counts by counter and rating; the whole where it is not, or not altogether, split."""
    found: Flat = {}
    for code, count in counts.items():
        found |= {(code, rating): value for rating, value in count.ratings.items()}
        if count.unsplit or not count.ratings:
            found[code, counters.WHOLE] = count.total
    return found


def _part_end(item: Any, row: Row, rows: Rows, family: Family) -> Flat:
    """What the part itself showed at the end; a reading from before it was fitted says nothing of that."""
    taken = [
        one
        for one in rows.edges.get(row.id, ())
        if one.edge == "end" and one.whose == "item" and one.read_at > row.from_at
    ]
    known = {(one.counter, one.rating): _value(family, one.counter, one.value, one.unit) for one in taken}
    if known:
        return {key: value for key, value in known.items() if value is not None}
    own = [one for one in rows.readings.get(item.id, ()) if one.at > row.from_at]
    return flat(counters.counts(own, row.to_at))


def _first_shown(item: Any, row: Row, rows: Rows, part_end: Flat) -> Flat:
    """What a part showed where nobody had read it by then: a new one nothing, a found one what it showed next."""
    own = sorted(rows.readings.get(item.id, ()), key=lambda one: one.at)
    if row.began == "found":
        return part_end or (flat(counters.counts(own, own[0].at)) if own else {})
    if item.origin != "new" or any(one.at <= row.from_at for one in own):
        return {}
    counted = {one.counter for one in (*own, *rows.readings.get(_host_of(row, rows), ()))}
    return {(code, counters.WHOLE): Fraction(0) for code in counted}


def _moved_on(part_start: Flat, host_start: Flat, host_end: Flat) -> Flat:
    """The end of an installation at which nobody read the part: its start and what the host counted."""
    return flat(counters.carried(_deep(part_start), _deep(host_end), _deep(host_start)))


def _deep(flat: Flat) -> dict[str, Count]:
    codes = dict.fromkeys(code for code, _ in flat)
    return {
        code: Count(
            trace.total(flat, code) or Fraction(0),
            {rating: value for (one, rating), value in flat.items() if one == code and rating},
        )
        for code in codes
    }


# ------------------------------------------------------------------------------ what it shows now


def now(item: Any, rows: Rows, told: Sequence[Told], limits: Sequence[LifeLimit], at: datetime) -> dict[str, Count]:
    """A part's counters now: its own last readings, and what its hosts counted since each of them.

    A part without readings of its own goes by the end of its trace; a new one began at nothing.
    """
    own = [one for one in counters.standing(rows.readings.get(item.id, ())) if one.at <= at]
    known = counters.counts(own, at)
    if not known and told:
        return _after(told[-1], rows, at)
    if item.origin == "new":
        known = {**{one.counter: Count(Fraction(0), {}) for one in limits}, **known}
    moments = {(one.counter, one.rating): one.at for one in own}
    return {code: _grown(code, count, moments, item, rows, at) for code, count in known.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Out of which host a part came last, and what it and that host counted since (14 CFR 43.10(b))."""

    host_id: str
    part_growth: Fraction
    product_growth: Fraction


def removal(
    rows: Rows, told: Sequence[Told], counts: Mapping[str, Count], limits: Sequence[LifeLimit], at: datetime
) -> Removal | None:
    """The last removal of a part that sits in nothing now; None where it does, or never sat in a host here."""
    last = next((one for one in reversed(told) if one.installation is not None), None)
    if last is None or last.installation is None or last.span.until is None:
        return None
    row, codes = last.installation, {one.counter for one in limits}
    host = rows.readings.get(_host_of(row, rows), ())
    before, after = counters.counts(host, row.to_at), counters.counts(host, at)
    grown = [after[code].total - before[code].total for code in codes if code in before and code in after]
    own = [
        counts[code].total - shown
        for code in codes
        if code in counts and (shown := trace.total(last.span.part_end or {}, code)) is not None
    ]
    return Removal(
        host_id=str(row.host_id),
        part_growth=sum(map(abs, own), Fraction(0)),
        product_growth=sum(grown, Fraction(0)),
    )


def _after(last: Told, rows: Rows, at: datetime) -> dict[str, Count]:
    span, row = last.span, last.installation
    if row is None or span.part_end is not None:
        return _deep(dict(span.part_end or span.part_start))
    host = rows.readings.get(_host_of(row, rows), ())
    return counters.carried(
        _deep(dict(span.part_start)), counters.counts(host, at), _deep(dict(span.host_start))
    )


def _grown(
    code: str, count: Count, moments: Mapping[tuple[str, str], datetime], item: Any, rows: Rows, at: datetime
) -> Count:
    """One counter with what the hosts counted since it was read, each rating since it was read itself."""
    whole = moments.get((code, counters.WHOLE))
    read = {rating: when for (one, rating), when in moments.items() if one == code}
    oldest = min(read.values(), default=None)
    spans = [row for row in rows.installed if row.item_id == item.id and row.from_at <= at]
    total, ratings = count.total, dict(count.ratings)
    for row in spans:
        host = rows.readings.get(_host_of(row, rows), ())
        until = min(row.to_at or at, at)
        names = {one.rating for one in host if one.counter == code} | {counters.WHOLE}
        for rating in names:
            since = max((one for one in (read.get(rating, oldest), whole) if one is not None), default=row.from_at)
            more = _growth(host, code, rating, max(since, row.from_at), until)
            total += more
            if rating and more:
                ratings[rating] = ratings.get(rating, Fraction(0)) + more
    return Count(total, ratings)


def _growth(host: Iterable[Reading], code: str, rating: str, since: datetime, until: datetime) -> Fraction:
    """What the host counted at a rating, or at none, between two moments; nothing where nobody had read it before."""
    if since >= until:
        return Fraction(0)
    known = list(host)
    before, after = counters.counts(known, since).get(code), counters.counts(known, until).get(code)
    if before is None or after is None:
        return Fraction(0)
    if rating == counters.WHOLE:
        return max(after.unsplit - before.unsplit, Fraction(0))
    return max(after.ratings.get(rating, Fraction(0)) - before.ratings.get(rating, Fraction(0)), Fraction(0))
