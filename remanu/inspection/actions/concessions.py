"""Concessions (SM-3): use as it is, asked for by the board, approved by the design authority and never by himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from remanu.accounts.actions import digest_of, signature
from remanu.accounts.queries import authorised
from remanu.db import Database, Tx
from remanu.errors import BadInput, Conflict, NotAuthorised, OwnWork, Refusal
from remanu.inspection import events, queries
from remanu.inspection.actions.nonconformities import check_apart, subject_of, turned
from remanu.inspection.events import Deviates, Terms
from remanu.inspection.queries import Bench
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, Private, begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import sealed_note
from remanu.rules import concessions as rules
from remanu.rules import lifecycle, text
from remanu.rules.actor import Actor
from remanu.rules.nonconformities import REFUSED_BECAUSE
from remanu.rules.observed import check_word

DENIED: dict[type[Refusal], str] = {OwnWork: "own-work", NotAuthorised: "not-authorised"}
"""Denied approvals that become events; what is merely missing does not."""
MEANING = "I approve, for the design authority, that the part is used as it is, on these terms and no others."
"""What the signature says, in the sentence that is signed."""
_LIMIT = 120
_MOST = 10_000


def request_concession(
    tx: Tx,
    actor: Actor,
    nonconformity_id: str,
    *,
    expires: date,
    serials: tuple[str, ...] = (),
    quantity: int | None = None,
    customer: bool = False,
    note: str | None = None,
) -> Recorded[events.ConcessionRequested]:
    """Ask to use a part as it is (SM-3 no. 4), for named serial numbers or a quantity, until a last day.

    What deviates is read from the results and frozen. GuardFailed where something safety-critical or a life-limited
    part would be conceded; `customer` when the contract asks for his agreement.
    """
    act = begin(tx, actor, "inspection.request_concession")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    at = _on_the_bench(tx, row)
    named = _serials(serials, quantity, at.item.serial)
    found = _deviations(tx, at)
    known = {
        "concession_permitted": queries.permitted(at.family, at.item.component, found),
        "concession_scoped": rules.scoped(named, quantity),
    }
    step = turned(row, "request_concession", known)
    no = queries.next_concession(tx.connection, actor.org_id)
    terms = Terms(
        concession=tx.new_id(),
        number=queries.concession_number(no),
        cause=row.cause,
        position=at.position or at.item.component,
        component=at.item.component,
        part_number=at.item.part_number,
        serials=named,
        quantity=quantity or None,
        expires=_last_day(act, expires),
        customer=customer,
        caps=rules.outside_new(row.cause, queries.plain(found)),
        deviations=found,
    )
    body = events.ConcessionRequested(turn=step, no=no, terms=terms)
    about = parts.subject_of(at.item)
    return record(act, events.REQUEST_CONCESSION, about, body, private=sealed_note(act, note))


def _on_the_bench(tx: Tx, row: Any) -> Bench:
    """The part in the case of its nonconformity; what was released is corrected or revoked instead."""
    at = queries.bench(tx.connection, row.org_id, row.item_id)
    if at.case_id != row.case_id or at.state not in lifecycle.BEFORE_RELEASE:
        raise Conflict(why="released-already")
    return at


def _deviations(tx: Tx, at: Bench) -> tuple[Deviates, ...]:
    found = queries.results(tx.connection, at.item.org_id, at.case_id, at.item.id)
    return queries.deviations(at.family, at.item.component, found)


def _serials(given: tuple[str, ...], quantity: int | None, own: str | None) -> tuple[str, ...]:
    """The serial numbers of the scope, each once; the part in hand must be one of them."""
    named = tuple(dict.fromkeys(text.clean_serial(f"serials.{n}", one) for n, one in enumerate(given)))
    if named and own not in named:
        raise BadInput("serials", "own-serial-missing", serial=own)
    if quantity is not None and not 0 <= quantity <= _MOST:
        raise BadInput("quantity", "too-large" if quantity > 0 else "negative")
    return named


def _last_day(act: Act, expires: date) -> str:
    if expires.isoformat() < queries.day_at(act.at, act.actor.zone):
        raise BadInput("expires", "ends-before")
    return expires.isoformat()


def approve_concession(
    tx: Tx,
    actor: Actor,
    nonconformity_id: str,
    *,
    customer_reference: str | None = None,
    note: str | None = None,
) -> Recorded[events.ConcessionApproved]:
    """Approve a concession as design authority (SM-3 no. 5): with a fresh factor and an authorisation of that day.

    OwnWork for whoever asked for it or worked on the part (I33). Where the contract asks for the customer, the number
    of the paper by which he agreed is sealed. Conflict `concession-expired` after its last day.
    """
    act = begin(tx, actor, "inspection.approve_concession")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    asked = _asked(tx, row, "approve_concession")
    check_apart(tx, actor, row, "approve_concession")
    authorisation = _authorised(act, row)
    paper = text.clean_line("customer_reference", customer_reference, limit=_LIMIT) if customer_reference else ""
    step = turned(row, "approve_concession", {"customer_agrees": bool(paper) or not asked.customer})
    _check_day(act, asked)
    body = events.ConcessionApproved(turn=step, terms=asked, authorisation=authorisation)
    signed = signature(act, "inspection.approve_concession", meaning=MEANING, record=digest_of(body))
    body = replace(body, signature=signed)
    private = _private(act, customer_reference=paper, note=note)
    return record(act, events.APPROVE_CONCESSION, subject_of(tx, row), body, private=private)


def _asked(tx: Tx, row: Any, verb: str) -> Terms:
    """The terms of the concession that waits; NotAllowed where none does."""
    lifecycle.find("SM-3", row.state, verb)
    return queries.terms_of(queries.find_concession(tx.connection, row.org_id, row.concession_id))


def _authorised(act: Act, row: Any) -> str:
    """The number of the authorisation by which this person decides for the design authority that day (I36)."""
    item = parts.find_item(act.tx.connection, row.org_id, row.item_id)
    held = authorised(
        act.tx.connection,
        act.actor.org_id,
        act.actor.ref,
        family=item.family,
        activity="concession",
        on=act.at,
    )
    if held is None:
        raise NotAuthorised(activity="concession", family=item.family)
    return str(held.number)


def _check_day(act: Act, terms: Terms) -> None:
    if not rules.in_force(terms.expires, queries.day_at(act.at, act.actor.zone)):
        raise Conflict(why="concession-expired", expires=terms.expires)


def _private(act: Act, *, customer_reference: str, note: str | None) -> Private | None:
    said = sealed_note(act, note)
    words = {} if said is None else dict(said.fields)
    if customer_reference:
        words["customer_reference"] = customer_reference
    return Private(seal.organisation_key(act.actor.org_id), words) if words else None


def deny_approval(
    tx: Tx, actor: Actor, nonconformity_id: str, *, reason: str, acts: tuple[str, ...] = ()
) -> Recorded[events.ApprovalDenied]:
    """Record that an approval was denied, with a reason of the closed list (T-R17)."""
    act = begin(tx, actor, "inspection.deny_approval")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    body = events.ApprovalDenied(
        case=row.case_id, nonconformity=row.id, action="approve_concession", reason=reason, acts=acts
    )
    return record(act, events.DENY_APPROVAL, subject_of(tx, row), body)


def remember_denial(database: Database, actor: Actor, nonconformity_id: str, problem: Refusal) -> None:
    """After an approval was denied and rolled back: record the denial in a unit of work of its own."""
    reason = DENIED.get(type(problem))
    if reason is None:
        return
    given = problem.details.get("acts", ())
    acts = tuple(str(one) for one in given) if isinstance(given, list | tuple) else ()
    database.transact(lambda tx: deny_approval(tx, actor, nonconformity_id, reason=reason, acts=acts))


def approve(
    database: Database, actor: Actor, nonconformity_id: str, *, customer_reference: str | None = None
) -> Recorded[events.ConcessionApproved]:
    """Approve as commands do: the act, and the record of its denial, each in its own unit."""
    given = {"customer_reference": customer_reference}
    try:
        return database.transact(lambda tx: approve_concession(tx, actor, nonconformity_id, **given))
    except Refusal as problem:
        remember_denial(database, actor, nonconformity_id, problem)
        raise


def refuse_concession(
    tx: Tx, actor: Actor, nonconformity_id: str, *, reason: str, note: str | None = None
) -> Recorded[events.ConcessionRefused]:
    """Refuse a concession (SM-3 no. 6): the board decides anew what is done with the part."""
    act = begin(tx, actor, "inspection.refuse_concession")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    check_word("reason", reason, REFUSED_BECAUSE)
    asked = _asked(tx, row, "refuse_concession")
    step = turned(row, "refuse_concession", {"reason_given": True})
    body = events.ConcessionRefused(turn=step, concession=asked.concession, reason=reason)
    about = subject_of(tx, row)
    return record(act, events.REFUSE_CONCESSION, about, body, private=sealed_note(act, note))


def apply_concession(
    tx: Tx, actor: Actor, nonconformity_id: str, *, concession: str, note: str | None = None
) -> Recorded[events.ConcessionApplied]:
    """Use an approved concession for one more part that its scope names (SM-3 no. 8).

    It has to be in force, with room left, and the part may deviate in nothing else and no farther: else GuardFailed.
    """
    act = begin(tx, actor, "inspection.apply_concession")
    row = queries.find_nonconformity(tx.connection, actor.org_id, nonconformity_id)
    at = _on_the_bench(tx, row)
    held = queries.find_concession(tx.connection, actor.org_id, concession)
    terms, found = queries.terms_of(held), _deviations(tx, at)
    known = {
        "concession_permitted": queries.permitted(at.family, at.item.component, found),
        "concession_covers": held.state == "approved" and _covers(act, at, terms, found=found, cause=row.cause),
    }
    step = turned(row, "apply_concession", known)
    body = events.ConcessionApplied(turn=step, terms=_its_own(terms, at, found))
    about = parts.subject_of(at.item)
    return record(act, events.APPLY_CONCESSION, about, body, private=sealed_note(act, note))


def _covers(act: Act, at: Bench, terms: Terms, *, found: tuple[Deviates, ...], cause: str) -> bool:
    used = len(queries.uses(act.tx.connection, at.item.org_id, terms.concession))
    same = (terms.part_number, terms.component) == (at.item.part_number, at.item.component)
    alike = bool(found) or cause == terms.cause
    return (
        same
        and alike
        and rules.in_force(terms.expires, queries.day_at(act.at, act.actor.zone))
        and rules.left(terms.serials, terms.quantity, used=used, serial=at.item.serial)
        and rules.covers(queries.plain(terms.deviations), queries.plain(found))
    )


def _its_own(terms: Terms, at: Bench, found: tuple[Deviates, ...]) -> Terms:
    """The terms as they hold for this part: its place, and how far it deviates itself."""
    kept = {name: getattr(terms, name) for name in terms.__slots__}
    return Terms(**{**kept, "position": at.position or at.item.component, "deviations": found})
