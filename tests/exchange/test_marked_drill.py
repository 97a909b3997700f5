"""A certification with ten thousand units stops: each hears of it once, and the act itself does not wait.

REMANU_DRILL_MARKED says how many; the drill prints what it took. On SQLite and a quiet machine 3,000 take 5 s, 10,000
take 18 s and 100,000 take 203 s: each costs the same however many there are.
"""

from __future__ import annotations

import os
import sys
import time

import pytest
import sqlalchemy as sa

from remanu.certification import actions as certification
from remanu.exchange import actions as exchange
from remanu.jobs import rows as jobs
from remanu.jobs.models import Job
from remanu.jobs.worker import Place, Run
from remanu.parts.models import Notice
from remanu.storage import Folder
from tests.certification import story
from tests.recognition.stock import multiply
from tests.recognition.unit import released

MANY = int(os.environ.get("REMANU_DRILL_MARKED", "10000"))
ACT = 2.0  # seconds that the person who signs waits at most


def counted(database, *which):
    """How many notices."""
    with database.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(Notice).where(*which)).scalar_one()


@pytest.mark.drill
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_covered_unit_is_marked_once(database, config, capsys):
    """I44: whatever the scope covered, by a job that the act leaves behind and that marks none twice when run again."""
    told = story.told(database, "granted")
    told.later(1)
    multiply(database, [released(database)], MANY)
    told.later(1)
    database.transact(lambda tx: tx.execute(sa.delete(Job)))

    began = time.monotonic()
    story.decide(told, certification.withdraw_certification, reason="misuse")
    act = time.monotonic() - began
    at_once = counted(database)
    assert 0 < at_once < MANY, "the act reaches the first ones itself and leaves the others to a job"

    place, began = Place(config, database, Folder(config.evidence_dir)), time.monotonic()
    chosen = sa.select(Job.id).where(Job.kind == exchange.NAMING)
    with database.reading() as connection:
        (job,) = connection.execute(chosen).scalars()
    run = Run(place, jobs.claim(database, job))
    assert exchange.name_the_rest(run)["units"] == MANY - at_once
    took = time.monotonic() - began
    assert counted(database) == MANY
    assert exchange.name_the_rest(run)["units"] == MANY - at_once
    assert counted(database) == MANY, "a second run leaves no word twice"
    with capsys.disabled():
        said = f"the act {act:.2f} s, the job {took:.1f} s, {MANY / took:.0f} units a second"
        sys.stdout.write(f"\n{MANY} units: {said}.\n")
    assert act < ACT
