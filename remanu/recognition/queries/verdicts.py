"""Asking for verdicts: of one unit by its code, of many; a verdict as a document and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification.queries import local_day
from remanu.recognition.models import Agreement, StoredVerdict
from remanu.recognition.queries.facts import Facts
from remanu.recognition.queries.jurisdictions import jurisdictions
from remanu.recognition.queries.naming import Named, called, named_in
from remanu.recognition.queries.units import Held
from remanu.rules.verdicts import Verdict

Row = sa.Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a buyer is told: the unit, the verdict, how the rows behind it are called, and the unit itself."""

    unit: Held
    verdict: Verdict
    names: Mapping[str, Named]
    called: Named


def ask(
    connection: Connection, org_id: str, item_id: str, *, there: str, now: datetime, on: date | None = None
) -> Answer | None:
    """Whether a released unit is recognised there on a day, today where none is named; None without a release."""
    facts = Facts(connection, now)
    found = facts.units([(org_id, item_id)])
    if not found:
        return None
    (unit,) = found
    verdict = facts.verdict(unit, there=there, on=on or local_day(now, unit.row.zone))
    names = named_in(connection, unit, verdict, facts.pack(unit))
    return Answer(unit, verdict, names, called(connection, unit.row.uri))


def agreement_of(connection: Connection, verdict: Verdict) -> Row | None:
    """The agreement whose line gave the word."""
    if verdict.agreement is None:
        return None
    chosen = sa.select(Agreement.__table__).where(Agreement.id == verdict.agreement.removeprefix("urn:uuid:"))
    return connection.execute(chosen).first()


def everywhere(facts: Facts, unit: Held, on: date) -> dict[str, Verdict]:
    """The verdict in every jurisdiction that is known."""
    return {code: facts.verdict(unit, there=code, on=on) for code in jurisdictions()}


def document(verdict: Verdict) -> str:
    """A verdict as JSON text, with every row that it used: by it the verdict can be read again and compared."""
    return json.dumps(_plain(verdict), ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(one: Any) -> Any:
    # Field by field as the encoder comes to it: a copy of the whole first takes three times as long.
    return (
        one.isoformat()
        if isinstance(one, date)
        else {each.name: getattr(one, each.name) for each in fields(one)}
    )


def stored(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """What was computed last of a unit, by jurisdiction."""
    chosen = sa.select(StoredVerdict.__table__).where(
        StoredVerdict.org_id == org_id, StoredVerdict.item_id == item_id
    )
    return list(connection.execute(chosen.order_by(StoredVerdict.jurisdiction)))
