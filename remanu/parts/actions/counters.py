"""Reading the counters of a part."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from remanu.catalogue.queries import pack_of
from remanu.clock import stamp
from remanu.db import Tx
from remanu.errors import BadInput, NotFound
from remanu.families.assembly import Counter
from remanu.families.family import Family
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import events, queries
from remanu.parts.events import Cited
from remanu.parts.queries import Row, counting
from remanu.rules import counters, observed, units
from remanu.rules.actor import Actor


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
    at: datetime | None = None,
    why: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.CounterRead]:
    """Record a reading of one of the family's counters; a cumulative counter never falls (I6).

    `corrects` is the id of a reading that was wrong: it stays in the record and counts no more; `why` says so, or
    why a reading of more than a day ago is entered now.
    """
    act = begin(tx, actor, "parts.read_counter", at=at, reason=why)
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
    pack = pack_of(act.tx.connection, item)
    known = counter_of(pack, counter, rating)
    shown = units.parse("value", value, unit or known.unit)
    check_growth(act, item, pack, rating=rating, shown=shown, known=known, corrects=corrects)
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


def counter_of(pack: Family, counter: str, rating: str = "") -> Counter:
    """The pack's counter of this code, which must have the rating; BadInput otherwise."""
    known = pack.counter(counter)
    if known is None:
        raise BadInput("counter", "not-a-choice")
    if rating and rating not in {one.code for one in known.ratings}:
        raise BadInput("rating", "not-a-choice")
    return known


def check_growth(
    act: Act,
    item: Row,
    pack: Family,
    *,
    rating: str,
    shown: units.Quantity,
    known: Counter,
    corrects: str | None = None,
    field: str = "value",
) -> None:
    """Refuse a value that stands below an earlier reading, or above a later one (I6).

    The refusal says what that reading was, when, and which it is, so that it can be corrected if it was the wrong one.
    """
    value = units.exact(shown, known.unit)
    if value < 0:
        raise BadInput(field, "counter-falls", was="0", unit=known.unit)
    every = counting.readings(queries.counters(act.tx.connection, item.org_id, item.id), pack)
    standing = [one for one in counters.standing(every) if one.counter == known.code]
    mine = [one for one in standing if one.rating == rating]
    at = _moment(act, mine, corrects) if corrects is not None else act.at
    clash = counters.clash(value, at, [one for one in mine if one.id != corrects])
    if clash is not None:
        told = {"was": counters.plain(clash.other.value), "unit": known.unit, "reading": clash.other.id}
        raise BadInput(field, clash.why, **told, at=stamp(clash.other.at))
    _check_sum(value, at, standing, rating=rating, known=known, field=field)


def _moment(act: Act, mine: list[counters.Reading], corrects: str) -> datetime:
    """When the reading was taken whose place this one takes."""
    wrong = next((one for one in mine if one.id == corrects), None)
    if wrong is None:
        raise NotFound(what="reading")
    if not act.reason:
        raise BadInput("why", "required")
    return wrong.at


def _check_sum(
    value: Fraction, at: datetime, standing: list[counters.Reading], *, rating: str, known: Counter, field: str
) -> None:
    """A whole is never less than the splits that were read by then (I9)."""
    if rating or not known.ratings:
        return
    split = counters.counts([one for one in standing if one.rating], at).get(known.code)
    if split is not None and value < split.total:
        raise BadInput(field, "below-its-splits", was=counters.plain(split.total), unit=known.unit)
