"""What can happen when something is not as it must be: bodies of events, and their effect on the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.inspection.models import Nonconformity
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class NonconformityRaised:
    """Something is not as it must be; the words are sealed."""

    nonconformity: str
    case: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NonconformityClosed:
    """A person other than the raiser found that it is settled."""

    nonconformity: str
    case: str
    outcome: str


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
        )
    )


def _close_nonconformity(tx: Tx, done: Recorded[NonconformityClosed]) -> None:
    b = done.body
    tx.execute(
        sa.update(Nonconformity)
        .where(Nonconformity.org_id == done.org_id, Nonconformity.id == b.nonconformity)
        .values(closed_at=done.at, outcome=b.outcome)
    )


RAISE_NONCONFORMITY = Kind("inspection.raise_nonconformity", 1, NonconformityRaised, _raise_nonconformity)
CLOSE_NONCONFORMITY = Kind("inspection.close_nonconformity", 1, NonconformityClosed, _close_nonconformity)
KINDS: tuple[Kind[Any], ...] = (RAISE_NONCONFORMITY, CLOSE_NONCONFORMITY)
