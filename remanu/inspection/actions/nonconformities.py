"""What is not as it must be: raised by anybody, closed by somebody else."""

from __future__ import annotations

from remanu.accounts.queries import persons_of
from remanu.db import Tx
from remanu.errors import Conflict, OwnWork
from remanu.inspection import events, queries
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import sealed_note
from remanu.rules.actor import Actor
from remanu.rules.findings import NONCONFORMITY_CAUSES, NONCONFORMITY_OUTCOMES
from remanu.rules.observed import check_word


def raise_nonconformity(
    tx: Tx, actor: Actor, item_id: str, *, cause: str, note: str | None = None
) -> Recorded[events.NonconformityRaised]:
    """Say that something about a part is not as it must be; its case is not released while this is open (I22)."""
    act = begin(tx, actor, "inspection.raise_nonconformity")
    at = queries.bench(tx.connection, actor.org_id, item_id)
    return note_nonconformity(act, parts.subject_of(at.item), case_id=at.case_id, cause=cause, note=note)


def note_nonconformity(
    act: Act, about: Subject, *, case_id: str, cause: str, note: str | None = None
) -> Recorded[events.NonconformityRaised]:
    """Raise a nonconformity within an act that has begun: a failed test raises one (I21)."""
    body = events.NonconformityRaised(
        nonconformity=act.tx.new_id(),
        case=case_id,
        cause=check_word("cause", cause, NONCONFORMITY_CAUSES),
    )
    return record(act, events.RAISE_NONCONFORMITY, about, body, private=sealed_note(act, note))


def close_nonconformity(
    tx: Tx, actor: Actor, nonconformity_id: str, *, outcome: str, note: str | None = None
) -> Recorded[events.NonconformityClosed]:
    """Say that a nonconformity is settled; whoever raised it does not close it (domain.md §3.4)."""
    act = begin(tx, actor, "inspection.close_nonconformity")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    if row.closed_at is not None:
        raise Conflict(why="already-closed")
    persons = persons_of(tx.connection, actor.org_id, [actor.ref, row.raised_by])
    if persons[actor.ref] == persons[row.raised_by]:
        raise OwnWork(acts=["inspection.raise_nonconformity"])
    item = parts.find_item(tx.connection, actor.org_id, row.item_id)
    body = events.NonconformityClosed(
        nonconformity=row.id,
        case=row.case_id,
        outcome=check_word("outcome", outcome, NONCONFORMITY_OUTCOMES),
    )
    return record(
        act, events.CLOSE_NONCONFORMITY, parts.subject_of(item), body, private=sealed_note(act, note)
    )
