"""A hundred thousand verdicts after an agreement changed: a real worker, killed in the middle, ends with each once.

REMANU_DRILL_VERDICTS says how many; the drill prints what it took.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from remanu import app, clock
from remanu.jobs import worker
from remanu.jobs.models import Job
from remanu.recognition import actions, queries
from remanu.recognition.models import StoredVerdict
from tests.recognition.stock import multiply
from tests.recognition.unit import HOLDER, PHTHALATES, released, shares

ROOT = Path(__file__).parents[2]
MANY = int(os.environ.get("REMANU_DRILL_VERDICTS", "100000"))
PATIENCE = 1800  # seconds


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
    """No other job waits. The worker's clock is ours of today: what is asked for once a day was done just now."""
    tx.execute(sa.delete(Job))
    now = clock.SystemClock().now()
    for one in app.DAILY:
        for days in (0, 1):
            ended = {
                "state": "done",
                "done": 0,
                "total": 0,
                "attempts": 1,
                "created_at": now,
                "changed_at": now,
            }
            day = worker._day(one, now + timedelta(days=days))
            tx.execute(sa.insert(Job).values(id=day, kind=one.kind, args="{}", **ended))


def job(database):
    """The job as its row says it stands."""
    with database.reading() as connection:
        mine = (Job.kind == actions.JOB, Job.args == "{}", ~Job.id.contains(":"))
        return connection.execute(sa.select(Job.__table__).where(*mine)).one()


def followed(database, until):
    """Each progress that was seen, until the row is as wanted."""
    seen, end = [], time.monotonic() + PATIENCE
    while time.monotonic() < end:
        row = job(database)
        if not seen or row.done != seen[-1]:
            seen.append(row.done)
        if until(row):
            return row, seen
        time.sleep(0.1)
    raise AssertionError(f"nothing more came after {seen[-1]}")


def most_memory(process) -> int:
    """The MiB that a process held at most."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(one.split()[1]) // 1024 for one in lines if one.startswith("VmHWM:"))


def counted(database, *more):
    """How many verdicts are kept."""
    with database.reading() as connection:
        chosen = sa.select(sa.func.count()).select_from(StoredVerdict).where(*more)
        return connection.execute(chosen).scalar_one()


@pytest.mark.drill
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_all_verdicts_anew_after_an_agreement_ended(told, agreed, config, environment, tmp_path, capsys):
    """Progress grows, a kill -9 costs a lease and no verdict, and nothing old is left."""
    database, (office, agreement) = told.database, agreed
    dirty = {"statement": "declared", "regime": "XA-SUB 1", "shares": shares(**PHTHALATES)}
    first = [
        released(database, no=1, label="REMANUFACTURED"),
        released(database, no=2),
        released(database, no=3, label=""),
        released(database, no=4, label="REMANUFACTURED", hazards=dirty),
    ]
    actions.keep(database, [(HOLDER, one) for one in first])
    places = len(queries.jurisdictions())
    units = multiply(database, first, MANY // places)
    verdicts, there = units * places, StoredVerdict.jurisdiction == "XB"
    assert counted(database) == verdicts
    good = (there, StoredVerdict.word.in_(("RECOGNISED", "CONDITIONAL")))
    before = counted(database, *good)
    assert before >= units // 2

    database.transact(nothing_else)
    office.do(actions.end_agreement, agreement, ends=office.today, tail="no")
    ended = database.clock.now()
    with working(config, environment, tmp_path / "first") as process:
        began = time.monotonic()
        row, seen = followed(database, lambda one: one.done >= units // 2)
        process.kill()
        process.wait()
        took = time.monotonic() - began
    assert row.state == "running"
    assert len(seen) > min(5, units // 300)
    cut = job(database).done
    assert units // 2 <= cut < units
    assert counted(database) == verdicts, "a batch that was not committed is wholly not there"
    assert 0 < counted(database, *good) < before

    with working(config, environment, tmp_path / "second") as process:
        began = time.monotonic()
        row, later = followed(database, lambda one: one.done > cut or one.state == "done")
        waited = time.monotonic() - began
        row, more = followed(database, lambda one: one.state != "running")
        memory = most_memory(process)
        took += time.monotonic() - began - waited
    assert (row.state, row.attempts, row.done, row.total) == ("done", 2, units, units)
    assert [*later, *more] == sorted([*later, *more])
    assert later[0] == cut, "it goes on where it was cut off"
    assert counted(database) == verdicts
    assert counted(database, *good) == 0
    assert counted(database, StoredVerdict.computed_at <= ended) == 0
    with capsys.disabled():
        told_of = f"{verdicts} verdicts of {units} units in {took:.0f} s, {verdicts / took:.0f} a second"
        sys.stdout.write(f"\n{told_of}; {waited:.0f} s until the lease ran out; {memory} MiB at most.\n")
