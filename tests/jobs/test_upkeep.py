"""Upkeep: the log is fed, the record is checked, uploads that no act cited go after a day."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
import sqlalchemy as sa

from remanu import app
from remanu.errors import NotFound
from remanu.jobs import rows, upkeep
from remanu.jobs.worker import Run
from remanu.ledger import checkpoint
from remanu.ledger.models import Evidence
from tests.builders import make_item
from tests.ledger.spoil import spoil


@pytest.fixture
def run(place):
    """A run of the tidying job."""
    return Run(place, rows.Claim("j", "upkeep.discard_orphans", {}, 0, 1))


def _upload(place, content, *, hours):
    digest = place.storage.put(content)
    at = (place.database.clock.now() - timedelta(hours=hours)).timestamp()
    os.utime(place.storage.root / digest[:2] / digest[2:], (at, at))
    return digest


def test_an_uncited_upload_goes_after_a_day(run):
    """Nothing refers to it, so nobody misses it."""
    digest = _upload(run.place, b"stray", hours=25)
    assert upkeep.discard_orphans(run) == {"discarded": 1}
    with pytest.raises(NotFound):
        run.place.storage.get(digest)


def test_a_fresh_upload_stays(run):
    """The act that cites it may still be typed."""
    digest = _upload(run.place, b"fresh", hours=23)
    assert upkeep.discard_orphans(run) == {"discarded": 0}
    assert run.place.storage.get(digest) == b"fresh"


def test_a_cited_file_stays(run):
    """What an event cites is never removed, however old."""
    digest = _upload(run.place, b"photo", hours=9999)
    row = {"org_id": "o1", "digest": digest, "media_type": "image/jpeg", "size": 5, "event_id": "e1"}
    run.place.database.transact(lambda tx: tx.execute(sa.insert(Evidence), row) and None)
    assert upkeep.discard_orphans(run) == {"discarded": 0}


def test_jobs_long_over_are_forgotten(run):
    """A month after its end a job's row goes."""
    database = run.place.database
    job = database.transact(lambda tx: rows.create(tx, "t", {}, org_id="o1"))
    rows.finish(database, rows.claim(database, job), None)
    database.clock.advance(days=31)
    upkeep.forget_jobs(run.place)
    with database.reading() as connection, pytest.raises(NotFound):
        rows.find(connection, "o1", job)


def test_new_events_are_entered_and_signed_over(run):
    """Within a minute of an act a signed head covers it; without news nothing is signed."""
    database = run.place.database
    for many in (1, 0, 2):
        database.transact(lambda tx, many=many: [make_item(tx) for _ in range(many)])
        upkeep.enter_in_log(run.place)
    with database.reading() as connection:
        sizes = connection.execute(sa.text("SELECT size FROM log_checkpoint ORDER BY size")).scalars().all()
        assert (sizes, checkpoint.latest(connection).size) == ([1, 3], 3)
    assert min(one.seconds for one in app.UPKEEP if one.do is upkeep.enter_in_log) <= 60


def test_the_record_is_checked_and_named(run, registry, capsys):
    """The nightly check counts what is wrong and names it in the log; a whole record says zero."""
    made = run.place.database.transact(make_item)
    check = upkeep.check_record(lambda: registry)
    assert check(run)["wrong"] == 0
    spoil(run.place.database, "UPDATE item SET name = 'Golden engine'")
    assert check(run)["wrong"] == 1
    assert f"item {made.org_id} {made.subject.id}: name" in capsys.readouterr().out
