"""What can happen to labels, and the delivery of a labelled part: bodies of events and their effects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import Conflict
from remanu.labelling.models import Delivery, Label, PrintedOrigin
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Step

LIVE = frozenset({"reserved", "printed", "applied", "active"})
"""States in which a label holds its placement (I54)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A label gets its code and its place: `kind` is label or tag, `placement` part, packing or document."""

    label: str
    code: str
    item_code: str
    kind: str
    placement: str
    life: int
    case: str | None = None
    payload: str
    template: str
    media: str
    locale: str
    generation: int
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A transition of SM-8: the label leaves `source` for `target`."""

    label: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The label was printed with these words, which the release gave (I57)."""

    move: Move
    origin: str
    printer: str
    template: str
    media: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The label was put on the part; the photos show it there."""

    move: Move
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """The label was scanned where it sits; `retires` are labels of this part that it takes over from.

    `step` moves the case when this label is the one that its release waits for (SM-1 no. 26). `says` is "released"
    where the part's page spoke of a superseded release until its label was renewed.
    """

    move: Move
    text: str
    retires: tuple[Move, ...] = ()
    step: Step | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    """The label gives way to another one, which is reserved in the same act."""

    move: Move
    why: str
    replacement: Reserved


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Nobody knows where the label is."""

    move: Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The label is revoked or destroyed; the reason is a word of a closed list."""

    move: Move
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A part went to its owner (SM-1 no. 27); days of warranty are days of the site."""

    delivery: str
    step: Step
    life: int
    certificate: str
    warranty_from: str
    warranty_until: str


def _reserve(tx: Tx, done: Recorded[Reserved]) -> None:
    _insert(tx, done, done.body)


def _insert(tx: Tx, done: Recorded[Any], new: Reserved) -> None:
    tx.execute(
        sa.insert(Label).values(
            org_id=done.org_id,
            id=new.label,
            item_id=done.subject.id,
            item_code=new.item_code,
            code=new.code,
            kind=new.kind,
            placement=new.placement,
            life=new.life,
            case_id=new.case,
            payload=new.payload,
            template=new.template,
            media=new.media,
            locale=new.locale,
            generation=new.generation,
            state="reserved",
            occupies=f"{done.subject.id}|{new.life}|{new.kind}|{new.placement}",
            replaces=new.replaces,
            reserved_at=done.at,
            changed_at=done.at,
        )
    )


def _move(tx: Tx, done: Recorded[Any], move: Move, **changes: Any) -> None:
    """Guarded by the state it was seen in: the loser of a race gets Conflict, never silence."""
    if move.target not in LIVE:
        changes["occupies"] = None
        if move.source in LIVE:
            changes["ended_at"] = done.at
    moved = tx.execute(
        sa.update(Label)
        .where(Label.org_id == done.org_id, Label.id == move.label, Label.state == move.source)
        .values(state=move.target, changed_at=done.at, **changes)
    ).rowcount
    if moved != 1:
        raise Conflict(why="state-changed", label=move.label)


def _print(tx: Tx, done: Recorded[Printed]) -> None:
    b = done.body
    words = json.dumps(b.words, ensure_ascii=False, sort_keys=True)
    _move(
        tx,
        done,
        b.move,
        printed_at=done.at,
        printer=b.printer,
        template=b.template,
        media=b.media,
        words=words,
    )
    _bind(tx, done, b.origin)


def _bind(tx: Tx, done: Recorded[Any], origin: str) -> None:
    """From the first print on, the address stands on metal and stays."""
    same = (PrintedOrigin.org_id == done.org_id, PrintedOrigin.origin == origin)
    if tx.execute(sa.select(PrintedOrigin.since).where(*same)).first() is None:
        tx.execute(sa.insert(PrintedOrigin).values(org_id=done.org_id, origin=origin, since=done.at))


def _apply(tx: Tx, done: Recorded[Applied]) -> None:
    _move(tx, done, done.body.move, applied_at=done.at)
    parts.cite(tx, done, done.body.evidence)


def _read_back(tx: Tx, done: Recorded[ReadBack]) -> None:
    b = done.body
    _move(tx, done, b.move, active_at=done.at)
    for retired in b.retires:
        _move(tx, done, retired, replaced_by=b.move.label)
    if b.step is not None:
        parts.shift(tx, done, b.step)
    if b.says is not None:
        parts.say(tx, done, b.says)


def _supersede(tx: Tx, done: Recorded[Superseded]) -> None:
    b = done.body
    _move(tx, done, b.move, why=b.why, replaced_by=b.replacement.label)
    _insert(tx, done, b.replacement)


def _report_lost(tx: Tx, done: Recorded[Lost]) -> None:
    _move(tx, done, done.body.move)


def _withdraw(tx: Tx, done: Recorded[Withdrawn]) -> None:
    _move(tx, done, done.body.move, why=done.body.why)


def _deliver(tx: Tx, done: Recorded[Delivered]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    parts.set_place(tx, done, None)
    tx.execute(
        sa.insert(Delivery).values(
            org_id=done.org_id,
            id=b.delivery,
            item_id=done.subject.id,
            case_id=b.step.case,
            life=b.life,
            delivered_at=done.at,
            warranty_from=b.warranty_from,
            warranty_until=b.warranty_until,
        )
    )


RESERVE = Kind("labelling.reserve", 1, Reserved, _reserve)
PRINT = Kind("labelling.print", 1, Printed, _print)
APPLY = Kind("labelling.apply", 1, Applied, _apply)
READ_BACK = Kind("labelling.read_back", 2, ReadBack, _read_back, {1: unchanged})
SUPERSEDE = Kind("labelling.supersede", 1, Superseded, _supersede)
REPORT_LOST = Kind("labelling.report_lost", 1, Lost, _report_lost)
REVOKE = Kind("labelling.revoke", 1, Withdrawn, _withdraw)
DESTROY = Kind("labelling.destroy", 1, Withdrawn, _withdraw)
DELIVER = Kind("labelling.deliver", 1, Delivered, _deliver)
KINDS = (RESERVE, PRINT, APPLY, READ_BACK, SUPERSEDE, REPORT_LOST, REVOKE, DESTROY, DELIVER)
