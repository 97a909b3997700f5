"""A core is set apart for a reason of a closed list, and let go by a second person."""

from __future__ import annotations

from collections.abc import Sequence

from remanu.accounts.queries import person_of
from remanu.db import Tx
from remanu.errors import BadInput, NotFound, OwnWork
from remanu.intake import events, queries
from remanu.intake.actions import words
from remanu.intake.actions.where import where
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import check_step
from remanu.parts.events import Cited
from remanu.rules import duties
from remanu.rules.actor import Actor

REASONS = (
    "identity_unclear",
    "ownership_unclear",
    "asbestos",
    "pcb",
    "radioactive",
    "data_storage",
    "battery",
    "suspected_unapproved",
    "accident",
    "fire",
    "flood",
)
"""Why a core may be set apart (domain.md §3.2 no. 3)."""


def quarantine(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    place: str,
    reason: str | None = None,
    note: str | None = None,
    evidence: Sequence[Cited] = (),
) -> Recorded[events.Quarantined]:
    """Set a core apart (SM-1 no. 3); the note is sealed."""
    act = begin(tx, actor, "intake.quarantine")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "quarantine", {"quarantine_reason": reason is not None})
    if reason not in REASONS:
        raise BadInput("reason", "not-a-choice")
    body = events.Quarantined(
        step=step,
        quarantine=tx.new_id(),
        reason=reason,
        place=where(tx, actor, place),
        evidence=tuple(evidence),
    )
    sealed = words.private(actor.org_id, note=words.note("note", note))
    return record(act, events.QUARANTINE, case.subject, body, private=sealed)


def release_from_quarantine(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    finding: str | None = None,
    cleared: bool = False,
    evidence: Sequence[Cited] = (),
) -> Recorded[events.QuarantineReleased]:
    """Clear the reason (SM-1 no. 4); OwnWork for whoever set the core apart. The finding is sealed."""
    act = begin(tx, actor, "intake.release_from_quarantine")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    said = words.note("finding", finding)
    step = check_step(case, "release_from_quarantine", {"reason_cleared": cleared and said is not None})
    person = person_of(tx.connection, actor.org_id, actor.ref)
    barred = duties.may_clear_quarantine(person, parts.acts_in(tx.connection, case))
    if barred:
        raise OwnWork(acts=[one.verb for one in barred])
    row = queries.open_quarantine(tx.connection, actor.org_id, case.id)
    if row is None:
        raise NotFound(what="quarantine")
    body = events.QuarantineReleased(step=step, quarantine=row.id, evidence=tuple(evidence))
    sealed = words.private(actor.org_id, finding=said)
    return record(act, events.RELEASE_FROM_QUARANTINE, case.subject, body, private=sealed)
