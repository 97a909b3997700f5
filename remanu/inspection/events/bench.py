"""What can happen at the bench beside a result: a rule of measuring, a second reading, a part past measuring."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.inspection.events.measuring import Used
from remanu.inspection.models import BenchRule, Condemnation, Measurement, RepairCount, RepeatReading
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts import events as parts
from remanu.parts.events import Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchSet:
    """From now on it is measured like this: in the organisation, or in one case of it.

    `entry` is blind or open, `second` says of what a second person takes a reading: none, critical or all.
    `qualified` is role, or dated where a person also needs a dated qualification to measure.
    """

    case: str | None = None
    entry: str
    second: str
    qualified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A second person read the same characteristic, not knowing the first result, which goes on to count.

    `drift` is the greatest difference at one point, second less first, in the unit of the result; `agrees` when both
    mean the same.
    """

    repeat: str
    measurement: str
    case: str
    position: str
    characteristic: str
    unit: str
    readings: tuple[str, ...]
    judged: tuple[str, ...]
    deciding: str
    zone: str
    proposal: str
    because: str
    step: str | None = None
    drift: str
    agrees: bool
    used: Used
    qualified_by: str
    day: str
    temperature: str | None = None
    humidity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeasured:
    """A characteristic that cannot be measured any more; `former` is the result that this takes the place of."""

    measurement: str
    characteristic: str
    criticality: str
    unit: str
    demonstration: bool
    former: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condemned:
    """A component is too damaged to measure: it is replaced, and nothing else follows from that."""

    condemnation: str
    case: str
    position: str
    component: str
    stage: str
    why: str
    zone: str
    proposal: str
    because: str
    results: tuple[Unmeasured, ...]
    qualified_by: str
    day: str
    evidence: tuple[Cited, ...]


def _set_bench(tx: Tx, done: Recorded[BenchSet]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "scope": b.case or done.org_id}
    tx.execute(sa.delete(BenchRule).filter_by(**key))
    tx.execute(
        sa.insert(BenchRule).values(
            entry=b.entry, second=b.second, qualified=b.qualified, set_at=done.at, **key
        )
    )


def _repeat(tx: Tx, done: Recorded[Repeated]) -> None:
    b = done.body
    tx.execute(
        sa.insert(RepeatReading).values(
            org_id=done.org_id,
            id=b.repeat,
            item_id=done.subject.id,
            case_id=b.case,
            measurement_id=b.measurement,
            readings=json.dumps(b.readings),
            deciding=b.deciding,
            unit=b.unit,
            zone=b.zone,
            proposal=b.proposal,
            drift=b.drift,
            agrees=b.agrees,
            instrument_id=b.used.instrument,
            qualified_by=b.qualified_by,
            by_ref=done.actor_ref,
            day=b.day,
            measured_at=done.at,
        )
    )


def _condemn(tx: Tx, done: Recorded[Condemned]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Condemnation).values(
            org_id=done.org_id,
            id=b.condemnation,
            item_id=done.subject.id,
            case_id=b.case,
            why=b.why,
            by_ref=done.actor_ref,
            day=b.day,
            found_at=done.at,
        )
    )
    for one in b.results:
        _stands_for(tx, done, one)
    parts.cite(tx, done, b.evidence)


def _stands_for(tx: Tx, done: Recorded[Condemned], one: Unmeasured) -> None:
    b = done.body
    if one.former is not None:
        tx.execute(
            sa.update(Measurement)
            .where(Measurement.org_id == done.org_id, Measurement.id == one.former)
            .values(superseded_by=one.measurement)
        )
    tx.execute(
        sa.insert(Measurement).values(
            org_id=done.org_id,
            id=one.measurement,
            item_id=done.subject.id,
            case_id=b.case,
            seq=done.seq,
            characteristic=one.characteristic,
            criticality=one.criticality,
            stage=b.stage,
            unit=one.unit,
            readings="[]",
            zone=b.zone,
            proposal=b.proposal,
            because=b.because,
            demonstration=one.demonstration,
            qualified_by=b.qualified_by,
            by_ref=done.actor_ref,
            day=b.day,
            measured_at=done.at,
        )
    )


def count_repair(tx: Tx, done: Recorded[Any], operation: str, nth: int) -> None:
    """Keep how often a part had a repair, for the verdict on its next reading (I19)."""
    key = {"org_id": done.org_id, "item_id": done.subject.id, "operation": operation}
    tx.execute(sa.delete(RepairCount).filter_by(**key))
    tx.execute(sa.insert(RepairCount).values(times=nth, **key))


SET_BENCH = Kind("inspection.set_bench", 1, BenchSet, _set_bench)
REPEAT = Kind("inspection.repeat", 1, Repeated, _repeat)
CONDEMN = Kind("inspection.condemn", 1, Condemned, _condemn)
KINDS: tuple[Kind[Any], ...] = (SET_BENCH, REPEAT, CONDEMN)
