"""Core acceptance criteria of an organisation's own: one person drafts an edition, another approves it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from remanu.accounts.queries import person_of
from remanu.catalogue import queries as catalogue
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, OwnWork
from remanu.intake import events, queries
from remanu.intake.actions import words
from remanu.ledger import body as bodies
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, Private, begin, record
from remanu.rules import canonical as jcs
from remanu.rules import money, sheets
from remanu.rules.actor import Actor
from remanu.rules.deposits import Terms, Tier
from remanu.rules.sheets import Asked

_MOST_DAYS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """The terms of deposits as they are typed: amounts in the currency, percentages, tiers as `110:100, 120:50`."""

    currency: str
    deposit: str
    base: str = "0"
    damaged_percent: str
    window_days: int
    tiers: str = "100:100"


def draft_criteria(
    tx: Tx,
    actor: Actor,
    *,
    family: str,
    programme: str,
    region: str,
    edition: str,
    applies_from: date,
    applies_until: date | None = None,
    source: str,
    appeal_days: int,
    sheet: str,
    discrepancies: str = "",
    priced: Priced | None = None,
) -> Recorded[events.CriteriaDrafted]:
    """Write an edition of criteria from two sheets; amounts are sealed. It grades nothing before it is approved.

    BadInput names field, row and reason; `no-terms` where an add-charge has an amount and no currency.
    """
    act = begin(tx, actor, "intake.draft_criteria")
    if applies_until is not None and applies_until < applies_from:
        raise BadInput("applies_until", "ends-before")
    rules, amounts = sheets.discrepancies(
        "discrepancies", discrepancies, components=_components(act, family), currency=_currency(priced)
    )
    if amounts and priced is None:
        raise BadInput("currency", "required")
    asked = tuple(_asked(one) for one in sheets.criteria("sheet", sheet))
    drafted = tuple(events.DiscrepancyRule(**{n: getattr(one, n) for n in _RULE}) for one in rules)
    body = events.CriteriaDrafted(
        family=family,
        programme=words.needed("programme", programme),
        region=words.needed("region", region),
        edition=words.needed("edition", edition),
        applies_from=applies_from.isoformat(),
        applies_until=None if applies_until is None else applies_until.isoformat(),
        source=words.needed("source", source),
        appeal_days=_days("appeal_days", appeal_days),
        priced=priced is not None,
        digest=_digest(asked, drafted),
        questions=asked,
        discrepancies=drafted,
    )
    sealed = None if priced is None else _sealed(actor, _terms(priced, amounts))
    return record(act, events.DRAFT_CRITERIA, subject(actor.org_id, tx.new_id()), body, private=sealed)


_RULE = ("defect", "component", "minor", "major", "critical", "charge")


def _components(act: Act, family: str) -> tuple[str, ...]:
    packs = catalogue.packs_to_open(act.tx.connection, act.actor.org_id, act.at)
    if family not in packs:
        raise BadInput("family", "not-a-choice")
    return tuple(one.code for one in packs[family].positions)


def _currency(priced: Priced | None) -> str:
    return "XTS" if priced is None else money.currency("currency", priced.currency)


def _asked(one: Asked) -> events.AskedQuestion:
    answers = tuple(
        events.SaidAnswer(code=said.outcome, words=said.words, outcome=said.outcome) for said in one.answers
    )
    return events.AskedQuestion(code=one.code, words=one.words, answers=answers)


def _digest(asked: tuple[events.AskedQuestion, ...], rules: tuple[events.DiscrepancyRule, ...]) -> str:
    content: dict[str, Any] = {
        "questions": [bodies.encode(one) for one in asked],
        "discrepancies": [bodies.encode(one) for one in rules],
    }
    return hashlib.sha256(jcs.encode(content)).hexdigest()


def _days(field: str, days: int) -> int:
    if not 0 <= days <= _MOST_DAYS:
        raise BadInput(field, "too-large" if days > 0 else "negative")
    return days


def _terms(priced: Priced, amounts: dict[str, Any]) -> Terms:
    currency = money.currency("currency", priced.currency)
    return Terms(
        currency=currency,
        deposit=money.amount("deposit", priced.deposit, currency),
        base=money.amount("base", priced.base, currency),
        damaged=money.percent("damaged_percent", priced.damaged_percent),
        days=_days("window_days", priced.window_days),
        tiers=tuple(Tier(*one) for one in sheets.tiers("tiers", priced.tiers)),
        charges=amounts,
    )


def _sealed(actor: Actor, terms: Terms) -> Private:
    return Private(seal.organisation_key(actor.org_id), queries.sealed_terms(terms))


def approve_criteria(tx: Tx, actor: Actor, criteria_id: str) -> Recorded[events.CriteriaApproved]:
    """Put an edition in force in its days; OwnWork for its author, whoever he signs in as."""
    act = begin(tx, actor, "intake.approve_criteria")
    row = queries.find_criteria(tx.connection, actor.org_id, criteria_id)
    if row.approved_at is not None or row.withdrawn_at is not None:
        raise Conflict(why="already-approved")
    author, approver = (person_of(tx.connection, actor.org_id, one) for one in (row.author, actor.ref))
    if author == approver:
        raise OwnWork(acts=["draft_criteria"])
    body = events.CriteriaApproved(digest=row.digest)
    return record(act, events.APPROVE_CRITERIA, subject(actor.org_id, row.id), body)


def withdraw_criteria(tx: Tx, actor: Actor, criteria_id: str) -> Recorded[events.CriteriaWithdrawn]:
    """Grade nothing by an edition any more; grades that were given by it stay."""
    act = begin(tx, actor, "intake.withdraw_criteria")
    row = queries.find_criteria(tx.connection, actor.org_id, criteria_id)
    if row.withdrawn_at is not None:
        raise Conflict(why="already-withdrawn")
    body = events.CriteriaWithdrawn(digest=row.digest)
    return record(act, events.WITHDRAW_CRITERIA, subject(actor.org_id, row.id), body)
