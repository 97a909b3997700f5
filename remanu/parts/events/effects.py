"""Effects on the tables of parts that the events of all features share; each copies and decides nothing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import Conflict
from remanu.ledger import evidence as files
from remanu.ledger.kinds import Recorded
from remanu.parts.events.bodies import Cited, Step
from remanu.parts.models import (
    Case,
    ComponentRoute,
    Item,
    Life,
    PublicState,
    SearchWord,
)


def index(tx: Tx, done: Recorded[Any], words: tuple[str, ...]) -> None:
    """Make the part findable by these words; a word it has already is left alone."""
    if not words:
        return
    known = set(
        tx.execute(
            sa.select(SearchWord.word).where(
                SearchWord.org_id == done.org_id, SearchWord.item_id == done.subject.id
            )
        ).scalars()
    )
    fresh = [w for w in dict.fromkeys(words) if w not in known]
    if fresh:
        rows = [{"org_id": done.org_id, "word": word, "item_id": done.subject.id} for word in fresh]
        tx.execute(sa.insert(SearchWord), rows)


def cite(tx: Tx, done: Recorded[Any], evidence: tuple[Cited, ...]) -> None:
    """Enter cited files; the same file may be cited again."""
    files.enter(tx, done, evidence)


def open_case(
    tx: Tx, done: Recorded[Any], *, case: str, number: int, life: int, state: str, pack: str | None = None,
    mode: str | None = None,
) -> None:
    """A case begins for the event's item, worked by the pack of this digest, None for the built-in one.

    `at` is what somebody said and may lie ahead; whatever is asked of the case since it was opened, such as who
    did work in it, goes by when things were recorded, and must find the act that opened it.
    """
    opened = min(done.at, done.recorded_at)
    tx.execute(
        sa.insert(Case).values(
            org_id=done.org_id,
            id=case,
            item_id=done.subject.id,
            number=number,
            state=state,
            life_from=life,
            loops=0,
            opened_at=opened,
            changed_at=done.at,
            pack=pack,
            mode=mode,
        )
    )
    _change_item(tx, done, pack=pack)


def shift(tx: Tx, done: Recorded[Any], step: Step, **changes: Any) -> None:
    """Move the case, guarded by the state it was seen in: the loser of a race gets Conflict, never silence."""
    moved = tx.execute(
        sa.update(Case)
        .where(*_as_seen(done, step))
        .values(state=step.target, changed_at=done.at, **changes)
    ).rowcount
    if moved != 1:
        raise Conflict(why="state-changed", case=step.case)


def close_case(tx: Tx, done: Recorded[Any], step: Step) -> None:
    """The part goes on in another case; this one keeps its last state and moves no more."""
    closed = tx.execute(sa.update(Case).where(*_as_seen(done, step)).values(closed_at=done.at)).rowcount
    if closed != 1:
        raise Conflict(why="state-changed", case=step.case)


def _as_seen(done: Recorded[Any], step: Step) -> tuple[sa.ColumnElement[bool], ...]:
    open_still = Case.closed_at.is_(None)
    return (Case.org_id == done.org_id, Case.id == step.case, Case.state == step.source, open_still)


def close_life(tx: Tx, done: Recorded[Any]) -> None:
    """Close the part's open life at receipt (architecture.md §4)."""
    tx.execute(
        sa.update(Life)
        .where(Life.org_id == done.org_id, Life.item_id == done.subject.id, Life.closed_at.is_(None))
        .values(closed_at=done.at)
    )


def open_life(tx: Tx, done: Recorded[Any], *, n: int, by: str) -> None:
    """Open life `n` by a release certificate (I3)."""
    key = {"org_id": done.org_id, "item_id": done.subject.id}
    tx.execute(sa.insert(Life).values(n=n, opened_at=done.at, opened_by=by, **key))
    _change_item(tx, done, life=n)


def set_condition(tx: Tx, done: Recorded[Any], condition: str) -> None:
    """Say whether the part may be used: as_received, unreleased, serviceable, released, scrapped, donor."""
    _change_item(tx, done, condition=condition)


def set_place(tx: Tx, done: Recorded[Any], place: str | None) -> None:
    """Where the part is now."""
    _change_item(tx, done, place=place)


def weigh(tx: Tx, done: Recorded[Any], mass_kg: str) -> None:
    """What the part weighs."""
    _change_item(tx, done, mass_kg=mass_kg)


def confirm_identity(
    tx: Tx,
    done: Recorded[Any],
    *,
    maker: str,
    part_number: str,
    serial: str | None,
    identity: str | None,
    name: str | None = None,
    words: tuple[str, ...] = (),
) -> None:
    """The part is what was read on it; `identity` comes from `actions.claim_identity`, which keeps I1."""
    named = {} if name is None else {"name": name}
    _change_item(tx, done, maker=maker, part_number=part_number, serial=serial, identity=identity, **named)
    index(tx, done, words)


def _change_item(tx: Tx, done: Recorded[Any], **values: Any) -> None:
    mine = (Item.org_id == done.org_id, Item.id == done.subject.id)
    tx.execute(sa.update(Item).where(*mine).values(**values))


def route(tx: Tx, done: Recorded[Any], *, case: str, position: str, found: bool, replaces: str | None = None) -> None:
    """The event's item gets a route in the case."""
    tx.execute(
        sa.insert(ComponentRoute).values(
            org_id=done.org_id,
            case_id=case,
            item_id=done.subject.id,
            position=position,
            found=found,
            replaces=replaces,
        )
    )


def dispose(tx: Tx, done: Recorded[Any], *, case: str, disposition: str) -> None:
    """The component's one disposition in this case (I15)."""
    tx.execute(
        sa.update(ComponentRoute)
        .where(
            ComponentRoute.org_id == done.org_id,
            ComponentRoute.case_id == case,
            ComponentRoute.item_id == done.subject.id,
        )
        .values(disposition=disposition)
    )


def say(tx: Tx, done: Recorded[Any], state: str) -> None:
    """Set the part's public state (architecture.md §4); other organisations read nothing but this.

    States: in-process, released, under-review, revoked, superseded, scrapped, returned.
    """
    uri = done.subject.uri
    tx.execute(sa.delete(PublicState).where(PublicState.uri == uri))
    tx.execute(
        sa.insert(PublicState).values(uri=uri, state=state, since=done.at, digest=done.commitment.hex())
    )
