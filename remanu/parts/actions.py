"""Doing things to parts: register, read marks and counters, attach evidence, hold, and life after delivery."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, GuardFailed, NotFound
from remanu.families.assembly import Counter
from remanu.families.loader import load_all
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, Private, begin, record
from remanu.ledger.seal import organisation_key
from remanu.parts import events, queries
from remanu.parts.events import Cited, Step
from remanu.parts.queries import CaseView, Row
from remanu.rules import identity, lifecycle, observed, text, units
from remanu.rules.actor import Actor

_LIMIT = 120
_NOTE_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """What is known of a part when it enters the record; `earlier_lives` is none, unknown or known."""

    family: str
    component: str
    name: str
    maker: str
    part_number: str
    serial: str | None
    condition: str
    origin: str
    earlier_lives: str = "unknown"
    mass_kg: str | None = None
    life: int = 0
    simulated: bool = False


def register(act: Act, new: NewItem) -> Recorded[events.Registered]:
    """Give a part its record, its public code and its first life; Conflict when it has one already (I1)."""
    known = claim_identity(act.tx, act.actor.org_id, maker=new.maker, part_number=new.part_number, serial=new.serial)
    code = identity.new_item_code(secrets.randbits)
    subject = Subject(act.actor.org_id, act.tx.new_id(), f"{act.tx.label_origin}/{code}")
    body = events.Registered(
        code=code,
        uri=subject.uri,
        family=new.family,
        component=new.component,
        name=text.clean_line("name", new.name, limit=_LIMIT),
        maker=text.clean_line("maker", new.maker, limit=_LIMIT),
        part_number=text.clean_line("part_number", new.part_number, limit=_LIMIT),
        serial=None if new.serial is None else text.clean_serial("serial", new.serial),
        identity=known,
        condition=new.condition,
        origin=new.origin,
        mass_kg=new.mass_kg,
        life=new.life,
        earlier_lives=new.earlier_lives,
        simulated=new.simulated,
        words=words(code, new.name, new.maker, new.part_number, new.serial or ""),
    )
    return record(act, events.REGISTER, subject, body)


def words(*texts: str) -> tuple[str, ...]:
    """The words under which these texts are found, each once; numbers also without their hyphens and spaces."""
    found = (word for one in texts for word in (*text.search_words(one), text.joined(one)) if word)
    return tuple(dict.fromkeys(found))


def claim_identity(
    tx: Tx, org_id: str, *, maker: str, part_number: str, serial: str | None, item_id: str | None = None
) -> str | None:
    """What makes the part the same as another (I1), None without serial; Conflict when another item has it."""
    if serial is None:
        return None
    known = "|".join(text.skeleton(part) for part in (maker, part_number, serial))
    twin = queries.by_identity(tx.connection, org_id, known)
    if twin is not None and twin.id != item_id:
        raise Conflict(why="already-registered", code=twin.code)
    return known


def check_step(case: CaseView, verb: str, facts: Mapping[str, bool]) -> Step:
    """The transition of SM-1 for this verb; NotAllowed from this state, GuardFailed naming what is missing."""
    if case.closed_at is not None:
        raise Conflict(why="case-closed", case=case.id)
    transition = lifecycle.find("SM-1", case.state, verb)
    missing = lifecycle.missing(transition, {"not_on_hold": not case.holds, **facts})
    if missing:
        raise GuardFailed(action=verb, state=case.state, missing=list(missing))
    return Step(case=case.id, source=case.state, target=transition.target)


def sealed_note(act: Act, note: str | None) -> Private | None:
    """A note for the organisation's own eyes, sealed beside the event; None where nothing was noted."""
    if not note:
        return None
    plain = text.clean_note("note", note, limit=_NOTE_LIMIT)
    return Private(organisation_key(act.actor.org_id), {"note": plain})


def read_mark(
    tx: Tx, actor: Actor, item_id: str, *, kind: str, mark: str, evidence: tuple[Cited, ...] = ()
) -> Recorded[events.MarkRead]:
    """Record a mark exactly as it stands on the part; maker's marks are read, never overwritten."""
    act = begin(tx, actor, "parts.read_mark")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    return note_mark(act, queries.subject_of(item), kind=kind, mark=mark, evidence=evidence)


def note_mark(
    act: Act, subject: Subject, *, kind: str, mark: str, evidence: tuple[Cited, ...] = ()
) -> Recorded[events.MarkRead]:
    """Record a mark within an act that has begun: whoever identifies a part reads its marks."""
    read = text.clean_line("mark", mark, limit=_LIMIT)
    body = events.MarkRead(
        mark=act.tx.new_id(),
        kind=observed.check_word("kind", kind, observed.MARK_KINDS),
        text=read,
        words=words(read),
        evidence=evidence,
    )
    return record(act, events.READ_MARK, subject, body)


def read_counter(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    counter: str,
    value: str,
    origin: str,
    unit: str | None = None,
    rating: str = "",
    corrects: str | None = None,
    why: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.CounterRead]:
    """Record a reading of one of the family's counters; a cumulative counter never falls (I6).

    `corrects` is the id of a reading that was wrong: it stays in the record and counts no more; `why` says so.
    """
    act = begin(tx, actor, "parts.read_counter", reason=why)
    subject = queries.subject_of(queries.find_item(tx.connection, actor.org_id, item_id))
    return note_counter(
        act,
        subject,
        counter=counter,
        value=value,
        origin=origin,
        unit=unit,
        rating=rating,
        corrects=corrects,
        evidence=evidence,
    )


def note_counter(
    act: Act,
    subject: Subject,
    *,
    counter: str,
    value: str,
    origin: str,
    unit: str | None = None,
    rating: str = "",
    corrects: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.CounterRead]:
    """Record a reading within an act that has begun: whoever receives a part reads its counters."""
    item = queries.find_item(act.tx.connection, subject.org_id, subject.id)
    known = _counter(item, counter, rating)
    shown = units.parse("value", value, unit or known.unit)
    earlier = _readings(act.tx, item, counter, rating)
    if corrects is not None:
        _check_correction(act, earlier, corrects)
    _check_growth(known, shown, [row for row in earlier if row.id != corrects])
    body = events.CounterRead(
        reading=act.tx.new_id(),
        counter=counter,
        rating=rating,
        value=shown.text,
        unit=shown.unit,
        origin=observed.check_word("origin", origin, observed.READING_ORIGINS),
        corrects=corrects,
        evidence=evidence,
    )
    return record(act, events.READ_COUNTER, subject, body)


def _counter(item: Row, counter: str, rating: str) -> Counter:
    known = next((one for one in load_all()[item.family].counters if one.code == counter), None)
    if known is None:
        raise BadInput("counter", "not-a-choice")
    if rating and rating not in {one.code for one in known.ratings}:
        raise BadInput("rating", "not-a-choice")
    return known


def _readings(tx: Tx, item: Row, counter: str, rating: str) -> list[Row]:
    found = queries.standing(queries.counters(tx.connection, item.org_id, item.id))
    return [row for row in found if (row.counter, row.rating) == (counter, rating)]


def _check_correction(act: Act, earlier: list[Row], corrects: str) -> None:
    if corrects not in {row.id for row in earlier}:
        raise NotFound(what="reading")
    if not act.reason:
        raise BadInput("why", "required")


def _check_growth(known: Counter, shown: units.Quantity, earlier: list[Row]) -> None:
    before = [units.convert(units.parse("value", row.value, row.unit), known.unit) for row in earlier]
    last = max((one.value for one in before), default=None)
    now = units.convert(shown, known.unit).value
    if now < 0 or (last is not None and now < last):
        raise BadInput("value", "counter-falls", was=str(last or 0), unit=known.unit)


def attach(
    tx: Tx, actor: Actor, item_id: str, *, evidence: tuple[Cited, ...], case_id: str | None = None
) -> Recorded[events.Attached]:
    """Cite uploaded files as evidence of a part; without a case named, of the case that it is in."""
    act = begin(tx, actor, "parts.attach")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    if not evidence:
        raise BadInput("evidence", "required")
    case = queries.case_about(tx.connection, actor.org_id, item.id) if case_id is None else None
    body = events.Attached(case=case.id if case else case_id, evidence=evidence)
    return record(act, events.ATTACH, queries.subject_of(item), body)


def hold(tx: Tx, actor: Actor, case_id: str, *, why: str, note: str | None = None) -> Recorded[events.Held]:
    """Stop a case; any guard fails until the hold is lifted (domain.md §3.2)."""
    act = begin(tx, actor, "parts.hold")
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    reason = observed.check_word("why", why, observed.HOLD_REASONS)
    body = events.Held(hold=tx.new_id(), case=case.id, reason=reason)
    return record(act, events.HOLD, case.subject, body, private=sealed_note(act, note))


def lift_hold(
    tx: Tx, actor: Actor, case_id: str, *, hold_id: str, note: str | None = None
) -> Recorded[events.HoldLifted]:
    """Let a held case go on; NotFound when this hold does not stop it any more."""
    act = begin(tx, actor, "parts.lift_hold")
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    if hold_id not in {row.id for row in queries.open_holds(tx.connection, actor.org_id, case.id)}:
        raise NotFound(what="hold")
    body = events.HoldLifted(hold=hold_id, case=case.id)
    return record(act, events.LIFT_HOLD, case.subject, body, private=sealed_note(act, note))


def field_event(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    what: str,
    at: datetime | None = None,
    why: str | None = None,
    note: str | None = None,
) -> Recorded[events.FieldEvent]:
    """Record what happened in service (SM-1 no. 28); `why` says why it is entered more than a day later."""
    act = begin(tx, actor, "parts.field_event", at=at, reason=why)
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "field_event", {})
    body = events.FieldEvent(step=step, what=observed.check_word("what", what, observed.FIELD_EVENTS))
    return record(act, events.FIELD_EVENT, case.subject, body, private=sealed_note(act, note))


def return_core(tx: Tx, actor: Actor, case_id: str, *, note: str | None = None) -> Recorded[events.CoreReturned]:
    """The owner returns the part: the life closes, a new case is announced (SM-1 no. 29)."""
    act = begin(tx, actor, "parts.return_core")
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "return_core", queries.facts(tx.connection, case, tx.now))
    number = queries.next_case_number(tx.connection, actor.org_id)
    body = events.CoreReturned(step=step, new_case=tx.new_id(), number=number, life=case.item.life)
    return record(act, events.RETURN_CORE, case.subject, body, private=sealed_note(act, note))
