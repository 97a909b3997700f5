"""The outcome of a core: by the published sheet row for row, and by laws that hold for any criteria."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.families.loader import load_all
from remanu.rules import cores, sheets
from remanu.rules.cores import Criteria, Defect, Discrepancy, Question

few = settings(max_examples=80, deadline=None)
SHEET = (files("remanu.families") / "data" / "fixtures" / "core_acceptance_cat3500.csv").read_text("utf-8")
ROWS = list(csv.DictReader(SHEET.splitlines()))
COLUMNS = {"full_refund": "full", "damaged_refund": "damaged", "no_refund": "none"}
CELLS = [(row, column) for row in ROWS for column in COLUMNS if row[column]]


def published():
    """The criteria of the published sheet, as this program reads it."""
    asked = sheets.criteria("sheet", SHEET)
    answers = {one.code: {sheets.gist(a.words): a.outcome for a in one.answers} for one in asked}
    return asked, Criteria(tuple(Question(*one) for one in answers.items()))


def best_answers(criteria):
    """Every question with its best answer."""
    return {one.code: next(a for a, left in one.answers.items() if left == "full") for one in criteria.questions}


@pytest.mark.parametrize(("row", "column"), CELLS, ids=lambda one: one if isinstance(one, str) else one["criterion"])
def test_every_cell_of_the_published_sheet_gives_its_published_outcome(row, column):
    """SM-1 no. 6. Where one demand stands under two refunds, it leaves the better one open."""
    asked, criteria = published()
    code = next(one.code for one in asked if one.words == row["criterion"])
    demand = sheets.gist(row[column])
    wanted = next(outcome for name, outcome in COLUMNS.items() if sheets.gist(row[name]) == demand)
    verdict = cores.judge(criteria, {**best_answers(criteria), code: demand})
    assert verdict.outcome == wanted
    assert verdict.because == (() if wanted == "full" else (code,))


def test_what_the_sheet_demands_alone_is_all_or_nothing():
    """Without the maker's stand, which both refunds demand, there is none."""
    _, criteria = published()
    verdict = cores.judge(criteria, {**best_answers(criteria), "return-packaging": sheets.ANYTHING_ELSE})
    assert verdict.outcome == "none"


def test_the_pack_asks_what_the_sheet_asks():
    """The criteria of the diesel engine are the published ones, with the same outcomes."""
    asked, _ = published()
    pack = {one.code: {a.outcome for a in one.answers} for one in load_all()["diesel-engine"].criteria}
    assert {one.code: {a.outcome for a in one.answers} for one in asked} == pack


def test_a_rule_for_the_component_goes_before_the_one_for_any():
    """A cracked crankshaft costs the outcome, any other crack a charge."""
    criteria = Criteria(
        (),
        (
            Discrepancy("cracked", "*", "full", "full", "damaged", "crack"),
            Discrepancy("cracked", "crankshaft", "damaged", "none", "none"),
        ),
    )
    other = cores.judge(criteria, {}, [Defect("cracked", "alternator", "major")])
    shaft = cores.judge(criteria, {}, [Defect("cracked", "crankshaft", "minor")])
    assert (other.outcome, other.charges, other.because) == ("full", ("crack",), ())
    assert (shaft.outcome, shaft.charges, shaft.because) == ("damaged", (), ("cracked:crankshaft",))


def test_a_defect_without_a_rule_is_kept_and_decides_nothing():
    """Nobody is held to what no criteria say."""
    verdict = cores.judge(Criteria(()), {}, [Defect("burnt", "engine", "critical")])
    assert (verdict.outcome, len(verdict.defects), verdict.charges) == ("full", 1, ())


def test_a_core_for_nothing_brings_no_charges():
    """Where nothing is given there is nothing to take from."""
    criteria = Criteria((), (Discrepancy("missing", "*", "full", "damaged", "none", "missing-part"),))
    missing = Defect("missing", "turbocharger", "major")
    assert cores.judge(criteria, {}, [missing, missing]).charges == ("missing-part", "missing-part")
    assert cores.judge(criteria, {}, [missing, Defect("missing", "block", "critical")]).charges == ()


def test_a_term_ends_with_its_last_day():
    """Thirty days from the first of March."""
    assert cores.due(date(2026, 3, 1), 30) == date(2026, 3, 31)


outcome = st.sampled_from(cores.OUTCOMES)
falling = st.lists(outcome, min_size=3, max_size=3).map(
    lambda three: sorted(three, key=cores.OUTCOMES.index, reverse=True)
)
code = st.sampled_from(("a", "b", "c"))
place = st.sampled_from(("engine", "block", "*"))
rules = st.builds(lambda d, c, f, x: Discrepancy(d, c, *f, x), code, place, falling, st.sampled_from((None, "x", "y")))
defects = st.builds(Defect, code, st.sampled_from(("engine", "block")), st.sampled_from(cores.SEVERITIES))
questions = st.dictionaries(code, st.dictionaries(code, outcome, min_size=1), max_size=3)


@few
@given(questions, st.lists(rules, max_size=5), st.lists(defects, max_size=4), defects, st.data())
def test_one_more_defect_never_betters_the_outcome(asked, discrepancies, found, more, data):
    """Nor does a worse one; and the outcome is always explained by what left it."""
    criteria = Criteria(tuple(Question(*one) for one in asked.items()), tuple(discrepancies))
    answers = {one: data.draw(st.sampled_from(sorted(said))) for one, said in asked.items()}
    before, after = (cores.judge(criteria, answers, each) for each in (found, [*found, more]))
    rank = cores.OUTCOMES.index
    assert rank(after.outcome) <= rank(before.outcome)
    worse = Defect(more.code, more.component, "critical")
    assert rank(cores.judge(criteria, answers, [*found, worse]).outcome) <= rank(after.outcome)
    assert bool(after.because) == (after.outcome != "full")


@few
@given(st.lists(outcome, min_size=3, max_size=3))
def test_a_rule_falls_or_is_found_out(three):
    """Minor leaves no less than major, major no less than critical."""
    ranks = [cores.OUTCOMES.index(one) for one in three]
    assert Discrepancy("a", "*", *three).falls == (ranks[0] >= ranks[1] >= ranks[2])
