"""Beside the work: attach evidence, hold a case, and what happens to a part after delivery."""

from __future__ import annotations

from datetime import datetime

from remanu.catalogue.queries import pack_to_open
from remanu.db import Tx
from remanu.errors import BadInput, NotFound
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import events, queries
from remanu.parts.actions.steps import check_step, sealed_note
from remanu.parts.events import Cited
from remanu.rules import observed
from remanu.rules.actor import Actor


def attach(
    tx: Tx, actor: Actor, item_id: str, *, evidence: tuple[Cited, ...], case_id: str | None = None
) -> Recorded[events.Attached]:
    """Cite uploaded files as evidence of a part; without a case named, of the case that it is in."""
    act = begin(tx, actor, "parts.attach")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    if not evidence:
        raise BadInput("evidence", "required")
    case = queries.case_about(tx.connection, actor.org_id, item.id) if case_id is None else None
    body = events.Attached(case=case.id if case else case_id, evidence=evidence)
    return record(act, events.ATTACH, queries.subject_of(item), body)


def hold(tx: Tx, actor: Actor, case_id: str, *, why: str, note: str | None = None) -> Recorded[events.Held]:
    """Stop a case; any guard fails until the hold is lifted (domain.md §3.2)."""
    act = begin(tx, actor, "parts.hold")
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    reason = observed.check_word("why", why, observed.HOLD_REASONS)
    body = events.Held(hold=tx.new_id(), case=case.id, reason=reason)
    return record(act, events.HOLD, case.subject, body, private=sealed_note(act, note))


def lift_hold(
    tx: Tx, actor: Actor, case_id: str, *, hold_id: str, note: str | None = None
) -> Recorded[events.HoldLifted]:
    """Let a held case go on; NotFound when this hold does not stop it any more."""
    act = begin(tx, actor, "parts.lift_hold")
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    if hold_id not in {row.id for row in queries.open_holds(tx.connection, actor.org_id, case.id)}:
        raise NotFound(what="hold")
    body = events.HoldLifted(hold=hold_id, case=case.id)
    return record(act, events.LIFT_HOLD, case.subject, body, private=sealed_note(act, note))


def field_event(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    what: str,
    at: datetime | None = None,
    why: str | None = None,
    note: str | None = None,
) -> Recorded[events.FieldEvent]:
    """Record what happened in service (SM-1 no. 28); `why` says why it is entered more than a day later."""
    act = begin(tx, actor, "parts.field_event", at=at, reason=why)
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "field_event", {})
    body = events.FieldEvent(step=step, what=observed.check_word("what", what, observed.FIELD_EVENTS))
    return record(act, events.FIELD_EVENT, case.subject, body, private=sealed_note(act, note))


def return_core(tx: Tx, actor: Actor, case_id: str, *, note: str | None = None) -> Recorded[events.CoreReturned]:
    """The owner returns the part: the life closes, a new case is announced (SM-1 no. 29)."""
    act = begin(tx, actor, "parts.return_core")
    case = queries.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "return_core", queries.facts(tx.connection, case, tx.now))
    number = queries.next_case_number(tx.connection, actor.org_id)
    pack = pack_to_open(tx.connection, actor.org_id, case.item.family, act.at).digest
    body = events.CoreReturned(step=step, new_case=tx.new_id(), number=number, life=case.item.life, pack=pack)
    return record(act, events.RETURN_CORE, case.subject, body, private=sealed_note(act, note))
