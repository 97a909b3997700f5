"""Tables of measuring: calibrations, results, and the sizes that parts are worked to."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.inspection.models.cases import of_case


class Calibration(Base):
    """One calibration of an instrument: it may be used from `calibrated_on` until `due`, both days included."""

    __tablename__ = "calibration"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id", "instrument_id"], ["instrument.org_id", "instrument.id"]),
        sa.Index("ix_calibration_org_id_instrument_id", "org_id", "instrument_id", "calibrated_on"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    instrument_id: Mapped[str] = column("internal")
    calibrated_on: Mapped[str] = column("public")
    due: Mapped[str | None] = column("public")
    result: Mapped[str] = column("public")
    certificate: Mapped[str] = column("public")


class Measurement(Base):
    """One result with everything that decided it; the former one stays and names its successor."""

    __tablename__ = "measurement"
    __table_args__ = table(
        "view",
        *of_case(
            sa.ForeignKeyConstraint(["org_id", "instrument_id"], ["instrument.org_id", "instrument.id"]),
            sa.Index("ix_measurement_org_id_case_id_item_id", "org_id", "case_id", "item_id"),
            sa.Index("ix_measurement_org_id_instrument_id", "org_id", "instrument_id"),
            sa.Index("ix_measurement_org_id_characteristic_id", "org_id", "characteristic", "id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    seq: Mapped[int] = column("public")
    characteristic: Mapped[str] = column("public")
    criticality: Mapped[str] = column("public")
    stage: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")
    readings: Mapped[str] = column("public")
    deciding: Mapped[str | None] = column("public")
    new_min: Mapped[str | None] = column("public")
    new_max: Mapped[str | None] = column("public")
    zone: Mapped[str] = column("public")
    proposal: Mapped[str] = column("public")
    because: Mapped[str] = column("public")
    step: Mapped[str | None] = column("public")
    demonstration: Mapped[bool] = column("public")
    instrument_id: Mapped[str | None] = column("internal")
    instrument_class: Mapped[str | None] = column("public")
    calibration_due: Mapped[str | None] = column("public")
    qualified_by: Mapped[str] = column("public")
    by_ref: Mapped[str] = column("internal")
    day: Mapped[str] = column("public")
    measured_at: Mapped[datetime] = column("public")
    superseded_by: Mapped[str | None] = column("internal")
    humidity: Mapped[str | None] = column("public")
    uncertainty: Mapped[str | None] = column("public")
    method: Mapped[str | None] = column("public")


class SizeStep(Base):
    """An approved over- or undersize of one characteristic; what is measured later is held against it."""

    __tablename__ = "size_step"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "case_id", "item_id", "characteristic"),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
        sa.ForeignKeyConstraint(["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"]),
    )
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    characteristic: Mapped[str] = column("public")
    step: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")
    mates: Mapped[str] = column("public")
