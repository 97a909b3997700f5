"""Measuring: calibrate an instrument, measure one characteristic of a part with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from remanu.accounts.queries import authorised
from remanu.db import Tx
from remanu.errors import BadInput, NotAuthorised
from remanu.families.characteristic import Characteristic
from remanu.inspection import events, queries
from remanu.inspection.actions.recalls import note_recall
from remanu.inspection.queries import Bench, Results, Row
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.parts.queries import subject_of
from remanu.rules import dispositions, text, units
from remanu.rules.actor import Actor
from remanu.rules.dispositions import Limits
from remanu.rules.findings import CALIBRATION_RESULTS, DOUBTFUL, NOT_TESTED_REASONS, RETEST_REASONS
from remanu.rules.observed import check_word
from remanu.rules.readings import Judged, Stage, judge_all, stage_in, stepped

_LIMIT = 60
_EARLIEST_YEAR = 2000
_COUNT = "{count}"
# A case without a target is held to the strictest promise.
_STRICTEST = "REMANUFACTURED"


def calibrate(
    tx: Tx,
    actor: Actor,
    instrument_id: str,
    *,
    calibrated_on: date,
    result: str,
    certificate: str,
    due: date | None = None,
) -> Recorded[events.Calibrated]:
    """Record a calibration; `due` is the last day on which the instrument may be used, none after a failure.

    One that was found out of tolerance, or failed, is recalled in the same act: what it measured since it was last
    known to be good is in doubt.
    """
    act = begin(tx, actor, "inspection.calibrate")
    one = queries.find_instrument(tx.connection, actor.org_id, instrument_id)
    check_word("result", result, CALIBRATION_RESULTS)
    _check_days(act, calibrated_on, due, failed=result == "failed")
    body = events.Calibrated(
        calibration=tx.new_id(),
        number=one.number,
        class_code=one.class_code,
        calibrated_on=calibrated_on.isoformat(),
        due=None if due is None or result == "failed" else due.isoformat(),
        result=result,
        certificate=text.clean_line("certificate", certificate, limit=_LIMIT),
    )
    done = record(act, events.CALIBRATE, subject(actor.org_id, one.id), body)
    if result in DOUBTFUL:
        note_recall(act, one, done.body)
    return done


def _check_days(act: Act, calibrated_on: date, due: date | None, *, failed: bool) -> None:
    today = queries.day_at(act.at, act.actor.zone)
    if calibrated_on.year < _EARLIEST_YEAR or calibrated_on.isoformat() > today:
        raise BadInput("calibrated_on", "absurd-time")
    if due is None and not failed:
        raise BadInput("due", "required")
    if due is not None and due <= calibrated_on:
        raise BadInput("due", "ends-before")


def measure(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    characteristic: str,
    unit: str,
    values: Sequence[str] = (),
    instrument: str | None = None,
    temperature: str | None = None,
    why: str | None = None,
) -> Recorded[events.Measured]:
    """Record the readings of one characteristic, one a sample point, with the verdict that they mean.

    No readings and a reason why mean: not tested. Where there is a result already, `why` says what for it is
    measured again. BadInput names what is wrong; NotAllowed where the case's state measures nothing (I13, I14).
    """
    act = begin(tx, actor, "inspection.measure")
    at = queries.bench(tx.connection, actor.org_id, item_id)
    stage = stage_in(at.state)
    asked = _characteristic(at, characteristic)
    readings = _readings(asked, values, unit, why)
    found = queries.results(tx.connection, actor.org_id, at.case_id, item_id)
    former = _former(found.get((asked.code, stage)), why)
    limits, tiers = _limits(tx, at, asked, stage=stage, found=found)
    target = at.target_class or _STRICTEST
    judged = judge_all(readings, limits, aggregation=asked.aggregation, target_class=target)  # type: ignore[arg-type]
    day = queries.day_at(act.at, actor.zone)
    body = _body(at, asked, judged, stage=stage, tiers=tiers, target=target, day=day)
    body = replace(
        body,
        measurement=tx.new_id(),
        readings=tuple(map(_text, readings)),
        given=() if unit == asked.unit else tuple(values),
        given_unit=None if unit == asked.unit else unit,
        used=_used(tx, actor.org_id, asked, instrument, day=day) if readings else None,
        qualified_by=_qualification(act, at, asked),
        temperature=_temperature(temperature),
        former=former,
        why=why or None,
    )
    return record(act, events.MEASURE, subject_of(at.item), body)


def _body(
    at: Bench,
    asked: Characteristic,
    judged: Judged,
    *,
    stage: Stage,
    tiers: events.Tiers,
    target: str,
    day: str,
) -> events.Measured:
    """What follows from the place, the characteristic and the verdict; the caller adds what was done."""
    verdict = judged.verdict
    return events.Measured(
        measurement="",
        case=at.case_id,
        position=at.position or "",
        stage=stage,
        pack=at.family.id,
        edition=at.family.edition,
        component=at.item.component,
        characteristic=asked.code,
        kind=asked.kind,
        criticality=asked.criticality,
        unit=asked.unit,
        readings=(),
        aggregation=asked.aggregation,
        judged=tuple(map(_text, judged.values)),
        deciding=None if judged.deciding is None else _text(judged.deciding),
        limits=tiers,
        target_class=target,
        zone=verdict.zone,
        proposal=verdict.disposition,
        because=verdict.reason,
        step=None if verdict.step is None else _text(verdict.step),
        qualified_by="",
        day=day,
    )


def _characteristic(at: Bench, code: str) -> Characteristic:
    for one in at.family.characteristics_of(at.item.component):
        if one.code == code:
            return one
    raise BadInput("characteristic", "not-a-choice")


def _readings(
    asked: Characteristic, values: Sequence[str], unit: str, why: str | None
) -> tuple[Decimal, ...]:
    """The readings in the characteristic's own unit, converted exactly; none where it was not tested."""
    _check_unit(unit, asked.unit)
    if not values and why in NOT_TESTED_REASONS:
        return ()
    if len(values) != asked.sample_points:
        raise BadInput("values", "missing-points", given=len(values), asked=asked.sample_points)
    return tuple(_reading(f"values.{at}", value, unit, asked.unit) for at, value in enumerate(values))


def _check_unit(unit: str, needed: str) -> None:
    # Zero converts into every unit of its dimension; what is refused is named after the unit, not a value.
    units.exact(units.Quantity(Decimal(0), unit), needed)


def _reading(field: str, value: str, unit: str, needed: str) -> Decimal:
    number = units.convert(units.parse(field, value, unit), needed).value
    if needed == _COUNT and (number < 0 or number != number.to_integral_value()):
        raise BadInput(field, "not-a-count")
    return number


def _former(row: Row | None, why: str | None) -> str | None:
    """The result that this one takes the place of; doing it again needs a reason, save after not tested."""
    if row is None:
        _check_reason(why, NOT_TESTED_REASONS)
        return None
    if row.zone != "not_tested" and not why:
        raise BadInput("why", "retest-reason", former=row.id)
    _check_reason(why, (*RETEST_REASONS, *NOT_TESTED_REASONS))
    return str(row.id)


def _check_reason(why: str | None, known: Sequence[str]) -> None:
    if why:
        check_word("why", why, known)


def _limits(
    tx: Tx, at: Bench, asked: Characteristic, *, stage: Stage, found: Results
) -> tuple[Limits, events.Tiers]:
    """The limits that apply, an approved size counted in, and how they are kept."""
    reference = queries.newest(found, asked.relative_to) if asked.relative_to else None
    read = None if reference is None or reference.deciding is None else Decimal(reference.deciding)
    limits = dispositions.limits_from(
        {name: getattr(asked.limits, name) for name in _TIERS},
        direction=asked.direction,
        rework_allowed=asked.rework_allowed,
        steps=asked.steps.offsets if asked.steps else (),
        relative_to=asked.relative_to,
        reference=read,
    )
    step = None if stage == "as_found" else _approved(tx, at, asked.code)
    if step is not None:
        limits = stepped(limits, step)
    return limits, _tiers(asked, limits, step=step, reference=read)


_TIERS = ("new_min", "new_max", "repair_min", "repair_max", "service_min", "service_max")


def _approved(tx: Tx, at: Bench, code: str) -> Decimal | None:
    for row in queries.size_steps(tx.connection, at.item.org_id, at.case_id, at.item.id):
        if row.characteristic == code:
            return Decimal(row.step)
    return None


def _tiers(
    asked: Characteristic, limits: Limits, *, step: Decimal | None, reference: Decimal | None
) -> events.Tiers:
    kept = {name: getattr(limits, name) for name in _TIERS}
    return events.Tiers(
        **{name: _text(value) for name, value in kept.items() if value is not None},
        steps=tuple(map(_text, limits.steps)),
        direction=limits.direction,
        rework_allowed=limits.rework_allowed,
        size_step=None if step is None else _text(step),
        reference=None if reference is None else _text(reference),
        source=asked.source.text,
        demonstration=asked.demonstration,
    )


def _used(tx: Tx, org_id: str, asked: Characteristic, instrument_id: str | None, *, day: str) -> events.Used:
    """The instrument, if it may measure this on that day (I14); another organisation's does not exist here."""
    if not instrument_id:
        raise BadInput("instrument", "required")
    one = queries.instrument_on(tx.connection, org_id, instrument_id, day)
    if one is None:
        raise BadInput("instrument", "no-such-instrument")
    if one.class_code != asked.instrument_class:
        raise BadInput("instrument", "wrong-instrument", needed=asked.instrument_class)
    if one.calibration is None or one.due is None or not one.ready:
        raise BadInput("instrument", one.why or "calibration-ended", due=one.due)
    return events.Used(
        instrument=one.id,
        number=one.number,
        class_code=one.class_code,
        calibration=one.calibration,
        due=one.due,
    )


def _qualification(act: Act, at: Bench, asked: Characteristic) -> str:
    """By what the person was qualified that day: his role, and for NDT an authorisation with scope and dates."""
    if asked.kind != "ndt":
        return f"role:{act.role}"
    held = authorised(
        act.tx.connection,
        act.actor.org_id,
        act.actor.ref,
        family=at.item.family,
        activity="ndt",
        on=act.at,
    )
    if held is None:
        raise NotAuthorised(activity="ndt", family=at.item.family)
    return f"authorisation:{held.number}"


def _temperature(given: str | None) -> str | None:
    return units.parse("temperature", given, "Cel").text if given else None


def _text(value: Decimal) -> str:
    return format(value, "f")
