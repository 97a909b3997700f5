"""The one form in which moments are stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.clock import parse_stamp, stamp

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=3, minutes=30))])


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 28), timezones=ZONES))  # noqa: DTZ001 -- bounds
def test_what_is_stamped_is_read_back(moment):
    """The moment, in whatever zone it was said; text of one length, so that it sorts as time does."""
    text = stamp(moment)
    assert parse_stamp(text) == moment
    assert (len(text), text[-1]) == (27, "Z")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-01",
        "2026-03-01T00:00:00Z",
        "2026-03-01T00:00:00.5Z",
        "2026-03-01T00:00:00.000000",
        "2026-03-01T08:00:00.000000+08:00",
        "2026-03-01T00:00:00.000000+00:00",
        "2026-03-01 00:00:00.000000Z",
        "2026-13-01T00:00:00.000000Z",
    ],
)
def test_nothing_else_is_read(text):
    """Another spelling of a moment is no stamp."""
    with pytest.raises(ValueError, match=r"\S"):
        parse_stamp(text)
