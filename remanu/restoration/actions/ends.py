"""Ending a unit in the workshop: take its parts, or scrap it."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.accounts import queries as accounts
from remanu.db import Tx
from remanu.errors import BadInput
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import actions as items
from remanu.parts import queries as parts
from remanu.parts.events import Cited
from remanu.parts.queries import CaseView
from remanu.restoration import queries
from remanu.restoration.actions import gates
from remanu.restoration.events import ends as events
from remanu.restoration.events.ends import Harvested
from remanu.restoration.queries import Place
from remanu.rules import duties
from remanu.rules.actor import Actor, require_fresh
from remanu.rules.observed import check_word
from remanu.rules.workshop import SCRAP_REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A part to be taken from a unit; number and serial where it has no record yet."""

    position: str
    part_number: str | None = None
    serial: str | None = None
    mass_kg: str | None = None


def cannibalise(
    tx: Tx, actor: Actor, case_id: str, *, harvest: tuple[Wanted, ...], owner_agrees: bool = False
) -> Recorded[events.Cannibalised]:
    """Give a unit up for its parts: each begins unreleased with a record and the unit's counters (no. 30, I12)."""
    act = begin(tx, actor, "restoration.cannibalise")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = items.check_step(
        case, "cannibalise", {"owner_agrees": owner_agrees, "harvest_recorded": bool(harvest)}
    )
    positions = [one.position for one in harvest]
    _check_once(positions)
    taken = [_take(act, case, one) for one in harvest]
    body = events.Cannibalised(
        step=step,
        unit=case.item.id,
        harvest=tuple(
            Harvested(item=one.id, position=position) for one, position in zip(taken, positions, strict=True)
        ),
    )
    for one in taken:
        record(act, events.CANNIBALISE, one, body)
    return record(act, events.CANNIBALISE, case.subject, body)


def _check_once(positions: list[str]) -> None:
    for n, one in enumerate(positions):
        if one in positions[:n]:
            raise BadInput(f"harvest.{one}.position", "given-twice")


def _take(act: Act, case: CaseView, wanted: Wanted) -> Subject:
    places = {one.code: one for one in queries.places(act.tx.connection, case)}
    here = places.get(wanted.position)
    if here is None:
        raise BadInput(f"harvest.{wanted.position}.position", "no-such-position")
    if here.route is not None:
        about = parts.subject_of(parts.find_item(act.tx.connection, case.org_id, here.route.item_id))
    else:
        about = items.register(act, _new(case, here, wanted)).subject
    _carry_counters(act, case, about)
    return about


def _new(case: CaseView, here: Place, wanted: Wanted) -> items.NewItem:
    if not wanted.part_number:
        raise BadInput(f"harvest.{here.code}.part_number", "required")
    return items.NewItem(
        family=case.item.family,
        pack=case.pack,
        component=here.position.code,
        name=here.position.names.en,
        maker=case.item.maker,
        part_number=wanted.part_number,
        serial=wanted.serial or None,
        condition="unreleased",
        origin="donor",
        mass_kg=gates.amount_or_none(f"harvest.{here.code}.mass_kg", wanted.mass_kg, "kg"),
        simulated=case.item.simulated,
    )


def _carry_counters(act: Act, case: CaseView, about: Subject) -> None:
    """A part that was counted with its unit goes on from what the unit shows."""
    connection = act.tx.connection
    if parts.counters(connection, case.org_id, about.id):
        return
    shown = parts.standing(parts.counters(connection, case.org_id, case.item.id))
    for row in {(row.counter, row.rating): row for row in shown}.values():
        items.note_counter(
            act,
            about,
            counter=row.counter,
            value=row.value,
            origin="host",
            unit=row.unit,
            rating=row.rating,
        )


def scrap(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    why: str,
    mass_kg: str,
    second: Actor | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Scrapped]:
    """End a unit and everything in it. A life-limited part takes two persons and proof of mutilation (no. 31, I11).

    `second` is who stands beside, a moment after he proved who he is.
    """
    act = begin(tx, actor, "restoration.scrap")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    places = queries.places(tx.connection, case)
    limited = any(one.position.life_limited and one.said != "missing" for one in places)
    step = items.check_step(
        case,
        "scrap",
        {
            "second_person_confirmed": _confirmed(tx, actor, second, limited=limited),
            "mutilation_shown": bool(evidence) or not limited,
        },
    )
    inside = [one.route.item_id for one in places if one.route is not None]
    body = events.Scrapped(
        step=step,
        unit=case.item.id,
        why=check_word("why", why, SCRAP_REASONS),
        mass_kg=gates.amount("mass_kg", mass_kg, "kg"),
        life_limited=limited,
        parts=tuple(inside),
        second=None if second is None else second.ref,
        evidence=evidence,
    )
    for item_id in inside:
        item = parts.find_item(tx.connection, actor.org_id, item_id)
        record(act, events.SCRAP, parts.subject_of(item), body)
    return record(act, events.SCRAP, case.subject, body)


def _confirmed(tx: Tx, actor: Actor, second: Actor | None, *, limited: bool) -> bool:
    person = accounts.person_of(tx.connection, actor.org_id, actor.ref)
    beside = None
    if second is not None and second.org_id == actor.org_id:
        require_fresh(second, tx.now)
        beside = accounts.person_of(tx.connection, second.org_id, second.ref)
    return duties.may_scrap(person, beside, weight="life-limited" if limited else "ordinary")
