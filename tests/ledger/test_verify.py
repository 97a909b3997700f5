"""The untouched record is whole."""

from __future__ import annotations

from remanu.ledger import checkpoint
from remanu.ledger.verify import verify
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
