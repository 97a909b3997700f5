"""What is not as it must be (SM-3): raised by anybody, reviewed and decided by the board, verified by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from remanu.accounts.queries import person_of, persons_of
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, GuardFailed, OwnWork
from remanu.inspection import events, queries
from remanu.inspection.events import Turn
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import sealed_note
from remanu.rules import duties, lifecycle, text
from remanu.rules.actor import Actor
from remanu.rules.findings import CLOSED_BECAUSE, NONCONFORMITY_CAUSES
from remanu.rules.nonconformities import CONCEDED, DECISIONS, OUTCOMES
from remanu.rules.observed import check_word

_LIMIT = 80


def raise_nonconformity(
    tx: Tx, actor: Actor, item_id: str, *, cause: str, note: str | None = None
) -> Recorded[events.NonconformityRaised]:
    """Say that something about a part is not as it must be; its case is not released while this is open (I22)."""
    act = begin(tx, actor, "inspection.raise_nonconformity")
    at = queries.bench(tx.connection, actor.org_id, item_id)
    return note_nonconformity(act, parts.subject_of(at.item), case_id=at.case_id, cause=cause, note=note)


def note_nonconformity(
    act: Act, about: Subject, *, case_id: str, cause: str, note: str | None = None, recall: str | None = None
) -> Recorded[events.NonconformityRaised]:
    """Raise a nonconformity within an act that has begun: a failed test raises one (I21)."""
    body = events.NonconformityRaised(
        nonconformity=act.tx.new_id(),
        case=case_id,
        cause=check_word("cause", cause, NONCONFORMITY_CAUSES),
        recall=recall,
    )
    return record(act, events.RAISE_NONCONFORMITY, about, body, private=sealed_note(act, note))


def turned(row: Any, verb: str, facts: Mapping[str, bool]) -> Turn:
    """The transition of SM-3 for this verb; NotAllowed from this state, GuardFailed naming what is missing."""
    if row.closed_at is not None:
        raise Conflict(why="already-closed")
    step = lifecycle.find("SM-3", row.state, verb)
    missing = lifecycle.missing(step, facts)
    if missing:
        raise GuardFailed(action=verb, state=row.state, missing=list(missing))
    return Turn(nonconformity=row.id, case=row.case_id, source=row.state, target=step.target)


def check_apart(tx: Tx, actor: Actor, row: Any, verb: str) -> None:
    """OwnWork where this person did what the verb may not be done by himself, to this part and in this case."""
    case = parts.find_case(tx.connection, row.org_id, row.case_id)
    person = person_of(tx.connection, actor.org_id, actor.ref)
    acts = queries.acts_about(tx.connection, row, since=case.opened_at)
    own = duties.barred_by(verb, person, acts=acts)
    if own:
        raise OwnWork(action=verb, acts=sorted({one.verb for one in own}))


def subject_of(tx: Tx, row: Any) -> Subject:
    """The chain of the part that a nonconformity is about."""
    return parts.subject_of(parts.find_item(tx.connection, row.org_id, row.item_id))


def review_nonconformity(
    tx: Tx, actor: Actor, nonconformity_id: str, *, note: str | None = None
) -> Recorded[events.NonconformityReviewed]:
    """Take a nonconformity before the review board (SM-3 no. 2)."""
    act = begin(tx, actor, "inspection.review_nonconformity")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    body = events.NonconformityReviewed(turn=turned(row, "review_nonconformity", {}))
    about = subject_of(tx, row)
    return record(act, events.REVIEW_NONCONFORMITY, about, body, private=sealed_note(act, note))


def decide_nonconformity(
    tx: Tx,
    actor: Actor,
    nonconformity_id: str,
    *,
    decision: str,
    data: str | None = None,
    note: str | None = None,
) -> Recorded[events.NonconformityDecided]:
    """Decide rework, repair, scrap or return (SM-3 no. 3); a repair needs the number of the approved data."""
    act = begin(tx, actor, "inspection.decide_nonconformity")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    check_word("decision", decision, DECISIONS)
    approved = text.clean_line("data", data, limit=_LIMIT) if data else None
    known = {"design_data_approved": decision != "repair" or approved is not None}
    body = events.NonconformityDecided(
        turn=turned(row, "decide_nonconformity", known), decision=decision, data=approved
    )
    about = subject_of(tx, row)
    return record(act, events.DECIDE_NONCONFORMITY, about, body, private=sealed_note(act, note))


def verify_nonconformity(
    tx: Tx, actor: Actor, nonconformity_id: str, *, seen: bool, note: str | None = None
) -> Recorded[events.NonconformityVerified]:
    """Say that what was decided is done, or that the concession's terms are kept (SM-3 no. 7).

    OwnWork for whoever did it since the nonconformity was raised, and for whoever asked for the concession.
    """
    act = begin(tx, actor, "inspection.verify_nonconformity")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    step = turned(row, "verify_nonconformity", {"action_seen": seen})
    _check_not_doer(tx, actor, row)
    outcome = CONCEDED if row.state == "CONCESSION_APPROVED" else OUTCOMES[row.decision]
    body = events.NonconformityVerified(turn=step, outcome=outcome)
    about = subject_of(tx, row)
    return record(act, events.VERIFY_NONCONFORMITY, about, body, private=sealed_note(act, note))


def _check_not_doer(tx: Tx, actor: Actor, row: Any) -> None:
    # What was done before it was raised is not what is verified now.
    person = person_of(tx.connection, actor.org_id, actor.ref)
    acts = queries.acts_about(tx.connection, row, since=row.raised_at)
    own = duties.barred_by("verify_nonconformity", person, acts=acts)
    if own:
        raise OwnWork(action="verify_nonconformity", acts=sorted({one.verb for one in own}))


def close_nonconformity(
    tx: Tx, actor: Actor, nonconformity_id: str, *, outcome: str, note: str | None = None
) -> Recorded[events.NonconformityClosed]:
    """Say that nothing was wrong, or that another one stands for it (SM-3 no. 9); not by whoever raised it."""
    act = begin(tx, actor, "inspection.close_nonconformity")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    turned(row, "close_nonconformity", {})
    persons = persons_of(tx.connection, actor.org_id, [actor.ref, row.raised_by])
    if persons[actor.ref] == persons[row.raised_by]:
        raise OwnWork(acts=["inspection.raise_nonconformity"])
    if outcome not in CLOSED_BECAUSE:
        raise BadInput("outcome", "decide-first")
    body = events.NonconformityClosed(nonconformity=row.id, case=row.case_id, outcome=outcome)
    about = subject_of(tx, row)
    return record(act, events.CLOSE_NONCONFORMITY, about, body, private=sealed_note(act, note))
