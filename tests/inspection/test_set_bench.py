"""How is measured: blind or in sight, once or twice, by role or by a dated qualification."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.accounts import actions as accounts
from remanu.errors import BadInput, Conflict, Forbidden, NotAuthorised, NotFound
from remanu.inspection import actions, queries
from tests import people

MAIN = "main-journal-diameter"
OPEN = {"entry": "open", "second": "none", "qualified": "role"}
DATED = {"entry": "blind", "second": "all", "qualified": "dated"}


@pytest.fixture
def quality(place):
    """Whoever sets the rule."""
    return place.actor(place.member("quality", "quality"))


def rule(bench, case=""):
    """What holds."""
    found = bench.ask(queries.rule_of, bench.org_id, case)
    return found.entry, found.second, found.qualified, found.of


def test_before_anybody_sets_it(bench):
    """Blind, once, by role."""
    assert rule(bench) == rule(bench, bench.case) == ("blind", "none", "role", "nobody")


def test_the_rule_of_a_case_goes_before(bench, quality):
    """The organisation's holds where the case has none; a new one takes the place of the former."""
    bench.do(actions.set_bench, quality, **OPEN)
    assert rule(bench, bench.case) == ("open", "none", "role", "organisation")
    bench.do(actions.set_bench, quality, bench.case, **DATED)
    assert rule(bench, bench.case) == ("blind", "all", "dated", "case")
    bench.do(actions.set_bench, quality, **DATED)
    assert rule(bench) == ("blind", "all", "dated", "organisation")


def test_a_result_says_whether_limits_were_in_sight(bench, quality):
    """It stays in the record."""
    assert bench.measure("crankshaft", MAIN).body.entry == "blind"
    bench.do(actions.set_bench, quality, bench.case, **OPEN)
    assert bench.measure("crankshaft", MAIN, why="second-opinion").body.entry == "open"


def test_a_dated_qualification_for_measuring(bench, quality, place):
    """I14, I36: the role alone no longer does; whoever lacks it is told what and from whom."""
    bench.do(actions.set_bench, quality, bench.case, **DATED)
    with pytest.raises(NotAuthorised) as told:
        bench.measure("crankshaft", MAIN)
    assert (told.value.details["activity"], told.value.details["givers"]) == (
        "measuring",
        ["admin", "quality"],
    )
    held = {
        "number": "XA-M-7",
        "family": "*",
        "activity": "measuring",
        "site": "Hall 1",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 6, 30),
    }
    place.do(accounts.authorise, quality, bench.inspector.ref, **held)
    assert bench.measure("crankshaft", MAIN).body.qualified_by == "authorisation:XA-M-7"


@pytest.mark.parametrize("odd", [{"entry": "blurred"}, {"second": "some"}, {"qualified": "well"}])
def test_words_come_from_lists(bench, quality, odd):
    """Each of the three."""
    with pytest.raises(BadInput) as told:
        bench.do(actions.set_bench, quality, **OPEN | odd)
    assert told.value.details["field"] in odd


def test_not_by_who_measures_nor_for_a_case_that_is_over(bench, quality):
    """An inspector does not loosen his own rule; a released case is not measured any more."""
    with pytest.raises(Forbidden):
        bench.do(actions.set_bench, bench.inspector, **OPEN)
    with pytest.raises(NotFound):
        bench.do(actions.set_bench, people.BY_ROLE["quality"], bench.case, **OPEN)
    bench.move("RELEASED")
    with pytest.raises(Conflict) as told:
        bench.do(actions.set_bench, quality, bench.case, **OPEN)
    assert told.value.details["why"] == "case-closed"
