"""A test point may be a proportion, such as jams in 10,000 sheets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from remanu.families.loader import load_all

POINT = 'unit = "L/min", max = "90"'


def test_jams_are_counted_in_ten_thousand_sheets() -> None:
    """The copier's pack says of what, and how many are the least that say anything."""
    (jams,) = [
        point for test in load_all()["copier"].tests for point in test.points if point.share is not None
    ]
    assert (jams.code, jams.max, jams.share.base, jams.share.least) == ("jams", "3", "10000", "2000")


@pytest.mark.parametrize(("base", "least"), [("0", "1"), ("100", "0"), ("-1", "5")])
def test_a_proportion_of_nothing_is_refused(refused: Callable[..., object], base: str, least: str) -> None:
    """Control: neither base nor least number is nothing."""
    names = 'names = { en = "Runs", zh-Hans = "次", zh-Hant = "次" }'
    share = f'share = {{ base = "{base}", least = "{least}", {names} }}'
    answer = refused(POINT, f"{POINT}, {share}")
    assert answer == ("diesel-engine.toml", "tests[1].points[1].share", "too-small")
