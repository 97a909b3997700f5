"""Criteria of one's own are written."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput
from remanu.intake import actions, queries
from remanu.ledger.models import EventRow
from tests import people
from tests.intake import promises, story


def test_a_draft_holds_two_sheets_and_seals_its_terms(hall, keyring):
    """Questions and rules are readable, every amount is not, and nothing is in force yet."""
    made = hall.do(story.drafted)
    row = hall.ask(queries.find_criteria, people.WORKSHOP, made.subject.id)
    sheet = queries.sheet_of(row)
    assert [one.code for one in sheet.asked] == ["crankshaft", "stand"]
    assert sheet.discrepancies[0].charge == "turbocharger"
    assert queries.state_of(row, date(2026, 3, 1)) == "draft"
    assert hall.ask(queries.own_in_force, people.WORKSHOP, on=date(2026, 3, 1)) == []
    terms = hall.ask(queries.terms_of, keyring, row)
    assert (str(terms.deposit), str(terms.charges["turbocharger"])) == ("1000.00", "350.00")
    written = hall.ask(lambda connection: connection.execute(sa.select(EventRow.canonical)).scalars().all())
    assert not any(b"1000.00" in one or b"350.00" in one for one in written)


def test_without_deposits_there_are_no_terms(hall, keyring):
    """Criteria alone; an add-charge then needs a currency."""
    rules = "discrepancy,component,minor,major,critical\ncracked,*,full,damaged,none\n"
    made = hall.do(story.drafted, priced=None, discrepancies=rules)
    row = hall.ask(queries.find_criteria, people.WORKSHOP, made.subject.id)
    assert hall.ask(queries.terms_of, keyring, row) is None


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"family": "steam-engine"}, "family", "not-a-choice"),
        ({"applies_until": date(2025, 1, 1)}, "applies_until", "ends-before"),
        ({"appeal_days": -1}, "appeal_days", "negative"),
        ({"appeal_days": 99_999}, "appeal_days", "too-large"),
        ({"sheet": "criterion,full_refund\nBlock,whole"}, "sheet", "no-such-column"),
        ({"priced": None}, "currency", "required"),
        ({"programme": "a\u202eb"}, "programme", "control-character"),
    ],
)
def test_odd_criteria_are_refused(hall, changed, field, why):
    """With the field, and nothing is written."""
    before = hall.events()
    with pytest.raises(BadInput) as refused:
        hall.do(story.drafted, **changed)
    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)
    assert hall.events() == before


def test_an_odd_currency_is_refused(hall):
    """Letters that no country uses."""
    priced = actions.Priced(currency="GOLD", deposit="1", damaged_percent="40", window_days=10)
    with pytest.raises(BadInput) as refused:
        hall.do(story.drafted, priced=priced)
    assert refused.value.details["field"] == "currency"


def test_roles(hall):
    """Core manager or engineering."""

    def draft(tx, who):
        given = {"family": story.FAMILY, "programme": "P", "region": "XA", "edition": "1", "source": "s"}
        days = {"applies_from": date(2026, 1, 1), "appeal_days": 1}
        return actions.draft_criteria(tx, who, sheet=story.SHEET, **given, **days)

    promises.only_its_roles(hall, "draft_criteria", draft)
