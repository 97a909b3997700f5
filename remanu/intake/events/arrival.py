"""A core is announced, received, set apart, identified, and decided on: bodies, kinds and effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.intake.models import ConditionReading, CoreDecision, Custody, Identification, Quarantine
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A core is on its way; who owns it stands sealed. `part_type` is the id of a type of the catalogue.

    `pack` is the digest of the family pack that the case works by.
    """

    step: Step
    number: int
    life: int
    part_type: str | None = None
    packing: str | None = None
    pack: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of the condition in which a core came, as a decimal string with its unit."""

    name: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A core is here and custody passed; `number` is given when the case begins with it.

    Owner, signer and carrier stand sealed. `simulated` marks a condition that was computed, not measured.
    """

    step: Step
    number: int | None = None
    life: int
    owner_named: bool
    part_type: str | None = None
    packing: str | None = None
    mass_kg: str | None = None
    place: str | None = None
    condition: tuple[Reading, ...] = ()
    simulated: bool = False
    evidence: tuple[Cited, ...]
    pack: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A core is set apart; `reason` is a word of a closed list."""

    step: Step
    quarantine: str
    reason: str
    place: str
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineReleased:
    """The reason for quarantine is cleared by a second person; the finding stands sealed."""

    step: Step
    quarantine: str
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A core is known: what stands on it, its former life, and what shows the right to it."""

    step: Step
    maker: str
    part_number: str
    serial: str | None = None
    identity: str | None = None
    former_case: str | None = None
    earlier_lives: str
    former_reference: str | None = None
    right_shown: str
    words: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The core goes into work; what it is worth, and whether that was above the limit, stands sealed."""

    step: Step
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The core is not taken; `reason` is a word of a closed list."""

    step: Step
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedToOwner:
    """The core goes back as it came; consignment and carrier stand sealed."""

    step: Step
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentToRecycling:
    """The core goes to recycling; the recycler stands sealed."""

    step: Step
    waste_code: str
    waste_record: str
    mass_kg: str
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAsDonor:
    """The core stays to give its parts."""

    step: Step
    place: str | None = None


def _key(done: Recorded[Any]) -> dict[str, Any]:
    return {"org_id": done.org_id, "case_id": done.body.step.case, "item_id": done.subject.id}


def _hands(tx: Tx, done: Recorded[Any], act: str, **values: Any) -> None:
    given = {"owner_named": False, "signed": False, **values}
    tx.execute(sa.insert(Custody).values(event_id=done.id, act=act, at=done.at, **_key(done), **given))


def _announce(tx: Tx, done: Recorded[Announced]) -> None:
    b = done.body
    parts.open_case(tx, done, case=b.step.case, number=b.number, life=b.life, state=b.step.target, pack=b.pack)
    parts.say(tx, done, "in-process")
    _hands(tx, done, "announced", owner_named=True, packing=b.packing)


def _receive(tx: Tx, done: Recorded[Received]) -> None:
    b = done.body
    if b.number is None:
        parts.shift(tx, done, b.step)
    else:
        parts.open_case(tx, done, case=b.step.case, number=b.number, life=b.life, state=b.step.target, pack=b.pack)
    parts.close_life(tx, done)
    parts.set_condition(tx, done, "as_received")
    parts.set_place(tx, done, b.place)
    if b.mass_kg is not None:
        parts.weigh(tx, done, b.mass_kg)
    parts.say(tx, done, "in-process")
    parts.cite(tx, done, b.evidence)
    _hands(
        tx, done, "received", owner_named=b.owner_named, signed=True, packing=b.packing, mass_kg=b.mass_kg
    )
    rows = [_reading(done, n, one) for n, one in enumerate(b.condition)]
    if rows:
        tx.execute(sa.insert(ConditionReading), rows)


def _reading(done: Recorded[Received], n: int, one: Reading) -> dict[str, Any]:
    values = {"name": one.name, "value": one.value, "unit": one.unit, "simulated": done.body.simulated}
    return {"event_id": done.id, "n": n, **_key(done), **values}


def _quarantine(tx: Tx, done: Recorded[Quarantined]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    parts.set_place(tx, done, b.place)
    parts.cite(tx, done, b.evidence)
    tx.execute(
        sa.insert(Quarantine).values(
            id=b.quarantine, reason=b.reason, place=b.place, placed_at=done.at, cleared_at=None, **_key(done)
        )
    )


def _release_from_quarantine(tx: Tx, done: Recorded[QuarantineReleased]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    parts.cite(tx, done, b.evidence)
    tx.execute(
        sa.update(Quarantine)
        .where(Quarantine.org_id == done.org_id, Quarantine.id == b.quarantine)
        .values(cleared_at=done.at)
    )


def _identify(tx: Tx, done: Recorded[Identified]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    parts.cite(tx, done, b.evidence)
    parts.confirm_identity(
        tx,
        done,
        maker=b.maker,
        part_number=b.part_number,
        serial=b.serial,
        identity=b.identity,
        words=b.words,
    )
    tx.execute(
        sa.insert(Identification).values(
            event_id=done.id,
            former_case=b.former_case,
            earlier_lives=b.earlier_lives,
            former_reference=b.former_reference,
            right_shown=b.right_shown,
            at=done.at,
            **_key(done),
        )
    )


def _accept(tx: Tx, done: Recorded[Accepted]) -> None:
    parts.shift(tx, done, done.body.step)
    _decide(tx, done, "accepted", reason=None)


def _reject(tx: Tx, done: Recorded[Rejected]) -> None:
    parts.shift(tx, done, done.body.step)
    _decide(tx, done, "rejected", reason=done.body.reason)


def _decide(tx: Tx, done: Recorded[Any], decision: str, *, reason: str | None) -> None:
    values = {"event_id": done.id, "decision": decision, "reason": reason, "at": done.at}
    tx.execute(sa.insert(CoreDecision).values(**_key(done), **values))


def _return_to_owner(tx: Tx, done: Recorded[ReturnedToOwner]) -> None:
    parts.shift(tx, done, done.body.step)
    parts.cite(tx, done, done.body.evidence)
    parts.set_place(tx, done, None)
    parts.say(tx, done, "returned")
    _hands(tx, done, "returned")


def _send_to_recycling(tx: Tx, done: Recorded[SentToRecycling]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    parts.cite(tx, done, b.evidence)
    parts.set_place(tx, done, None)
    parts.set_condition(tx, done, "scrapped")
    parts.say(tx, done, "scrapped")
    waste = {"waste_code": b.waste_code, "waste_record": b.waste_record, "mass_kg": b.mass_kg}
    _hands(tx, done, "recycled", **waste)


def _keep_as_donor(tx: Tx, done: Recorded[KeptAsDonor]) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    parts.set_condition(tx, done, "donor")
    # Whoever scans its tag must not take it for a part in work: a donor never comes back as a whole.
    parts.say(tx, done, "scrapped")
    if b.place is not None:
        parts.set_place(tx, done, b.place)
    _hands(tx, done, "kept")


ANNOUNCE = Kind("intake.announce", 2, Announced, _announce, {1: unchanged})
RECEIVE = Kind("intake.receive", 2, Received, _receive, {1: unchanged})
QUARANTINE = Kind("intake.quarantine", 1, Quarantined, _quarantine)
RELEASE_FROM_QUARANTINE = Kind(
    "intake.release_from_quarantine", 1, QuarantineReleased, _release_from_quarantine
)
IDENTIFY = Kind("intake.identify", 1, Identified, _identify)
ACCEPT = Kind("intake.accept", 1, Accepted, _accept)
REJECT = Kind("intake.reject", 1, Rejected, _reject)
RETURN_TO_OWNER = Kind("intake.return_to_owner", 1, ReturnedToOwner, _return_to_owner)
SEND_TO_RECYCLING = Kind("intake.send_to_recycling", 1, SentToRecycling, _send_to_recycling)
KEEP_AS_DONOR = Kind("intake.keep_as_donor", 1, KeptAsDonor, _keep_as_donor)
KINDS = (
    ANNOUNCE,
    RECEIVE,
    QUARANTINE,
    RELEASE_FROM_QUARANTINE,
    IDENTIFY,
    ACCEPT,
    REJECT,
    RETURN_TO_OWNER,
    SEND_TO_RECYCLING,
    KEEP_AS_DONOR,
)
