"""A real worker, killed with -9 in the middle of a print job: no label comes out twice, and at most one is in doubt."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from remanu import app as application
from remanu import clock
from remanu.jobs import worker
from remanu.jobs.models import Job
from remanu.labelling import actions
from remanu.labelling.models import PrintLine
from remanu.web import context
from tests.builders import make_item
from tests.labelling.press import PRINTER, Press

ROOT = Path(__file__).parents[2]
MANY, PATIENCE = 60, 180


@contextmanager
def working(config, environment, output):
    """The worker as an operator starts it."""
    words = [sys.executable, "-m", "remanu.cli", "worker", "--dir", str(config.dir)]
    with output.open("ab") as log:
        process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def nothing_else(tx):
    """What is asked for once a day was done just now."""
    now = clock.SystemClock().now()
    ended = {"state": "done", "done": 0, "total": 0, "attempts": 1, "created_at": now, "changed_at": now}
    for one in application.DAILY:
        for days in (0, 1):
            day = worker._day(one, now + timedelta(days=days))
            tx.execute(sa.insert(Job).values(id=day, kind=one.kind, args="{}", **ended))


def states(database):
    """How many lines are in each state."""
    asked = sa.select(PrintLine.state, sa.func.count()).group_by(PrintLine.state)
    with database.reading() as connection:
        return {state: count for state, count in connection.execute(asked)}  # noqa: C416 -- rows are no pairs


def until(true):
    """Wait for it."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


@pytest.mark.drill
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_kill_prints_nothing_twice(
    bench, in_process, web, officer, config, environment, database, tmp_path
):
    """Half of the labels are out when the worker dies; the rest follows after a person said what became of one."""
    with Press() as press:
        settings = replace(config, printers={"zebra": press.address})
        context.install(web, application.installation(settings, database))
        answer = officer.post("/printers/add_printer", data={"key": "k", **PRINTER, "outlet": "zebra"})
        printer = answer.location.rpartition("/")[2]
        labels = [_tagged(bench, in_process, n) for n in range(MANY)]
        database.transact(nothing_else)
        job = officer.post("/print-jobs", data={"printer": printer, "ids": labels}).location
        environment = {**environment, "REMANU_PRINTERS": f"zebra={press.address}"}
        with working(config, environment, tmp_path / "first") as process:
            until(lambda: states(database).get("sent", 0) >= MANY // 3)
            process.kill()
            process.wait()
        cut = states(database)
        assert cut.get("queued", 0) > 0
        assert cut.get("sending", 0) <= 1
        database.transact(
            lambda tx: tx.execute(sa.update(Job).where(Job.kind == actions.JOB).values(state="waiting"))
        )
        with working(config, environment, tmp_path / "second"):
            until(lambda: officer.get(f"/api/v1{job}").json["state"] != "running")
            told = officer.get(f"/api/v1{job}").json
            for one in [each for each in told["labels"] if each["state"] == "unknown"]:
                burnt = bench.label(one["label"]).payload in press.burnt()
                officer.post(f"{job}/labels/{one['no']}/{'came-out' if burnt else 'did-not-come-out'}")
            if told["state"] == "stopped":
                officer.post(f"{job}/resume")
            until(lambda: officer.get(f"/api/v1{job}").json["state"] == "done")
        burnt = press.burnt()
        assert len(burnt) == len(set(burnt)) == MANY
        assert set(burnt) == {bench.label(one).payload for one in labels}
        assert states(database) == {"sent": MANY}


def _tagged(bench, in_process, n):
    """A reserved tag of one more part in process."""
    technician = bench.person("technician")
    item = bench.place.do(make_item, technician, serial=f"D-{n}").subject.id
    with bench.place.database.reading() as connection:
        case = (
            connection.execute(sa.text("SELECT * FROM reman_case WHERE id = :id"), {"id": in_process.case_id})
            .one()
            ._mapping
        )
    row = {**case, "id": bench.place.database.ids.new(bench.place.database.clock.now()), "item_id": item}
    row["number"] = 1000 + n
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    bench.place.database.transact(
        lambda tx: tx.execute(sa.text(f"INSERT INTO reman_case ({columns}) VALUES ({marks})"), row)  # noqa: S608
    )
    asked = {"placement": "part", "media": "roll-70x40", "locale": "en"}
    return bench.place.do(actions.reserve, bench.officer, item, **asked).body.label
