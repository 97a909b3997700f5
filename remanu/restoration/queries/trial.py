"""Reading tests: runs with their points, what they prove, and the loops back to work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.parts.queries import CaseView
from remanu.reads import once
from remanu.restoration.models import Rework, Run, RunPoint
from remanu.restoration.queries.rows import family_of
from remanu.rules import trial

Row = sa.Row[Any]


@dataclass(frozen=True, slots=True)
class TestRun:
    """A run with its points in the order of the procedure: rows of Run and RunPoint."""

    __test__ = False

    run: Row
    points: tuple[Row, ...]


def tests(connection: Connection, case: CaseView) -> list[TestRun]:
    """The runs of a case, newest first."""
    points = _points(connection, case)
    return [TestRun(run, tuple(points.get(run.id, ()))) for run in _runs(connection, case)]


@once
def _runs(connection: Connection, case: CaseView) -> list[Row]:
    return list(
        connection.execute(
            sa.select(Run.__table__)
            .where(Run.org_id == case.org_id, Run.case_id == case.id)
            .order_by(Run.id.desc())
        )
    )


@once
def _points(connection: Connection, case: CaseView) -> Mapping[str, list[Row]]:
    rows = connection.execute(
        sa.select(RunPoint.__table__)
        .join(Run, sa.and_(Run.org_id == RunPoint.org_id, Run.id == RunPoint.run_id))
        .where(Run.org_id == case.org_id, Run.case_id == case.id)
        .order_by(RunPoint.run_id, RunPoint.place)
    )
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.run_id, []).append(row)
    return found


def running(connection: Connection, case: CaseView) -> TestRun | None:
    """The run that is going on, if there is one."""
    return next((one for one in tests(connection, case) if one.run.state == "running"), None)


def test_result(connection: Connection, case: CaseView) -> trial.Coverage:
    """What the newest run proves: full when it passed every mandatory point that the family asks."""
    newest = next(iter(tests(connection, case)), None)
    if newest is None or newest.run.state != "passed":
        return "none"
    asked = [
        (one.code, point.code) for one in family_of(case).tests for point in one.points if point.mandatory
    ]
    passed = [(point.procedure, point.code) for point in newest.points if point.verdict == "pass"]
    return trial.coverage(asked, passed)


def reworks(connection: Connection, case: CaseView) -> list[Row]:
    """The loops back to work, oldest first."""
    return list(
        connection.execute(
            sa.select(Rework.__table__)
            .where(Rework.org_id == case.org_id, Rework.case_id == case.id)
            .order_by(Rework.loop)
        )
    )
