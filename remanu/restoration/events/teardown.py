"""What can happen while a unit is taken apart: work order, components found, disassembly, cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Edge, Sat, Step
from remanu.restoration.models import Cleaning, PositionReport, WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderOpened:
    """What the case works to is frozen: class and its depth, standard, edition of the family's pack."""

    step: Step
    family: str
    pack_edition: str
    target_class: str
    depth: str
    standard: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRecorded:
    """What was found in a place: a component (`found`), nothing (`missing`), or it stays (`not_disturbed`).

    `removes` are the items that leave a position by this: what the record said sat here, or this one elsewhere.
    `edges` is what the counters of this one and of its host showed then; `sat` says where it sat if nobody had
    recorded it.
    """

    case: str
    position: str
    what: str
    removes: tuple[str, ...] = ()
    edges: tuple[Edge, ...] | None = None
    sat: Sat | None = None
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disassembled:
    """The unit is apart, to this depth; on site `not_disturbed` names the places where nobody did anything (I31)."""

    step: Step
    depth: str
    not_disturbed: tuple[str, ...] | None = None
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The parts are clean; litres, kilowatt-hours and kilograms as decimal strings."""

    step: Step
    cleaning: str
    method: str
    bath: str
    minutes: str
    water_l: str
    energy_kwh: str
    waste_kg: str
    evidence: tuple[Cited, ...] = ()


def _open_work_order(tx: Tx, done: Recorded[WorkOrderOpened]) -> None:
    b = done.body
    parts.shift(tx, done, b.step, target_class=b.target_class, standard=b.standard, edition=b.edition)
    tx.execute(
        sa.insert(WorkOrder).values(
            org_id=done.org_id,
            case_id=b.step.case,
            family=b.family,
            pack_edition=b.pack_edition,
            target_class=b.target_class,
            depth=b.depth,
            standard=b.standard,
            edition=b.edition,
            opened_at=done.at,
        )
    )


def _record_component(tx: Tx, done: Recorded[ComponentRecorded]) -> None:
    b = done.body
    for item in b.removes:
        parts.remove(tx, done, item=item, edges=(b.edges or ()) if item == done.subject.id else ())
    if b.sat is not None:
        parts.sat(tx, done, b.sat)
    withdraw_report(tx, done, case=b.case, position=b.position)
    if b.what == "found":
        parts.route(tx, done, case=b.case, position=b.position, found=True)
        parts.set_condition(tx, done, "unreleased")
    else:
        report(tx, done, case=b.case, position=b.position, what=b.what)
    parts.cite(tx, done, b.evidence)


def _disassemble(tx: Tx, done: Recorded[Disassembled]) -> None:
    parts.shift(tx, done, done.body.step)
    for position in done.body.not_disturbed or ():
        report(tx, done, case=done.body.step.case, position=position, what="not_disturbed")
    parts.cite(tx, done, done.body.evidence)


def _clean(tx: Tx, done: Recorded[Cleaned]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    tx.execute(
        sa.insert(Cleaning).values(
            org_id=done.org_id,
            id=b.cleaning,
            case_id=b.step.case,
            method=b.method,
            bath=b.bath,
            minutes=b.minutes,
            water_l=b.water_l,
            energy_kwh=b.energy_kwh,
            waste_kg=b.waste_kg,
            done_at=done.at,
        )
    )
    parts.cite(tx, done, b.evidence)


def report(
    tx: Tx, done: Recorded[Any], *, case: str, position: str, what: str, change: str | None = None
) -> None:
    """Say why a place has no component of its own; the last word counts."""
    withdraw_report(tx, done, case=case, position=position)
    tx.execute(
        sa.insert(PositionReport).values(
            org_id=done.org_id, case_id=case, position=position, what=what, change=change
        )
    )


def withdraw_report(tx: Tx, done: Recorded[Any], *, case: str, position: str) -> None:
    """The place has a component after all, or something else is said of it."""
    tx.execute(
        sa.delete(PositionReport).where(
            PositionReport.org_id == done.org_id,
            PositionReport.case_id == case,
            PositionReport.position == position,
        )
    )


OPEN_WORK_ORDER = Kind("restoration.open_work_order", 1, WorkOrderOpened, _open_work_order)
RECORD_COMPONENT = Kind(
    "restoration.record_component", 2, ComponentRecorded, _record_component, older={1: unchanged}
)
DISASSEMBLE = Kind("restoration.disassemble", 2, Disassembled, _disassemble, {1: unchanged})
CLEAN = Kind("restoration.clean", 1, Cleaned, _clean)
KINDS = (OPEN_WORK_ORDER, RECORD_COMPONENT, DISASSEMBLE, CLEAN)
