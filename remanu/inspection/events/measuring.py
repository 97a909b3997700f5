"""What can happen in measuring: bodies of events, and their effect on the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.inspection.models import Calibration, Indication, Measurement
from remanu.ledger.kinds import Kind, Recorded, unchanged


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

    `corrected` are the readings brought to 20 °C by `expansion` a kelvin, where the length asks for it, or to
    `reference_cel` °C where an insulation's resistance halves every `halves_per_k` kelvin. `confirmed`
    are readings that were hard to believe and were typed a second time. `schemes_open` is how many ways to restore it
    were left (I19). `entry` says whether the limits were in sight.
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
    humidity: str | None = None
    uncertainty: str | None = None
    corrected: tuple[str, ...] | None = None
    expansion: str | None = None
    halves_per_k: str | None = None
    reference_cel: str | None = None
    confirmed: tuple[str, ...] | None = None
    schemes_open: int | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicationSeen:
    """Something that a non-destructive test showed, from the datum, in millimetres."""

    kind: str
    position: str
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined(Measured):
    """A non-destructive test of one characteristic: how it was done, what it showed, and the result that this makes.

    `found` says in words whether anything was found: none, or indications.
    """

    method: str
    procedure: str
    procedure_edition: str
    sensitivity: str
    found: str
    indications: tuple[IndicationSeen, ...]


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
    _keep(tx, done, method=None)


def _examine(tx: Tx, done: Recorded[Examined]) -> None:
    b = done.body
    _keep(tx, done, method=b.method)
    for n, one in enumerate(b.indications):
        tx.execute(
            sa.insert(Indication).values(
                org_id=done.org_id,
                measurement_id=b.measurement,
                n=n,
                kind=one.kind,
                position=one.position,
                length=one.length,
            )
        )


def _keep(tx: Tx, done: Recorded[Any], *, method: str | None) -> None:
    b: Measured = done.body
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
            humidity=b.humidity,
            uncertainty=b.uncertainty,
            method=method,
        )
    )


CALIBRATE = Kind("inspection.calibrate", 1, Calibrated, _calibrate)
MEASURE = Kind("inspection.measure", 2, Measured, _measure, {1: unchanged})
EXAMINE = Kind("inspection.examine", 1, Examined, _examine)
KINDS: tuple[Kind[Any], ...] = (CALIBRATE, MEASURE, EXAMINE)
