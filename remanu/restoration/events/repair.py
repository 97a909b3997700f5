"""What can happen to components: planned and done operations, replacement, the end of restoration."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.inspection import events as inspection
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Edge, Step
from remanu.restoration.models import (
    OperationDone,
    OperationParameter,
    PlannedOperation,
    Replacement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One operation planned on one component."""

    item: str
    operation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorationStarted:
    """The planner says what is done to which component."""

    step: Step
    plan: tuple[Planned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A setting of an operation: its name, a decimal string and the unit."""

    name: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operated:
    """Work done on a component; `nth` is how often it has had this operation, `restores` what to measure again.

    `authorisation` is the number under which a special process was done; `taken_out` when it left the unit for it, and
    `edges` what the counters of both showed then.
    """

    operation_id: str
    case: str
    position: str
    operation: str
    edition: str
    special: bool
    authorisation: str | None = None
    restores: tuple[str, ...]
    nth: int
    parameters: tuple[Parameter, ...] = ()
    energy_kwh: str
    water_l: str
    material: str
    batch: str
    material_kg: str
    waste_kg: str
    taken_out: bool
    edges: tuple[Edge, ...] | None = None
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A part comes in for another; the same body stands in the chains of both.

    `old` is absent where nothing of its own record sat in the place. `control_method` says how a life-limited part is
    kept from being used again, shown by a photo or by `control_record` (I11). `substitution` is the number of the
    approved change by which a part of another number comes in; `edges` is what the counters of the old one and of its
    host showed when it left.
    """

    case: str
    position: str
    new: str
    old: str | None = None
    origin: str
    release_reference: str
    size_step: str | None = None
    mass_kg: str | None = None
    old_mass_kg: str | None = None
    control_method: str | None = None
    control_record: str | None = None
    substitution: str | None = None
    edges: tuple[Edge, ...] | None = None
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorationFinished:
    """All operations are done and what they restore is measured again."""

    step: Step


def _start_restoration(tx: Tx, done: Recorded[RestorationStarted]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    for one in b.plan:
        tx.execute(
            sa.insert(PlannedOperation).values(
                org_id=done.org_id, case_id=b.step.case, item_id=one.item, operation=one.operation
            )
        )


def _operate(tx: Tx, done: Recorded[Operated]) -> None:
    b = done.body
    if b.taken_out:
        parts.remove(tx, done, item=done.subject.id, edges=b.edges or ())
    parts.set_condition(tx, done, "unreleased")
    tx.execute(
        sa.insert(OperationDone).values(
            org_id=done.org_id,
            id=b.operation_id,
            case_id=b.case,
            item_id=done.subject.id,
            position=b.position,
            operation=b.operation,
            edition=b.edition,
            special=b.special,
            authorisation=b.authorisation,
            restores=" ".join(b.restores),
            nth=b.nth,
            seq=done.seq,
            energy_kwh=b.energy_kwh,
            water_l=b.water_l,
            material=b.material,
            batch=b.batch,
            material_kg=b.material_kg,
            waste_kg=b.waste_kg,
            done_at=done.at,
        )
    )
    inspection.count_repair(tx, done, b.operation, b.nth)
    _keep_parameters(tx, done)
    parts.cite(tx, done, b.evidence)


def _keep_parameters(tx: Tx, done: Recorded[Operated]) -> None:
    for one in done.body.parameters:
        tx.execute(
            sa.insert(OperationParameter).values(
                org_id=done.org_id,
                operation_id=done.body.operation_id,
                name=one.name,
                value=one.value,
                unit=one.unit,
            )
        )


def _replace(tx: Tx, done: Recorded[Replaced]) -> None:
    if done.subject.id == done.body.new:
        _come_in(tx, done)
    else:
        parts.remove(tx, done, item=done.subject.id, edges=done.body.edges or ())
        parts.set_condition(tx, done, "scrapped")
        parts.say(tx, done, "scrapped")
        _keep_apart(tx, done)
        parts.cite(tx, done, done.body.evidence)


def _keep_apart(tx: Tx, done: Recorded[Replaced]) -> None:
    """What becomes of the part that goes out; before the method was asked for, files meant that it was mutilated."""
    b = done.body
    if b.control_method or b.evidence or b.control_record is not None:
        method = b.control_method or ("mutilation" if b.evidence else "record")
        parts.keep_apart(tx, done, method=method, reference=b.control_record)


def _come_in(tx: Tx, done: Recorded[Replaced]) -> None:
    b = done.body
    parts.route(tx, done, case=b.case, position=b.position, found=False, replaces=b.old)
    parts.set_condition(tx, done, "serviceable")
    tx.execute(
        sa.insert(Replacement).values(
            org_id=done.org_id,
            case_id=b.case,
            item_id=b.new,
            old_item_id=b.old,
            position=b.position,
            origin=b.origin,
            release_reference=b.release_reference,
            size_step=b.size_step,
            mass_kg=b.mass_kg,
            old_mass_kg=b.old_mass_kg,
            replaced_at=done.at,
            substitution=b.substitution,
        )
    )
    parts.cite(tx, done, b.evidence)


def _finish_restoration(tx: Tx, done: Recorded[RestorationFinished]) -> None:
    parts.shift(tx, done, done.body.step)


START_RESTORATION = Kind("restoration.start_restoration", 1, RestorationStarted, _start_restoration)
OPERATE = Kind("restoration.operate", 2, Operated, _operate, older={1: unchanged})
REPLACE = Kind("restoration.replace", 3, Replaced, _replace, older={1: unchanged, 2: unchanged})
FINISH_RESTORATION = Kind("restoration.finish_restoration", 1, RestorationFinished, _finish_restoration)
KINDS = (START_RESTORATION, OPERATE, REPLACE, FINISH_RESTORATION)
