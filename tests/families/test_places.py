"""Places of a unit by the names that people call them."""

from __future__ import annotations

from remanu.families.loader import load_all
from remanu.families.places import place_names


def test_a_place_is_called_by_its_position_and_number():
    """Of two wheel motors each has its own name; what is there once needs no number."""
    truck = load_all()["mining-truck"]
    assert place_names(truck, "en")["wheel-motor-2"] == "Wheel motors 2"
    assert place_names(truck, "zh-Hans")["wheel-motor-1"] == "轮边电机 1"
    assert place_names(truck, "zh-Hans")["frame"] == "车架"
