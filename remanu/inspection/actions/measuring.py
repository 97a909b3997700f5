"""Measuring: calibrate an instrument, measure one characteristic of a part with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remanu.db import Tx
from remanu.errors import BadInput
from remanu.inspection import events, queries
from remanu.inspection.actions import reading
from remanu.inspection.actions.reading import Around
from remanu.inspection.actions.recalls import note_recall
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.parts.queries import subject_of
from remanu.rules import entry, text
from remanu.rules.actor import Actor
from remanu.rules.findings import CALIBRATION_RESULTS, DOUBTFUL, NOT_TESTED_REASONS
from remanu.rules.observed import check_word

_LIMIT = 60
_EARLIEST_YEAR = 2000


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
    humidity: str | None = None,
    uncertainty: str | None = None,
    sure: Sequence[str] = (),
    measured_on: date | None = None,
    late: str | None = None,
    why: str | None = None,
) -> Recorded[events.Measured]:
    """Record the readings of one characteristic, one a sample point, with the verdict that they mean.

    No readings and a reason why mean: not tested. Where there is a result already, `why` says what for it is
    measured again. A reading that is decades off is asked about until `sure` repeats it. BadInput names what is
    wrong; NotAllowed where the case's state measures nothing; NotAuthorised without a qualification (I13, I14, I36).
    """
    around = Around(
        temperature=temperature,
        humidity=humidity,
        uncertainty=uncertainty,
        sure=sure,
        measured_on=measured_on,
        late=late,
    )
    act = reading.open_act(tx, actor, "inspection.measure", around)
    held = reading.hold(act, item_id, characteristic)
    if not values and why in NOT_TESTED_REASONS:
        return _untested(act, held, unit, why)
    if held.asked.kind == "ndt":
        raise BadInput("characteristic", "needs-a-test")
    return _measured(act, held, around, unit=unit, values=values, instrument=instrument, why=why)


def _measured(
    act: Act,
    held: reading.Held,
    around: Around,
    *,
    unit: str,
    values: Sequence[str],
    instrument: str | None,
    why: str | None,
) -> Recorded[events.Measured]:
    taken = reading.readings(held, values, unit, around.sure)
    former = reading.former(held, why)
    cel = entry.temperature(around.temperature)
    reading.check_surroundings(held, around)
    there = reading.corrected(held, taken, cel)
    judged = held.judge(taken if there is None else there)
    body = events.Measured(
        measurement=act.tx.new_id(),
        readings=tuple(map(reading.text, taken)),
        given=() if unit == held.asked.unit else tuple(values),
        given_unit=None if unit == held.asked.unit else unit,
        used=reading.used(act, held, instrument),
        qualified_by=reading.qualified(act, held),
        temperature=reading.maybe(cel),
        humidity=reading.maybe(entry.humidity(around.humidity)),
        uncertainty=reading.maybe(entry.uncertainty(around.uncertainty, held.asked.unit)),
        **reading.correction(held, there),
        confirmed=tuple(one for one in values if one in around.sure) or None,
        former=former,
        why=why or None,
        **reading.result(held, judged),
    )
    return record(act, events.MEASURE, subject_of(held.at.item), body)


def _untested(act: Act, held: reading.Held, unit: str, why: str | None) -> Recorded[events.Measured]:
    """Nothing was read, and it is said why: it never counts as accepted."""
    reading.check_unit(unit, held.asked.unit)
    body = events.Measured(
        measurement=act.tx.new_id(),
        readings=(),
        qualified_by=f"role:{act.role}",
        former=reading.former(held, why),
        why=why,
        **reading.result(held, held.judge(())),
    )
    return record(act, events.MEASURE, subject_of(held.at.item), body)
