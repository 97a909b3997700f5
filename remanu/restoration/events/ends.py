"""How a unit can end in the workshop: it gives its parts, or it is scrapped."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts import events as parts
from remanu.parts.events import Cited, Step
from remanu.restoration.models import Harvest, Scrapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvested:
    """A part taken from the unit; it has a record of its own and is not released (I12)."""

    item: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cannibalised:
    """The unit gives its parts; the same body stands in the chains of the unit and of each harvested part."""

    step: Step
    unit: str
    harvest: tuple[Harvested, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrapped:
    """The unit ends; the same body stands in the chain of each part that ends with it.

    `second` is the pseudonym of who stood beside; evidence shows the mutilation of life-limited parts (I11).
    """

    step: Step
    unit: str
    why: str
    mass_kg: str
    life_limited: bool
    parts: tuple[str, ...]
    second: str | None = None
    evidence: tuple[Cited, ...] = ()


def _cannibalise(tx: Tx, done: Recorded[Cannibalised]) -> None:
    b = done.body
    if done.subject.id != b.unit:
        parts.remove(tx, done, item=done.subject.id)
        parts.set_condition(tx, done, "unreleased")
        return
    parts.shift(tx, done, b.step)
    parts.set_condition(tx, done, "donor")
    for one in b.harvest:
        tx.execute(
            sa.insert(Harvest).values(
                org_id=done.org_id, case_id=b.step.case, item_id=one.item, position=one.position
            )
        )


def _scrap(tx: Tx, done: Recorded[Scrapped]) -> None:
    b = done.body
    parts.set_condition(tx, done, "scrapped")
    parts.say(tx, done, "scrapped")
    if done.subject.id != b.unit:
        parts.remove(tx, done, item=done.subject.id)
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


CANNIBALISE = Kind("restoration.cannibalise", 1, Cannibalised, _cannibalise)
SCRAP = Kind("restoration.scrap", 1, Scrapped, _scrap)
KINDS = (CANNIBALISE, SCRAP)
