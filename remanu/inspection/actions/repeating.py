"""A second person reads the same characteristic, not knowing the first result; how far both drift apart is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from remanu.accounts.queries import persons_of
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, OwnWork
from remanu.inspection import events, queries
from remanu.inspection.actions import reading
from remanu.inspection.actions.reading import Around, Held
from remanu.inspection.queries import Row
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, record
from remanu.parts.queries import subject_of
from remanu.rules import entry
from remanu.rules.actor import Actor


def repeat(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    characteristic: str,
    unit: str,
    values: Sequence[str] = (),
    instrument: str | None = None,
    temperature: str | None = None,
    humidity: str | None = None,
    sure: Sequence[str] = (),
    measured_on: date | None = None,
    late: str | None = None,
) -> Recorded[events.Repeated]:
    """Read again what somebody else measured; the first result goes on to count, and both are kept with the drift.

    OwnWork for whoever measured it first. Conflict where there is no reading to repeat.
    """
    around = Around(
        temperature=temperature, humidity=humidity, sure=sure, measured_on=measured_on, late=late
    )
    act = reading.open_act(tx, actor, "inspection.repeat", around)
    held = reading.hold(act, item_id, characteristic)
    first = _first(act, held)
    taken = reading.readings(held, values, unit, sure)
    cel = entry.temperature(temperature)
    there = reading.corrected(held, taken, cel)
    judged = held.judge(taken if there is None else there)
    # There is a reading at every point, so one of them decides.
    deciding = Decimal(0) if judged.deciding is None else judged.deciding
    verdict = judged.verdict
    body = events.Repeated(
        repeat=tx.new_id(),
        measurement=first.id,
        case=held.at.case_id,
        position=held.at.position or "",
        characteristic=held.asked.code,
        unit=held.asked.unit,
        readings=tuple(map(reading.text, taken)),
        judged=tuple(map(reading.text, judged.values)),
        deciding=reading.text(deciding),
        zone=verdict.zone,
        proposal=verdict.disposition,
        because=verdict.reason,
        step=reading.maybe(verdict.step),
        drift=reading.text(entry.drift(tuple(map(Decimal, json.loads(first.readings))), taken)),
        agrees=entry.agree(queries.verdict_of(first), verdict),
        used=reading.used(act, held, instrument),
        qualified_by=reading.qualified(act, held),
        day=held.day,
        temperature=reading.maybe(cel),
        humidity=reading.maybe(entry.humidity(humidity)),
    )
    return record(act, events.REPEAT, subject_of(held.at.item), body)


def _first(act: Act, held: Held) -> Row:
    """The result that counts now, measured by another person."""
    row = held.current
    if held.asked.kind == "ndt":
        raise BadInput("characteristic", "needs-a-test")
    if row is None or row.deciding is None:
        raise Conflict(why="nothing-to-repeat")
    persons = persons_of(act.tx.connection, act.actor.org_id, [act.actor.ref, row.by_ref])
    if persons[act.actor.ref] == persons[row.by_ref]:
        raise OwnWork(acts=["inspection.measure"])
    return row
