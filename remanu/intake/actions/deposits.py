"""Deposits: an account for a customer, units bought, and what a graded core is credited; amounts are always sealed."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.intake import events, queries
from remanu.intake.actions import words
from remanu.intake.queries import Row
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, Private, begin, record
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.rules import cores, deposits, money
from remanu.rules.actor import Actor
from remanu.rules.deposits import Credit, Terms

_MOST_UNITS = 100_000


def open_account(tx: Tx, actor: Actor, *, customer: str, note: str | None = None) -> Recorded[events.AccountOpened]:
    """Keep an account of cores for a customer, whose name is sealed; Conflict when he has one already."""
    act = begin(tx, actor, "intake.open_account")
    name = words.needed("customer", customer)
    rows = queries.accounts(tx.connection, actor.org_id, limit=10_000)
    if name in queries.customers(tx.connection, tx.keyring, rows).values():
        raise Conflict(why="account-exists")
    sealed = words.private(actor.org_id, customer=name, note=words.note("note", note))
    body = events.AccountOpened(number=queries.next_account(tx.connection, actor.org_id))
    return record(act, events.OPEN_ACCOUNT, subject(actor.org_id, tx.new_id()), body, private=sealed)


def note_purchase(
    tx: Tx,
    actor: Actor,
    account_id: str,
    *,
    criteria: str,
    units: int,
    bought_on: date,
    deposit: str | None = None,
    order: str | None = None,
) -> Recorded[events.PurchaseNoted]:
    """Units were bought under a programme; without `deposit` it is the one of the programme's terms.

    A core answers a unit within the window of these terms, counted from the day of purchase.
    """
    act = begin(tx, actor, "intake.note_purchase")
    account = queries.find_account(tx.connection, actor.org_id, account_id)
    row = queries.find_criteria(tx.connection, actor.org_id, criteria)
    terms = _terms(tx, row)
    if not 0 < units <= _MOST_UNITS:
        raise BadInput("units", "negative" if units <= 0 else "too-large")
    if bought_on > _today(act):
        raise BadInput("bought_on", "absurd-time")
    each = terms.deposit if deposit is None else money.amount("deposit", deposit, terms.currency)
    body = events.PurchaseNoted(
        criteria=row.id,
        family=row.family,
        programme=row.programme,
        units=units,
        bought_on=bought_on.isoformat(),
        open_until=cores.due(bought_on, terms.days).isoformat(),
    )
    sealed = words.private(
        actor.org_id, deposit=str(each), currency=terms.currency, order=words.line("order", order)
    )
    return record(act, events.NOTE_PURCHASE, subject(actor.org_id, account.id), body, private=sealed)


def _today(act: Act) -> date:
    return act.at.astimezone(ZoneInfo(act.actor.zone)).date()


def _terms(tx: Tx, row: Row) -> Terms:
    terms = queries.terms_of(tx.connection, tx.keyring, row)
    if terms is None:
        raise BadInput("criteria", "no-terms")
    return terms


def settle(tx: Tx, actor: Actor, case_id: str, *, account: str) -> Recorded[events.Settled]:
    """Credit a graded core to an account by the terms of the criteria that graded it; amounts are sealed.

    Conflict `not-graded`, `appeal-open`, `already-settled`; after an appeal the new grade is settled in place of the
    old one, on the same account.
    """
    act = begin(tx, actor, "intake.settle")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    grade, former = _open_grade(tx, case)
    row = None if grade.criteria is None else queries.find_criteria(tx.connection, case.org_id, grade.criteria)
    if row is None:
        raise Conflict(why="no-terms")
    holder = queries.find_account(tx.connection, actor.org_id, account if former is None else former.account_id)
    terms, returned = _terms(tx, row), _returned(act, case)
    credit, told = _credit(tx, case, holder, row=row, grade=grade, terms=terms, day=returned)
    body = events.Settled(
        case=case.id,
        item=case.item.id,
        grade=grade.id,
        family=row.family,
        programme=row.programme,
        criteria=row.id,
        outcome=grade.outcome,
        returned_on=returned.isoformat(),
        replaces=None if former is None else former.event_id,
    )
    return record(
        act, events.SETTLE, subject(actor.org_id, holder.id), body, private=_sealed(actor, terms, credit, told)
    )


def _open_grade(tx: Tx, case: CaseView) -> tuple[Row, Row | None]:
    """The grade that is still to be settled, and the settlement of the grade before an appeal."""
    grade = queries.latest_grade(tx.connection, case.org_id, case.id)
    if grade is None:
        raise Conflict(why="not-graded")
    if queries.open_appeal(tx.connection, case.org_id, case.id) is not None:
        raise Conflict(why="appeal-open")
    former = queries.settlement_of_case(tx.connection, case.org_id, case.id)
    if former is not None and former.grade_id == grade.id:
        raise Conflict(why="already-settled")
    return grade, former


def _returned(act: Act, case: CaseView) -> date:
    """The day on which the core was received, in the zone of the organisation."""
    hands = queries.intake_of(act.tx.connection, case.org_id, case.id).custody
    at = next((one.at for one in reversed(hands) if one.act == "received"), act.at)
    return at.astimezone(ZoneInfo(act.actor.zone)).date()


def _credit(
    tx: Tx, case: CaseView, holder: Row, *, row: Row, grade: Row, terms: Terms, day: date
) -> tuple[Credit, dict[str, str]]:
    """What the core is credited, and at which place among the units bought."""
    kind = (row.family, row.programme)
    bought = queries.bought_as(queries.purchases_of(tx.connection, holder), *kind)
    others = [one for one in queries.settlements_of(tx.connection, holder) if one.case_id != case.id]
    position = deposits.in_window(queries.returned_days(others, *kind), days=terms.days, today=day) + 1
    units = deposits.units_in_term(bought, day)
    charges = [one.charge for one in queries.judged_defects(tx.connection, case.org_id, [grade.id]) if one.charge]
    credit = deposits.credit(terms, grade.outcome, position=position, bought=units, charges=charges)
    told = {"position": str(position), "bought": str(units), "charges": ", ".join(charges)}
    return credit, told


def _sealed(actor: Actor, terms: Terms, credit: Credit, told: dict[str, str]) -> Private:
    amounts = {
        "currency": terms.currency,
        "worth": str(credit.worth),
        "share": "" if credit.share is None else str(credit.share),
        "by_outcome": str(credit.by_outcome),
        "charged": str(credit.charged),
        "paid": str(credit.paid),
    }
    return Private(seal.organisation_key(actor.org_id), {**amounts, **told})
