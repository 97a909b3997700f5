"""When somebody is reminded of a day: so many days before it, and of each step once (domain.md §3.6)."""

from __future__ import annotations

from remanu.rules.reminders import step


def test_the_latest_reminder_speaks_for_those_that_were_missed():
    """None before the first and none after the day; the day itself still counts."""
    said = {left: step(left, (60, 30, 7)) for left in (61, 60, 31, 30, 25, 8, 7, 0, -1)}
    assert said == {61: None, 60: 60, 31: 60, 30: 30, 25: 30, 8: 30, 7: 7, 0: 7, -1: None}
    assert step(5, ()) is None
