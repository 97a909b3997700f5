"""A component too damaged to measure: a finding with a photo, after which it is replaced and nothing else."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotAllowed, NotFound
from remanu.inspection import actions, queries
from remanu.parts.events import Cited
from remanu.rules.dispositions import REPLACEMENTS
from tests import people

PHOTO = Cited(digest="ab" * 32, media_type="image/jpeg", size=4321, shows="")
PAPER = Cited(digest="cd" * 32, media_type="application/pdf", size=99, shows="")
MAIN = "main-journal-diameter"


def condemn(bench, position="crankshaft", *, by=None, why="broken", evidence=(PHOTO,)):
    """Say that nobody can measure it any more."""
    who = by or bench.inspector
    return bench.do(actions.condemn, who, bench.parts[position], why=why, evidence=evidence)


@pytest.fixture
def broken(bench):
    """A shaft in two pieces, of which one journal was measured before; the block is sound."""
    bench.measure("crankshaft", MAIN)
    done = condemn(bench)
    for code in ("top-face-flatness", "cylinder-bore-deviation"):
        bench.measure("cylinder-block", code)
    return bench, done.body


def test_it_answers_for_every_characteristic(broken):
    """I13 in its sense: nothing is disposed of unseen. What was measured before stays and is named."""
    bench, body = broken
    assert [one.characteristic for one in body.results if one.former is not None] == [MAIN]
    assert {row.zone for row in bench.results("crankshaft").values()} == {"not_measurable"}
    assert bench.facts()["characteristics_measured"] is True
    assert bench.facts()["instruments_calibrated"] is True
    found = bench.ask(queries.condemnations, bench.org_id, bench.case)[bench.parts["crankshaft"]]
    assert (found.why, found.day) == ("broken", "2026-03-01")


def test_it_can_only_be_replaced(broken):
    """No reuse, no repair, no concession (SM-2)."""
    bench, _ = broken
    bench.do(actions.inspect, bench.inspector, bench.case)
    may = queries.options(bench.view().family, "crankshaft", bench.results("crankshaft"))
    assert set(may.permitted) == REPLACEMENTS
    for word in ("REUSE_AS_IS", "SALVAGE", "CONCESSION_REQUEST", "REPLACE_MANDATORY"):
        with pytest.raises(BadInput) as told:
            bench.do(actions.dispose, bench.inspector, bench.parts["crankshaft"], disposition=word)
        assert told.value.details["why"] == "not-permitted"
    body = bench.do(
        actions.dispose, bench.inspector, bench.parts["crankshaft"], disposition="REPLACE_NEW"
    ).body
    assert (body.because, body.zone, body.basis) == ("cannot-be-measured", "not_measurable", "measured")


def test_whoever_was_wrong_measures_again(broken):
    """The finding stays in the record; what is measured again counts, the rest still stands against it."""
    bench, body = broken
    again = bench.measure("crankshaft", MAIN, why="reading-doubted").body
    assert again.former == next(one.measurement for one in body.results if one.characteristic == MAIN)
    may = queries.options(bench.view().family, "crankshaft", bench.results("crankshaft"))
    assert set(may.permitted) == REPLACEMENTS
    done = condemn(bench, why="melted").body
    assert done.why == "melted"


def test_not_twice(broken):
    """Nothing new would be said."""
    with pytest.raises(Conflict) as told:
        condemn(broken[0])
    assert told.value.details["why"] == "already-condemned"


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        ({"evidence": ()}, "evidence", "photo-needed"),
        ({"evidence": (PAPER,)}, "evidence", "photo-needed"),
        ({"why": "ugly"}, "why", "not-a-choice"),
    ],
)
def test_it_is_shown_and_has_a_reason(bench, odd, field, why):
    """A paper is no photo."""
    with pytest.raises(BadInput) as told:
        condemn(bench, **odd)
    assert (told.value.details["field"], told.value.details["why"]) == (field, why)
    assert bench.results("crankshaft") == {}


def test_only_what_is_measured(bench):
    """A part that is judged by eye or replaced every time needs no finding; the whole unit is no component."""
    for position in ("piston", "main-bearing-shell"):
        with pytest.raises(Conflict) as told:
            condemn(bench, position)
        assert told.value.details["why"] == "nothing-to-measure"
    bench.parts["engine"] = bench.unit
    with pytest.raises(Conflict) as told:
        condemn(bench, "engine")
    assert told.value.details["why"] == "not-a-component"


def test_not_after_release_nor_by_others(bench):
    """State, role and workshop."""
    with pytest.raises(Forbidden):
        condemn(bench, by=bench.technician)
    with pytest.raises(NotFound):
        condemn(bench, by=people.OUTSIDER)
    bench.move("RELEASED")
    with pytest.raises(NotAllowed):
        condemn(bench)
