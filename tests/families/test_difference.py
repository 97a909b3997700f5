"""What differs between two packs is found row by row, and each changed value before and after."""

from __future__ import annotations

import pytest

from remanu.families.difference import Value, differences
from remanu.families.family import Family
from remanu.families.loader import load_all, read, text

DIESEL = text("diesel-engine").decode()


def _pack(*changes: tuple[str, str]) -> Family:
    source = DIESEL
    for old, new in changes:
        assert old in source
        source = source.replace(old, new, 1)
    return read("changed.toml", source.encode())


@pytest.mark.parametrize("family", load_all())
def test_nothing_differs_from_itself(family: str) -> None:
    """Read again from its text, too."""
    assert differences(load_all()[family], read(family, text(family))) == ()


def test_a_changed_limit_is_found() -> None:
    """With its unit, before and after; none is an empty text."""
    (change,) = differences(_pack(), _pack(('repair_min = "64.85", ', "")))
    assert (change.what, change.table, change.key, change.unit) == (
        "changed",
        "characteristics",
        "main-journal-diameter",
        "mm",
    )
    assert change.values == (Value("limits.repair_min", "64.85", ""),)


def test_rows_come_and_go() -> None:
    """A row of another code is another row, and what names it changed as well."""
    changes = differences(_pack(), _pack(('code = "pressure-test"', 'code = "leak-test"')))
    assert [(one.what, one.table, one.key) for one in changes] == [
        ("removed", "operations", "pressure-test"),
        ("added", "operations", "leak-test"),
    ]


def test_what_stands_inside_a_row_is_named_by_its_code() -> None:
    """An inserted point shifts no other."""
    (change,) = differences(_pack(), _pack(('min = "97", max = "105"', 'min = "98", max = "105"')))
    assert [one.path for one in change.values] == ["points[rated-power].min"]


def test_what_the_pack_says_of_itself() -> None:
    """Edition, days, warranty and label."""
    (change,) = differences(
        _pack(), _pack(('edition = "2"', 'edition = "3"'), ("warranty_days = 30 ", "warranty_days = 31 "))
    )
    assert (change.table, {one.path: one.after for one in change.values}["edition"]) == ("", "3")


def test_two_families_share_little() -> None:
    """Even then everything is told."""
    found = differences(load_all()["copier"], load_all()["aero-engine"])
    assert {one.what for one in found} == {"added", "removed", "changed"}
