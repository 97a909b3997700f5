"""What can happen in measuring: bodies of events, and their effect on the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.inspection.models import Calibration, Measurement
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """An instrument was calibrated; days are ISO dates at the site, `result` is passed, adjusted or failed."""

    calibration: str
    number: str
    class_code: str
    calibrated_on: str
    due: str | None = None
    result: str
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiers:
    """The limits that applied, in the unit of the result, an approved size step already counted in."""

    new_min: str | None = None
    new_max: str | None = None
    repair_min: str | None = None
    repair_max: str | None = None
    service_min: str | None = None
    service_max: str | None = None
    steps: tuple[str, ...] = ()
    direction: str
    rework_allowed: bool
    size_step: str | None = None
    reference: str | None = None
    source: str
    demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """The instrument of a measurement and the calibration that covered the day (I14)."""

    instrument: str
    number: str
    class_code: str
    calibration: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One characteristic was measured; no readings mean that it was not tested, and `why` says the reason.

    `given` holds the digits as typed where they came in another unit. `judged` are the values that were held
    against the limits, `deciding` the worst of them. `former` is the result that this one takes the place of.
    """

    measurement: str
    case: str
    position: str
    stage: str
    pack: str
    edition: str
    component: str
    characteristic: str
    kind: str
    criticality: str
    unit: str
    readings: tuple[str, ...]
    given: tuple[str, ...] = ()
    given_unit: str | None = None
    aggregation: str
    judged: tuple[str, ...]
    deciding: str | None = None
    limits: Tiers
    target_class: str
    zone: str
    proposal: str
    because: str
    step: str | None = None
    used: Used | None = None
    qualified_by: str
    day: str
    temperature: str | None = None
    former: str | None = None
    why: str | None = None


def _calibrate(tx: Tx, done: Recorded[Calibrated]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Calibration).values(
            org_id=done.org_id,
            id=b.calibration,
            instrument_id=done.subject.id,
            calibrated_on=b.calibrated_on,
            due=b.due,
            result=b.result,
            certificate=b.certificate,
        )
    )


def _measure(tx: Tx, done: Recorded[Measured]) -> None:
    b = done.body
    if b.former is not None:
        tx.execute(
            sa.update(Measurement)
            .where(Measurement.org_id == done.org_id, Measurement.id == b.former)
            .values(superseded_by=b.measurement)
        )
    used = b.used
    tx.execute(
        sa.insert(Measurement).values(
            org_id=done.org_id,
            id=b.measurement,
            item_id=done.subject.id,
            case_id=b.case,
            seq=done.seq,
            characteristic=b.characteristic,
            criticality=b.criticality,
            stage=b.stage,
            unit=b.unit,
            readings=json.dumps(b.readings),
            deciding=b.deciding,
            new_min=b.limits.new_min,
            new_max=b.limits.new_max,
            zone=b.zone,
            proposal=b.proposal,
            because=b.because,
            step=b.step,
            demonstration=b.limits.demonstration,
            instrument_id=None if used is None else used.instrument,
            instrument_class=None if used is None else used.class_code,
            calibration_due=None if used is None else used.due,
            qualified_by=b.qualified_by,
            by_ref=done.actor_ref,
            day=b.day,
            measured_at=done.at,
        )
    )


CALIBRATE = Kind("inspection.calibrate", 1, Calibrated, _calibrate)
MEASURE = Kind("inspection.measure", 1, Measured, _measure)
KINDS: tuple[Kind[Any], ...] = (CALIBRATE, MEASURE)
