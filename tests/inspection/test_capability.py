"""Readings of one characteristic are told as a process: chart, index, and the table behind."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from remanu.inspection.models import Measurement
from remanu.inspection.queries import capability as queries
from remanu.rules.capability import ENOUGH, LEAST, Capability
from tests.builders import make_item

PLACE = {"family": "diesel-engine", "component": "crankshaft", "characteristic": "crankpin-diameter"}
ROW = {
    "characteristic": "crankpin-diameter",
    "criticality": "critical",
    "stage": "final",
    "unit": "mm",
    "readings": "[]",
    "new_min": "57.945",
    "new_max": "57.965",
    "zone": "within_new",
    "proposal": "REUSE_AS_IS",
    "because": "within-new-limits",
    "demonstration": False,
    "qualified_by": "role",
    "by_ref": "someone",
    "day": "2026-03-01",
}
WAY = "/capability/diesel-engine/crankshaft/crankpin-diameter"
"""Where the process of the crankpins is shown."""


def filled(bench, count, **changed):
    """As many crankshafts with a final crankpin reading each, put straight into the view: a year's work at once."""

    def work(tx):
        for n in range(count):
            made = make_item(tx, bench.technician, component="crankshaft")
            tx.execute(sa.insert(Measurement).values(**{**ROW, **_place(tx, bench, made, n), **changed}))

    bench.database.transact(work)


def _place(tx, bench, made, n):
    return {
        "org_id": bench.org_id,
        "id": tx.new_id(),
        "item_id": made.subject.id,
        "case_id": bench.case,
        "seq": n,
        "deciding": f"57.9{50 + n % 7}",
        "measured_at": tx.now,
    }


def process(bench, stage="as-left"):
    """The crankpins as a process."""
    with bench.database.reading() as connection:
        return queries.process(connection, bench.org_id, stage, **PLACE)


def known(bench, stage="as-left"):
    """What has enough readings."""
    with bench.database.reading() as connection:
        return [(row.characteristic, row.n) for row in queries.known_processes(connection, bench.org_id, stage)]


def test_a_chart_from_five_readings_on(bench):
    """Four readings are no process and stand in no list; the fifth makes a chart, but no index."""
    filled(bench, LEAST - 1)
    assert known(bench) == []
    filled(bench, 1)
    assert known(bench) == [("crankpin-diameter", LEAST)]
    found = process(bench)
    assert found.chart is not None
    assert found.capability == "too-few"


def test_an_index_from_twenty_on(bench):
    """Mean, Cp and Cpk of what was left by work, against the limits that were frozen with it."""
    filled(bench, ENOUGH)
    found = process(bench)
    assert isinstance(found.capability, Capability)
    assert found.capability.n == ENOUGH
    assert Decimal("57.945") < found.capability.mean < Decimal("57.965")
    assert found.capability.cpk_low < found.capability.cpk <= found.capability.cp


def test_only_what_belongs_together(bench):
    """Readings of cores as they came, superseded ones, and those under other limits are another process."""
    filled(bench, LEAST, deciding="57.700", new_min="57.695", new_max="57.715")
    filled(bench, LEAST, stage="as_found", deciding="57.900")
    filled(bench, LEAST, superseded_by="another", deciding="1")
    filled(bench, LEAST, deciding=None, zone="not_tested")
    filled(bench, LEAST)
    found = process(bench)
    assert {row.new_min for row in found.rows} == {"57.945"}
    assert (len(found.rows), found.left_out) == (LEAST, LEAST)
    assert {row.deciding for row in process(bench, "as-found").rows} == {"57.900"}


def test_a_part_counts_once(bench):
    """Measured after work and at the end, its newest reading stands for it."""

    def twice(tx):
        made = make_item(tx, bench.technician, component="crankshaft")
        for stage, value in (("after_operation", "57.946"), ("final", "57.951")):
            place = {**_place(tx, bench, made, 0), "stage": stage, "deciding": value}
            tx.execute(sa.insert(Measurement).values(**{**ROW, **place}))

    bench.database.transact(twice)
    assert [row.deciding for row in process(bench).rows] == ["57.951"]


def test_the_pages(bench, browser):
    """The list leads to the chart, which has a title, a description and the table behind it."""
    assert "Not enough readings yet" in browser.get("/capability").text
    filled(bench, ENOUGH)
    filled(bench, 1, deciding="57.990")
    assert f"{WAY}?stage=as-left" in browser.get("/capability").text
    page = browser.get(WAY).text
    assert page.count("<title id=") == 2
    assert "Cpk" in page
    assert "Beyond the control limits" in page
    assert page.count("control-signal") == 2
    assert "57.990" in page


def test_without_an_index_it_says_why(bench, browser):
    """Too few readings are named with how many there are."""
    filled(bench, LEAST)
    assert f"An index wants {ENOUGH} readings; there are {LEAST}." in browser.get(WAY).text


def test_the_json(bench, browser):
    """Figures are decimal strings; what is missing is said."""
    filled(bench, LEAST)
    assert browser.get("/api/v1/capability").json == [
        {"family": "diesel-engine", "component": "crankshaft", "characteristic": "crankpin-diameter", "readings": LEAST}
    ]
    told = browser.get(f"/api/v1{WAY}").json
    assert (told["missing"], told["cpk"], len(told["readings"])) == ("too-few", None, LEAST)
    assert told["readings"][0]["value"] == "57.950"


def test_what_is_not_there(bench, browser, other_browser):
    """An unknown stage, a characteristic without readings, and another workshop's readings are not found."""
    filled(bench, LEAST)
    assert browser.get("/capability?stage=odd").status_code == 404
    assert browser.get(f"{WAY}?stage=as-found").status_code == 404
    assert browser.get("/capability/diesel-engine/crankshaft/nothing").status_code == 404
    assert other_browser.get(WAY).status_code == 404
    assert other_browser.get("/api/v1/capability").json == []
