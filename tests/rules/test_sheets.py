"""Sheets of criteria as spreadsheets write them, good and bad."""

from __future__ import annotations

from decimal import Decimal

import pytest

from remanu.errors import BadInput
from remanu.rules import sheets
from remanu.rules.cores import Discrepancy

HEAD = "criterion,full_refund,damaged_refund,no_refund"
MORE = "discrepancy,component,minor,major,critical,charge,amount"


def rules(sheet, currency="XTS"):
    """The discrepancies of a sheet for an engine with a block."""
    return sheets.discrepancies("discrepancies", sheet, components=("engine", "block"), currency=currency)


def test_semicolons_and_quotes_are_read_like_commas():
    """Spreadsheets differ, criteria do not."""
    comma = sheets.criteria("sheet", f'{HEAD}\nBlock,"whole, dry",cracked,\n')
    semicolon = sheets.criteria("sheet", f'{HEAD.replace(",", ";")};more\n"Block";whole, dry;cracked;;x\n\n')
    assert comma == semicolon
    assert [one.outcome for one in comma[0].answers] == ["full", "damaged"]


def test_a_sheet_in_another_script_gets_codes_by_row():
    """Codes are ours; words are the sheet's."""
    (one,) = sheets.criteria("sheet", f"{HEAD}\n缸体是否完好,完好,,\n")
    assert (one.code, one.words, one.answers[1].words) == ("row-2", "缸体是否完好", sheets.ANYTHING_ELSE)


def test_a_sheet_can_be_written_again():
    """What was read and written reads the same."""
    first = sheets.criteria("sheet", f'{HEAD}\nBlock,"whole, dry",cracked,gone\nStand,there,there,\n')
    again = sheets.written([(one.words, [(a.outcome, a.words) for a in one.answers]) for one in first])
    assert sheets.criteria("sheet", again) == first


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        ("", "empty"),
        ("criterion,full_refund\nBlock,whole", "no-such-column"),
        (HEAD, "no-rows"),
        (HEAD + "\nBlock,x,y,z" * 101, "too-long"),
        (f"{HEAD}\nBlock,,,", "row-empty"),
        (f"{HEAD}\n,whole,cracked,", "row-empty"),
        (f"{HEAD}\nBlock,a,b,\nblock,a,b,", "given-twice"),
        (f"{HEAD}\nBlock,{'x' * 301},b,", "too-long"),
    ],
)
def test_odd_sheets_of_criteria(sheet, why):
    """Each is refused with what is wrong."""
    with pytest.raises(BadInput) as refused:
        sheets.criteria("sheet", sheet)
    assert (refused.value.details["field"], refused.value.details["why"]) == ("sheet", why)


def test_amounts_leave_the_sheet():
    """The rules name the charge, the amount stands apart; a charge named twice has one amount."""
    rows = ("missing,,full,damaged,none,part,80", "cracked,block,damaged,damaged,none,part,80.00")
    found, amounts = rules("\n".join((MORE, *rows)))
    assert found[0] == Discrepancy("missing", "*", "full", "damaged", "none", "part")
    assert amounts == {"part": Decimal("80.00")}
    assert rules(" ") == ((), {})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("scratched,,full,full,full,,", "not-a-defect"),
        ("missing,door,full,full,full,,", "no-such-component"),
        ("missing,,full,perhaps,none,,", "not-an-outcome"),
        ("missing,,none,damaged,full,,", "outcome-rises"),
        ("missing,,full,full,none,Big Part,1", "not-a-charge"),
        ("missing,,full,full,none,part,", "charge-without-amount"),
        ("missing,,full,full,none,part,1.005", "too-precise"),
        ("missing,,full,full,none,part,1\ncracked,,full,full,none,part,2", "two-amounts"),
        ("missing,,full,full,none,,\nmissing,*,full,full,none,,", "given-twice"),
    ],
)
def test_odd_sheets_of_discrepancies(row, why):
    """Each is refused with what is wrong, and where it stands."""
    with pytest.raises(BadInput) as refused:
        rules(f"{MORE}\n{row}")
    assert refused.value.details["why"] == why


def test_tiers_as_people_write_them():
    """Up to so many percent bought, so many percent paid."""
    assert sheets.tiers("tiers", "110:100, 120:50") == ((Decimal(110), Decimal(100)), (Decimal(120), Decimal(50)))
    assert sheets.tiers("tiers", " ") == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("110", "not-a-tier"),
        ("120:50,110:40", "tiers-fall"),
        ("110:50,120:60", "tiers-fall"),
        ("a:b", "not-a-number"),
    ],
)
def test_odd_tiers(line, why):
    """Steps rise, payment falls."""
    with pytest.raises(BadInput) as refused:
        sheets.tiers("tiers", line)
    assert refused.value.details["why"] == why
