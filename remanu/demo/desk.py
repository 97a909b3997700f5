"""The intake desk of the demonstration: a programme's criteria, a customer's account, two cores judged by them."""

from __future__ import annotations

from datetime import date

from remanu.demo.tell import Teller
from remanu.intake import actions as intake
from remanu.intake import queries
from remanu.intake.queries import Row

CUSTOMER = "Quarry of the South, in XC"
_SHEET = """criterion,full_refund,damaged_refund,no_refund
Cylinder block,whole and salvageable,broken or holed,
Crankshaft,not cracked and not welded,"cracked, broken or welded",
Completeness,assembled and complete,parts are missing,taken apart
Damage in handling,none,,present
"""
_DEFECTS = """discrepancy,component,minor,major,critical,charge,amount
missing,turbocharger,full,damaged,none,turbocharger,650.00
missing,*,full,full,damaged,part,120.00
cracked,*,full,damaged,damaged,,
corroded,*,full,damaged,none,,
burnt,*,damaged,none,none,,
"""
_TERMS = intake.Priced(
    currency="XTS",
    deposit="4000.00",
    base="250.00",
    damaged_percent="40",
    window_days=548,
    tiers="110:100, 120:50",
)
_ANSWERS = {
    "cylinder-block": "full",
    "crankshaft": "full",
    "completeness": "full",
    "damage-in-handling": "full",
}
_BEGINS = date(2026, 1, 5)


def credited(told: Teller) -> None:
    """A core without its turbocharger is damaged and brings an add-charge; its owner's account is credited."""
    _judge(told)
    holder = _account(told).id
    told.do(intake.settle, "intake.settle", told.case_id, account=holder)


def appealed(told: Teller) -> None:
    """The owner of another core does not agree; a second inspector grades it again, and it is credited anew."""
    credited(told)
    told.wait(days=4)
    words = "The turbocharger lay in the same crate, wrapped."
    told.on_case(intake.appeal, reason="defect", note=words, evidence=(told.picture("turbocharger in its crate"),))
    (defect,) = queries.defects_of(told.tx.connection, told.crew.org_id, told.case_id)
    told.wait(days=1)
    told.do(intake.strike_defect, "intake.strike_defect", defect.id, second=True, why="not_there")
    told.do(intake.regrade, "intake.regrade", told.case_id, second=True, answers=_ANSWERS)
    told.do(intake.settle, "intake.settle", told.case_id, account=_account(told).id)


def _judge(told: Teller) -> None:
    told.on_case(
        intake.note_defect,
        code="missing",
        component="turbocharger",
        spot="left",
        severity="major",
        evidence=(told.picture("where the turbocharger was"),),
    )
    told.on_case(intake.grade, answers=_ANSWERS, criteria=_programme(told).id)


def _programme(told: Teller) -> Row:
    """The exchange programme's criteria, written and approved by two people when they are first needed."""
    connection, org_id = told.tx.connection, told.crew.org_id
    found = queries.own_in_force(connection, org_id, on=told.story.received)
    if found:
        return found[0]
    drafted = told.do(
        intake.draft_criteria,
        "intake.draft_criteria",
        family=told.story.family.id,
        programme="Exchange, demonstration",
        region="XC",
        edition="2026-1",
        applies_from=_BEGINS,
        source="This demonstration's own plan",
        appeal_days=30,
        sheet=_SHEET,
        discrepancies=_DEFECTS,
        priced=_TERMS,
    )
    told.do(intake.approve_criteria, "intake.approve_criteria", drafted.subject.id, second=True)
    return queries.find_criteria(connection, org_id, drafted.subject.id)


def _account(told: Teller) -> Row:
    """The customer's account with three units bought, opened when it is first needed."""
    connection, org_id = told.tx.connection, told.crew.org_id
    found = queries.accounts(connection, org_id)
    if found:
        return found[0]
    made = told.do(intake.open_account, "intake.open_account", customer=CUSTOMER).subject.id
    bought = {"criteria": _programme(told).id, "units": 3, "bought_on": date(2026, 3, 2), "order": "PO-2026-17"}
    told.do(intake.note_purchase, "intake.note_purchase", made, **bought)
    told.do(intake.issue_tags, "intake.issue_tags", count=6)
    return queries.find_account(connection, org_id, made)
