"""What can happen to what units consist of: a change is proposed, approved by somebody else, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.restoration.models import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProposed:
    """Another part number for a component (substitute), or a component that units may go without (delete)."""

    number: str
    what: str
    family: str
    component: str
    part_number: str | None = None
    instead_of: str | None = None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeApproved:
    """Somebody who did not propose it approves the change."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWithdrawn:
    """The change counts no more; what was done by it stays."""

    number: str


def _propose(tx: Tx, done: Recorded[ChangeProposed]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Change).values(
            org_id=done.org_id,
            id=done.subject.id,
            number=b.number,
            what=b.what,
            family=b.family,
            component=b.component,
            part_number=b.part_number,
            instead_of=b.instead_of,
            why=b.why,
            author_ref=done.actor_ref,
            proposed_at=done.at,
        )
    )


def _approve(tx: Tx, done: Recorded[ChangeApproved]) -> None:
    mine = (Change.org_id == done.org_id, Change.id == done.subject.id)
    tx.execute(sa.update(Change).where(*mine).values(approved_at=done.at))


def _withdraw(tx: Tx, done: Recorded[ChangeWithdrawn]) -> None:
    mine = (Change.org_id == done.org_id, Change.id == done.subject.id)
    tx.execute(sa.update(Change).where(*mine).values(withdrawn_at=done.at))


PROPOSE_CHANGE = Kind("restoration.propose_change", 1, ChangeProposed, _propose)
APPROVE_CHANGE = Kind("restoration.approve_change", 1, ChangeApproved, _approve)
WITHDRAW_CHANGE = Kind("restoration.withdraw_change", 1, ChangeWithdrawn, _withdraw)
KINDS = (PROPOSE_CHANGE, APPROVE_CHANGE, WITHDRAW_CHANGE)
