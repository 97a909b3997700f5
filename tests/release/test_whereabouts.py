"""A recall follows what was measured: into assemblies, through levels, into units that the instrument never met."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu.inspection import queries as bench
from remanu.parts import actions as parts
from remanu.release import queries
from remanu.release.queries.used import Window
from remanu.restoration.actions import Wanted
from tests.release import site
from tests.release.recalled import Another, another, calibrated
from tests.release.test_review_release import said


def _tell(desk, *steps):
    def work(tx):
        telling = Another(tx, desk.yard)
        for step in steps:
            getattr(telling, step)()

    desk.yard.do(work)


def _given_up(desk, serial):
    """A crankshaft that was measured in a unit that was then given up for its parts."""
    donor = another(desk, serial, "INSPECTED")
    shaft = donor.yard.item("crankshaft")
    harvest = (Wanted(position="crankshaft"),)
    donor.yard.act("planner", "cannibalise", harvest=harvest, owner_agrees=True)
    return donor, shaft


def _fit(desk, item, host):
    code = desk.yard.row(item).code
    desk.place.do(parts.fit, desk.yard.who["technician"], host, position="inner", code=code)


def _take_out(desk, item):
    desk.place.do(parts.remove, desk.yard.who["technician"], item, why="exchange")


def test_a_measured_part_is_followed(desk, clock, web):
    """I22: three levels up into a released unit; a unit that it had left before is not concerned."""
    donor, shaft = _given_up(desk, "4D-0003")
    clock.advance(days=9)
    found = desk.now().date()
    clock.advance(days=1)
    left = another(desk, "4D-0004", "IN_RESTORATION")
    _fit(left, shaft, left.yard.item("camshaft"))
    _take_out(left, shaft)
    clock.advance(days=1)
    unit = another(desk, "4D-0005", "IN_RESTORATION")
    holder = unit.yard.item("camshaft")
    _fit(unit, shaft, holder)
    for one in (left, unit):
        _tell(one, "finish_restoration", "reassemble", "start_test", "pass_test")
    unit.submit()
    unit.release(replace(desk.certifier, fresh_until=desk.now()))
    tool = "outside-micrometer"
    calibrated(desk, tool, found, result="out_of_tolerance")
    recall = desk.place.ask(bench.recalls, desk.place.org_id, desk.yard.tools[tool])[0]
    under = {row.serial for row in desk.place.ask(queries.reviews, desk.place.org_id)}
    stopped = [row for row in desk.place.ask(bench.listed, desk.place.org_id) if row.recall_id == recall.id]
    assert (under, [row.serial for row in stopped]) == ({"4D-0005"}, [])
    assert (said(unit), said(left), donor.yard.view().state) == ("under-review", "in-process", "DONOR")
    _way_is_shown(desk, web, tool, unit)


def _way_is_shown(desk, web, tool, unit):
    one = desk.place.ask(bench.find_instrument, desk.place.org_id, desk.yard.tools[tool])
    asked = desk.place.ask(queries.window, one, since=None, until=None)
    assert asked.since < asked.until
    address = f"instruments/{one.id}/uses"
    inspector = site.browser(web, "inspector")
    told = inspector.get(f"/api/v1/{address}").json
    (way,) = told["followed"]
    names = [part["name"] for part in way["path"]]
    assert names == ["Crankshaft", "Camshaft", "Cylinder block", unit.yard.view().item.name]
    assert (way["certificate"], way["under_review"]) == (unit.paper().number, True)
    assert told["counted"]["releases"] == 1
    page = inspector.get(f"/{address}").text
    assert "Where measured parts went" in page
    assert page.count("›") >= 2


def test_an_open_case_that_holds_it_is_stopped(desk, clock):
    """It lies on the bench within another part; a torque speaks of one joint and is not followed."""
    _, shaft = _given_up(desk, "4D-0003")
    clock.advance(days=9)
    found = desk.now().date()
    clock.advance(days=1)
    unit = another(desk, "4D-0005", "DISASSEMBLED")
    _fit(unit, shaft, unit.yard.item("camshaft"))
    calibrated(desk, "outside-micrometer", found, result="out_of_tolerance")
    stopped = [row for row in desk.place.ask(bench.listed, desk.place.org_id) if row.cause == "instrument"]
    assert [row.serial for row in stopped] == ["4D-0005"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_uses_and_ways_go_by_indexes(database):
    """However much was measured: what one instrument read, a second time too, and what held it are looked up."""
    asked = Window("o", "i", "n", "", "9")
    seen = []
    engine = database.read_engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2:4]))
    with database.reading() as connection:
        queries.cases(connection, asked)
        queries.followed(connection, asked)
        for statement, given in seen[:2]:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)]
            told = " ".join(plan)
            assert "ix_measurement_org_id_instrument_id" in told
            assert "ix_repeat_reading_org_id_instrument_id" in told
            assert "SEARCH installation USING INDEX ix_installation_org_id_item_id" in told
            assert "SEARCH release_certificate USING INDEX ix_release_certificate_org_id_item_id" in told
