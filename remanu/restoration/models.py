"""Tables of restoration: work orders, operations, replaced and fitted parts, tests, rework, and ends."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


def _case(*more: sa.schema.SchemaItem) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.ForeignKeyConstraint(["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"]),
        *more,
    )


def _component(*more: sa.schema.SchemaItem) -> tuple[sa.schema.SchemaItem, ...]:
    return _case(sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]), *more)


class WorkOrder(Base):
    """What a case works to: class, standard and the edition of the pack, frozen when it opens (SM-1 no. 10).

    `unit_mass_kg` is what the finished unit weighed at its last reassembly.
    """

    __tablename__ = "work_order"
    __table_args__ = table("view", *_case(sa.PrimaryKeyConstraint("org_id", "case_id")))
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    family: Mapped[str] = column("public")
    pack_edition: Mapped[str] = column("public")
    target_class: Mapped[str] = column("public")
    depth: Mapped[str] = column("public")
    standard: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    opened_at: Mapped[datetime] = column("public")
    unit_mass_kg: Mapped[str | None] = column("public")


class PositionReport(Base):
    """A place without a component of its own: missing, not disturbed, or deleted by an approved change."""

    __tablename__ = "position_report"
    __table_args__ = table("view", *_case(sa.PrimaryKeyConstraint("org_id", "case_id", "position")))
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
    what: Mapped[str] = column("public")
    change: Mapped[str | None] = column("public")


class Cleaning(Base):
    """One cleaning of a unit's parts, with what went in and what has to be disposed of."""

    __tablename__ = "cleaning"
    __table_args__ = table(
        "view",
        *_case(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_cleaning_org_id_case_id", "org_id", "case_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    method: Mapped[str] = column("public")
    bath: Mapped[str] = column("public")
    minutes: Mapped[str] = column("public")
    water_l: Mapped[str] = column("public")
    energy_kwh: Mapped[str] = column("public")
    waste_kg: Mapped[str] = column("public")
    done_at: Mapped[datetime] = column("public")


class PlannedOperation(Base):
    """An operation that the planner asked for on a component."""

    __tablename__ = "planned_operation"
    __table_args__ = table(
        "view", *_component(sa.PrimaryKeyConstraint("org_id", "case_id", "item_id", "operation"))
    )
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    operation: Mapped[str] = column("public")


class OperationDone(Base):
    """Work done on a component; `restores` are the characteristics to be measured again (I18), by spaces.

    `nth` says how often this part has had the operation, this time included (I19); `seq` is where the act stands
    in the component's own chain.
    """

    __tablename__ = "operation_done"
    __table_args__ = table(
        "view",
        *_component(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_operation_done_org_id_case_id", "org_id", "case_id"),
            sa.Index("ix_operation_done_org_id_item_id", "org_id", "item_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
    operation: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    special: Mapped[bool] = column("public")
    authorisation: Mapped[str | None] = column("public")
    restores: Mapped[str] = column("public")
    nth: Mapped[int] = column("public")
    seq: Mapped[int] = column("public")
    energy_kwh: Mapped[str] = column("public")
    water_l: Mapped[str] = column("public")
    material: Mapped[str] = column("public")
    batch: Mapped[str] = column("public")
    material_kg: Mapped[str] = column("public")
    waste_kg: Mapped[str] = column("public")
    done_at: Mapped[datetime] = column("public")


class OperationParameter(Base):
    """A setting under which an operation was done: current, feed, temperature."""

    __tablename__ = "operation_parameter"
    __table_args__ = table(
        "view",
        sa.ForeignKeyConstraint(["org_id", "operation_id"], ["operation_done.org_id", "operation_done.id"]),
        sa.PrimaryKeyConstraint("org_id", "operation_id", "name"),
    )
    org_id: Mapped[str] = column("internal")
    operation_id: Mapped[str] = column("internal")
    name: Mapped[str] = column("public")
    value: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")


class Replacement(Base):
    """A part that came into a position from outside, and the part it replaces, if there was one."""

    __tablename__ = "replacement"
    __table_args__ = table(
        "view",
        *_component(
            sa.ForeignKeyConstraint(["org_id", "old_item_id"], ["item.org_id", "item.id"]),
            sa.PrimaryKeyConstraint("org_id", "case_id", "item_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    old_item_id: Mapped[str | None] = column("internal")
    position: Mapped[str] = column("public")
    origin: Mapped[str] = column("public")
    release_reference: Mapped[str] = column("public")
    size_step: Mapped[str | None] = column("public")
    mass_kg: Mapped[str | None] = column("public")
    old_mass_kg: Mapped[str | None] = column("public")
    replaced_at: Mapped[datetime] = column("public")
    substitution: Mapped[str | None] = column("public")


class Fitting(Base):
    """How a component went into its position: torque and the tool, with the date its calibration ends."""

    __tablename__ = "fitting"
    __table_args__ = table(
        "view",
        *_component(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_fitting_org_id_case_id", "org_id", "case_id"),
            sa.Index("ix_fitting_org_id_tool", "org_id", "tool"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")
    torque_nm: Mapped[str | None] = column("public")
    tool: Mapped[str | None] = column("public")
    tool_due: Mapped[str | None] = column("public")
    fitted_at: Mapped[datetime] = column("public")


class Run(Base):
    """One acceptance test; state is running, passed or failed."""

    __tablename__ = "test_run"
    __table_args__ = table(
        "view",
        *_case(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_test_run_org_id_case_id", "org_id", "case_id"),
            sa.Index("ix_test_run_org_id_rig", "org_id", "rig"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    rig: Mapped[str] = column("public")
    rig_due: Mapped[str] = column("public")
    state: Mapped[str] = column("public")
    nonconformity: Mapped[str | None] = column("internal")
    started_at: Mapped[datetime] = column("public")
    ended_at: Mapped[datetime | None] = column("public")


class RunPoint(Base):
    """A point of a run with the limits frozen at its start; no value means not tested, never passed."""

    __tablename__ = "test_point"
    __table_args__ = table(
        "view",
        sa.ForeignKeyConstraint(["org_id", "run_id"], ["test_run.org_id", "test_run.id"]),
        sa.PrimaryKeyConstraint("org_id", "run_id", "procedure", "code"),
    )
    org_id: Mapped[str] = column("internal")
    run_id: Mapped[str] = column("internal")
    place: Mapped[int] = column("public")
    procedure: Mapped[str] = column("public")
    edition: Mapped[str] = column("public")
    code: Mapped[str] = column("public")
    name: Mapped[str] = column("public")
    unit: Mapped[str] = column("public")
    low: Mapped[str | None] = column("public")
    high: Mapped[str | None] = column("public")
    mandatory: Mapped[bool] = column("public")
    value: Mapped[str | None] = column("public")
    verdict: Mapped[str] = column("public")


class Rework(Base):
    """A loop back to work after a failure, with its cause."""

    __tablename__ = "rework"
    __table_args__ = table("view", *_case(sa.PrimaryKeyConstraint("org_id", "case_id", "loop")))
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    loop: Mapped[int] = column("public")
    cause: Mapped[str] = column("public")
    back_to: Mapped[str] = column("public")
    resumed_at: Mapped[datetime] = column("public")


class Harvest(Base):
    """A part taken from a unit that is given up; it begins unreleased (I12)."""

    __tablename__ = "harvest"
    __table_args__ = table("view", *_component(sa.PrimaryKeyConstraint("org_id", "case_id", "item_id")))
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    position: Mapped[str] = column("public")


class Scrapping(Base):
    """The end of a unit: why, how heavy, and who stood beside the person who did it."""

    __tablename__ = "scrapping"
    __table_args__ = table("view", *_case(sa.PrimaryKeyConstraint("org_id", "case_id")))
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    why: Mapped[str] = column("public")
    mass_kg: Mapped[str] = column("public")
    life_limited: Mapped[bool] = column("public")
    second_ref: Mapped[str | None] = column("internal")
    scrapped_at: Mapped[datetime] = column("public")


class Change(Base):
    """What units of a family may consist of otherwise: another part number, or a position left empty (I20).

    `what` is substitute or delete. A change counts from its approval by somebody else until it is withdrawn.
    """

    __tablename__ = "engineering_change"
    __table_args__ = table(
        "view", sa.PrimaryKeyConstraint("org_id", "id"), sa.UniqueConstraint("org_id", "number")
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    number: Mapped[str] = column("public")
    what: Mapped[str] = column("public")
    family: Mapped[str] = column("public")
    component: Mapped[str] = column("public")
    part_number: Mapped[str | None] = column("public")
    instead_of: Mapped[str | None] = column("public")
    why: Mapped[str] = column("public")
    author_ref: Mapped[str] = column("internal")
    proposed_at: Mapped[datetime] = column("public")
    approved_at: Mapped[datetime | None] = column("public")
    withdrawn_at: Mapped[datetime | None] = column("public")


class ProposalDecision(Base):
    """What a person decided on a proposal: `about` names the condition or a part, `inputs` what it was drawn from."""

    __tablename__ = "proposal_decision"
    __table_args__ = table(
        "view",
        *_case(
            sa.PrimaryKeyConstraint("org_id", "id"),
            sa.Index("ix_proposal_decision_org_id_case_id", "org_id", "case_id"),
        ),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    about: Mapped[str] = column("internal")
    proposed: Mapped[str] = column("public")
    because: Mapped[str] = column("public")
    method: Mapped[str] = column("public")
    inputs: Mapped[str] = column("public")
    decision: Mapped[str] = column("public")
    reason: Mapped[str | None] = column("public")
    by_ref: Mapped[str] = column("internal")
    decided_at: Mapped[datetime] = column("public")
