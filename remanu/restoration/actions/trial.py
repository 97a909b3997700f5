"""Testing a unit: start a run with its limits frozen, pass or fail it, and go back to work after a failure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.families.process import Procedure, Share
from remanu.inspection import actions as findings
from remanu.inspection import queries as inspection
from remanu.intake.queries import site_facts
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import check_step, sealed_note
from remanu.parts.events import Cited
from remanu.parts.queries import CaseView
from remanu.restoration import queries
from remanu.restoration.actions.assembly import calibrated
from remanu.restoration.events import trial as events
from remanu.restoration.events.trial import Point, Result
from remanu.restoration.queries import Row, TestRun
from remanu.rules import trial, units
from remanu.rules.actor import Actor
from remanu.rules.workshop import CAUSES

TEST_RIG = "test-rig"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a point showed; `procedure` is needed only where two have a point of the same code.

    Where the point is a proportion, `value` is what was counted, and `of` how many were tried.
    """

    code: str
    value: str | None = None
    unit: str | None = None
    procedure: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """A value, and what it was reckoned from where it is a proportion."""

    value: str | None = None
    counted: str | None = None
    of: str | None = None


def start_test(
    tx: Tx, actor: Actor, case_id: str, *, rig: str, procedures: tuple[str, ...] = ()
) -> Recorded[events.TestStarted]:
    """Start a run on a rig, by its number; editions and limits are frozen (SM-1 no. 18).

    Without `procedures` all that the family asks for are run.
    """
    act = begin(tx, actor, "restoration.start_test")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    family = queries.family_of(case)
    chosen = [one for one in family.tests if not procedures or one.code in procedures]
    used = calibrated(act, rig, field="rig", class_code=TEST_RIG)
    frozen = bool(chosen) and set(procedures) <= {one.code for one in chosen}
    known = {"procedure_frozen": frozen, "rig_in_calibration": used.ready, **site_facts(tx.connection, case)}
    step = check_step(case, "start_test", known)
    body = events.TestStarted(
        step=step,
        run=tx.new_id(),
        rig=used.number,
        rig_due=used.due or "",
        points=_points(chosen, case.target_class or ""),
    )
    return record(act, events.START_TEST, case.subject, body)


def _points(chosen: list[Procedure], target_class: str) -> tuple[Point, ...]:
    found = []
    for one in chosen:
        for point in one.points:
            low, high = trial.span(
                target_class,
                new=(point.min, point.max),
                service=(point.service_min, point.service_max),
            )
            found.append(
                Point(
                    procedure=one.code,
                    edition=one.edition,
                    code=point.code,
                    name=point.names.en,
                    unit=point.unit,
                    low=low,
                    high=high,
                    mandatory=point.mandatory,
                )
            )
    return tuple(found)


def pass_test(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    points: tuple[Shown, ...],
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.TestPassed]:
    """Say that the unit passed: every mandatory point is within its limits (SM-1 no. 19).

    After a failed run its nonconformity has to be closed first (I21). No procedure asks for a witness yet.
    """
    act = begin(tx, actor, "restoration.pass_test")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    run = queries.running(tx.connection, case)
    results = () if run is None else _results(case, run, points)
    passed = trial.may_pass((one.point.mandatory, one.verdict) for one in results)
    try:
        step = check_step(case, "pass_test", {"points_within": passed, "witnessed_if_asked": True})
    except GuardFailed as refused:
        raise GuardFailed(**refused.details, points=_lacking(results)) from refused
    _check_former(tx, case)
    body = events.TestPassed(step=step, run=_id(run), results=results, evidence=evidence)
    return record(act, events.PASS_TEST, case.subject, body)


def _lacking(results: tuple[Result, ...]) -> list[str]:
    return [one.point.code for one in results if one.point.mandatory and one.verdict != "pass"]


def _check_former(tx: Tx, case: CaseView) -> None:
    open_ones = {row.id for row in inspection.open_nonconformities(tx.connection, case.org_id, case.id)}
    if any(one.run.nonconformity in open_ones for one in queries.tests(tx.connection, case)):
        raise Conflict(why="nonconformity-open")


def fail_test(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    points: tuple[Shown, ...] = (),
    note: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.TestFailed]:
    """Say that the unit failed; a nonconformity is raised in the same act (SM-1 no. 20).

    Where no mandatory point is outside its limits, a note has to say what is wrong.
    """
    act = begin(tx, actor, "restoration.fail_test")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "fail_test", {"nonconformity_raised": True})
    run = queries.running(tx.connection, case)
    results = () if run is None else _results(case, run, points)
    if not note and not any(one.verdict == "fail" and one.point.mandatory for one in results):
        raise BadInput("note", "say-what-failed")
    raised = findings.note_nonconformity(act, case.subject, case_id=case.id, cause="test-failed", note=note)
    body = events.TestFailed(
        step=step,
        run=_id(run),
        results=results,
        nonconformity=raised.body.nonconformity,
        evidence=evidence,
    )
    return record(act, events.FAIL_TEST, case.subject, body)


def _id(run: TestRun | None) -> str:
    return "" if run is None else str(run.run.id)


def _results(case: CaseView, run: TestRun, given: tuple[Shown, ...]) -> tuple[Result, ...]:
    """Every point of the run with what it showed; a point that nobody gave a value is not tested."""
    values: dict[tuple[str, str], _Read] = {}
    shares = {(one.code, point.code): point.share for one in case.family.tests for point in one.points}
    for n, one in enumerate(given):
        row = _match(run, one, n)
        if one.value is None:
            continue
        if (row.procedure, row.code) in values:
            raise BadInput(f"points.{n}.code", "given-twice")
        values[row.procedure, row.code] = _read(n, one, row, shares.get((row.procedure, row.code)))
    return tuple(_result(row, values.get((row.procedure, row.code), _Read())) for row in run.points)


def _match(run: TestRun, one: Shown, n: int) -> Row:
    found = [row for row in run.points if row.code == one.code and one.procedure in {None, "", row.procedure}]
    if len(found) != 1:
        raise BadInput(f"points.{n}.code", "not-a-choice")
    return found[0]


def _value(n: int, one: Shown, row: Row) -> str:
    if one.unit and one.unit != row.unit:
        raise BadInput(f"points.{n}.value", "wrong-unit", given=one.unit, needed=row.unit)
    return units.parse(f"points.{n}.value", one.value or "", row.unit).text


def _read(n: int, one: Shown, row: Row, share: Share | None) -> _Read:
    value = _value(n, one, row)
    if share is None:
        return _Read(value)
    tried = units.parse(f"points.{n}.of", one.of or "", row.unit)
    if Decimal(value) > tried.value:
        raise BadInput(f"points.{n}.of", "fewer-than-counted")
    found = trial.proportion(Decimal(value), tried.value, base=share.base, least=share.least)
    if found is None:
        raise BadInput(f"points.{n}.of", "too-few-tried", least=share.least)
    return _Read(format(found.normalize(), "f"), value, tried.text)


def _result(row: Row, read: _Read) -> Result:
    point = Point(
        procedure=row.procedure,
        edition=row.edition,
        code=row.code,
        name=row.name,
        unit=row.unit,
        low=row.low,
        high=row.high,
        mandatory=row.mandatory,
    )
    said = trial.verdict(read.value, row.low, row.high)
    return Result(point=point, value=read.value, verdict=said, counted=read.counted, of=read.of)


def resume(
    tx: Tx, actor: Actor, case_id: str, *, cause: str, note: str | None = None
) -> Recorded[events.Resumed]:
    """Send a failed unit back to the bench, with the cause; a case goes round three times at most (no. 21, I24)."""
    act = begin(tx, actor, "restoration.resume")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    body = _resumed(tx, case, "resume", cause)
    return record(act, events.RESUME, case.subject, body, private=sealed_note(act, note))


def resume_to_assembly(
    tx: Tx, actor: Actor, case_id: str, *, cause: str, note: str | None = None
) -> Recorded[events.Resumed]:
    """Send a failed unit straight back to the test, where nothing has to be taken out of it (no. 21)."""
    act = begin(tx, actor, "restoration.resume_to_assembly")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    body = _resumed(tx, case, "resume_to_assembly", cause)
    return record(act, events.RESUME_TO_ASSEMBLY, case.subject, body, private=sealed_note(act, note))


def _resumed(tx: Tx, case: CaseView, verb: str, cause: str) -> events.Resumed:
    facts = {**queries.facts(tx.connection, case, tx.now), "cause_recorded": cause in CAUSES}
    step = check_step(case, verb, facts)
    return events.Resumed(step=step, cause=cause, loop=case.loops + 1)
