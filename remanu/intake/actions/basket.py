"""Scan many, act once: the basket of a member, and acts on everything in it or on nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotFound, Refusal
from remanu.intake import events, queries
from remanu.intake.actions import arrival, judgement
from remanu.intake.actions.where import where
from remanu.intake.models import BasketRow
from remanu.intake.queries import Row, Scanned
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import remove
from remanu.parts.events import Cited
from remanu.rules import basket, canonical, identity, undo
from remanu.rules.actor import Actor

_MOST_TAGS = 200
WHY_VOID = ("spoilt", "misprinted", "lost", "surplus")


def put(tx: Tx, actor: Actor, code: str) -> tuple[Row, bool]:
    """Put a code of ours into the basket; its row, and whether it lay there before.

    Conflict `basket-full`. A code that no part of the organisation has stays as such, and is never acted on.
    """
    rows = queries.basket_codes(tx.connection, actor)
    mine = (BasketRow.org_id == actor.org_id, BasketRow.ref == actor.ref)
    if code in {row.code for row in rows}:
        again = sa.update(BasketRow).where(*mine, BasketRow.code == code).values(times=BasketRow.times + 1)
        tx.execute(again)
        return _row(tx, actor, code), True
    if len(rows) >= basket.MOST:
        raise Conflict(why="basket-full")
    n = max((row.n for row in rows), default=0) + 1
    values = {"org_id": actor.org_id, "ref": actor.ref, "code": code, "times": 1, "n": n}
    tx.execute(sa.insert(BasketRow).values(**values))
    return _row(tx, actor, code), False


def _row(tx: Tx, actor: Actor, code: str) -> Row:
    return next(one.row for one in queries.basket_of(tx.connection, actor) if one.row.code == code)


def take_out(tx: Tx, actor: Actor, codes: Sequence[str]) -> int:
    """Take these codes out of the basket; returns how many lay there."""
    mine = (BasketRow.org_id == actor.org_id, BasketRow.ref == actor.ref)
    return tx.execute(sa.delete(BasketRow).where(*mine, BasketRow.code.in_(list(codes)))).rowcount


def receive_all(
    tx: Tx,
    actor: Actor,
    seen: Sequence[str],
    *,
    evidence: Sequence[Cited],
    signed_by: str | None = None,
    carrier: str | None = None,
    packing: str | None = None,
    place: str | None = None,
) -> list[Recorded[Any]]:
    """Receive every announced core of the basket with one signature and one set of photos."""
    hands = {"signed_by": signed_by, "carrier": carrier, "packing": packing, "place": place}
    shared: dict[str, Any] = {"evidence": evidence, **hands}
    return _each(tx, actor, "receive", seen, lambda one: arrival.receive(tx, actor, one.row.case_id, **shared))


def accept_all(tx: Tx, actor: Actor, seen: Sequence[str], *, note: str | None = None) -> list[Recorded[Any]]:
    """Accept every graded core of the basket; nobody says here what each is worth, so no grader accepts his own."""
    return _each(tx, actor, "accept", seen, lambda one: judgement.accept(tx, actor, one.row.case_id, note=note))


def move_all(tx: Tx, actor: Actor, seen: Sequence[str], *, place: str | None) -> list[Recorded[Any]]:
    """Move every part of the basket to one place."""
    there = where(tx, actor, place)
    return _each(tx, actor, "move", seen, lambda one: move(tx, actor, one.row.item_id, place=there))


def remove_all(
    tx: Tx, actor: Actor, seen: Sequence[str], *, why: str | None, papers: str | None = None
) -> list[Recorded[Any]]:
    """Take every part of the basket out of its position, for one reason and by one document."""
    if why is None:
        raise BadInput("why", "required")
    shared: dict[str, Any] = {"why": why, "papers": papers}
    return _each(tx, actor, "remove", seen, lambda one: remove(tx, actor, one.row.item_id, **shared))


def _each(
    tx: Tx, actor: Actor, act: str, seen: Sequence[str], do: Callable[[Scanned], Recorded[Any]]
) -> list[Recorded[Any]]:
    """Do it to all that the person saw, or to none, and empty the basket.

    Conflict `basket-empty`, `basket-changed` when something else lies there than was seen, `basket-blocked`.
    """
    rows = queries.basket_of(tx.connection, actor)
    if not rows:
        raise Conflict(why="basket-empty")
    if {one.row.code for one in rows} != set(seen):
        raise Conflict(why="basket-changed")
    blocked = basket.blockers(act, [one.seen for one in rows])
    if blocked:
        raise Conflict(why="basket-blocked", blockers={one.reason: list(one.codes) for one in blocked})
    done = [_named(one, do) for one in reversed(rows)]
    take_out(tx, actor, seen)
    return done


def _named(one: Scanned, do: Callable[[Scanned], Recorded[Any]]) -> Recorded[Any]:
    try:
        return do(one)
    except Refusal as problem:
        # Among two hundred parts, whoever reads the refusal has to know which one it was.
        problem.details["code"] = one.row.code
        raise


def move(tx: Tx, actor: Actor, item_id: str, *, place: str) -> Recorded[events.Moved]:
    """A part goes to another place, which is named or whose sign was scanned."""
    act = begin(tx, actor, "intake.move")
    item = parts.find_item(tx.connection, actor.org_id, item_id)
    body = events.Moved(place=where(tx, actor, place), before=item.place)
    return record(act, events.MOVE, parts.subject_of(item), body)


def undo_move(tx: Tx, actor: Actor, item_id: str) -> Recorded[events.MoveUndone]:
    """Take back one's own move of a moment ago, as an event of its own; Conflict `cannot-be-undone` otherwise."""
    act = begin(tx, actor, "intake.undo_move")
    item = parts.find_item(tx.connection, actor.org_id, item_id)
    last = parts.history(tx.connection, actor.org_id, item.id, limit=1)[0]
    if not undo.may_undo(last.kind, by=last.actor_ref, at=last.recorded_at, actor=actor.ref, now=tx.now):
        raise Conflict(why="cannot-be-undone")
    before = dict(canonical.decode(last.canonical))["body"].get("before")
    body = events.MoveUndone(undone=last.id, place=before)
    return record(act, events.UNDO_MOVE, parts.subject_of(item), body)


def issue_tags(tx: Tx, actor: Actor, *, count: int) -> Recorded[events.TagsIssued]:
    """Make codes for tags that are printed ahead; a core takes one at its first scan."""
    act = begin(tx, actor, "intake.issue_tags")
    if not 0 < count <= _MOST_TAGS:
        raise BadInput("count", "negative" if count <= 0 else "too-large")
    codes = tuple(identity.new_item_code(secrets.randbits) for _ in range(count))
    number = f"T-{len(queries.batches(tx.connection, actor.org_id)) + 1:04d}"
    body = events.TagsIssued(number=number, codes=codes)
    return record(act, events.ISSUE_TAGS, subject(actor.org_id, tx.new_id()), body)


def void_tags(tx: Tx, actor: Actor, batch: str, *, why: str, code: str | None = None) -> Recorded[events.TagsVoided]:
    """Say that a blank tag of the batch is spoilt or lost, or without `code` all that no part has taken.

    BadInput `not-of-this-batch`, `tag-bound`, `tag-void`; Conflict `nothing-left`.
    """
    act = begin(tx, actor, "intake.void_tags")
    tags = {row.code: row for row in queries.tags_of(tx.connection, actor.org_id, batch)}
    if not tags:
        raise NotFound(what="batch")
    if why not in WHY_VOID:
        raise BadInput("why", "not-a-choice")
    codes = [_left(tx, tags, code)] if code else [row.code for row in tags.values() if _is_left(row)]
    if not codes:
        raise Conflict(why="nothing-left")
    body = events.TagsVoided(codes=tuple(sorted(codes)), why=why)
    return record(act, events.VOID_TAGS, subject(actor.org_id, batch), body)


def keep_tags(tx: Tx, actor: Actor, batch: str, *, place: str) -> Recorded[events.TagsKept]:
    """Say where the blank tags of a batch lie, by a place's name or its sign; NotFound for no batch of one's own."""
    act = begin(tx, actor, "intake.keep_tags")
    queries.find_batch(tx.connection, actor.org_id, batch)
    body = events.TagsKept(place=where(tx, actor, place))
    return record(act, events.KEEP_TAGS, subject(actor.org_id, batch), body)


def _is_left(row: Row) -> bool:
    return row.item_id is None and row.voided_at is None


def _left(tx: Tx, tags: Mapping[str, Row], given: str) -> str:
    """The code of a tag that is left in the batch."""
    try:
        code = identity.parse_scan(given, tx.label_hosts).item
    except BadInput as refused:
        raise BadInput("code", str(refused.details["why"])) from refused
    row = tags.get(code)
    if row is None:
        raise BadInput("code", "not-of-this-batch")
    if not _is_left(row):
        raise BadInput("code", "tag-void" if row.item_id is None else "tag-bound")
    return code
