"""What can happen in deciding: bodies of events, and their effect on the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.inspection.models import SizeStep
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts import events as parts
from remanu.parts.events import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """All parts found are measured (SM-1 no. 13)."""

    step: Step
    components: int
    results: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sized:
    """The size to which one characteristic goes, and the components whose size it fixes (I17)."""

    characteristic: str
    step: str
    unit: str
    mates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """What becomes of one component; `basis` is measured, mandatory, life, or by-eye."""

    case: str
    position: str
    component: str
    disposition: str
    basis: str
    zone: str
    proposal: str
    because: str
    results: tuple[str, ...]
    sizes: tuple[Sized, ...] = ()
    former: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One component of the disposition sheet."""

    item: str
    position: str
    disposition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispositioned:
    """Every component has its disposition (SM-1 no. 14)."""

    step: Step
    sheet: tuple[SheetLine, ...]


def _inspect(tx: Tx, done: Recorded[Inspected]) -> None:
    parts.shift(tx, done, done.body.step)


def _dispose(tx: Tx, done: Recorded[Disposed]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "case_id": b.case, "item_id": done.subject.id}
    parts.dispose(tx, done, case=b.case, disposition=b.disposition)
    if b.former is not None:
        tx.execute(sa.delete(SizeStep).filter_by(**key))
    for one in b.sizes:
        tx.execute(
            sa.insert(SizeStep).values(
                characteristic=one.characteristic,
                step=one.step,
                unit=one.unit,
                mates=json.dumps(one.mates),
                **key,
            )
        )


def _disposition(tx: Tx, done: Recorded[Dispositioned]) -> None:
    parts.shift(tx, done, done.body.step)


INSPECT = Kind("inspection.inspect", 1, Inspected, _inspect)
DISPOSE = Kind("inspection.dispose", 1, Disposed, _dispose)
DISPOSITION = Kind("inspection.disposition", 1, Dispositioned, _disposition)
KINDS: tuple[Kind[Any], ...] = (INSPECT, DISPOSE, DISPOSITION)
