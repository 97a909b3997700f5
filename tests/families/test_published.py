"""Published facts are read whole, and every vendored file is the one whose origin is stated."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from remanu.families import published


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (published.limits, 12),
        (published.life_limits, 2),
        (published.core_criteria, 6),
        (published.warranty_minima, 7),
        (published.substance_limits, 17),
        (published.emission_factors, 4),
    ],
)
def test_counts(rows: object, count: int) -> None:
    """Every row of every file is read."""
    assert callable(rows)
    assert len(list(rows())) == count


def test_an_absent_limit_is_none() -> None:
    """An empty cell is no limit, never zero; a zero is a limit."""
    by_id = {one.id: one for one in published.limits()}
    assert (by_id["D03"].standard_min, by_id["D03"].repair_limit) == ("0", None)
    assert by_id["D10"].service_limit is None


def test_numbers_are_decimal_strings() -> None:
    """Values keep their digits and read as decimals."""
    assert [one.life_limit_cycles for one in published.life_limits()] == ["20100", "24900"]
    assert Decimal(next(published.emission_factors()).value) == Decimal("0.5366")
    assert {one.limit_pct for one in published.substance_limits()} == {"0.1", "0.01"}


def test_ten_substances_follow_six_on_the_first_of_august_2027() -> None:
    """The six-substance list ends the day before the ten-substance list begins (scenario R19)."""
    rows = [one for one in published.substance_limits() if one.jurisdiction == "CN"]
    before, after = ([one for one in rows if (one.applies_to is None) is new] for new in (False, True))
    assert (len(before), {one.applies_to for one in before}) == (6, {date(2027, 7, 31)})
    assert (len(after), {one.applies_from for one in after}) == (10, {date(2027, 8, 1)})


def test_warranty_minima_name_class_and_jurisdiction() -> None:
    """Three minima are counted in days; the others are in words, as the source has them."""
    days = {one.claim_class: one.minimum for one in published.warranty_minima() if one.jurisdiction == "MY"}
    assert days == {"reused": "30 d", "repaired": "45 d", "remanufactured": "90 d"}


def _unvouched(folder: Path) -> set[str]:
    """Files without an origin, or with other bytes than those the origin was stated for."""
    stated = tomllib.loads((folder / "ORIGINS.toml").read_text(encoding="utf-8"))["files"]
    hashes = {one["file"]: one["sha256"] for one in stated if one["origin"] and one["licence"]}
    there = [
        one
        for one in folder.rglob("*")
        if one.is_file() and one.name[0] != "." and one.name != "ORIGINS.toml"
    ]
    found = {
        one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in there
    }
    return {name for name in hashes.keys() | found.keys() if hashes.get(name) != found.get(name)}


def test_every_vendored_file_has_an_origin(tmp_path: Path) -> None:
    """Origin, licence and hash are stated for each file; a changed and an added file are noticed (control)."""
    with as_file(files("remanu.families") / "data") as folder:
        assert _unvouched(folder) == set()
        copy = shutil.copytree(folder, tmp_path / "data")
    (copy / "fixtures" / "dimensional_limits.csv").write_text("changed", encoding="utf-8")
    (copy / "stray.csv").write_text("added", encoding="utf-8")
    assert _unvouched(copy) == {"fixtures/dimensional_limits.csv", "stray.csv"}


def test_vendored_fixtures_equal_the_shared_files(shared_data: Path) -> None:
    """The compiled facts are the shared files byte for byte."""
    for one in (files("remanu.families") / "data" / "fixtures").iterdir():
        assert one.read_bytes() == (shared_data / "fixtures" / one.name).read_bytes()
