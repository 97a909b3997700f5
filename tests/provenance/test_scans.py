"""Scans are counted by label and day, beside the answer, and by nothing that leads to a person."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.parts.models import PublicState
from remanu.provenance.models import ScanDay
from remanu.provenance.queries import supervision


def _counted(database):
    with database.reading() as connection:
        rows = connection.execute(
            sa.select(ScanDay.label, ScanDay.day, ScanDay.scans).order_by(ScanDay.label)
        )
        return [tuple(row) for row in rows]


def _scan(stranger, address, times=1):
    for _ in range(times):
        stranger.get(address).close()


def test_scans_are_written_once_a_minute(told, stranger, clock):
    """Nothing at first, then what was counted; made-up labels share one row; HEAD counts nothing."""
    told.labelled()
    _scan(stranger, f"/{told.code}/{told.label}", 3)
    _scan(stranger, f"/{told.code}")
    for odd in ("ABCDEF", "ABCDEG"):
        _scan(stranger, f"/{told.code}/{odd}")
    stranger.head(f"/{told.code}").close()
    assert _counted(told.database) == []
    clock.advance(seconds=60)
    _scan(stranger, f"/{told.code}")
    day = "2026-03-01"
    assert sorted(_counted(told.database)) == sorted([("", day, 2), ("?", day, 2), (told.label, day, 3)])
    clock.advance(seconds=60)
    _scan(stranger, f"/{told.code}")
    assert _counted(told.database)[0] == ("", day, 3)


def test_a_store_that_cannot_write_does_not_stop_the_page(told, stranger, clock):
    """The page is answered, the count waits."""
    _scan(stranger, f"/{told.code}")
    clock.advance(seconds=60)
    write = told.database.write_engine
    told.database.write_engine = told.database.read_engine
    _scan(stranger, f"/{told.code}")
    told.database.write_engine = write
    clock.advance(seconds=60)
    _scan(stranger, f"/{told.code}")
    assert [scans for _, _, scans in _counted(told.database)] == [3]


def test_scans_that_should_not_happen_are_found(told, stranger, clock):
    """A label that was withdrawn, or never was, and is read: the supervisor sees it, others he does not."""
    told.labelled()
    other = told.papers.change(told.label)
    _scan(stranger, f"/{told.code}/{told.label}")
    clock.advance(days=1)
    _scan(stranger, f"/{told.code}/{told.label}")
    _scan(stranger, f"/{told.code}/{other}")
    _scan(stranger, f"/{told.code}/ABCDEF")
    clock.advance(seconds=61)
    _scan(stranger, f"/{told.code}")
    with told.database.reading() as connection:
        org_id = told.engine.actor.org_id
        rows = supervision.strange_scans(connection, org_id, since="2026-02-01")
        found = {(row.label, row.why): row.scans for row in rows}
        assert found[told.label, "label-ended"] == 1, "what it was read for on the day it ended is no oddity"
        assert found["?", "never-issued"] == 1
        assert set(found) <= {(told.label, "label-ended"), ("?", "never-issued"), (other, "before-delivery")}
        assert supervision.strange_scans(connection, org_id, since="2026-04-01") == []
        assert supervision.strange_scans(connection, "elsewhere", since="2026-02-01") == []


def _odd(told):
    with told.database.reading() as connection:
        rows = supervision.strange_scans(connection, told.engine.actor.org_id, since="2026-02-01")
    return {(row.label, row.why, row.day) for row in rows}


def _read(told, stranger, clock):
    _scan(stranger, f"/{told.code}/{told.label}")
    clock.advance(seconds=61)
    _scan(stranger, f"/{told.code}")


def test_a_reading_before_the_part_was_scrapped_speaks_for_nothing(told, stranger, clock):
    """Only what was read on a later day does; the day of scrapping is the record's own."""
    told.labelled()
    _read(told, stranger, clock)
    clock.advance(days=1)
    scrapped = sa.update(PublicState).values(state="scrapped", since=clock.now())
    told.database.transact(lambda tx: tx.execute(scrapped))
    assert "part-scrapped" not in {why for _, why, _ in _odd(told)}
    clock.advance(days=1)
    _read(told, stranger, clock)
    assert (told.label, "part-scrapped", "2026-03-03") in _odd(told)


def test_a_reading_stays_odd_whatever_becomes_of_the_label_later(told, stranger, clock):
    """Lost, read two days later, found and destroyed: the reading between is still told."""
    told.labelled()
    told.papers.lose(told.label)
    clock.advance(days=2)
    _read(told, stranger, clock)
    clock.advance(days=2)
    told.papers.withdraw(told.label, "destroyed")
    assert _odd(told) == {(told.label, "label-ended", "2026-03-03")}
