"""The counters of a part: their history, corrections with their reasons, and how they stood on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.accounts import queries as accounts
from remanu.catalogue.queries import pack_of
from remanu.families.assembly import Counter
from remanu.ledger import kinds
from remanu.parts import queries
from remanu.parts.queries import Row, counting
from remanu.parts.queries.counting import Counters
from remanu.parts.schemas.asked import moment_of
from remanu.parts.schemas.lives import ORIGIN_WORDS
from remanu.parts.schemas.told import POLICY_WORDS, due_line
from remanu.rules import counters as rules
from remanu.rules import lives
from remanu.rules.counters import Count, Reading
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current

WIDTH, HEIGHT = 320, 96
_MOST = 5000
_KINDS = frozenset({"parts.read_counter", "parts.read_split"})


@dataclass(frozen=True, slots=True)
class Line:
    """One reading of the history: what it showed, and whether another took its place, by whom and why."""

    row: Row
    rating: str
    who: str
    why: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One counter of the page: its figures, its history newest first, and its drawing."""

    counter: Counter
    words: str
    total: str
    unsplit: str
    splits: tuple[tuple[str, str], ...]
    since: str
    lines: tuple[Line, ...]
    points: str


@allow("read:workshop")
def counters(item_id: str) -> ResponseReturnValue:
    """Every counter of a part with its history, as it was on the day that `on` names."""
    asked = moment_of(request.args)
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        rows = queries.counters(connection, item.org_id, item.id)
        found = counting.counted(connection, item, pack_of(connection, item), asked.at, rows=rows)
        page = {
            "item": item,
            "asked": asked,
            "found": found,
            "shown": _shown(connection, item, found, rows),
            "due": [due_line(one) for one in found.due],
            "share": rules.percent(found.fraction),
            "policy": found.family.life_policy,
            "mark": lives.POLICIES[found.family.life_policy].mark,
            "policy_words": POLICY_WORDS,
            "origin_words": ORIGIN_WORDS,
            "may_read": bool(actor().roles & PERMISSIONS["parts.read_counter"]),
            "width": WIDTH,
            "height": HEIGHT,
        }
    return render_template("parts/counters.html", **page)


def _shown(connection: Connection, item: Row, found: Counters, rows: Iterable[Row]) -> list[Shown]:
    told = _told(connection, item)
    known = [row for row in rows if row.read_at <= found.at]
    by_counter = {one.code: [row for row in known if row.counter == one.code] for one in found.family.counters}
    return [_counter(one, found, by_counter[one.code], told) for one in found.family.counters]


Told = Mapping[str, tuple[str, str]]
"""By reading: who took it, and the reason that he gave."""


def _told(connection: Connection, item: Row) -> Told:
    events = [
        kinds.read(here().registry, row.canonical)
        for row in queries.history(connection, item.org_id, item.id, limit=_MOST)
        if row.kind in _KINDS
    ]
    refs = sorted({one.actor_ref for one in events})
    names = accounts.names_of(connection, here().database.keyring, actor().org_id, refs)
    return {
        reading: (names.get(one.actor_ref, ""), one.reason or "") for one in events for reading in _readings(one.body)
    }


def _readings(body: Any) -> list[str]:
    return [one.reading for one in body.splits] if hasattr(body, "splits") else [body.reading]


def _counter(counter: Counter, found: Counters, rows: list[Row], told: Told) -> Shown:
    language = current()
    names = {one.code: one.names.text(language) for one in counter.ratings}
    wrong = {row.corrects for row in rows}
    count, since = found.now.get(counter.code), found.since.get(counter.code)
    lines = [
        Line(row, names.get(row.rating, row.rating), *told.get(row.id, ("", "")), row.id in wrong)
        for row in reversed(rows)
    ]
    return Shown(
        counter=counter,
        words=counter.names.text(language),
        total="" if count is None else rules.plain(count.total),
        unsplit=rules.plain(count.unsplit) if count is not None and counter.ratings and count.unsplit else "",
        splits=() if count is None else _splits(count, names),
        since="" if since is None else rules.plain(since.total),
        lines=tuple(lines),
        points=_points(rows, found),
    )


def _splits(count: Count, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((names.get(code, code), rules.plain(value)) for code, value in count.ratings.items())


def _points(rows: list[Row], found: Counters) -> str:
    """The totals over time as points of a line, the first moment left and nothing at the bottom."""
    known = rules.standing(counting.readings(rows, found.family))
    moments = list(dict.fromkeys(one.at for one in known))
    totals = [_total(known, at) for at in moments]
    if len(moments) < 2:  # noqa: PLR2004 -- one point makes no line
        return ""
    most, span = max(totals) or Fraction(1), (moments[-1] - moments[0]).total_seconds() or 1.0
    return " ".join(
        f"{WIDTH * (at - moments[0]).total_seconds() / span:.1f},{HEIGHT * (1 - float(total / most)):.1f}"
        for at, total in zip(moments, totals, strict=True)
    )


def _total(known: list[Reading], at: datetime) -> Fraction:
    return next(iter(rules.counts(known, at).values())).total


ROUTES = (("/parts/<item_id>/counters", counters, ("GET",)),)
