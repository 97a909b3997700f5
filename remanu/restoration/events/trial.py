"""What can happen on the test rig: a run starts with its points frozen, passes or fails, and work resumes."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Step
from remanu.restoration.models import Rework, Run, RunPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of a test procedure with the limits that apply to the targeted class."""

    procedure: str
    edition: str
    code: str
    name: str
    unit: str
    low: str | None = None
    high: str | None = None
    mandatory: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A point with its value and verdict: pass, fail, or not_tested where there is no value.

    Where the value is a proportion, `counted` were found `of` so many that were tried.
    """

    point: Point
    value: str | None = None
    verdict: str
    counted: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestStarted:
    """A run begins; editions and limits hold as they are now (SM-1 no. 18)."""

    __test__ = False

    step: Step
    run: str
    rig: str
    rig_due: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPassed:
    """All mandatory points are within their limits."""

    __test__ = False

    step: Step
    run: str
    results: tuple[Result, ...]
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFailed:
    """The run failed; `nonconformity` was raised in the same act."""

    __test__ = False

    step: Step
    run: str
    results: tuple[Result, ...]
    nonconformity: str
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """Work goes on after a failure; `loop` counts how often (I24)."""

    step: Step
    cause: str
    loop: int


def _start_test(tx: Tx, done: Recorded[TestStarted]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    tx.execute(
        sa.insert(Run).values(
            org_id=done.org_id,
            id=b.run,
            case_id=b.step.case,
            rig=b.rig,
            rig_due=b.rig_due,
            state="running",
            started_at=done.at,
        )
    )
    for place, point in enumerate(b.points):
        tx.execute(
            sa.insert(RunPoint).values(
                org_id=done.org_id,
                run_id=b.run,
                place=place,
                procedure=point.procedure,
                edition=point.edition,
                code=point.code,
                name=point.name,
                unit=point.unit,
                low=point.low,
                high=point.high,
                mandatory=point.mandatory,
                verdict="not_tested",
            )
        )


def _pass_test(tx: Tx, done: Recorded[TestPassed]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    _end(tx, done, run=b.run, results=b.results, state="passed")
    parts.cite(tx, done, b.evidence)


def _fail_test(tx: Tx, done: Recorded[TestFailed]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    _end(tx, done, run=b.run, results=b.results, state="failed", nonconformity=b.nonconformity)
    parts.cite(tx, done, b.evidence)


def _end(
    tx: Tx,
    done: Recorded[TestPassed] | Recorded[TestFailed],
    *,
    run: str,
    results: tuple[Result, ...],
    state: str,
    nonconformity: str | None = None,
) -> None:
    tx.execute(
        sa.update(Run)
        .where(Run.org_id == done.org_id, Run.id == run)
        .values(state=state, ended_at=done.at, nonconformity=nonconformity)
    )
    for one in results:
        tx.execute(
            sa.update(RunPoint)
            .where(
                RunPoint.org_id == done.org_id,
                RunPoint.run_id == run,
                RunPoint.procedure == one.point.procedure,
                RunPoint.code == one.point.code,
            )
            .values(value=one.value, verdict=one.verdict)
        )


def _resume(tx: Tx, done: Recorded[Resumed]) -> None:
    b = done.body
    parts.shift(tx, done, b.step, loops=b.loop)
    tx.execute(
        sa.insert(Rework).values(
            org_id=done.org_id,
            case_id=b.step.case,
            loop=b.loop,
            cause=b.cause,
            back_to=b.step.target,
            resumed_at=done.at,
        )
    )


START_TEST = Kind("restoration.start_test", 1, TestStarted, _start_test)
PASS_TEST = Kind("restoration.pass_test", 2, TestPassed, _pass_test, {1: unchanged})
FAIL_TEST = Kind("restoration.fail_test", 2, TestFailed, _fail_test, {1: unchanged})
RESUME = Kind("restoration.resume", 1, Resumed, _resume)
RESUME_TO_ASSEMBLY = Kind("restoration.resume_to_assembly", 1, Resumed, _resume)
KINDS = (START_TEST, PASS_TEST, FAIL_TEST, RESUME, RESUME_TO_ASSEMBLY)
