"""What a person may do with a part now, gathered from the facts of all features; pages and JSON tell the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from sqlalchemy.engine import Connection

from remanu.accounts.queries import person_of
from remanu.inspection import queries as inspection
from remanu.intake import queries as intake
from remanu.labelling import queries as labelling
from remanu.parts import queries
from remanu.parts.queries import CaseView, Row
from remanu.parts.schemas import ON_CASE, ON_ITEM
from remanu.release import queries as release
from remanu.restoration import queries as restoration
from remanu.rules import offers
from remanu.rules.actor import Actor
from remanu.rules.offers import Offer, Person
from remanu.web.acts import Verb

_TELL: tuple[ModuleType, ...] = (queries, intake, inspection, restoration, release, labelling)
_LIFT = "parts.lift_hold"
_READING = frozenset({"supervisor"})


@dataclass(frozen=True, slots=True)
class Offered:
    """Steps of the case and other acts, in order, and the one to be asked for."""

    steps: tuple[Offer, ...]
    others: tuple[Offer, ...]
    first: Offer | None


def known_facts(connection: Connection, case: CaseView, now: datetime) -> tuple[dict[str, bool], frozenset[str]]:
    """What every feature's tables say of the guards, and the guards that the forms ask for."""
    told: dict[str, bool] = {}
    asked: frozenset[str] = frozenset()
    for feature in _TELL:
        told |= feature.facts(connection, case, now)
        asked |= feature.ASKED
    return told, asked


def offered(
    connection: Connection,
    actor: Actor,
    item: Row,
    *,
    case: CaseView | None,
    verbs: Mapping[str, Verb],
    now: datetime,
) -> Offered:
    """What this person is offered on the page of this part; nothing where no case is open, or where he only reads."""
    if case is None or case.closed_at is not None or actor.roles <= _READING:
        return Offered((), (), None)
    who = Person(
        actor.roles,
        person_of(connection, actor.org_id, actor.ref),
        tuple(queries.acts_in(connection, case)),
    )
    told, asked = known_facts(connection, case, now)
    steps = offers.steps(case.state, who, kinds=_kinds(verbs, ON_CASE.path), facts=told, asked=asked)
    others = offers.others(case.state, who, kinds=_kinds(verbs, ON_CASE.path, ON_ITEM.path), facts=told)
    lift = [Offer(_LIFT)] if case.holds and actor.roles & offers.may(_LIFT) else []
    first = offers.first(steps, [*lift, *others])
    whole = case.item.id == item.id
    mine = [one for one in others if whole != (one.kind in offers.COMPONENT)]
    return Offered(tuple(steps) if whole else (), (*lift, *mine), first)


def _kinds(verbs: Mapping[str, Verb], *paths: str) -> list[str]:
    return [kind for kind, verb in verbs.items() if verb.on.path in paths]
