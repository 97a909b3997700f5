"""The untouched record is whole."""

from __future__ import annotations

import threading

from remanu.ledger import checkpoint
from remanu.ledger.verify import verify
from tests.builders import make_item
from tests.ledger import history


def test_an_untouched_record_is_whole(database, storage, kinds):
    """Everything is looked at, and nothing is wrong."""
    history.write(database, storage)
    checkpoint.advance(database)
    history.more(database)
    report = verify(database, storage, kinds, origin="id.example.test/log")
    assert [str(one) for one in report.problems] == []
    assert report.code == 0
    assert all(report.counted.values())


def test_a_log_that_is_signed_meanwhile_is_not_old(database, storage, kinds):
    """Others go on writing and signing while the record is checked."""
    history.write(database, storage)
    stop = threading.Event()

    def write():
        while not stop.is_set():
            database.transact(make_item)
            checkpoint.advance(database)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [str(one) for _ in range(4) for one in verify(database, storage, kinds).problems]
    finally:
        stop.set()
        writer.join()
    assert found == []
