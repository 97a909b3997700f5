"""Tables of what was found on a core and how it was graded: defects, grades, appeals."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.intake.models.arrival import of_case


class CoreGrade(Base):
    """A core graded by one edition of criteria; `criteria` names an organisation's own set, `appeal` what asked for it.

    Every grade is kept; the last one counts.
    """

    __tablename__ = "core_grade"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "id")))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    family: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    outcome: Mapped[str] = column("public")
    at: Mapped[datetime] = column("public")
    criteria: Mapped[str | None] = column("internal")
    appeal: Mapped[str | None] = column("internal")
    appeal_until: Mapped[str | None] = column("internal")


class GradeAnswer(Base):
    """The answer to one criterion, with the best outcome that it left open."""

    __tablename__ = "grade_answer"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "grade_id", "criterion"),
        sa.ForeignKeyConstraint(["org_id", "grade_id"], ["core_grade.org_id", "core_grade.id"]),
    )
    org_id: Mapped[str] = column("internal")
    grade_id: Mapped[str] = column("internal")
    criterion: Mapped[str] = column("public")
    answer: Mapped[str] = column("public")
    outcome: Mapped[str] = column("public")


class CoreDefect(Base):
    """A coded defect seen on a core, with the digest of its first photo; struck out it stays and counts no more."""

    __tablename__ = "core_defect"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "id")))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    code: Mapped[str] = column("public")
    component: Mapped[str] = column("public")
    spot: Mapped[str] = column("public")
    severity: Mapped[str] = column("public")
    photo: Mapped[str] = column("public")
    noted_at: Mapped[datetime] = column("public")
    struck_at: Mapped[datetime | None] = column("public")


class GradeDefect(Base):
    """What a defect left open at a grading, and the add-charge that it brought."""

    __tablename__ = "grade_defect"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "grade_id", "defect_id"),
        sa.ForeignKeyConstraint(["org_id", "grade_id"], ["core_grade.org_id", "core_grade.id"]),
        sa.ForeignKeyConstraint(["org_id", "defect_id"], ["core_defect.org_id", "core_defect.id"]),
    )
    org_id: Mapped[str] = column("internal")
    grade_id: Mapped[str] = column("internal")
    defect_id: Mapped[str] = column("internal")
    outcome: Mapped[str] = column("public")
    charge: Mapped[str | None] = column("public")


class CoreAppeal(Base):
    """The owner's request that a core be graded again; `answered_by` is the grade that answered it."""

    __tablename__ = "core_appeal"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "id")))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    grade_id: Mapped[str] = column("internal")
    reason: Mapped[str] = column("public")
    photo: Mapped[str] = column("public")
    at: Mapped[datetime] = column("public")
    answered_by: Mapped[str | None] = column("internal")
    answered_at: Mapped[datetime | None] = column("public")
