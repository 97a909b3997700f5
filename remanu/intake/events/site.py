"""Work on site begins and ends: bodies, kinds and effects (domain.md §3.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.intake.events.arrival import Reading
from remanu.intake.models import ConditionReading, Custody, SiteWork
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts import events as parts
from remanu.parts.events import Cited, Step
from remanu.parts.queries.one import ON_SITE


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAccepted:
    """Equipment may be worked on where it stands: nothing changes hands.

    `energies` are isolated and locked out; `baseline` is what it showed in place before any work, in these
    surroundings (degrees Celsius, per cent of relative humidity). Owner, site, permit and locks stand sealed.
    """

    step: Step
    number: int | None = None
    life: int
    owner_named: bool
    part_type: str | None = None
    energies: tuple[str, ...]
    baseline: tuple[Reading, ...]
    temperature: str
    humidity: str
    evidence: tuple[Cited, ...]
    pack: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IsolationLifted:
    """The lock-out ends: these energies are back on the equipment."""

    step: Step
    energies: tuple[str, ...]


def _key(done: Recorded[Any]) -> dict[str, Any]:
    return {"org_id": done.org_id, "case_id": done.body.step.case, "item_id": done.subject.id}


def _accept_site(tx: Tx, done: Recorded[SiteAccepted]) -> None:
    b = done.body
    if b.number is None:
        parts.shift(tx, done, b.step, mode=ON_SITE)
    else:
        parts.open_case(
            tx, done, case=b.step.case, number=b.number, life=b.life, state=b.step.target, pack=b.pack, mode=ON_SITE
        )
    parts.close_life(tx, done)
    parts.set_condition(tx, done, "as_received")
    parts.say(tx, done, "in-process")
    parts.cite(tx, done, b.evidence)
    given = {"owner_named": b.owner_named, "signed": False}
    tx.execute(sa.insert(Custody).values(event_id=done.id, act="site", at=done.at, **_key(done), **given))
    surroundings = {"temperature": b.temperature, "humidity": b.humidity}
    tx.execute(
        sa.insert(SiteWork).values(
            energies=" ".join(b.energies), accepted_at=done.at, lifted_at=None, **_key(done), **surroundings
        )
    )
    tx.execute(sa.insert(ConditionReading), [_reading(done, n, one) for n, one in enumerate(b.baseline)])


def _reading(done: Recorded[SiteAccepted], n: int, one: Reading) -> dict[str, Any]:
    values = {"name": one.name, "value": one.value, "unit": one.unit, "simulated": False}
    return {"event_id": done.id, "n": n, **_key(done), **values}


def _lift_isolation(tx: Tx, done: Recorded[IsolationLifted]) -> None:
    parts.shift(tx, done, done.body.step)
    tx.execute(
        sa.update(SiteWork)
        .where(SiteWork.org_id == done.org_id, SiteWork.case_id == done.body.step.case)
        .values(lifted_at=done.at)
    )


ACCEPT_SITE = Kind("intake.accept_site", 1, SiteAccepted, _accept_site)
LIFT_ISOLATION = Kind("intake.lift_isolation", 1, IsolationLifted, _lift_isolation)
KINDS = (ACCEPT_SITE, LIFT_ISOLATION)
