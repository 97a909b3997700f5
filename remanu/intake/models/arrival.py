"""Tables of a core on its way in: custody, as-received condition, quarantine, identification and decision."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


def of_case(*more: sa.schema.SchemaItem) -> tuple[sa.schema.SchemaItem, ...]:
    """Constraints of a table about cases: references carry org_id, so that another's case cannot even be stored."""
    return (
        sa.ForeignKeyConstraint(["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"]),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
        *more,
    )


class Custody(Base):
    """A core changes hands or is announced; who handed it over stands sealed with the event."""

    __tablename__ = "custody"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "event_id")))
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    act: Mapped[str] = column("public")
    at: Mapped[datetime] = column("public")
    owner_named: Mapped[bool] = column("internal")
    signed: Mapped[bool] = column("internal")
    packing: Mapped[str | None] = column("public")
    mass_kg: Mapped[str | None] = column("public")
    waste_code: Mapped[str | None] = column("public")
    waste_record: Mapped[str | None] = column("internal")


class ConditionReading(Base):
    """One value of a core's condition as it was received, measured or simulated."""

    __tablename__ = "condition_reading"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "event_id", "n")))
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    n: Mapped[int] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    name: Mapped[str] = column("public")
    value: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")
    simulated: Mapped[bool] = column("public")


class Quarantine(Base):
    """A core set apart for a reason of the closed list; open until a second person clears it."""

    __tablename__ = "quarantine"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "id")))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    reason: Mapped[str] = column("public")
    place: Mapped[str] = column("internal")
    placed_at: Mapped[datetime] = column("public")
    cleared_at: Mapped[datetime | None] = column("public")


class Identification(Base):
    """What a core was found to be: whether it has a former life here, and what shows the right to it."""

    __tablename__ = "identification"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "event_id")))
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    former_case: Mapped[str | None] = column("internal")
    earlier_lives: Mapped[str] = column("public")
    former_reference: Mapped[str | None] = column("public")
    right_shown: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("public")


class CoreDecision(Base):
    """Whether a graded core is accepted; its value stands sealed with the event."""

    __tablename__ = "core_decision"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "event_id")))
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal", index=True)
    item_id: Mapped[str] = column("internal")
    decision: Mapped[str] = column("public")
    reason: Mapped[str | None] = column("public")
    at: Mapped[datetime] = column("public")
