"""A core is not taken: rejected, and then returned to its owner, recycled, or kept to give its parts."""

from __future__ import annotations

from collections.abc import Sequence

from remanu.db import Tx
from remanu.errors import BadInput
from remanu.intake import events, queries
from remanu.intake.actions import words
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import check_step
from remanu.parts.events import Cited
from remanu.rules.actor import Actor

WHY_REJECTED = ("grade", "not_economic", "no_capacity", "hazard", "owner_withdrew")


def reject(
    tx: Tx, actor: Actor, case_id: str, *, reason: str, note: str | None = None
) -> Recorded[events.Rejected]:
    """Do not take the core (SM-1 no. 8); the note is sealed."""
    act = begin(tx, actor, "intake.reject")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "reject", queries.facts(tx.connection, case, act.at))
    if reason not in WHY_REJECTED:
        raise BadInput("reason", "not-a-choice")
    sealed = words.private(actor.org_id, note=words.note("note", note))
    body = events.Rejected(step=step, reason=reason)
    return record(act, events.REJECT, case.subject, body, private=sealed)


def return_to_owner(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    owner_agrees: bool = False,
    consignment: str | None = None,
    carrier: str | None = None,
    evidence: Sequence[Cited] = (),
) -> Recorded[events.ReturnedToOwner]:
    """The core goes back as it came (SM-1 no. 9); consignment note and carrier are sealed."""
    act = begin(tx, actor, "intake.return_to_owner")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "return_to_owner", _facts(tx, case, owner_agrees=owner_agrees))
    sealed = words.private(
        actor.org_id,
        consignment=words.line("consignment", consignment),
        carrier=words.line("carrier", carrier),
    )
    body = events.ReturnedToOwner(step=step, evidence=tuple(evidence))
    return record(act, events.RETURN_TO_OWNER, case.subject, body, private=sealed)


def _facts(tx: Tx, case: parts.CaseView, **asked: bool) -> dict[str, bool]:
    # While an owner's appeal is open the core stays, for it is what another person grades.
    return {**asked, "no_open_appeal": queries.open_appeal(tx.connection, case.org_id, case.id) is None}


def send_to_recycling(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    owner_agrees: bool = False,
    waste_code: str | None = None,
    waste_record: str | None = None,
    mass_kg: str | None = None,
    recycler: str | None = None,
    evidence: Sequence[Cited] = (),
) -> Recorded[events.SentToRecycling]:
    """The core goes to recycling with a waste record (SM-1 no. 9); the recycler is sealed."""
    act = begin(tx, actor, "intake.send_to_recycling")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    recorded = None not in (waste_code, waste_record, mass_kg)
    facts = _facts(tx, case, owner_agrees=owner_agrees, waste_recorded=recorded)
    step = check_step(case, "send_to_recycling", facts)
    body = events.SentToRecycling(
        step=step,
        waste_code=words.needed("waste_code", waste_code),
        waste_record=words.needed("waste_record", waste_record),
        mass_kg=words.amount("mass_kg", mass_kg, "kg") or "",
        evidence=tuple(evidence),
    )
    sealed = words.private(actor.org_id, recycler=words.line("recycler", recycler))
    return record(act, events.SEND_TO_RECYCLING, case.subject, body, private=sealed)


def keep_as_donor(
    tx: Tx, actor: Actor, case_id: str, *, owner_agrees: bool = False, place: str | None = None
) -> Recorded[events.KeptAsDonor]:
    """The core stays to give its parts (SM-1 no. 9)."""
    act = begin(tx, actor, "intake.keep_as_donor")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "keep_as_donor", _facts(tx, case, owner_agrees=owner_agrees))
    body = events.KeptAsDonor(step=step, place=words.line("place", place))
    return record(act, events.KEEP_AS_DONOR, case.subject, body)
