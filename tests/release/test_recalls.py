"""Gauge recall: the exact set of readings, cases and releases that rest on an instrument, and what becomes of them."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.inspection import actions as inspection
from remanu.inspection import queries as bench
from remanu.jobs import rows
from remanu.jobs.worker import Place, Run
from remanu.ledger import rebuild
from remanu.ledger.record import going_on
from remanu.parts import queries as parts
from remanu.release import actions, queries
from remanu.rules import canonical as jcs
from remanu.storage import Folder
from tests.release import site
from tests.release.recalled import another, calibrated
from tests.release.test_review_release import said


@pytest.fixture
def hall(desk, clock):
    """Engines before and after the bore gauge was last found good: released, open, and one that never saw it."""
    before = another(desk, "4D-0001", "TEST_PASSED")
    clock.advance(days=9)
    calibrated(desk, "bore-gauge", date(2026, 3, 10))
    clock.advance(days=5)
    after = another(desk, "4D-0002", "TEST_PASSED")
    opened = another(desk, "4D-0003", "INSPECTED")
    untouched = another(desk, "4D-0004", "DISASSEMBLED")
    clock.advance(days=5)
    return {"before": before, "after": after, "opened": opened, "untouched": untouched}


def affected(desk, recall):
    """Serial numbers of units that came under review by a recall, and of those with a nonconformity of it."""
    org_id = desk.place.org_id
    under = {row.serial for row in desk.place.ask(queries.reviews, org_id) if row.recall_id == recall}
    rows = [row for row in desk.place.ask(bench.listed, org_id) if row.recall_id == recall]
    assert {row.cause for row in rows} <= {"instrument"}
    return under, {row.serial for row in rows}


def recalled(desk, tool):
    """The newest recall of an instrument."""
    return desk.place.ask(bench.recalls, desk.place.org_id, desk.yard.tools[tool])[0]


def test_the_exact_set(desk, hall, registry, web):
    """I14, I22: what was done with it since its last good calibration, and not before; torque tools and rigs too."""
    inspector, tool = desk.yard.who["inspector"], desk.yard.tools["bore-gauge"]
    done = desk.place.do(inspection.recall_instrument, inspector, tool, why="damaged")
    assert (done.body.since, done.body.until) == ("2026-03-10", "2026-03-20")
    assert affected(desk, done.body.recall) == ({"4D-0002"}, {"4D-0003"})
    assert {name: said(one) for name, one in hall.items()} == {
        "before": "released",
        "after": "under-review",
        "opened": "in-process",
        "untouched": "in-process",
    }
    _counted(desk, hall, done, tool)
    _seen(desk, hall, web, tool)

    # One event a subject, all of one act.
    newest = [
        jcs.decode(desk.place.ask(parts.history, desk.place.org_id, hall[name].yard.unit)[0].canonical)
        for name in ("after", "opened")
    ]
    assert [(one["act"], one["kind"]) for one in newest] == [
        (done.act_id, "release.review_release"),
        (done.act_id, "inspection.raise_nonconformity"),
    ]
    for other in ("torque-wrench", "test-rig"):
        calibrated(desk, other, date(2026, 3, 20), result="out_of_tolerance")
        assert affected(desk, recalled(desk, other).id) == ({"4D-0001", "4D-0002"}, set())
    assert said(hall["before"]) == "under-review"
    assert rebuild.check(desk.place.database, registry).problems == ()


def _counted(desk, hall, done, tool):
    """As many as there are, page by page; each with its release, where there is one."""
    one = desk.place.ask(bench.find_instrument, desk.place.org_id, tool)
    asked = desk.place.ask(queries.window, one, since=done.body.since, until=done.body.until)
    counted = desk.place.ask(queries.counted, asked)
    assert {name: counted[name] for name in ("torque", "test", "cases", "releases", "open")} == {
        "torque": 0,
        "test": 0,
        "cases": 2,
        "releases": 1,
        "open": 1,
    }
    rows = desk.place.ask(lambda connection: list(queries.every_use(connection, asked)))
    # With it two characteristics are measured as found on both engines, and one again on the ground crankshaft.
    assert len(rows) == counted["reading"] == 5
    assert {row.certificate for row in rows} == {None, hall["after"].paper().number}
    first = desk.place.ask(queries.uses_of, asked, limit=3)
    rest = desk.place.ask(queries.uses_of, asked, after=queries.cursor(first[-1]), limit=100)
    assert [row.id for row in (*first, *rest)] == [row.id for row in rows]
    assert desk.place.ask(queries.uses_of, asked, after="nonsense~1", limit=100) == rows


def test_a_large_set_goes_in_batches(desk, config, database):
    """What the first batch does not reach is a job under the same act, which may be asked twice."""
    desk.until("RELEASED")
    another(desk, "4D-0002", "INSPECTED")
    database.reactions = {}
    tool = desk.yard.tools["bore-gauge"]
    done = desk.place.do(inspection.recall_instrument, desk.yard.who["inspector"], tool, why="damaged")
    recall = done.body.recall

    def first(tx):
        return actions.reach(going_on(tx, done), recall=recall, limit=1)

    assert database.transact(first) is True
    assert affected(desk, recall) == (set(), {"4D-0002"})
    asked = actions.job_of(done)
    for _ in range(2):
        job = database.transact(lambda tx: rows.create(tx, actions.JOB, asked, org_id=desk.place.org_id))
        run = Run(Place(config, database, Folder(config.evidence_dir)), rows.claim(database, job))
        assert actions.review_recalled(run) == {"batches": 1}
    assert affected(desk, recall) == ({"4D-77120"}, {"4D-0002"})


def _seen(desk, hall, web, tool):
    """The pages of a stranger, of the inspector and of the certifier, and the table for other programs."""
    code = hall["after"].yard.view().item.code
    stranger = web.test_client()
    page = stranger.get(f"/{code}").text
    assert "Under review" in page
    assert "An instrument that was used is not reliable" in page
    told = stranger.get(f"/{code}?format=json").json
    assert (told["state"]["code"], told["state"]["sign"], told["state"]["reason"]) == (
        "under-review",
        "attention",
        "instrument-recalled",
    )
    assert told["certificates"][0]["review_reason"] == "instrument-recalled"
    assert told["record"]["verified"]

    inspector = site.browser(web, "inspector")
    uses = inspector.get(f"/instruments/{tool}/uses")
    assert "1 release came under review" in uses.text
    table = inspector.get(f"/instruments/{tool}/uses.csv")
    assert table.content_type == "text/csv; charset=utf-8"
    assert table.text.splitlines()[0].startswith("kind,at,code")
    assert table.text.count("\n") == 1 + inspector.get(f"/api/v1/instruments/{tool}/uses").json["counted"]["reading"]
    assert inspector.get(f"/instruments/{tool}/uses?since=soon").status_code == 422
    certifier = site.browser(web, "certifying_staff")
    paper = hall["after"].paper()
    assert paper.number in certifier.get("/reviews").text
    (one,) = certifier.get("/api/v1/reviews").json
    assert (one["number"], one["reason"]) == (paper.number, "instrument-recalled")
    assert "Everybody reads so" in certifier.get(f"/certificates/{paper.id}").text
