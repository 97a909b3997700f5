"""A second person reads the same, not knowing the first result; both stay, with how far they lie apart."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, OwnWork
from remanu.inspection import actions, queries
from remanu.release import queries as release
from tests.inspection import shop

MAIN = "main-journal-diameter"
SECOND = (*shop.JOURNALS[:6], "64.966")
WORN = (*shop.JOURNALS[:6], "64.900")


@pytest.fixture
def other(place):
    """A second inspector."""
    return place.actor(place.member("inspector-2", "inspector"))


def repeat(bench, who, *values, **more):
    """A second reading of the main journals."""
    given = {
        "characteristic": MAIN,
        "unit": "mm",
        "values": values,
        "instrument": bench.tools["outside-micrometer"],
    }
    return bench.do(actions.repeat, who, bench.parts["crankshaft"], **given | more)


def second(bench, who, entry="blind"):
    """From now on a second person reads what is critical."""
    rule = {"entry": entry, "second": "critical", "qualified": "role"}
    return bench.do(actions.set_bench, who, bench.case, **rule)


@pytest.fixture
def quality(place):
    """Whoever sets the rule."""
    return place.actor(place.member("quality", "quality"))


def test_both_readings_stay_with_their_drift(bench, other):
    """The first result goes on to count; the second is kept beside it with the difference."""
    first = bench.measure("crankshaft", MAIN).body
    body = repeat(bench, other, *SECOND).body
    assert (body.measurement, body.drift, body.agrees) == (first.measurement, "0.001", True)
    assert bench.results("crankshaft")[MAIN, "as_found"].id == first.measurement
    kept = bench.ask(queries.repeats, bench.org_id, bench.case)[first.measurement]
    assert (kept.deciding, kept.drift, kept.zone) == ("64.985", "0.001", "within_new")


def test_not_the_same_person(bench, place):
    """Nor by his second account: it is the person that counts."""
    bench.measure("crankshaft", MAIN)
    again = place.member("same-man", "inspector", same_as=bench.inspector.ref)
    for who in (bench.inspector, place.actor(again)):
        with pytest.raises(OwnWork):
            repeat(bench, who, *SECOND)


def test_a_recall_finds_what_was_only_read_again(bench, other):
    """I14: the first reading was believed because of the second, so the instrument of the second concerns the case."""
    tool = shop.another_micrometer(bench)
    bench.measure("crankshaft", MAIN)
    body = repeat(bench, other, *SECOND, instrument=tool).body
    done = bench.do(actions.recall_instrument, bench.inspector, tool, why="damaged")
    one = bench.ask(queries.find_instrument, bench.org_id, tool)
    asked = bench.ask(release.window, one, since=done.body.since, until=done.body.until)
    (use,) = bench.ask(release.uses_of, asked)
    assert (use.kind, use.id, use.what, use.value) == ("reading", body.repeat, MAIN, "64.985")
    (raised,) = bench.ask(queries.open_nonconformities, bench.org_id, bench.case)
    assert (raised.cause, raised.recall_id) == ("instrument", done.body.recall)


def test_there_has_to_be_a_reading(bench, other):
    """Not tested is nothing to repeat; a test by a method has its own level 2."""
    with pytest.raises(Conflict) as told:
        repeat(bench, other, *SECOND)
    assert told.value.details["why"] == "nothing-to-repeat"
    bench.measure("crankshaft", MAIN, values=(), why="not-accessible")
    with pytest.raises(Conflict):
        repeat(bench, other, *SECOND)
    with pytest.raises(BadInput) as told:
        repeat(bench, other, "0", characteristic="crankshaft-cracks", unit="{count}")
    assert told.value.details["why"] == "needs-a-test"


def test_the_sheet_waits_for_the_second_reading(bench, other, quality):
    """Where the rule asks for it, measuring is finished when both agree, and again when one measured once more."""
    second(bench, quality)
    bench.measure_all()
    assert bench.facts()["readings_repeated"] is False
    open_ones = bench.ask(queries.still_to_repeat, bench.view(), list(bench.results("crankshaft").values()))
    assert {row.characteristic for row in open_ones} == {MAIN, "crankpin-diameter", "journal-out-of-round"}
    for position in ("crankshaft", "cylinder-block"):
        for (code, _), row in bench.results(position).items():
            if row.criticality in {"critical", "safety"} and row.method is None:
                bench.do(
                    actions.repeat,
                    other,
                    bench.parts[position],
                    characteristic=code,
                    unit=row.unit,
                    values=shop.GOOD[code],
                    instrument=bench.tools[shop.CLASS_OF[code]],
                    temperature="20",
                )
    assert bench.facts()["readings_repeated"] is True
    bench.measure("crankshaft", MAIN, why="reading-doubted")
    assert bench.facts()["readings_repeated"] is False


def test_two_that_disagree_do_not_pass(bench, other, quality):
    """As new to one and worn to the other: somebody measures again."""
    second(bench, quality)
    bench.measure_all()
    body = repeat(bench, other, *WORN).body
    assert (body.agrees, body.drift, body.proposal) == (False, "-0.065", "SALVAGE_SIZE_STEP")
    waiting = bench.ask(queries.still_to_repeat, bench.view(), list(bench.results("crankshaft").values()))
    assert MAIN in {row.characteristic for row in waiting}


def test_the_same_slips_are_caught(bench, other):
    """Calibration, points and lost decimal points are checked as with the first reading."""
    bench.measure("crankshaft", MAIN)
    for odd, why in (
        ({"values": SECOND[:3]}, "missing-points"),
        ({"values": (*SECOND[:6], "64966")}, "unlikely"),
        ({"instrument": bench.tools["bore-gauge"]}, "wrong-instrument"),
    ):
        with pytest.raises(BadInput) as told:
            repeat(bench, other, *SECOND, **odd)
        assert told.value.details["why"] == why
    assert repeat(bench, other, *SECOND[:6], "64966", sure=("64966",)).body.agrees is False


def test_a_technician_does_not_check_an_inspector(bench):
    """The second reading is an inspector's."""
    bench.measure("crankshaft", MAIN)
    with pytest.raises(Forbidden):
        repeat(bench, bench.technician, *SECOND)
