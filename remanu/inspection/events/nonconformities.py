"""What can happen when something is not as it must be (SM-3): bodies of events, and their effect on the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import Conflict
from remanu.inspection.models import Nonconformity
from remanu.ledger.kinds import Kind, Recorded, unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A transition of SM-3: the nonconformity leaves `source` for `target`."""

    nonconformity: str
    case: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NonconformityRaised:
    """Something is not as it must be; the words are sealed. `recall` names the recall of an instrument behind it."""

    nonconformity: str
    case: str
    cause: str
    recall: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NonconformityReviewed:
    """The review board took it up."""

    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class NonconformityDecided:
    """The board decided rework, repair, scrap or return; `data` names the approved data where it needs some."""

    turn: Turn
    decision: str
    data: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NonconformityVerified:
    """Somebody who did not do it saw that what was decided is done."""

    turn: Turn
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NonconformityClosed:
    """A person other than the raiser found that it is settled."""

    nonconformity: str
    case: str
    outcome: str


def turn(tx: Tx, done: Recorded[Any], one: Turn, **values: Any) -> None:
    """Move the nonconformity, guarded by the state it was seen in: the loser of a race gets Conflict."""
    moved = tx.execute(
        sa.update(Nonconformity)
        .where(
            Nonconformity.org_id == done.org_id,
            Nonconformity.id == one.nonconformity,
            Nonconformity.state == one.source,
        )
        .values(state=one.target, **values)
    ).rowcount
    if moved != 1:
        raise Conflict(why="state-changed", nonconformity=one.nonconformity)


def _raise_nonconformity(tx: Tx, done: Recorded[NonconformityRaised]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Nonconformity).values(
            org_id=done.org_id,
            id=b.nonconformity,
            item_id=done.subject.id,
            case_id=b.case,
            cause=b.cause,
            raised_at=done.at,
            raised_by=done.actor_ref,
            raised_in=done.id,
            state="OPEN",
            recall_id=b.recall,
        )
    )


def _review_nonconformity(tx: Tx, done: Recorded[NonconformityReviewed]) -> None:
    turn(tx, done, done.body.turn)


def _decide_nonconformity(tx: Tx, done: Recorded[NonconformityDecided]) -> None:
    turn(tx, done, done.body.turn, decision=done.body.decision, design_data=done.body.data)


def _verify_nonconformity(tx: Tx, done: Recorded[NonconformityVerified]) -> None:
    turn(tx, done, done.body.turn, closed_at=done.at, outcome=done.body.outcome)


def _close_nonconformity(tx: Tx, done: Recorded[NonconformityClosed]) -> None:
    b = done.body
    tx.execute(
        sa.update(Nonconformity)
        .where(Nonconformity.org_id == done.org_id, Nonconformity.id == b.nonconformity)
        .values(closed_at=done.at, outcome=b.outcome, state="CLOSED")
    )


RAISE_NONCONFORMITY = Kind(
    "inspection.raise_nonconformity", 2, NonconformityRaised, _raise_nonconformity, {1: unchanged}
)
REVIEW_NONCONFORMITY = Kind(
    "inspection.review_nonconformity", 1, NonconformityReviewed, _review_nonconformity
)
DECIDE_NONCONFORMITY = Kind("inspection.decide_nonconformity", 1, NonconformityDecided, _decide_nonconformity)
VERIFY_NONCONFORMITY = Kind(
    "inspection.verify_nonconformity", 1, NonconformityVerified, _verify_nonconformity
)
CLOSE_NONCONFORMITY = Kind("inspection.close_nonconformity", 1, NonconformityClosed, _close_nonconformity)
KINDS: tuple[Kind[Any], ...] = (
    RAISE_NONCONFORMITY,
    REVIEW_NONCONFORMITY,
    DECIDE_NONCONFORMITY,
    VERIFY_NONCONFORMITY,
    CLOSE_NONCONFORMITY,
)
