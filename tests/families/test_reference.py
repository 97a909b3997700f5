"""The FAA engine list and the simulated fleet are whole, and are what their origins say they are."""

from __future__ import annotations

import runpy
from importlib.resources import files
from pathlib import Path

import pytest

from remanu.families.reference import CMAPSS_CITATION, SENSOR_UNITS, aero_models, cmapss_fleet

TOOL = Path(__file__).parents[2] / "tools" / "cmapss_last.py"


def _vendored(name: str) -> bytes:
    return (files("remanu.families") / "data" / name).read_bytes()


def test_all_engine_models() -> None:
    """4,636 models, each code once, none with a byte-order mark or a stray space in it."""
    models = list(aero_models())
    assert len(models) == 4636
    assert len({one.code for one in models}) == 4636
    assert all(one.code.isdigit() and len(one.code) == 5 for one in models)
    assert (models[0].code, models[0].maker, models[0].kind) == ("00000", "NONE", "none")


@pytest.mark.parametrize(("model", "thrust"), [("CFM56-3C1", 23515), ("CFM56-7B26", 26300)])
def test_known_turbofans(model: str, thrust: int) -> None:
    """Two engines that domain.md §8 quotes: kind, thrust in pounds-force, no shaft power."""
    found = next(one for one in aero_models() if one.model == model)
    assert (found.kind, found.thrust_lbf, found.horsepower) == ("turbofan", thrust, None)


def test_the_row_without_a_type_is_unknown() -> None:
    """One row has an empty TYPE; it is read as unknown, not guessed at."""
    last = next(one for one in aero_models() if one.code == "99999")
    assert (last.kind, last.thrust_lbf) == ("unknown", None)


def test_the_fleet_is_simulated_and_whole() -> None:
    """100 engines with 21 sensors each; every one says that it is simulated, and whom to cite."""
    fleet = list(cmapss_fleet())
    assert [one.unit for one in fleet] == list(range(1, 101))
    assert (min(one.cycles_seen for one in fleet), max(one.cycles_seen for one in fleet)) == (31, 303)
    assert sum(one.cycles_seen for one in fleet) == 13096
    assert (min(one.remaining_cycles for one in fleet), max(one.remaining_cycles for one in fleet)) == (
        7,
        145,
    )
    assert all(tuple(one.sensors) == tuple(SENSOR_UNITS) and len(one.sensors) == 21 for one in fleet)
    assert {(one.simulated, one.citation) for one in fleet} == {(True, CMAPSS_CITATION)}
    assert "Saxena & Goebel 2008" in CMAPSS_CITATION


def test_readings_stay_as_they_were_written() -> None:
    """Sensor readings are the digits of the file, never floats."""
    first = next(cmapss_fleet())
    assert (first.sensors["T50"], first.sensors["Nc"], first.remaining_cycles) == ("1398.91", "9056.40", 112)


def test_vendored_copies_equal_the_shared_files(shared_data: Path) -> None:
    """The engine list and the remaining cycles are the shared files byte for byte."""
    for name in ("faa/ENGINE.txt", "cmapss/RUL_FD001.txt"):
        assert _vendored(name) == (shared_data / name).read_bytes()


def test_the_derived_fleet_equals_a_new_derivation(shared_data: Path) -> None:
    """Deriving the last snapshots again from NASA's test set gives the vendored file."""
    lines = (shared_data / "cmapss" / "test_FD001.txt").read_text(encoding="ascii").splitlines()
    derived = runpy.run_path(str(TOOL))["last_snapshots"](lines)
    assert "".join(f"{line}\n" for line in derived).encode() == _vendored("cmapss/last_FD001.txt")


def test_the_derivation_takes_the_last_line_of_each_engine() -> None:
    """Control without the shared file: of three lines for two engines the last of each is left."""
    tool = runpy.run_path(str(TOOL))
    assert list(tool["last_snapshots"](["1 1 a ", "1 2 b ", "2 1 c  "])) == ["1 2 b", "2 1 c"]


def test_the_tool_writes_what_it_derives(tmp_path: Path) -> None:
    """The command's two arguments are the file read and the file written."""
    (tmp_path / "in.txt").write_text("1 1 a \n1 2 b \n", encoding="ascii")
    runpy.run_path(str(TOOL))["main"](str(tmp_path / "in.txt"), str(tmp_path / "out.txt"))
    assert (tmp_path / "out.txt").read_bytes() == b"1 2 b\n"
