"""A core is announced, and received: it gets its record, its case, and the condition in which it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from remanu.catalogue import queries as catalogue
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.intake import events
from remanu.intake.actions import words
from remanu.intake.actions.where import where as stands
from remanu.intake.queries import UNKNOWN, blank_tag
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import actions as parts_actions
from remanu.parts import queries as parts
from remanu.parts.events import Cited, Step
from remanu.rules import identity, lifecycle, text, units
from remanu.rules.actor import Actor

PACKINGS = ("stand", "crate", "pallet", "wrapped", "loose")
_READING_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """What is claimed of a core: a type of the catalogue or a family, maker, part number, serial.

    `known` is the id of an item that was here before and went back to its owner unprocessed; `tag` is the code of a
    blank tag that the core takes as its own.
    """

    known: str | None = None
    tag: str | None = None
    part_type: str | None = None
    family: str | None = None
    name: str | None = None
    maker: str | None = None
    part_number: str | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a counter showed at receipt; without `unit` it is the family's own."""

    value: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where the events of an arrival go: the item's chain, and the case with its step."""

    subject: Subject
    life: int
    step: Step
    number: int | None
    pack: str | None = None


def announce(
    tx: Tx,
    actor: Actor,
    *,
    core: Core | None = None,
    owner: str | None = None,
    packing: str | None = None,
    note: str | None = None,
) -> Recorded[events.Announced]:
    """A core is on its way: it gets its record and a case (SM-1 no. 1); the owner is sealed."""
    act = begin(tx, actor, "intake.announce")
    check_new("announce", owner_known=owner is not None)
    place = begun(act, core or Core(), "ANNOUNCED")
    body = events.Announced(
        step=place.step,
        number=place.number or 0,
        life=place.life,
        part_type=None if core is None else core.part_type,
        packing=_packed(packing),
        pack=place.pack,
    )
    sealed = words.private(actor.org_id, owner=words.line("owner", owner), note=words.note("note", note))
    return record(act, events.ANNOUNCE, place.subject, body, private=sealed)


def receive(
    tx: Tx,
    actor: Actor,
    case_id: str | None = None,
    *,
    evidence: Sequence[Cited],
    signed_by: str | None = None,
    core: Core | None = None,
    owner: str | None = None,
    carrier: str | None = None,
    packing: str | None = None,
    mass_kg: str | None = None,
    place: str | None = None,
    counters: Mapping[str, Counted] | None = None,
    condition: Sequence[events.Reading] = (),
    simulated: bool = False,
    at: datetime | None = None,
    why: str | None = None,
) -> Recorded[events.Received]:
    """A core is here and custody passed (SM-1 no. 2), announced before or not; it needs a photo.

    `signed_by` names who handed it over; owner, signer and carrier are sealed. `simulated` says that the
    condition was computed, which the item then shows for ever.
    """
    act = begin(tx, actor, "intake.receive", at=at, reason=why)
    case = announced(act, case_id)
    if not evidence:
        raise BadInput("evidence", "required")
    mass = words.amount("mass_kg", mass_kg, "kg")
    where = _arrive(act, case, core, signed=signed_by is not None, mass=mass, simulated=simulated)
    body = events.Received(
        step=where.step,
        number=where.number,
        life=where.life,
        owner_named=owner is not None,
        part_type=None if core is None else core.part_type,
        packing=_packed(packing),
        mass_kg=mass,
        place=None if place is None else stands(tx, actor, place),
        condition=as_it_came(condition),
        simulated=simulated,
        evidence=tuple(evidence),
        pack=where.pack,
    )
    sealed = words.private(
        actor.org_id,
        owner=words.line("owner", owner),
        signed_by=words.line("signed_by", signed_by),
        carrier=words.line("carrier", carrier),
    )
    done = record(act, events.RECEIVE, where.subject, body, private=sealed)
    for counter, shown in (counters or {}).items():
        count(act, where, counter, shown)
    return done


def check_new(verb: str, **facts: bool) -> str:
    """The state that an act leads to which begins a case; GuardFailed names what is missing."""
    # There is no case yet that could say so itself.
    transition = lifecycle.find("SM-1", lifecycle.NEW, verb)
    missing = lifecycle.missing(transition, {"not_on_hold": True, **facts})
    if missing:
        raise GuardFailed(action=verb, state=lifecycle.NEW, missing=list(missing))
    return transition.target


def announced(act: Act, case_id: str | None) -> parts.CaseView | None:
    """The case that was opened before the core came, where one was; NotFound before anything typed is looked at."""
    return None if case_id is None else parts.find_case(act.tx.connection, act.actor.org_id, case_id)


def _arrive(
    act: Act,
    case: parts.CaseView | None,
    core: Core | None,
    *,
    signed: bool,
    mass: str | None,
    simulated: bool,
) -> Arrival:
    if case is None:
        check_new("receive", custody_signed=signed)
        return begun(act, core or Core(), "RECEIVED", mass=mass, simulated=simulated)
    if core is not None:
        # It was claimed when the core was announced; what it really is, is said when it is identified.
        raise BadInput("core", "unknown-field")
    step = parts_actions.check_step(case, "receive", {"custody_signed": signed})
    return Arrival(case.subject, case.item.life, step, None)


def begun(act: Act, core: Core, state: str, *, mass: str | None = None, simulated: bool = False) -> Arrival:
    """A case of its own for a core that has none yet, whether it is known or new."""
    tx, org_id = act.tx, act.actor.org_id
    number = parts.next_case_number(tx.connection, org_id)
    step = Step(case=tx.new_id(), source=lifecycle.NEW, target=state)
    if core.known is not None:
        item = _known(act, core.known)
        pack = catalogue.pack_to_open(tx.connection, org_id, item.family, act.at).digest
        return Arrival(parts.subject_of(item), item.life, step, number, pack)
    new = _claimed(act, core, mass=mass, simulated=simulated)
    return Arrival(parts_actions.register(act, new).subject, new.life, step, number, new.pack)


def _known(act: Act, item_id: str) -> parts.Row:
    item = parts.find_item(act.tx.connection, act.actor.org_id, item_id)
    latest = parts.latest_case(act.tx.connection, act.actor.org_id, item_id)
    if latest is None or latest.state != "RETURNED_UNPROCESSED":
        raise Conflict(why="not-returned", code=item.code)
    return item


def _claimed(act: Act, core: Core, *, mass: str | None, simulated: bool) -> parts_actions.NewItem:
    maker, part_number, frozen, component, name = _type_of(act, core)
    if core.serial is not None and UNKNOWN in {maker, part_number}:
        # Two makers may use one serial number; without the maker it would make two parts one.
        raise BadInput("maker" if maker == UNKNOWN else "part_number", "required")
    return parts_actions.NewItem(
        family=frozen.family.id,
        pack=frozen.digest,
        code=_tag(act, core),
        component=component,
        name=words.line("name", core.name) or name,
        maker=maker,
        part_number=part_number,
        serial=None if core.serial is None else text.clean_serial("serial", core.serial),
        condition="as_received",
        origin="core",
        mass_kg=mass,
        simulated=simulated,
    )


def _tag(act: Act, core: Core) -> str | None:
    if core.tag is None:
        return None
    try:
        code = identity.parse_item(core.tag)
    except BadInput as error:
        raise BadInput("tag", str(error.details["why"])) from error
    blank = blank_tag(act.tx.connection, act.actor.org_id, code)
    if blank is None:
        raise BadInput("tag", "not-a-blank")
    if blank.voided_at is not None:
        raise BadInput("tag", "tag-void")
    if parts.by_code(act.tx.connection, code) is not None:
        raise BadInput("tag", "tag-bound")
    return code


def _type_of(act: Act, core: Core) -> tuple[str, str, catalogue.Frozen, str, str]:
    # Cleaned before anything is looked up by it: a store cannot even be asked for some of what people send.
    maker, number = words.line("maker", core.maker), words.line("part_number", core.part_number)
    if core.part_type is not None:
        row = catalogue.find_type(act.tx.connection, act.actor.org_id, core.part_type)
        maker, number = maker or row.maker or UNKNOWN, number or row.part_number or UNKNOWN
        return maker, number, _frozen(act, row.family), row.component, row.name_en
    frozen = _frozen(act, words.needed("family", core.family))
    root, name = frozen.family.root.code, frozen.family.names.en
    return maker or UNKNOWN, number or UNKNOWN, frozen, root, name


def _frozen(act: Act, family: str) -> catalogue.Frozen:
    return catalogue.pack_to_open(act.tx.connection, act.actor.org_id, family, act.at)


def count(act: Act, place: Arrival, counter: str, shown: Counted) -> None:
    """What a counter of the core shows, read in the same act."""
    try:
        parts_actions.note_counter(
            act, place.subject, counter=counter, value=shown.value, unit=shown.unit, origin="photo"
        )
    except BadInput as error:
        raise BadInput(f"counters.{counter}.value", str(error.details["why"])) from error


def _packed(packing: str | None) -> str | None:
    if packing is not None and packing not in PACKINGS:
        raise BadInput("packing", "not-a-choice")
    return packing


def as_it_came(given: Sequence[events.Reading]) -> tuple[events.Reading, ...]:
    """The values of a condition, each with a clean name and a number."""
    if len(given) > _READING_LIMIT:
        raise BadInput("condition", "too-long", limit=_READING_LIMIT)
    return tuple(_reading(one) for one in given)


def _reading(given: events.Reading) -> events.Reading:
    # Units of simulated data are not all ours, so they are kept as words; the number is checked like any other.
    return events.Reading(
        name=text.clean_line("condition", given.name, limit=60),
        value=units.parse("condition", given.value, "1").text,
        unit=text.clean_line("condition", given.unit, limit=20),
    )
