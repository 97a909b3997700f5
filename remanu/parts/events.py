"""What can happen to parts: bodies of events, and the effects that other features' events share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import Conflict
from remanu.ledger.kinds import Kind, Recorded
from remanu.ledger.models import Evidence
from remanu.parts.models import (
    Case,
    Code,
    ComponentRoute,
    CounterReading,
    Hold,
    InstalledNow,
    Installation,
    Item,
    Life,
    Mark,
    PublicState,
    SearchWord,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A part enters the record; `life` counts recorded lives, `words` are what search finds it by."""

    code: str
    uri: str
    family: str
    component: str
    name: str
    maker: str
    part_number: str
    serial: str | None = None
    identity: str | None = None
    condition: str
    origin: str
    mass_kg: str | None = None
    life: int
    earlier_lives: str
    simulated: bool = False
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A file of evidence: its SHA-256 as hex, what it is and how large in bytes."""

    digest: str
    media_type: str
    size: int
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead:
    """A mark read on the part, exactly as it stands there."""

    mark: str
    kind: str
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRead:
    """A counter's reading with its unit, and where the value came from (photo, host, owner, instrument)."""

    reading: str
    counter: str
    rating: str = ""
    value: str
    unit: str
    origin: str
    corrects: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Evidence added to a part outside any other act."""

    case: str | None = None
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case is stopped until the hold is lifted."""

    hold: str
    case: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted:
    """The hold's cause is gone."""

    hold: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A transition of SM-1: the case leaves `source` for `target`."""

    case: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEvent:
    """Something that happened in service: a fault, a recall notice, a counter reading (SM-1 no. 28)."""

    step: Step
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreReturned:
    """The owner returns the part: its life closes and a new case is announced (SM-1 no. 29)."""

    step: Step
    new_case: str
    number: int
    life: int


def _register(tx: Tx, done: Recorded[Registered]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "item_id": done.subject.id}
    tx.execute(
        sa.insert(Item).values(
            org_id=done.org_id,
            id=done.subject.id,
            code=b.code,
            uri=b.uri,
            family=b.family,
            component=b.component,
            name=b.name,
            maker=b.maker,
            part_number=b.part_number,
            serial=b.serial,
            identity=b.identity,
            condition=b.condition,
            origin=b.origin,
            mass_kg=b.mass_kg,
            life=b.life,
            simulated=b.simulated,
            registered_at=done.at,
        )
    )
    tx.execute(sa.insert(Code).values(code=b.code, **key))
    tx.execute(sa.insert(Life).values(n=b.life, opened_at=None, **key))
    say(tx, done, "in-process")
    index(tx, done, b.words)


def _read_mark(tx: Tx, done: Recorded[MarkRead]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Mark).values(
            org_id=done.org_id, id=b.mark, item_id=done.subject.id, kind=b.kind, text=b.text, read_at=done.at
        )
    )
    index(tx, done, b.words)


def _read_counter(tx: Tx, done: Recorded[CounterRead]) -> None:
    b = done.body
    tx.execute(
        sa.insert(CounterReading).values(
            org_id=done.org_id,
            id=b.reading,
            item_id=done.subject.id,
            counter=b.counter,
            rating=b.rating,
            value=b.value,
            unit=b.unit,
            origin=b.origin,
            read_at=done.at,
        )
    )


def _attach(tx: Tx, done: Recorded[Attached]) -> None:
    cite(tx, done, done.body.evidence)


def _hold(tx: Tx, done: Recorded[Held]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Hold).values(
            org_id=done.org_id,
            id=b.hold,
            item_id=done.subject.id,
            case_id=b.case,
            reason=b.reason,
            placed_at=done.at,
        )
    )


def _lift_hold(tx: Tx, done: Recorded[HoldLifted]) -> None:
    tx.execute(
        sa.update(Hold)
        .where(Hold.org_id == done.org_id, Hold.id == done.body.hold, Hold.lifted_at.is_(None))
        .values(lifted_at=done.at)
    )


def _field_event(tx: Tx, done: Recorded[FieldEvent]) -> None:
    shift(tx, done, done.body.step)


def _return_core(tx: Tx, done: Recorded[CoreReturned]) -> None:
    close_life(tx, done)
    open_case(tx, done, case=done.body.new_case, number=done.body.number, life=done.body.life, state="ANNOUNCED")
    say(tx, done, "in-process")


# Effects that the events of other features share.


def index(tx: Tx, done: Recorded[Any], words: tuple[str, ...]) -> None:
    """Make the part findable by these words; a word it has already is left alone."""
    if not words:
        return
    known = set(
        tx.execute(
            sa.select(SearchWord.word).where(
                SearchWord.org_id == done.org_id, SearchWord.item_id == done.subject.id
            )
        ).scalars()
    )
    fresh = [w for w in dict.fromkeys(words) if w not in known]
    if fresh:
        rows = [{"org_id": done.org_id, "word": word, "item_id": done.subject.id} for word in fresh]
        tx.execute(sa.insert(SearchWord), rows)


def cite(tx: Tx, done: Recorded[Any], evidence: tuple[Cited, ...]) -> None:
    """Enter cited files; the same file may be cited again."""
    for file in evidence:
        held = tx.execute(
            sa.select(Evidence.digest).where(Evidence.org_id == done.org_id, Evidence.digest == file.digest)
        ).first()
        if held is None:
            tx.execute(
                sa.insert(Evidence).values(
                    org_id=done.org_id,
                    digest=file.digest,
                    media_type=file.media_type,
                    size=file.size,
                    event_id=done.id,
                )
            )


def open_case(tx: Tx, done: Recorded[Any], *, case: str, number: int, life: int, state: str) -> None:
    """A case begins for the event's item."""
    tx.execute(
        sa.insert(Case).values(
            org_id=done.org_id,
            id=case,
            item_id=done.subject.id,
            number=number,
            state=state,
            life_from=life,
            loops=0,
            opened_at=done.at,
            changed_at=done.at,
        )
    )


def shift(tx: Tx, done: Recorded[Any], step: Step, **changes: Any) -> None:
    """Move the case, guarded by the state it was seen in: the loser of a race gets Conflict, never silence."""
    moved = tx.execute(
        sa.update(Case)
        .where(Case.org_id == done.org_id, Case.id == step.case, Case.state == step.source)
        .values(state=step.target, changed_at=done.at, **changes)
    ).rowcount
    if moved != 1:
        raise Conflict(why="state-changed", case=step.case)


def close_life(tx: Tx, done: Recorded[Any]) -> None:
    """Close the part's open life at receipt (architecture.md §4)."""
    tx.execute(
        sa.update(Life)
        .where(Life.org_id == done.org_id, Life.item_id == done.subject.id, Life.closed_at.is_(None))
        .values(closed_at=done.at)
    )


def open_life(tx: Tx, done: Recorded[Any], *, n: int, by: str) -> None:
    """Open life `n` by a release certificate (I3)."""
    key = {"org_id": done.org_id, "item_id": done.subject.id}
    tx.execute(sa.insert(Life).values(n=n, opened_at=done.at, opened_by=by, **key))
    tx.execute(sa.update(Item).where(Item.org_id == done.org_id, Item.id == done.subject.id).values(life=n))


def set_condition(tx: Tx, done: Recorded[Any], condition: str) -> None:
    """Say whether the part may be used: as_received, unreleased, serviceable, released, scrapped, donor."""
    tx.execute(
        sa.update(Item)
        .where(Item.org_id == done.org_id, Item.id == done.subject.id)
        .values(condition=condition)
    )


def set_place(tx: Tx, done: Recorded[Any], place: str | None) -> None:
    """Where the part is now."""
    tx.execute(
        sa.update(Item).where(Item.org_id == done.org_id, Item.id == done.subject.id).values(place=place)
    )


def route(tx: Tx, done: Recorded[Any], *, case: str, position: str, found: bool, replaces: str | None = None) -> None:
    """The event's item gets a route in the case."""
    tx.execute(
        sa.insert(ComponentRoute).values(
            org_id=done.org_id,
            case_id=case,
            item_id=done.subject.id,
            position=position,
            found=found,
            replaces=replaces,
        )
    )


def dispose(tx: Tx, done: Recorded[Any], *, case: str, disposition: str) -> None:
    """The component's one disposition in this case (I15)."""
    tx.execute(
        sa.update(ComponentRoute)
        .where(
            ComponentRoute.org_id == done.org_id,
            ComponentRoute.case_id == case,
            ComponentRoute.item_id == done.subject.id,
        )
        .values(disposition=disposition)
    )


def install(tx: Tx, done: Recorded[Any], *, installation: str, host: str, position: str) -> None:
    """The event's item goes into a position of the host (I4)."""
    key = {"org_id": done.org_id, "item_id": done.subject.id, "host_id": host, "position": position}
    tx.execute(sa.insert(Installation).values(id=installation, from_at=done.at, to_at=None, **key))
    tx.execute(sa.insert(InstalledNow).values(**key))


def remove(tx: Tx, done: Recorded[Any], *, item: str) -> None:
    """The item leaves the position it is in, if it is in one."""
    tx.execute(
        sa.update(Installation)
        .where(
            Installation.org_id == done.org_id, Installation.item_id == item, Installation.to_at.is_(None)
        )
        .values(to_at=done.at)
    )
    tx.execute(
        sa.delete(InstalledNow).where(InstalledNow.org_id == done.org_id, InstalledNow.item_id == item)
    )


def say(tx: Tx, done: Recorded[Any], state: str) -> None:
    """Set the part's public state (architecture.md §4); other organisations read nothing but this.

    States: in-process, released, under-review, revoked, superseded, scrapped, returned.
    """
    uri = done.subject.uri
    tx.execute(sa.delete(PublicState).where(PublicState.uri == uri))
    tx.execute(
        sa.insert(PublicState).values(uri=uri, state=state, since=done.at, digest=done.commitment.hex())
    )


REGISTER = Kind("parts.register", 1, Registered, _register)
READ_MARK = Kind("parts.read_mark", 1, MarkRead, _read_mark)
READ_COUNTER = Kind("parts.read_counter", 1, CounterRead, _read_counter)
ATTACH = Kind("parts.attach", 1, Attached, _attach)
HOLD = Kind("parts.hold", 1, Held, _hold)
LIFT_HOLD = Kind("parts.lift_hold", 1, HoldLifted, _lift_hold)
FIELD_EVENT = Kind("parts.field_event", 1, FieldEvent, _field_event)
RETURN_CORE = Kind("parts.return_core", 1, CoreReturned, _return_core)
KINDS = (REGISTER, READ_MARK, READ_COUNTER, ATTACH, HOLD, LIFT_HOLD, FIELD_EVENT, RETURN_CORE)
