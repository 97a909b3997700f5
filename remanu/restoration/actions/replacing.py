"""Letting a part in from outside: for a component that goes out, or into a place where nothing was found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import actions as items
from remanu.parts import queries as parts
from remanu.parts.actions.trees import edges
from remanu.parts.events import Cited, Edge
from remanu.parts.queries import CaseView, trees, usage
from remanu.restoration import queries
from remanu.restoration.actions import gates
from remanu.restoration.events import repair as events
from remanu.restoration.queries import Place, Row, Sight, changes
from remanu.rules import text, units
from remanu.rules.actor import Actor
from remanu.rules.limited import METHODS
from remanu.rules.observed import check_word
from remanu.rules.workshop import ORIGINS, fits

_LIMIT = 120
_USABLE = frozenset({"serviceable", "released"})


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where the new part goes, and the component that it replaces, if there is one."""

    place: Place
    old: Row | None


def replace(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    origin: str,
    part_number: str,
    release_reference: str,
    position: str | None = None,
    maker: str | None = None,
    serial: str | None = None,
    mass_kg: str | None = None,
    old_mass_kg: str | None = None,
    size_step: str | None = None,
    control_method: str | None = None,
    control_record: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Replaced]:
    """Let a part in for a component, which is scrapped; or, on the unit itself, into the empty place `position`.

    A place that is renewed every time takes new parts alone (I16). A life-limited part goes out with the method by
    which it is kept from being used again, and a photo that shows it or the record that controls it (I11). A part of
    another number than the one before needs an approved change, unless it is of another size. The part that carries
    the unit's identity is not replaced: that would be another unit.
    """
    act = begin(tx, actor, "restoration.replace")
    case = queries.case_of(tx.connection, actor.org_id, item_id)
    gates.check_open(case, "replace")
    gap = _gap(tx, case, item_id, position)
    _check(gap, check_word("origin", origin, ORIGINS))
    control = text.clean_line("control_record", control_record, limit=_LIMIT) if control_record else None
    method = None if control_method is None else check_word("control_method", control_method, METHODS)
    if gap.old is not None and gap.place.position.life_limited:
        items.check_proof(method, evidence, reference=control)
    new = _new(case, gap, part_number, maker=maker, serial=serial, origin=origin, mass_kg=mass_kg)
    change = _substitution(act, case, gap, new, sized=bool(size_step))
    incoming = _let_in(act, case, new)
    items.note_link(act, incoming, release_reference)
    body = events.Replaced(
        case=case.id,
        position=gap.place.code,
        new=incoming.id,
        old=None if gap.old is None else gap.old.id,
        origin=origin,
        release_reference=text.clean_line("release_reference", release_reference, limit=_LIMIT),
        size_step=_size_step(case, gap, size_step),
        mass_kg=new.mass_kg,
        old_mass_kg=_old_mass(gap, old_mass_kg),
        control_method=method,
        control_record=control,
        substitution=change,
        edges=_edges(act, gap),
        evidence=evidence,
    )
    if gap.old is not None:
        record(act, events.REPLACE, parts.subject_of(gap.old), body)
    return record(act, events.REPLACE, incoming, body)


def _gap(tx: Tx, case: CaseView, item_id: str, position: str | None) -> _Gap:
    seen = Sight(tx.connection, case)
    if item_id == case.item.id:
        if not position:
            raise BadInput("position", "required")
        empty = gates.place(seen, position)
        if empty.route is not None:
            raise Conflict(why="position-filled", position=position)
        # What an earlier life put there and nobody recorded at teardown, as with sets that are always renewed.
        return _Gap(empty, seen.seated.get(position))
    route = gates.component(seen, item_id)
    here = gates.place(seen, route.position)
    return _Gap(here, parts.find_item(tx.connection, case.org_id, item_id))


def _check(gap: _Gap, origin: str) -> None:
    at = gap.place.position
    if at.identity_bearer:
        raise Conflict(why="identity-bearer", position=gap.place.code)
    said = None if gap.place.route is None else gap.place.route.disposition
    if not fits(origin, said, mandatory=at.mandatory_replace):
        raise BadInput("origin", "wrong-origin")


def _substitution(
    act: Act, case: CaseView, gap: _Gap, new: items.NewItem, *, sized: bool
) -> str | None:
    """The approved change by which a part of another number comes in, None where it needs none."""
    before = None if gap.old is None else gap.old.part_number
    if before is None or sized or text.skeleton(before) == text.skeleton(new.part_number):
        return None
    change = changes.substitution(
        act.tx.connection,
        case.org_id,
        family=case.item.family,
        component=gap.place.position.code,
        part_number=new.part_number,
        instead_of=before,
    )
    if change is None:
        raise BadInput("part_number", "substitution-needed", was=before)
    return str(change.number)


def _edges(act: Act, gap: _Gap) -> tuple[Edge, ...] | None:
    """What both counters show when the old part leaves; refused while parts sit in it still."""
    if gap.old is None:
        return None
    if trees.inside(act.tx.connection, act.actor.org_id, gap.old.id):
        raise Conflict(why="holds-parts", code=gap.old.code)
    sits = usage.sits(act.tx.connection, act.actor.org_id, gap.old.id)
    return None if sits is None else edges(act, gap.old.id, sits.host_id)


def _new(
    case: CaseView,
    gap: _Gap,
    part_number: str,
    *,
    maker: str | None,
    serial: str | None,
    origin: str,
    mass_kg: str | None,
) -> items.NewItem:
    return items.NewItem(
        family=case.item.family,
        pack=case.pack,
        component=gap.place.position.code,
        name=gap.place.position.names.en,
        maker=maker or case.item.maker,
        part_number=text.clean_line("part_number", part_number, limit=_LIMIT),
        serial=serial or None,
        condition="serviceable",
        origin=origin,
        earlier_lives="none" if origin == "new" else "unknown",
        mass_kg=gates.amount_or_none("mass_kg", mass_kg, "kg"),
        simulated=case.item.simulated,
    )


def _let_in(act: Act, case: CaseView, new: items.NewItem) -> Subject:
    """The chain of the part that comes in; one that has a record already goes on under it if it may be used."""
    try:
        return items.register(act, new).subject
    except Conflict as refused:
        if refused.details["why"] != "already-registered":
            raise
        found = parts.by_code(act.tx.connection, str(refused.details["code"]))
    item = parts.find_item(act.tx.connection, case.org_id, found.item_id if found else "")
    if item.condition not in _USABLE:
        raise Conflict(why="not-serviceable", code=item.code)
    if queries.host_of(act.tx.connection, case.org_id, item.id) is not None:
        raise Conflict(why="installed-elsewhere", code=item.code)
    if queries.in_case(act.tx.connection, case, item.id):
        raise Conflict(why="already-recorded", code=item.code)
    return parts.subject_of(item)


def _size_step(case: CaseView, gap: _Gap, given: str | None) -> str | None:
    """The size of a part that comes in over- or undersize; one of those that its mate can be worked to (I17)."""
    if not given:
        return None
    value = units.parse("size_step", given, "mm").value
    family = queries.family_of(case)
    offered = {
        Decimal(offset)
        for one in family.characteristics
        if one.steps is not None and gap.place.position.code in one.steps.mates
        for offset in one.steps.offsets
    }
    if value not in offered:
        raise BadInput("size_step", "not-a-choice", offered=sorted(map(str, offered)))
    return format(value, "f")


def _old_mass(gap: _Gap, given: str | None) -> str | None:
    """What left the place: as it was weighed now, or when it was found; where nothing was there, nothing."""
    if given is not None:
        return gates.amount("old_mass_kg", given, "kg")
    if gap.place.said == "missing":
        return "0"
    return None if gap.old is None else gap.old.mass_kg
