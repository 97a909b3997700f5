"""Taking a unit apart: open its work order, record what is found in each place, disassemble, clean."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.catalogue import queries as catalogue
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.intake import queries as intake
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import actions as items
from remanu.parts import queries as parts
from remanu.parts.actions import trees
from remanu.parts.events import Cited, Edge, Sat
from remanu.parts.queries import CaseView, usage
from remanu.restoration import queries
from remanu.restoration.actions import gates
from remanu.restoration.events import teardown as events
from remanu.restoration.queries import Place, Sight
from remanu.rules import text
from remanu.rules.actor import Actor
from remanu.rules.observed import check_word
from remanu.rules.workshop import CLEANING_METHODS, REPORTS

_LIMIT = 120


def open_work_order(
    tx: Tx, actor: Actor, case_id: str, *, target_class: str, standard: str, edition: str
) -> Recorded[events.WorkOrderOpened]:
    """Freeze what the case works to: class, standard, and the edition of the pack in force (SM-1 no. 10)."""
    act = begin(tx, actor, "restoration.open_work_order")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    family = queries.family_of(case)
    terms = next((one for one in family.claims.terms if one.claim_class == target_class), None)
    in_force = catalogue.edition_of(tx.connection, actor.org_id, family, digest=case.pack, on=act.at)
    step = items.check_step(
        case,
        "open_work_order",
        {
            "routing_frozen": in_force is not None,
            "standard_frozen": bool(standard.strip() and edition.strip()),
            "class_targeted": terms is not None,
            "no_open_appeal": intake.open_appeal(tx.connection, case.org_id, case.id) is None,
        },
    )
    body = events.WorkOrderOpened(
        step=step,
        family=family.id,
        pack_edition="" if in_force is None else in_force.edition,
        target_class=target_class,
        # On site only what is worked on is taken out, whatever the class would like (I31).
        depth="none" if terms is None else "affected" if case.on_site else terms.depth,
        standard=text.clean_line("standard", standard, limit=_LIMIT),
        edition=text.clean_line("edition", edition, limit=_LIMIT),
    )
    return record(act, events.OPEN_WORK_ORDER, case.subject, body)


def record_component(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    position: str,
    what: str = "found",
    part_number: str | None = None,
    serial: str | None = None,
    maker: str | None = None,
    mass_kg: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.ComponentRecorded]:
    """Record what is in a place: a component, which gets a record of its own, or that it is missing or stays.

    A part that has a record already goes on under it. The last word about an empty place counts.
    """
    act = begin(tx, actor, "restoration.record_component")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    gates.check_open(case, "record_component")
    seen = Sight(tx.connection, case)
    here = gates.place(seen, position)
    if here.route is not None:
        raise Conflict(why="position-filled", position=position)
    found = _Found(case.subject, ())
    if check_word("what", what, REPORTS) == "found":
        new = _as_found(case, here, part_number, serial=serial, maker=maker, mass_kg=mass_kg)
        found = _enter(act, seen, here, new)
    elif what == "missing":
        # What the record said sat here does not: where it went, nobody knows.
        found = _Found(case.subject, _gone(seen, here))
    body = events.ComponentRecorded(
        case=case.id,
        position=position,
        what=what,
        removes=found.removes,
        edges=found.edges,
        sat=found.sat,
        evidence=evidence,
    )
    return record(act, events.RECORD_COMPONENT, found.about, body)


@dataclass(frozen=True, slots=True)
class _Found:
    """Whose chain the act stands in, which items leave a place by it, and where it sat until then."""

    about: Subject
    removes: tuple[str, ...]
    edges: tuple[Edge, ...] | None = None
    sat: Sat | None = None


def _gone(seen: Sight, here: Place) -> tuple[str, ...]:
    sitting = seen.seated.get(here.code)
    return () if sitting is None else (str(sitting.id),)


def _as_found(
    case: CaseView,
    here: Place,
    part_number: str | None,
    *,
    serial: str | None,
    maker: str | None,
    mass_kg: str | None,
) -> items.NewItem:
    if not part_number:
        raise BadInput("part_number", "required")
    return items.NewItem(
        family=case.item.family,
        pack=case.pack,
        component=here.position.code,
        name=here.position.names.en,
        maker=maker or case.item.maker,
        part_number=part_number,
        serial=serial or None,
        condition="unreleased",
        origin="core",
        mass_kg=gates.amount_or_none("mass_kg", mass_kg, "kg"),
        simulated=case.item.simulated,
    )


def _enter(act: Act, seen: Sight, here: Place, new: items.NewItem) -> _Found:
    """What was found goes on under its record, or gets one."""
    sitting = seen.seated.get(here.code)
    if sitting is not None and _is_same(sitting, new):
        return _left(act, sitting, ())
    gone = _gone(seen, here)
    try:
        made = items.register(act, new).subject
    except Conflict as refused:
        if refused.details["why"] != "already-registered":
            raise
        return _left(act, _known(act, seen, str(refused.details["code"])), gone)
    return _Found(made, gone, sat=_sat(act, seen, here, made))


def _left(act: Act, item: queries.Row, gone: tuple[str, ...]) -> _Found:
    """A part with a record leaves the place that it has, and its counters are kept with the end of that."""
    where = usage.sits(act.tx.connection, item.org_id, item.id)
    if where is None:
        return _Found(parts.subject_of(item), gone)
    removes = tuple(dict.fromkeys((*gone, item.id)))
    return _Found(parts.subject_of(item), removes, edges=trees.edges(act, item.id, where.host_id))


def _sat(act: Act, seen: Sight, here: Place, about: Subject) -> Sat | None:
    host = parts.find_item(act.tx.connection, about.org_id, seen.host_of(here.code))
    return trees.where_it_sat(
        act, seen.case.opened_at, item=about, host=parts.subject_of(host), position=here.code
    )


def _is_same(sitting: queries.Row, new: items.NewItem) -> bool:
    """Whether the part without a serial is the one that the record says sits here."""
    return (
        new.serial is None
        and sitting.serial is None
        and text.skeleton(sitting.part_number) == text.skeleton(new.part_number)
    )


def _known(act: Act, seen: Sight, code: str) -> queries.Row:
    """A part that has a record already; Conflict when it cannot be what lies here."""
    connection, case = act.tx.connection, seen.case
    found = parts.by_code(connection, code)
    item = parts.find_item(connection, case.org_id, found.item_id if found else "")
    if item.condition == "scrapped":
        raise Conflict(why="scrapped-part", code=code)
    sits = queries.host_of(connection, case.org_id, item.id)
    if sits is not None and item.id not in {row.id for row in seen.held}:
        raise Conflict(why="installed-elsewhere", code=code)
    if queries.in_case(connection, case, item.id):
        raise Conflict(why="already-recorded", code=code)
    return item


def disassemble(
    tx: Tx, actor: Actor, case_id: str, *, evidence: tuple[Cited, ...] = ()
) -> Recorded[events.Disassembled]:
    """Say that the unit is apart, to the depth that the targeted class demands (SM-1 no. 11)."""
    act = begin(tx, actor, "restoration.disassemble")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = items.check_step(case, "disassemble", queries.facts(tx.connection, case, tx.now))
    seen = Sight(tx.connection, case)
    body = events.Disassembled(
        step=step, depth=seen.depth, not_disturbed=seen.untouched if case.on_site else None, evidence=evidence
    )
    return record(act, events.DISASSEMBLE, case.subject, body)


def clean(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    method: str,
    minutes: str,
    bath: str = "",
    water_l: str | None = None,
    energy_kwh: str = "0",
    waste_kg: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Cleaned]:
    """Record the cleaning with what it used up; water and waste are booked even where they are nothing (no. 12)."""
    act = begin(tx, actor, "restoration.clean")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    given = {
        "method_allowed": method in CLEANING_METHODS,
        "effluent_booked": water_l is not None and waste_kg is not None,
    }
    step = items.check_step(case, "clean", given)
    body = events.Cleaned(
        step=step,
        cleaning=tx.new_id(),
        method=method,
        bath=text.clean_line("bath", bath, limit=_LIMIT) if bath else "",
        minutes=gates.amount("minutes", minutes, "min"),
        water_l=gates.amount("water_l", water_l or "", "L"),
        energy_kwh=gates.amount("energy_kwh", energy_kwh, "kW.h"),
        waste_kg=gates.amount("waste_kg", waste_kg or "", "kg"),
        evidence=evidence,
    )
    return record(act, events.CLEAN, case.subject, body)
