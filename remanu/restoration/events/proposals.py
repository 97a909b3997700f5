"""What can happen to a proposal: a person follows it or does not."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.restoration.models import ProposalDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecided:
    """A person decided on a proposal of the system, as it stood then.

    `about` is `condition`, or the part that a scheme was proposed for. `proposed` and `because` say what and why,
    `method` how, and `inputs` is the SHA-256 of everything it was drawn from, as hex.
    """

    decision_id: str
    case: str
    about: str
    proposed: tuple[str, ...]
    because: tuple[str, ...]
    method: str
    inputs: str
    decision: str
    why: str | None = None


def _decide_proposal(tx: Tx, done: Recorded[ProposalDecided]) -> None:
    b = done.body
    tx.execute(
        sa.insert(ProposalDecision).values(
            org_id=done.org_id,
            id=b.decision_id,
            case_id=b.case,
            about=b.about,
            proposed=" ".join(b.proposed),
            because=" ".join(b.because),
            method=b.method,
            inputs=b.inputs,
            decision=b.decision,
            reason=b.why,
            by_ref=done.actor_ref,
            decided_at=done.at,
        )
    )


DECIDE_PROPOSAL = Kind("restoration.decide_proposal", 1, ProposalDecided, _decide_proposal)
KINDS = (DECIDE_PROPOSAL,)
