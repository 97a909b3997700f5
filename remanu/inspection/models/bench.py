"""Tables beside the results: how is measured, what a second person read, what a test showed, what is past measuring."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.inspection.models.cases import of_case


class BenchRule(Base):
    """How is measured: the organisation's own rule, and that of a case which has one; `scope` is either of them."""

    __tablename__ = "bench_rule"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "scope"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.org_id"]),
    )
    org_id: Mapped[str] = column("internal")
    scope: Mapped[str] = column("internal")
    entry: Mapped[str] = column("public")
    second: Mapped[str] = column("public")
    qualified: Mapped[str] = column("public")
    set_at: Mapped[datetime] = column("public")


class RepeatReading(Base):
    """What a second person read of the same characteristic, not knowing the first result; that one still counts."""

    __tablename__ = "repeat_reading"
    __table_args__ = table(
        "view",
        *of_case(
            sa.ForeignKeyConstraint(["org_id", "measurement_id"], ["measurement.org_id", "measurement.id"]),
            sa.Index("ix_repeat_reading_org_id_case_id_item_id", "org_id", "case_id", "item_id"),
            sa.Index("ix_repeat_reading_org_id_measurement_id", "org_id", "measurement_id"),
            sa.Index("ix_repeat_reading_org_id_instrument_id", "org_id", "instrument_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    measurement_id: Mapped[str] = column("internal")
    readings: Mapped[str] = column("public")
    deciding: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")
    zone: Mapped[str] = column("public")
    proposal: Mapped[str] = column("public")
    drift: Mapped[str] = column("public")
    agrees: Mapped[bool] = column("public")
    instrument_id: Mapped[str] = column("internal")
    qualified_by: Mapped[str] = column("public")
    by_ref: Mapped[str] = column("internal")
    day: Mapped[str] = column("public")
    measured_at: Mapped[datetime] = column("public")


class Indication(Base):
    """Something that a non-destructive test showed: where from the datum, and how long, in millimetres."""

    __tablename__ = "indication"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "measurement_id", "n"),
        sa.ForeignKeyConstraint(["org_id", "measurement_id"], ["measurement.org_id", "measurement.id"]),
    )
    org_id: Mapped[str] = column("internal")
    measurement_id: Mapped[str] = column("internal")
    n: Mapped[int] = column("public")
    kind: Mapped[str] = column("public")
    position: Mapped[str] = column("public")
    length: Mapped[str] = column("public")


class Condemnation(Base):
    """A component that is too damaged to measure, and why; nothing but its replacement follows from that."""

    __tablename__ = "condemnation"
    __table_args__ = table(
        "view", *of_case(sa.Index("ix_condemnation_org_id_case_id", "org_id", "case_id"))
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    why: Mapped[str] = column("public")
    by_ref: Mapped[str] = column("internal")
    day: Mapped[str] = column("public")
    found_at: Mapped[datetime] = column("public")


class RepairCount(Base):
    """How often a part had a repair in all its lives (I19)."""

    __tablename__ = "repair_count"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "item_id", "operation"),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    operation: Mapped[str] = column("public")
    times: Mapped[int] = column("public")
