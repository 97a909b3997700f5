"""A core is identified, and accepted by somebody who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from remanu.accounts.queries import person_of
from remanu.catalogue.queries import value_limit
from remanu.db import Tx
from remanu.errors import BadInput, OwnWork
from remanu.intake import events, queries
from remanu.intake.actions import words
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import actions as parts_actions
from remanu.parts import queries as parts
from remanu.parts.events import Cited
from remanu.rules import duties, observed, text
from remanu.rules.actor import Actor

EARLIER_LIVES = ("none", "unknown", "known")
RIGHTS = ("owner_order", "bill_of_sale", "exchange_deposit", "lease", "court_or_customs")
"""What may show the legal right to a core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark as it stands on the part, and of what kind it is."""

    kind: str
    text: str


def identify(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    maker: str | None = None,
    part_number: str | None = None,
    serial: str | None = None,
    mark: Mark | None = None,
    earlier_lives: str | None = None,
    former_reference: str | None = None,
    right_shown: str | None = None,
    evidence: Sequence[Cited] = (),
) -> Recorded[events.Identified]:
    """Say what the core is (SM-1 no. 5): its mark as it stands there, maker, part number, serial, former life.

    Maker and part number stay as they were claimed where they are left out; a core without `serial` carries none.
    Conflict `already-registered` names the record that has this maker, part number and serial (I1).
    """
    act = begin(tx, actor, "intake.identify")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    made, numbered = _known(maker, case.item.maker), _known(part_number, case.item.part_number)
    answers = {
        "mark_read": mark is not None or bool(parts.marks(tx.connection, actor.org_id, case.item.id)),
        "part_number_known": numbered is not None,
        "former_life_looked_up": earlier_lives is not None,
        "right_to_core_shown": right_shown is not None,
    }
    step = parts_actions.check_step(case, "identify", answers)
    if earlier_lives == "none" and any(row.opened_by for row in parts.lives(tx.connection, actor.org_id, case.item.id)):
        # This very record holds the release that opened a life of it.
        raise BadInput("earlier_lives", "remanufactured-here")
    body = events.Identified(
        step=step,
        maker=words.needed("maker", made),
        part_number=words.needed("part_number", numbered),
        serial=None if serial is None else text.clean_serial("serial", serial),
        earlier_lives=_chosen("earlier_lives", earlier_lives, EARLIER_LIVES),
        former_case=next((row.id for row in queries.former_cases(tx.connection, case)), None),
        former_reference=words.line("former_reference", former_reference),
        right_shown=_chosen("right_shown", right_shown, RIGHTS),
        evidence=tuple(evidence),
    )
    if mark is not None:
        kind = _chosen("mark_kind", mark.kind, observed.MARK_KINDS)
        parts_actions.note_mark(act, case.subject, kind=kind, mark=mark.text)
    return record(act, events.IDENTIFY, case.subject, _claim(tx, case, body))


def _known(typed: str | None, claimed: str) -> str | None:
    return typed or (None if claimed == queries.UNKNOWN else claimed)


def _chosen(field: str, given: str | None, choices: tuple[str, ...]) -> str:
    if given is None or given not in choices:
        raise BadInput(field, "not-a-choice")
    return given


def _claim(tx: Tx, case: parts.CaseView, body: events.Identified) -> events.Identified:
    identity = parts_actions.claim_identity(
        tx,
        case.org_id,
        maker=body.maker,
        part_number=body.part_number,
        serial=body.serial,
        item_id=case.item.id,
    )
    found = parts_actions.words(body.maker, body.part_number, body.serial or "")
    return replace(body, identity=identity, words=found)


def accept(
    tx: Tx, actor: Actor, case_id: str, *, value: str | None = None, note: str | None = None
) -> Recorded[events.Accepted]:
    """Take the core into work (SM-1 no. 7); value, the limit that applied, and note are sealed.

    OwnWork for whoever graded it, when it is worth more than the limit or nobody knows what it is worth.
    """
    act = begin(tx, actor, "intake.accept")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = parts_actions.check_step(case, "accept", queries.facts(tx.connection, case, act.at))
    worth, limit = words.amount("value", value, "1"), value_limit(act.at)
    price = None if worth is None else Decimal(worth)
    person = person_of(tx.connection, actor.org_id, actor.ref)
    acts = parts.acts_in(tx.connection, case)
    barred = duties.may_accept(person, acts, value=price, limit=limit.amount)
    if barred:
        raise OwnWork(acts=[one.verb for one in barred], limit=str(limit.amount), currency=limit.currency)
    graded = queries.latest_grade(tx.connection, actor.org_id, case.id)
    body = events.Accepted(step=step, outcome="" if graded is None else graded.outcome)
    sealed = words.private(
        actor.org_id,
        value=worth,
        limit=f"{limit.amount} {limit.currency}",
        note=words.note("note", note),
    )
    return record(act, events.ACCEPT, case.subject, body, private=sealed)
