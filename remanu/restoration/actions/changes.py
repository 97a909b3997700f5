"""Changes to what units consist of: propose, approve by somebody else, withdraw."""

from __future__ import annotations

from remanu.accounts import queries as accounts
from remanu.catalogue import queries as catalogue
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, OwnWork
from remanu.ledger.kinds import Recorded, Subject, subject
from remanu.ledger.record import begin, record
from remanu.parts.actions import sealed_note
from remanu.restoration.events import changes as events
from remanu.restoration.queries import changes as queries
from remanu.restoration.queries.rows import Row
from remanu.rules import text
from remanu.rules.actor import Actor
from remanu.rules.observed import check_word
from remanu.rules.workshop import CHANGE_REASONS, CHANGES

_NUMBER = 40
_LIMIT = 120


def propose_change(
    tx: Tx,
    actor: Actor,
    *,
    number: str,
    what: str,
    family: str,
    component: str,
    why: str,
    part_number: str | None = None,
    instead_of: str | None = None,
    note: str | None = None,
) -> Recorded[events.ChangeProposed]:
    """Propose that another part number may come in for a component, or that units may go without it (I20)."""
    act = begin(tx, actor, "restoration.propose_change")
    word = text.clean_line("number", number, limit=_NUMBER)
    if queries.change_numbered(tx.connection, actor.org_id, word) is not None:
        raise Conflict(why="number-taken")
    _check_component(tx, actor, family, component)
    substitutes = check_word("what", what, CHANGES) == "substitute"
    body = events.ChangeProposed(
        number=word,
        what=what,
        family=family,
        component=component,
        part_number=_line("part_number", part_number) if substitutes else None,
        instead_of=_line("instead_of", instead_of) if substitutes else None,
        why=check_word("why", why, CHANGE_REASONS),
    )
    about = subject(actor.org_id, tx.new_id())
    return record(act, events.PROPOSE_CHANGE, about, body, private=sealed_note(act, note))


def _line(field: str, given: str | None) -> str:
    if not given:
        raise BadInput(field, "required")
    return text.clean_line(field, given, limit=_LIMIT)


def _check_component(tx: Tx, actor: Actor, family: str, component: str) -> None:
    packs = catalogue.packs_to_open(tx.connection, actor.org_id, tx.now)
    if family not in packs:
        raise BadInput("family", "not-a-choice")
    if component not in {one.code for one in packs[family].positions if one.parent is not None}:
        raise BadInput("component", "not-a-choice")


def approve_change(tx: Tx, actor: Actor, change_id: str) -> Recorded[events.ChangeApproved]:
    """Approve a change; OwnWork for whoever proposed it, under whatever name."""
    act = begin(tx, actor, "restoration.approve_change")
    row = queries.find_change(tx.connection, actor.org_id, change_id)
    _check_state(row, "proposed")
    author = accounts.person_of(tx.connection, actor.org_id, row.author_ref)
    if accounts.person_of(tx.connection, actor.org_id, actor.ref) == author:
        raise OwnWork(acts=["propose_change"])
    return record(act, events.APPROVE_CHANGE, _about(row), events.ChangeApproved(number=row.number))


def withdraw_change(tx: Tx, actor: Actor, change_id: str) -> Recorded[events.ChangeWithdrawn]:
    """Let a change count no more, from now on."""
    act = begin(tx, actor, "restoration.withdraw_change")
    row = queries.find_change(tx.connection, actor.org_id, change_id)
    _check_state(row, "proposed", "approved")
    return record(act, events.WITHDRAW_CHANGE, _about(row), events.ChangeWithdrawn(number=row.number))


def _check_state(row: Row, *states: str) -> None:
    if queries.Standing(row).state not in states:
        raise Conflict(why="change-decided", number=row.number)


def _about(row: Row) -> Subject:
    return subject(row.org_id, row.id)
