"""Whether a record verifies is computed from the record, and any damage shows."""

from __future__ import annotations


def test_a_whole_record_verifies(told):
    """Before and after the log is signed, a record that nobody touched is whole."""
    told.tested()
    assert told.known().verdict.problems == ()
    told.sign()
    known = told.known()
    assert known.verdict.problems == ()
    assert known.verdict.logged == known.verdict.events == known.found.length
    assert known.verdict.chains == 5
