"""What can happen while a unit is put together: parts go into their positions, the unit is whole again."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Edge, Step
from remanu.restoration.events.teardown import report
from remanu.restoration.models import Fitting, WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A component goes into its position; torque in N.m, the tool's number, the day its calibration ends.

    `host` is the unit, or the assembly of it in which the position lies; `edges` is what both counters showed.
    """

    case: str
    installation: str
    host: str
    position: str
    torque_nm: str | None = None
    tool: str | None = None
    tool_due: str | None = None
    edges: tuple[Edge, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A position that stays empty, and the approved change that says so (I20)."""

    position: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What sits in a position of the finished unit."""

    position: str
    item: str
    uri: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassembled:
    """The unit is together: as built, deleted positions, and what it weighs."""

    step: Step
    as_built: tuple[Built, ...]
    deleted: tuple[Deleted, ...] = ()
    unit_mass_kg: str | None = None
    evidence: tuple[Cited, ...] = ()


def _install(tx: Tx, done: Recorded[Installed]) -> None:
    b = done.body
    where = {"installation": b.installation, "host": b.host, "position": b.position}
    parts.install(tx, done, **where, edges=b.edges or ())
    parts.set_condition(tx, done, "serviceable")
    tx.execute(
        sa.insert(Fitting).values(
            org_id=done.org_id,
            id=b.installation,
            case_id=b.case,
            item_id=done.subject.id,
            position=b.position,
            torque_nm=b.torque_nm,
            tool=b.tool,
            tool_due=b.tool_due,
            fitted_at=done.at,
        )
    )


def _reassemble(tx: Tx, done: Recorded[Reassembled]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    for one in b.deleted:
        report(tx, done, case=b.step.case, position=one.position, what="deleted", change=one.change)
    if b.unit_mass_kg is not None:
        tx.execute(
            sa.update(WorkOrder)
            .where(WorkOrder.org_id == done.org_id, WorkOrder.case_id == b.step.case)
            .values(unit_mass_kg=b.unit_mass_kg)
        )
    parts.cite(tx, done, b.evidence)


INSTALL = Kind("restoration.install", 2, Installed, _install, older={1: unchanged})
REASSEMBLE = Kind("restoration.reassemble", 1, Reassembled, _reassemble)
KINDS = (INSTALL, REASSEMBLE)
