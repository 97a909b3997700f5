"""A person decides on a proposal: it is followed, or it is not and the record says why."""

from __future__ import annotations

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.restoration.events import proposals as events
from remanu.restoration.queries import proposals as queries
from remanu.restoration.queries.proposals import CONDITION, Proposals
from remanu.rules.actor import Actor

DECISIONS = ("followed", "not_followed")
REASONS = ("saw-more", "customer", "capacity", "cost", "method-doubted", "other")
"""Why a proposal is not followed; the list is closed."""


def decide_proposal(
    tx: Tx, actor: Actor, case_id: str, *, about: str, inputs: str, decision: str, why: str | None = None
) -> Recorded[events.ProposalDecided]:
    """Say that a proposal is followed or not; it decides nothing else.

    `inputs` is the digest of the proposal that the person saw: Conflict `proposal-changed` when it would be another
    one by now, `proposal-decided` when somebody decided on this one. BadInput `required` without a reason for not
    following it.
    """
    act = begin(tx, actor, "restoration.decide_proposal")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    known = queries.proposals(tx.connection, case, tx.now)
    proposed, because, method = _seen(known, about, inputs)
    if known.decided(inputs) is not None:
        raise Conflict(why="proposal-decided")
    if decision not in DECISIONS:
        raise BadInput("decision", "not-a-choice")
    if decision == "not_followed" and why not in REASONS:
        raise BadInput("why", "required" if why is None else "not-a-choice")
    body = events.ProposalDecided(
        decision_id=tx.new_id(),
        case=case.id,
        about=about,
        proposed=proposed,
        because=because,
        method=method,
        inputs=inputs,
        decision=decision,
        why=why if decision == "not_followed" else None,
    )
    return record(act, events.DECIDE_PROPOSAL, case.subject, body)


def _seen(known: Proposals, about: str, inputs: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """What was proposed there, and why, if it still is what the person saw."""
    if about == CONDITION and known.condition is not None and known.condition.digest == inputs:
        one = known.condition
        return (one.grade, str(one.remaining)), (f"error-{one.error}", f"known-{one.n}"), queries.TREND_METHOD
    for part in known.parts:
        if part.route.item_id == about and part.digest == inputs:
            first = part.proposal.schemes[0].operations if part.proposal.schemes else ("replace",)
            return first, part.proposal.because, queries.SCHEME_METHOD
    raise Conflict(why="proposal-changed")
