"""What was seen on a core and how it was graded: defects, grades with what they decided by, appeals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.intake.models import CoreAppeal, CoreDefect, CoreGrade, GradeDefect

Row = sa.Row[Any]


def defects_of(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """The defects that count, in the order in which they were seen."""
    chosen = sa.select(CoreDefect.__table__).where(
        CoreDefect.org_id == org_id, CoreDefect.case_id == case_id, CoreDefect.struck_at.is_(None)
    )
    return list(connection.execute(chosen.order_by(CoreDefect.noted_at, CoreDefect.id)))


def find_defect(connection: Connection, org_id: str, defect_id: str) -> Row:
    """One defect of the organisation's cores; NotFound otherwise."""
    mine = (CoreDefect.org_id == org_id, CoreDefect.id == defect_id)
    row = connection.execute(sa.select(CoreDefect.__table__).where(*mine)).first()
    if row is None:
        raise NotFound(what="defect")
    return row


def judged_defects(connection: Connection, org_id: str, grade_ids: Sequence[str]) -> list[Row]:
    """The defects of these grades with what each left open and the add-charge it brought."""
    together = sa.and_(CoreDefect.org_id == GradeDefect.org_id, CoreDefect.id == GradeDefect.defect_id)
    chosen = (
        sa.select(CoreDefect.__table__, GradeDefect.grade_id, GradeDefect.outcome, GradeDefect.charge)
        .join(GradeDefect, together)
        .where(GradeDefect.org_id == org_id, GradeDefect.grade_id.in_(grade_ids))
        .order_by(CoreDefect.noted_at, CoreDefect.id)
    )
    return list(connection.execute(chosen)) if grade_ids else []


def grades_of(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """Every grade of a case, the last one first; an appeal leaves both."""
    mine = (CoreGrade.org_id == org_id, CoreGrade.case_id == case_id)
    chosen = sa.select(CoreGrade.__table__).where(*mine)
    return list(connection.execute(chosen.order_by(CoreGrade.at.desc(), CoreGrade.id.desc())))


def find_grade(connection: Connection, org_id: str, grade_id: str) -> Row:
    """One grade of the organisation; NotFound otherwise."""
    mine = (CoreGrade.org_id == org_id, CoreGrade.id == grade_id)
    row = connection.execute(sa.select(CoreGrade.__table__).where(*mine)).first()
    if row is None:
        raise NotFound(what="grade")
    return row


def appeals_of(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """The appeals of a case, the last one first."""
    mine = (CoreAppeal.org_id == org_id, CoreAppeal.case_id == case_id)
    chosen = sa.select(CoreAppeal.__table__).where(*mine)
    return list(connection.execute(chosen.order_by(CoreAppeal.at.desc(), CoreAppeal.id.desc())))


def open_appeal(connection: Connection, org_id: str, case_id: str) -> Row | None:
    """The appeal that waits for an answer, if there is one."""
    return next((one for one in appeals_of(connection, org_id, case_id) if one.answered_by is None), None)
