"""Acts of identifiers: record one that a part has, give it a GS1 key of one's own, withdraw; and confirm prefixes."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotFound
from remanu.families.gs1 import dictionary
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import queries
from remanu.parts.actions.entering import words
from remanu.parts.events import identifiers as events
from remanu.parts.events.bodies import Cited
from remanu.parts.queries import Row
from remanu.parts.queries import identifiers as held
from remanu.rules import gs1, identifiers
from remanu.rules.actor import Actor
from remanu.rules.gs1 import Element
from remanu.rules.identifiers import Identifier
from remanu.rules.observed import check_word


def add_identifier(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    value: str,
    scheme: str | None = None,
    issuer: str | None = None,
    marked: bool = False,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.IdentifierAdded]:
    """Record an identifier that a part has: a maker's mark, a GS1 key of anybody, a serial of anybody.

    Without a scheme the text says what it is. BadInput with the reason where it is not a valid one of its scheme;
    Conflict `identifier-taken` where another part has it.
    """
    act = begin(tx, actor, "parts.add_identifier")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    kind = check_word("scheme", scheme, identifiers.SCHEMES) if scheme else None
    found = identifiers.worked_out(value, dictionary(), scheme=kind, maker=issuer or "")
    _check_free(tx, item, found)
    body = events.IdentifierAdded(
        identifier=tx.new_id(),
        scheme=found.scheme,
        value=found.value,
        normalised=found.normalised,
        issuer=found.issuer,
        marked=marked,
        words=_words(found),
        evidence=evidence,
    )
    return record(act, events.ADD_IDENTIFIER, queries.subject_of(item), body)


def mint_identifier(
    tx: Tx, actor: Actor, item_id: str, *, scheme: str, number: str, serial: str | None = None
) -> Recorded[events.IdentifierMinted]:
    """Give a part a GS1 key under a company prefix that is confirmed today; without `serial` by our own code of it.

    `number` is the GTIN, ITIP or CPID; for a GIAI the company prefix. Conflict `prefix-not-confirmed` where nobody
    confirmed a prefix that the key begins with.
    """
    act = begin(tx, actor, "parts.mint_identifier")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    check_word("scheme", scheme, identifiers.KEYS)
    found = _key(scheme, number.strip(), serial=serial or item.code)
    prefix = _confirmed(act, found)
    _check_free(tx, item, found)
    if held.minted_as(tx.connection, found.normalised) is not None:
        raise Conflict(why="identifier-taken")
    body = events.IdentifierMinted(
        identifier=tx.new_id(),
        scheme=found.scheme,
        value=found.value,
        normalised=found.normalised,
        prefix=prefix,
        words=_words(found),
    )
    return record(act, events.MINT_IDENTIFIER, queries.subject_of(item), body)


def _key(scheme: str, number: str, *, serial: str) -> Identifier:
    ais = identifiers.KEYS[scheme]
    values = (number + serial,) if scheme == identifiers.GIAI else (number, serial)
    elements = tuple(Element(ai, value) for ai, value in zip(ais, values, strict=True))
    for one in elements:
        gs1.check_value(one, dictionary())
    return identifiers.of_elements(elements)[0]


def _confirmed(act: Act, found: Identifier) -> str:
    """The prefix that the key begins with, of those in force today; none is ever invented (labels.md §1.2)."""
    rows = held.prefixes(act.tx.connection, act.actor.org_id)
    known = held.in_force(rows, _today(act))
    prefix = next((one for one in known if identifiers.begins_with(found, one, dictionary())), None)
    if prefix is None:
        raise Conflict(why="prefix-not-confirmed")
    return prefix


def _today(act: Act) -> date:
    moment: datetime = act.tx.now
    return moment.astimezone(ZoneInfo(act.actor.zone)).date()


def _check_free(tx: Tx, item: Row, found: Identifier) -> None:
    holder = held.holder_of(tx.connection, item.org_id, found)
    if holder is not None and holder.item_id == item.id:
        raise Conflict(why="identifier-known")
    if holder is not None:
        raise Conflict(why="identifier-taken", code=holder.code)


def _words(found: Identifier) -> tuple[str, ...]:
    return words(found.value, found.issuer)


def withdraw_identifier(
    tx: Tx, actor: Actor, item_id: str, *, identifier_id: str, why: str
) -> Recorded[events.IdentifierWithdrawn]:
    """Say that an identifier is not the part's; it stays in its history and leads here no more."""
    act = begin(tx, actor, "parts.withdraw_identifier")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    rows = held.identifiers_of(tx.connection, actor.org_id, item.id)
    if identifier_id not in {row.id for row in rows if row.withdrawn_at is None}:
        raise NotFound(what="identifier")
    body = events.IdentifierWithdrawn(
        identifier=identifier_id, why=check_word("why", why, identifiers.WITHDRAWN_FOR)
    )
    return record(act, events.WITHDRAW_IDENTIFIER, queries.subject_of(item), body)


def confirm_prefix(
    tx: Tx, actor: Actor, *, prefix: str, applies_from: date, evidence: tuple[Cited, ...]
) -> Recorded[events.PrefixConfirmed]:
    """Confirm by its document that a GS1 company prefix is the organisation's own, from a day on.

    Nothing in a number shows whose it is, so an administrator answers for it. Conflict `prefix-taken` where it begins
    as one that stands here already.
    """
    act = begin(tx, actor, "parts.confirm_prefix")
    digits = identifiers.check_prefix(prefix)
    if not evidence:
        raise BadInput("evidence", "required")
    if held.overlapping(tx.connection, digits):
        raise Conflict(why="prefix-taken")
    body = events.PrefixConfirmed(prefix=digits, applies_from=applies_from.isoformat(), evidence=evidence)
    return record(act, events.CONFIRM_PREFIX, subject(actor.org_id, tx.new_id()), body)


def end_prefix(tx: Tx, actor: Actor, prefix_id: str, *, ended_from: date) -> Recorded[events.PrefixEnded]:
    """Say from which day on nothing is minted under a prefix; what was minted stays, for it stands on parts."""
    act = begin(tx, actor, "parts.end_prefix")
    row = held.find_prefix(tx.connection, actor.org_id, prefix_id)
    if row.ended_from is not None:
        raise Conflict(why="prefix-ended")
    if ended_from.isoformat() < row.applies_from:
        raise BadInput("ended_from", "ends-before")
    body = events.PrefixEnded(ended_from=ended_from.isoformat())
    return record(act, events.END_PREFIX, subject(actor.org_id, row.id), body)
