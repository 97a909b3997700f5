"""Days of certificates that come near: surveillance that falls due, editions whose transition ends."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification.models import ProductCertification, SchemeEdition
from remanu.rules import certification

WHATS = ("surveillance", "transition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How many days before a day people are reminded of it, from which day on, and who says so."""

    applies_from: date
    days: Mapping[str, tuple[int, ...]]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A day of a certificate that comes near; `body` granted it, `holder` holds it."""

    body: str
    holder: str
    certification: str
    number: str
    what: str
    due_on: date
    edition: str


@cache
def every() -> tuple[Steps, ...]:
    """All dated rows of the package, the oldest first."""
    source = files("remanu.certification").joinpath("data", "reminders.toml")
    rows = tomllib.loads(source.read_text("utf-8"))["reminders"]
    return tuple(
        Steps(
            applies_from=one["applies_from"],
            days={what: tuple(one[what]) for what in WHATS},
            source=one["source"],
        )
        for one in rows
    )


def steps_on(day: date) -> Mapping[str, tuple[int, ...]]:
    """How many days before each kind of day people are reminded, as of a day; nobody is where no row applies yet."""
    known = [one for one in every() if one.applies_from <= day]
    return max(known, key=lambda one: one.applies_from).days if known else dict.fromkeys(WHATS, ())


def coming(connection: Connection, today: date) -> list[Coming]:
    """Every such day of certificates in force, of all bodies, within the longest time before which anybody is told."""
    longest = {what: max(days, default=0) for what, days in steps_on(today).items()}
    found = [*_surveillance(connection, today, longest["surveillance"])]
    found += _transition(connection, today, longest["transition"])
    return sorted(found, key=lambda one: (one.due_on, one.certification, one.what))


_OF = ProductCertification
_HELD = sa.select(
    _OF.org_id.label("body"), _OF.holder_org.label("holder"), _OF.id, _OF.number, _OF.edition
).where(_OF.state.in_(certification.HELD))


def _surveillance(connection: Connection, today: date, days: int) -> list[Coming]:
    chosen = _HELD.add_columns(_OF.due_on.label("day")).where(_within(_OF.due_on, today, days))
    return [
        _told(row, "surveillance")
        for row in connection.execute(chosen.where(_OF.valid_to >= today.isoformat()))
    ]


def _transition(connection: Connection, today: date, days: int) -> list[Coming]:
    end = SchemeEdition.transition_end
    same = sa.and_(SchemeEdition.scheme == _OF.scheme, SchemeEdition.edition == _OF.edition)
    chosen = _HELD.add_columns(end.label("day")).join(SchemeEdition, same).where(_within(end, today, days))
    return [
        _told(row, "transition")
        for row in connection.execute(chosen.where(_OF.valid_to >= today.isoformat()))
    ]


def _within(column: Any, today: date, days: int) -> sa.ColumnElement[bool]:
    last = today + timedelta(days=days)
    return sa.and_(column >= today.isoformat(), column <= last.isoformat())


def _told(row: Any, what: str) -> Coming:
    return Coming(
        body=row.body,
        holder=row.holder,
        certification=row.id,
        number=row.number,
        what=what,
        due_on=date.fromisoformat(row.day),
        edition=row.edition,
    )
