"""The shapes of limit that real manuals use can all be written in a pack (domain.md §4.0)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from remanu.families import published
from remanu.families.characteristic import Characteristic
from remanu.families.loader import load, load_all

OLD_LIMITS = 'limits = { new_max = "0.008" }'


@pytest.fixture
def read(planted: Callable[..., Path]) -> Callable[..., Characteristic]:
    """Write one shape of limit over the variation row of the diesel pack, and read that row back."""

    def read_back(new: str) -> Characteristic:
        family = load(planted(OLD_LIMITS, new))
        return next(one for one in family.characteristics if one.code == "journal-diameter-variation")

    return read_back


def _row(row_id: str) -> published.PublishedLimit:
    return next(one for one in published.limits() if one.id == row_id)


def test_a_service_limit_alone(read: Callable[..., Characteristic]) -> None:
    """A manual may give a service limit and no upper limit of new (Saturn taper, D09)."""
    row = _row("D09")
    limits = read(
        f'limits = {{ new_min = "{row.standard_min}", service_max = "{row.service_limit}" }}'
    ).limits
    assert (limits.new_min, limits.new_max, limits.service_max) == ("0", None, "0.01")


def test_a_step_binds_its_mate(read: Callable[..., Characteristic]) -> None:
    """Grinding by 0.25 mm makes 0.25 mm undersize shells compulsory (Saturn, D08; I17)."""
    steps = 'steps = { offsets = ["-0.25"], mates = ["main-bearing-shell"], source = "plan" }'
    found = read(f"{OLD_LIMITS}\n{steps}").steps
    assert found is not None
    assert (found.offsets, found.mates) == (("-0.25",), ("main-bearing-shell",))


def test_a_limit_that_grows_with_the_diameter(read: Callable[..., Characteristic]) -> None:
    """A limit per unit of diameter names the characteristic that multiplies it (US Army TM, D12)."""
    row = _row("D12")
    relative = f'limits = {{ service_max = "{row.service_limit}" }}\nrelative_to = "main-journal-diameter"'
    found = read(relative)
    assert (found.limits.service_max, found.relative_to) == ("0.0005", "main-journal-diameter")


def test_a_formula_over_nothing_is_refused(refused: Callable[..., object]) -> None:
    """Control: the characteristic that multiplies the limit must be in the pack."""
    answer = refused(OLD_LIMITS, f'{OLD_LIMITS}\nrelative_to = "keel"')
    assert answer == ("diesel-engine.toml", "characteristics[3].relative_to", "unknown-reference")


def test_a_range_over_the_points_of_one_journal(read: Callable[..., Characteristic]) -> None:
    """The variation among the readings of one journal is limited, not each reading (Volvo)."""
    found = read(OLD_LIMITS)
    assert (found.aggregation, found.sample_points, found.limits.new_max) == ("range", 4, "0.008")


def test_no_rework() -> None:
    """Reworking may be forbidden by the maker (VW, D10): a cracked crankshaft is replaced."""
    assert "reworking not permitted" in _row("D10").rule
    diesel = load_all()["diesel-engine"]
    assert [one.code for one in diesel.characteristics if not one.rework_allowed] == ["crankshaft-cracks"]


def test_an_insulation_halves_with_the_heat(read: Callable[..., Characteristic]) -> None:
    """A resistance is brought to the temperature to which its limits belong (IEEE 43, from memory)."""
    wanted = load_all()["mining-truck"].characteristics
    insulation = next(one for one in wanted if one.code == "stator-insulation")
    assert insulation.halving is not None
    assert (insulation.halving.per_k, insulation.halving.at_cel) == ("10", "40")
    assert insulation.wants_temperature
    assert not read(OLD_LIMITS).wants_temperature


@pytest.mark.parametrize(
    ("halving", "path", "why"),
    [
        ('{ per_k = "10", at_cel = "40", source = "plan" }', "halving", "against-the-kind"),
        ('{ per_k = "0", at_cel = "40", source = "plan" }', "halving", "against-the-kind"),
        ('{ per_k = "10", source = "plan" }', "halving.at_cel", "missing"),
    ],
)
def test_only_resistances_halve(refused: Callable[..., object], halving: str, path: str, why: str) -> None:
    """Control: on a diameter it is refused."""
    answer = refused(OLD_LIMITS, f"{OLD_LIMITS}\nhalving = {halving}")
    assert answer == ("diesel-engine.toml", f"characteristics[3].{path}", why)
