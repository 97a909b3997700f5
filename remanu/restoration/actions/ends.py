"""Ending a unit in the workshop: take its parts, or scrap it."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.accounts import queries as accounts
from remanu.catalogue import queries as catalogue
from remanu.db import Tx
from remanu.errors import BadInput
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import actions as items
from remanu.parts import queries as parts
from remanu.parts.actions import trees
from remanu.parts.events import Cited
from remanu.parts.queries import CaseView, limited, usage
from remanu.parts.queries.limited import Limited
from remanu.restoration import queries
from remanu.restoration.actions import gates
from remanu.restoration.events import ends as events
from remanu.restoration.events.ends import Harvested
from remanu.restoration.queries import Place, Sight
from remanu.rules import counters, duties, text
from remanu.rules.actor import Actor, require_fresh
from remanu.rules.limited import METHODS
from remanu.rules.observed import check_word
from remanu.rules.workshop import SCRAP_REASONS

_LIMIT = 120


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
    seen = Sight(tx.connection, case)
    taken = [_take(act, seen, one) for one in harvest]
    body = events.Cannibalised(
        step=step, unit=case.item.id, harvest=tuple(_harvested(act, seen, one) for one in taken)
    )
    for one in taken:
        record(act, events.CANNIBALISE, one.about, body)
    return record(act, events.CANNIBALISE, case.subject, body)


def _check_once(positions: list[str]) -> None:
    for n, one in enumerate(positions):
        if one in positions[:n]:
            raise BadInput(f"harvest.{one}.position", "given-twice")


@dataclass(frozen=True, slots=True)
class _Taken:
    """A part that is taken, its place, and whether the record did not know that it sat there."""

    about: Subject
    place: str
    fresh: bool


def _take(act: Act, seen: Sight, wanted: Wanted) -> _Taken:
    """The component of the place under its own record, or a part that gets one now."""
    here = {one.code: one for one in seen.places}.get(wanted.position)
    if here is None:
        raise BadInput(f"harvest.{wanted.position}.position", "no-such-position")
    known = here.route.item_id if here.route is not None else None
    if known is None and here.code in seen.seated:
        known = seen.seated[here.code].id
    if known is None:
        about = items.register(act, _new(seen.case, here, wanted)).subject
    else:
        about = parts.subject_of(parts.find_item(act.tx.connection, seen.case.org_id, known))
    _carry_counters(act, seen.case, about)
    return _Taken(about, here.code, fresh=known is None)


def _harvested(act: Act, seen: Sight, taken: _Taken) -> Harvested:
    connection, org_id, about = act.tx.connection, seen.case.org_id, taken.about
    sits = usage.sits(connection, org_id, about.id)
    host = seen.host_of(taken.place) if sits is None else sits.host_id
    around = parts.subject_of(parts.find_item(connection, org_id, host))
    return Harvested(
        item=about.id,
        position=taken.place,
        edges=None if sits is None else trees.edges(act, about.id, host),
        sat=trees.where_it_sat(act, seen.case.opened_at, item=about, host=around, position=taken.place)
        if taken.fresh
        else None,
    )


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
    """A part that was counted with its unit goes on from what the unit shows (I12).

    A life-limited one goes on from its own trace: its counts are never replaced by those of its host.
    """
    connection = act.tx.connection
    item = parts.find_item(connection, case.org_id, about.id)
    own = limited.limited_parts(connection, case.org_id, [item], case.family, act.at)
    if own:
        _carry_life(act, about, own[0])
        return
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


def _carry_life(act: Act, about: Subject, own: Limited) -> None:
    """What the part had counted when it left the donor, as readings of its own; nothing where that is not known."""
    shown = {(row.counter, row.rating): row.value for row in _last(act, about)}
    for code, count in own.counts.items():
        splits = dict(count.ratings)
        if count.unsplit or not splits:
            splits[counters.WHOLE] = count.total
        for rating, value in splits.items():
            said = counters.plain(value)
            if shown.get((code, rating)) != said:
                items.note_counter(act, about, counter=code, value=said, origin="host", rating=rating)


def _last(act: Act, about: Subject) -> list[parts.Row]:
    return parts.standing(parts.counters(act.tx.connection, about.org_id, about.id))


def scrap(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    why: str,
    mass_kg: str,
    second: Actor | None = None,
    control_method: str | None = None,
    control_record: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Scrapped]:
    """End a unit and everything in it (no. 31).

    A life-limited part takes two persons and proof that it is mutilated or kept under control (I11), and a unit that
    was worth more than the limit, or whose worth nobody knows, takes two persons. `second` is who stands beside, a
    moment after he proved who he is.
    """
    act = begin(tx, actor, "restoration.scrap")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    places = queries.places(tx.connection, case)
    limited = any(one.position.life_limited and one.said != "missing" for one in places)
    method = None if control_method is None else check_word("control_method", control_method, METHODS)
    control = text.clean_line("control_record", control_record, limit=_LIMIT) if control_record else None
    if limited and (method or evidence):
        items.check_proof(method, evidence, reference=control)
    step = items.check_step(
        case,
        "scrap",
        {
            "second_person_confirmed": _confirmed(tx, actor, second, weight=_weight(act, case, limited=limited)),
            "mutilation_shown": method is not None or not limited,
        },
    )
    seen = Sight(tx.connection, case)
    inside = _everything(seen)
    body = events.Scrapped(
        step=step,
        unit=case.item.id,
        why=check_word("why", why, SCRAP_REASONS),
        mass_kg=gates.amount("mass_kg", mass_kg, "kg"),
        life_limited=limited,
        parts=tuple(inside),
        second=None if second is None else second.ref,
        control_method=method if limited else None,
        control_record=control if limited else None,
        ends=_ends(act, seen, inside),
        evidence=evidence,
    )
    for item_id in inside:
        item = parts.find_item(tx.connection, actor.org_id, item_id)
        record(act, events.SCRAP, parts.subject_of(item), body)
    return record(act, events.SCRAP, case.subject, body)


def _everything(seen: Sight) -> list[str]:
    """The components of the unit, and whatever sits in it or in them on any level."""
    active = [row.item_id for row in seen.active.values()]
    held = [row.id for row in seen.held if row.condition != "scrapped"]
    return list(dict.fromkeys((*active, *held)))


def _ends(act: Act, seen: Sight, inside: list[str]) -> tuple[events.PartEnd, ...]:
    """What is counted of each part that sits in its place now, and of what it sits in."""
    hosts = {row.id: row.host_id for row in seen.held}
    shown = ((one, trees.edges(act, one, hosts[one])) for one in inside if one in hosts)
    return tuple(events.PartEnd(item=one, edges=found) for one, found in shown if found)


def _weight(act: Act, case: CaseView, *, limited: bool) -> duties.Weight:
    if limited:
        return "life-limited"
    limit = catalogue.value_limit(act.at).amount
    worth = queries.worth(act.tx.connection, act.tx.keyring, case)
    return "ordinary" if worth is not None and worth <= limit else "high-value"


def _confirmed(tx: Tx, actor: Actor, second: Actor | None, *, weight: duties.Weight) -> bool:
    person = accounts.person_of(tx.connection, actor.org_id, actor.ref)
    beside = None
    if second is not None and second.org_id == actor.org_id:
        require_fresh(second, tx.now)
        beside = accounts.person_of(tx.connection, second.org_id, second.ref)
    return duties.may_scrap(person, beside, weight=weight)
