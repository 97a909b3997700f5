"""How a unit can end in the workshop: it gives its parts, or it is scrapped."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Edge, Sat, Step
from remanu.restoration.models import Harvest, Scrapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """A part taken from the unit; it has a record of its own and is not released (I12).

    `edges` is what its counters and those of its host showed; `sat` says where it sat if nobody had recorded it.
    """

    item: str
    position: str
    edges: tuple[Edge, ...] | None = None
    sat: Sat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cannibalised:
    """The unit gives its parts; the same body stands in the chains of the unit and of each harvested part."""

    step: Step
    unit: str
    harvest: tuple[Harvested, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartEnd:
    """What the counters of a part and of its host showed when both ended."""

    item: str
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrapped:
    """The unit ends; the same body stands in the chain of each part that ends with it.

    `second` is the pseudonym of who stood beside. `control_method` says how life-limited parts are kept from being used
    again, shown by a photo or by `control_record` (I11). `ends` says what parts in their places had counted.
    """

    step: Step
    unit: str
    why: str
    mass_kg: str
    life_limited: bool
    parts: tuple[str, ...]
    second: str | None = None
    control_method: str | None = None
    control_record: str | None = None
    ends: tuple[PartEnd, ...] | None = None
    evidence: tuple[Cited, ...] = ()


def _cannibalise(tx: Tx, done: Recorded[Cannibalised]) -> None:
    b = done.body
    if done.subject.id != b.unit:
        _take(tx, done, next(one for one in b.harvest if one.item == done.subject.id))
        return
    parts.shift(tx, done, b.step)
    parts.set_condition(tx, done, "donor")
    for one in b.harvest:
        tx.execute(
            sa.insert(Harvest).values(
                org_id=done.org_id, case_id=b.step.case, item_id=one.item, position=one.position
            )
        )


def _take(tx: Tx, done: Recorded[Cannibalised], mine: Harvested) -> None:
    parts.remove(tx, done, item=mine.item, edges=mine.edges or ())
    if mine.sat is not None:
        parts.sat(tx, done, mine.sat)
    parts.set_condition(tx, done, "unreleased")


def _scrap(tx: Tx, done: Recorded[Scrapped]) -> None:
    b = done.body
    parts.set_condition(tx, done, "scrapped")
    if b.life_limited:
        # Before the method was asked for, nothing but mutilation was taken.
        parts.keep_apart(tx, done, method=b.control_method or "mutilation", reference=b.control_record)
    parts.say(tx, done, "scrapped")
    if done.subject.id != b.unit:
        shown = (one.edges for one in b.ends or () if one.item == done.subject.id)
        parts.remove(tx, done, item=done.subject.id, edges=next(shown, ()))
        return
    parts.shift(tx, done, b.step)
    tx.execute(
        sa.insert(Scrapping).values(
            org_id=done.org_id,
            case_id=b.step.case,
            why=b.why,
            mass_kg=b.mass_kg,
            life_limited=b.life_limited,
            second_ref=b.second,
            scrapped_at=done.at,
        )
    )
    parts.cite(tx, done, b.evidence)


CANNIBALISE = Kind("restoration.cannibalise", 2, Cannibalised, _cannibalise, older={1: unchanged})
SCRAP = Kind("restoration.scrap", 2, Scrapped, _scrap, older={1: unchanged})
KINDS = (CANNIBALISE, SCRAP)
