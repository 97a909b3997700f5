"""Trees of parts: fit a part into another, take it out, and what both counters show at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remanu.clock import stamp
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import events, queries
from remanu.parts.actions.counters import note_counter
from remanu.parts.actions.entering import NewItem, register
from remanu.parts.actions.links import note_link
from remanu.parts.actions.lives import check_life
from remanu.parts.events import Cited, Edge
from remanu.parts.queries import Row, trees, usage
from remanu.rules import genealogy, lifecycle, text
from remanu.rules.actor import Actor
from remanu.rules.observed import check_word

ORIGINS = ("core", "new", "reman", "used_serviceable")
_LIMIT = 120
_SLOT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A reading taken at the moment of an act: of the part itself (item) or of what it sits in (host)."""

    whose: str
    counter: str
    value: str
    unit: str | None = None
    rating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecorded:
    """A part that has no record yet, as it is fitted; a paper makes one that comes from outside usable."""

    part_number: str
    serial: str | None = None
    maker: str | None = None
    name: str | None = None
    origin: str = "core"
    mass_kg: str | None = None


def fit(
    tx: Tx,
    actor: Actor,
    host_id: str,
    *,
    position: str,
    code: str | None = None,
    new: Unrecorded | None = None,
    papers: str | None = None,
    readings: tuple[Read, ...] = (),
    at: datetime | None = None,
    why: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Fitted]:
    """Put a part into a position of another one, whatever that sits in itself (I4).

    `code` names a part that has a record; `new` describes one that gets it by this act. A part never comes into
    itself, nor into what it holds. `why` says why it is entered more than a day later.
    """
    act = begin(tx, actor, "parts.fit", at=at, reason=why)
    host = queries.find_item(tx.connection, actor.org_id, host_id)
    slot = text.clean_line("position", position, limit=_SLOT)
    check_host(act, host)
    item = _known(act, code) if code else _entered(act, host, slot, new=new, papers=papers)
    shown = check_fit(act, item, host, slot)
    if code:
        # What is found in its place is recorded as it is; what is fitted must have life left and its trace whole (I10).
        check_life(tx, item, host.id)
    take_readings(act, item.id, host.id, readings)
    found = new is not None and new.origin == "core"
    body = events.Fitted(
        installation=tx.new_id(),
        host=host.id,
        position=slot,
        origin=None if new is None else new.origin,
        papers=_papers("papers", papers),
        began="found" if found else None,
        edges=edges(act, item.id, host.id) if readings else shown,
        evidence=evidence,
    )
    done = record(act, events.FIT, queries.subject_of(item), body)
    if new is not None:
        note_link(act, done.subject, papers)
    return done


def _known(act: Act, code: str) -> Row:
    found = queries.by_code(act.tx.connection, code)
    if found is None or found.org_id != act.actor.org_id:
        raise BadInput("code", "not-our-part")
    return queries.find_item(act.tx.connection, act.actor.org_id, found.item_id)


def _entered(act: Act, host: Row, slot: str, *, new: Unrecorded | None, papers: str | None) -> Row:
    if new is None:
        raise BadInput("code", "required")
    origin = check_word("origin", new.origin, ORIGINS)
    outside = origin != "core"
    if outside and not papers:
        raise BadInput("papers", "required")
    made = NewItem(
        family=host.family,
        pack=host.pack,
        component=slot,
        name=new.name or slot,
        maker=new.maker or host.maker,
        part_number=new.part_number,
        serial=new.serial or None,
        condition="serviceable" if outside else "unreleased",
        origin=origin,
        earlier_lives="none" if origin == "new" else "unknown",
        mass_kg=new.mass_kg,
        simulated=host.simulated,
    )
    return queries.find_item(act.tx.connection, host.org_id, register(act, made).subject.id)


def check_host(act: Act, host: Row) -> None:
    """Refuse a host that is no more, and one that stands as it was built and certified."""
    if genealogy.is_ended(host.condition):
        raise Conflict(why="scrapped-part", code=host.code)
    _check_open(act, host)


def _check_open(act: Act, item: Row) -> None:
    """Neither the part's own case nor that of the unit around it says that everything is as it was certified."""
    connection, org_id = act.tx.connection, act.actor.org_id
    for one in dict.fromkeys((item.id, trees.top_of(connection, org_id, item.id))):
        case = queries.case_about(connection, org_id, one)
        if case is not None and case.closed_at is None and genealogy.is_built(case.state):
            raise Conflict(why="unit-is-built", code=case.item.code)


def check_fit(act: Act, item: Row, host: Row, slot: str) -> tuple[Edge, ...]:
    """Refuse what cannot be: a part that is no more or not usable here, a ring, a place or a part that is taken."""
    if genealogy.is_ended(item.condition):
        raise Conflict(why="scrapped-part", code=item.code)
    if not genealogy.may_hold(host.condition, item.condition):
        raise Conflict(why="not-serviceable", code=item.code)
    _check_own_case(act, item)
    return check_place(act, item.id, host.id, slot)


def _check_own_case(act: Act, item: Row) -> None:
    """A part that has its own way through a case goes back by the acts of that case."""
    case = queries.case_about(act.tx.connection, act.actor.org_id, item.id)
    if case is not None and case.closed_at is None and case.state in lifecycle.BEFORE_RELEASE:
        raise Conflict(why="in-case", code=case.item.code)


def check_place(act: Act, item_id: str, host_id: str, slot: str) -> tuple[Edge, ...]:
    """Refuse a ring, one level too many, a part that sits elsewhere and a position that is filled, from now on (I4).

    Answers what the counters of both show at that moment, because it has looked at everything around.
    """
    connection, org_id = act.tx.connection, act.actor.org_id
    around = _around(act, host_id)
    events.hold_still(act.tx, org_id, item_id, around[-1])
    if usage.would_loop(connection, org_id, item_id=item_id, host_id=host_id, since=act.at):
        raise Conflict(why="into-itself")
    if len(around) + trees.height(connection, org_id, item_id) > genealogy.DEEPEST:
        raise Conflict(why="too-many-levels", most=genealogy.DEEPEST)
    taken = usage.clashes(
        connection, org_id, item_id=item_id, host_id=host_id, position=slot, since=act.at
    )
    _check_free(taken, item_id=item_id, host_id=host_id, slot=slot)
    return _edges(act, item_id, around)


def _around(act: Act, host_id: str) -> list[str]:
    """The host and every assembly around it, outwards."""
    way = trees.way_up(act.tx.connection, act.actor.org_id, host_id)
    return [host_id, *(step.host_id for step in way)]


def _check_free(taken: list[Row], *, item_id: str, host_id: str, slot: str) -> None:
    for row in taken:
        if row.to_at is not None:
            raise BadInput("at", "overlaps", until=stamp(row.to_at))
        if row.item_id == item_id:
            here = row.host_id == host_id and row.position == slot
            raise Conflict(why="installed-already" if here else "installed-elsewhere")
        raise Conflict(why="position-filled", position=slot)


def remove(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    why: str,
    papers: str | None = None,
    readings: tuple[Read, ...] = (),
    at: datetime | None = None,
    late: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Removed]:
    """Take a part out of its position, with what is in it: why, by which document, and what both counters show.

    `late` says why it is entered more than a day later.
    """
    act = begin(tx, actor, "parts.remove", at=at, reason=late)
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    where = usage.sits(tx.connection, actor.org_id, item_id)
    if where is None:
        raise Conflict(why="not-installed")
    if act.at < where.from_at:
        raise BadInput("at", "before-installation", since=stamp(where.from_at))
    _check_open(act, item)
    reason = check_word("why", why, genealogy.REMOVALS)
    take_readings(act, item.id, where.host_id, readings)
    body = events.Removed(
        installation=where.id,
        host=where.host_id,
        position=where.position,
        why=reason,
        papers=_papers("papers", papers),
        condition=genealogy.after_removal(item.condition, reason),
        edges=edges(act, item.id, where.host_id),
        evidence=evidence,
    )
    return record(act, events.REMOVE, queries.subject_of(item), body)


def _papers(field: str, given: str | None) -> str | None:
    return text.clean_line(field, given, limit=_LIMIT) if given else None


# ------------------------------------------------------------------------ counters at both ends


def take_readings(act: Act, item_id: str, host_id: str, readings: tuple[Read, ...]) -> None:
    """Record what was read at this moment, of the part and of what it sits in."""
    if not readings:
        return
    counted = _counted(act, host_id)
    for n, one in enumerate(readings):
        about = item_id if check_word(f"readings.{n}.whose", one.whose, ("item", "host")) == "item" else counted
        _note(act, n, one, about)


def _note(act: Act, n: int, one: Read, about: str) -> None:
    subject = queries.subject_of(queries.find_item(act.tx.connection, act.actor.org_id, about))
    try:
        note_counter(
            act,
            subject,
            counter=one.counter,
            value=one.value,
            origin="instrument",
            unit=one.unit,
            rating=one.rating,
        )
    except BadInput as refused:
        field = refused.details["field"]
        raise BadInput(f"readings.{n}.{field}", str(refused.details["why"])) from refused


def edges(act: Act, item_id: str, host_id: str) -> tuple[Edge, ...]:
    """What the counters of the part and of its host show by the record, for the moment at which one leaves the other.

    An assembly without counters of its own goes by the nearest one around it that has some.
    """
    return _edges(act, item_id, _around(act, host_id))


def _edges(act: Act, item_id: str, around: list[str]) -> tuple[Edge, ...]:
    shown = queries.counters_at(act.tx.connection, act.actor.org_id, [item_id, *around], act.at)
    host = next((one for one in around if shown.get(one)), around[-1])
    return tuple(
        Edge(
            whose=whose,
            item=about,
            counter=row.counter,
            rating=row.rating,
            value=row.value,
            unit=row.unit,
            at=stamp(row.read_at),
        )
        for whose, about in (("item", item_id), ("host", host))
        for row in shown.get(about, ())
    )


def _counted(act: Act, host_id: str) -> str:
    """The nearest assembly from this host outwards that has counters; the outermost where none has."""
    around = _around(act, host_id)
    found = queries.counters_at(act.tx.connection, act.actor.org_id, around, act.at)
    return next((one for one in around if found.get(one)), around[-1])


def where_it_sat(
    act: Act, came: datetime, *, item: Subject, host: Subject, position: str
) -> events.Sat | None:
    """The place in which a part is seen that nobody recorded: it sat there since the host came, at least.

    None where the record has something else in that place, or the part elsewhere, at any time since.
    """
    since = min(came, act.at)
    taken = usage.clashes(
        act.tx.connection,
        act.actor.org_id,
        item_id=item.id,
        host_id=host.id,
        position=position,
        since=since,
    )
    if since == act.at or taken:
        return None
    return events.Sat(installation=act.tx.new_id(), host=host.id, position=position, since=stamp(since))
