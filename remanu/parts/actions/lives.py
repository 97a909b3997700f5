"""Limited lives: counters read by rating, installations told by documents, parts kept apart, and what may be fitted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from remanu.catalogue.queries import pack_of
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotFound
from remanu.families.family import Family
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, Private, begin, record
from remanu.ledger.seal import organisation_key
from remanu.parts import queries
from remanu.parts.actions.counters import check_growth, counter_of
from remanu.parts.events import Cited
from remanu.parts.events.lives import (
    CONTROL_PART,
    READ_SPLIT,
    TRACE_INSTALLATION,
    Controlled,
    Ends,
    Split,
    SplitRead,
    Traced,
)
from remanu.parts.queries import Row, limited, usage
from remanu.rules import counters, text, units
from remanu.rules import limited as sm9
from remanu.rules.actor import Actor
from remanu.rules.observed import READING_ORIGINS, check_word

_LIMIT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a counter showed at one rating."""

    rating: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a counter of the part or of its host showed when an installation began and ended."""

    whose: str
    counter: str
    rating: str = ""
    start: str
    end: str
    unit: str | None = None


def read_split(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    counter: str,
    total: str,
    splits: tuple[Shown, ...],
    origin: str,
    unit: str | None = None,
    at: datetime | None = None,
    why: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[SplitRead]:
    """Record a counter at all its ratings at once; the ratings sum to the total that is read with them (I9).

    `why` says why a reading of more than a day ago is entered now.
    """
    act = begin(tx, actor, "parts.read_split", at=at, reason=why)
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    pack = pack_of(tx.connection, item)
    known = counter_of(pack, counter)
    if not known.ratings:
        raise BadInput("counter", "not-split")
    whole = units.parse("total", total, unit or known.unit)
    read = [_split(n, one, whole.unit) for n, one in enumerate(splits)]
    _check_ratings([one.rating for one in splits], [one.code for one in known.ratings])
    if not counters.splits_agree(Fraction(whole.value), [Fraction(one.value) for one in read]):
        raise BadInput("total", "sum-differs", sum=format(sum(one.value for one in read), "f"))
    for n, (one, value) in enumerate(zip(splits, read, strict=True)):
        field = f"splits.{n}.value"
        check_growth(act, item, pack, rating=one.rating, shown=value, known=known, field=field)
    body = SplitRead(
        counter=counter,
        total=whole.text,
        unit=whole.unit,
        origin=check_word("origin", origin, READING_ORIGINS),
        splits=tuple(
            Split(reading=tx.new_id(), rating=one.rating, value=value.text)
            for one, value in zip(splits, read, strict=True)
        ),
        evidence=evidence,
    )
    return record(act, READ_SPLIT, queries.subject_of(item), body)


def _split(n: int, one: Shown, unit: str) -> units.Quantity:
    return units.parse(f"splits.{n}.value", one.value, unit)


def _check_ratings(given: Sequence[str], known: Sequence[str]) -> None:
    """Each rating of the counter once: what is left out would be counted at no rating."""
    for n, one in enumerate(given):
        if one not in known:
            raise BadInput(f"splits.{n}.rating", "not-a-choice")
        if one in given[:n]:
            raise BadInput(f"splits.{n}.rating", "given-twice")
    if set(known) - set(given):
        raise BadInput("splits", "required")


def trace_installation(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    host: str,
    operator: str,
    since: date,
    until: date,
    counted: tuple[Counted, ...],
    evidence: tuple[Cited, ...],
    corrects: str | None = None,
    why: str | None = None,
) -> Recorded[Traced]:
    """Enter one installation of a life-limited part from before this record, as its document tells it (I5).

    The document is cited by its digest, the operator is sealed. A row that does not fit its neighbours is taken all
    the same, because that is what the paper says: the break is named and the part is not serviceable. `corrects`
    names a row that was copied wrongly; `why` says so.
    """
    act = begin(tx, actor, "parts.trace_installation", reason=why)
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    pack = pack_of(tx.connection, item)
    _check_limited(pack, item)
    _check_days(act, since, until)
    _check_correction(act, item, corrects)
    ends = {whose: _ends(pack, whose, counted) for whose in ("item", "host")}
    _check_told(pack, item, ends["item"])
    if not evidence:
        raise BadInput("evidence", "required")
    body = Traced(
        row=tx.new_id(),
        host=text.clean_line("host", host, limit=_LIMIT),
        since=since.isoformat(),
        until=until.isoformat(),
        part=ends["item"],
        host_counters=ends["host"],
        document=evidence[0].digest,
        corrects=corrects,
        evidence=evidence,
    )
    words = {"operator": text.clean_line("operator", operator, limit=_LIMIT)}
    private = Private(organisation_key(actor.org_id), words)
    return record(act, TRACE_INSTALLATION, queries.subject_of(item), body, private=private)


def _check_limited(pack: Family, item: Row) -> None:
    if not pack.is_limited(item.component):
        raise Conflict(why="not-life-limited", code=item.code)


def _check_days(act: Act, since: date, until: date) -> None:
    if until < since:
        raise BadInput("until", "ends-before")
    if until > act.tx.now.date():
        raise BadInput("until", "absurd-time")


def _check_correction(act: Act, item: Row, corrects: str | None) -> None:
    if corrects is None:
        return
    if corrects not in {row.id for row in limited.traced(act.tx.connection, item.org_id, item.id)}:
        raise NotFound(what="trace row")
    if not act.reason:
        raise BadInput("why", "required")


def _ends(pack: Family, whose: str, counted: Iterable[Counted]) -> tuple[Ends, ...]:
    found = []
    for n, one in enumerate(counted):
        if check_word(f"counted.{n}.whose", one.whose, ("item", "host")) == whose:
            found.append(_end(pack, n, one))
    return tuple(found)


def _end(pack: Family, n: int, one: Counted) -> Ends:
    known = counter_of(pack, one.counter, one.rating)
    unit = one.unit or known.unit
    start = units.parse(f"counted.{n}.start", one.start, unit)
    end = units.parse(f"counted.{n}.end", one.end, unit)
    if units.exact(start, known.unit) < 0:
        raise BadInput(f"counted.{n}.start", "negative")
    if units.exact(end, known.unit) < units.exact(start, known.unit):
        raise BadInput(f"counted.{n}.end", "counter-falls", was=start.text, unit=unit)
    return Ends(counter=one.counter, rating=one.rating, unit=unit, start=start.text, end=end.text)


def _check_told(pack: Family, item: Row, ends: Sequence[Ends]) -> None:
    """What limits the life is told of the part itself: its own counts are never replaced by those of a host."""
    told = [(one.counter, one.rating) for one in ends]
    for n, one in enumerate(told):
        if one in told[:n]:
            raise BadInput(f"counted.{n}.rating", "given-twice")
    limits = {one.counter for one in pack.life_limits if one.component == item.component}
    if not limits <= {counter for counter, _ in told}:
        raise BadInput("counted", "required", counters=sorted(limits))


def control_part(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    method: str,
    reference: str,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[Controlled]:
    """Keep a removed life-limited part from being fitted by mistake (SM-9 no. 7, 14 CFR 43.10(c)).

    `reference` names the record, tag or place. A part that sits in a unit is not under control.
    """
    act = begin(tx, actor, "parts.control_part")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    pack = pack_of(tx.connection, item)
    _check_limited(pack, item)
    found = standing_of(tx, item, pack)
    if sm9.find(found.state, "REMOVED_CONTROLLED") is None:
        raise Conflict(why="not-to-be-controlled", state=found.state)
    if usage.sits(tx.connection, actor.org_id, item.id) is not None:
        raise Conflict(why="installed-already", code=item.code)
    named = text.clean_line("reference", reference, limit=_LIMIT)
    check_proof(check_word("method", method, sm9.CONTROLS), evidence, reference=named)
    body = Controlled(
        method=method,
        reference=named,
        evidence=evidence,
    )
    return record(act, CONTROL_PART, queries.subject_of(item), body)


_ASKED_AT = {"method-needed": "control_method", "record-needed": "control_record"}


def check_proof(method: str | None, evidence: tuple[Cited, ...], *, reference: str | None) -> None:
    """Refuse what does not show what becomes of a life-limited part: no method, or a paper instead of a photo (I11)."""
    photos = sum(one.media_type.startswith("image/") for one in evidence)
    why = sm9.lacking(method, photos=photos, reference=reference)
    if why is not None:
        raise BadInput(_ASKED_AT.get(why, "evidence"), why)


def standing_of(tx: Tx, item: Any, pack: Family) -> limited.Limited:
    """How a life-limited part stands now."""
    found = limited.limited_parts(tx.connection, item.org_id, [item], pack, tx.now)
    return found[0]


def check_life(tx: Tx, item: Any, host_id: str) -> None:
    """Refuse to fit a life-limited part whose life has ended or cannot be told, or that nobody kept apart (I10, SM-9).

    Whatever is not life-limited passes.
    """
    pack = pack_of(tx.connection, item)
    if not pack.is_limited(item.component):
        return
    found = standing_of(tx, item, pack)
    if not found.serviceable:
        raise Conflict(why=found.why, code=item.code, part=item.name)
    if not found.may_go_into(host_id):
        raise Conflict(why="control-needed", code=item.code, part=item.name)
