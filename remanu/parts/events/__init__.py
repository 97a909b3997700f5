"""What can happen to parts; bodies and the effects that other features' events share stand under this one name."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts.events.bodies import (
    Attached,
    Cited,
    CoreReturned,
    CounterRead,
    FieldEvent,
    Held,
    HoldLifted,
    MarkRead,
    Registered,
    Step,
)
from remanu.parts.events.effects import (
    cite,
    close_case,
    close_life,
    confirm_identity,
    dispose,
    index,
    open_case,
    open_life,
    route,
    say,
    set_condition,
    set_place,
    shift,
    weigh,
)
from remanu.parts.events.identifiers import KINDS as IDENTIFIERS
from remanu.parts.events.links import LINK_RECORD, RecordLinked
from remanu.parts.events.lives import KINDS as LIVES
from remanu.parts.events.lives import keep_apart
from remanu.parts.events.trees import (
    FIT,
    REMOVE,
    Edge,
    Fitted,
    Removed,
    Sat,
    hold_still,
    install,
    remove,
    sat,
)
from remanu.parts.models import Code, CounterReading, Hold, Item, Life, Mark

__all__ = [
    "ATTACH",
    "FIELD_EVENT",
    "FIT",
    "HOLD",
    "KINDS",
    "LIFT_HOLD",
    "LINK_RECORD",
    "READ_COUNTER",
    "READ_MARK",
    "REGISTER",
    "REMOVE",
    "RETURN_CORE",
    "Attached",
    "Cited",
    "CoreReturned",
    "CounterRead",
    "Edge",
    "FieldEvent",
    "Fitted",
    "Held",
    "HoldLifted",
    "MarkRead",
    "RecordLinked",
    "Registered",
    "Removed",
    "Sat",
    "Step",
    "cite",
    "close_case",
    "close_life",
    "confirm_identity",
    "dispose",
    "hold_still",
    "index",
    "install",
    "keep_apart",
    "open_case",
    "open_life",
    "remove",
    "route",
    "sat",
    "say",
    "set_condition",
    "set_place",
    "shift",
    "weigh",
]


def _copied(body: object, *names: str) -> dict[str, Any]:
    return {name: getattr(body, name) for name in names}


def _register(tx: Tx, done: Recorded[Registered]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "item_id": done.subject.id}
    named = _copied(b, "code", "uri", "family", "component", "name", "maker", "part_number", "serial", "identity")
    known = _copied(b, "condition", "origin", "mass_kg", "life", "simulated", "pack")
    tx.execute(
        sa.insert(Item).values(
            org_id=done.org_id, id=done.subject.id, registered_at=done.at, **named, **known
        )
    )
    tx.execute(sa.insert(Code).values(code=b.code, **key))
    tx.execute(sa.insert(Life).values(n=b.life, opened_at=None, **key))
    say(tx, done, "in-process")
    index(tx, done, b.words)


def _read_mark(tx: Tx, done: Recorded[MarkRead]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "item_id": done.subject.id, "id": b.mark}
    tx.execute(sa.insert(Mark).values(read_at=done.at, **key, **_copied(b, "kind", "text")))
    index(tx, done, b.words)
    cite(tx, done, b.evidence)


def _read_counter(tx: Tx, done: Recorded[CounterRead]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "item_id": done.subject.id, "id": b.reading}
    shown = _copied(b, "counter", "rating", "value", "unit", "origin", "corrects")
    tx.execute(sa.insert(CounterReading).values(read_at=done.at, **key, **shown))
    cite(tx, done, b.evidence)


def _attach(tx: Tx, done: Recorded[Attached]) -> None:
    cite(tx, done, done.body.evidence)


def _hold(tx: Tx, done: Recorded[Held]) -> None:
    b = done.body
    key = {"org_id": done.org_id, "item_id": done.subject.id, "id": b.hold, "case_id": b.case}
    tx.execute(sa.insert(Hold).values(reason=b.reason, placed_at=done.at, **key))


def _lift_hold(tx: Tx, done: Recorded[HoldLifted]) -> None:
    tx.execute(
        sa.update(Hold)
        .where(Hold.org_id == done.org_id, Hold.id == done.body.hold, Hold.lifted_at.is_(None))
        .values(lifted_at=done.at)
    )


def _field_event(tx: Tx, done: Recorded[FieldEvent]) -> None:
    shift(tx, done, done.body.step)


def _return_core(tx: Tx, done: Recorded[CoreReturned]) -> None:
    b = done.body
    close_case(tx, done, b.step)
    close_life(tx, done)
    open_case(tx, done, case=b.new_case, number=b.number, life=b.life, state=b.step.target, pack=b.pack)
    say(tx, done, "in-process")


REGISTER = Kind("parts.register", 2, Registered, _register, {1: unchanged})
READ_MARK = Kind("parts.read_mark", 1, MarkRead, _read_mark)
READ_COUNTER = Kind("parts.read_counter", 1, CounterRead, _read_counter)
ATTACH = Kind("parts.attach", 1, Attached, _attach)
HOLD = Kind("parts.hold", 1, Held, _hold)
LIFT_HOLD = Kind("parts.lift_hold", 1, HoldLifted, _lift_hold)
FIELD_EVENT = Kind("parts.field_event", 1, FieldEvent, _field_event)
RETURN_CORE = Kind("parts.return_core", 2, CoreReturned, _return_core, {1: unchanged})
KINDS = (
    REGISTER,
    READ_MARK,
    READ_COUNTER,
    ATTACH,
    HOLD,
    LIFT_HOLD,
    FIELD_EVENT,
    RETURN_CORE,
    FIT,
    REMOVE,
    LINK_RECORD,
    *LIVES,
    *IDENTIFIERS,
)
