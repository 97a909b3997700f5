"""Reading the counters of a part."""

from __future__ import annotations

from remanu.catalogue.queries import pack_of
from remanu.db import Tx
from remanu.errors import BadInput, NotFound
from remanu.families.assembly import Counter
from remanu.families.family import Family
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import events, queries
from remanu.parts.events import Cited
from remanu.parts.queries import Row
from remanu.rules import observed, units
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
    known = _counter(pack_of(act.tx.connection, item), counter, rating)
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


def _counter(pack: Family, counter: str, rating: str) -> Counter:
    known = next((one for one in pack.counters if one.code == counter), None)
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
