"""The diesel engine of the stories: what is found in it, what is measured on it, and what the rig shows."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.restoration.actions import Shown

FOUND: Mapping[str, str | None] = {
    "cylinder-block": "CB-1",
    "crankshaft": "CR-1",
    "camshaft": "CA-1",
    "cylinder-head": "CH-1",
    "turbocharger": "TC-1",
    "fuel-pump": "FP-1",
    "conrod": None,
    "piston": None,
    "injector": None,
    "oil-pump": None,
    "water-pump": None,
    "flywheel": None,
}
RENEWED = ("main-bearing-shell", "conrod-bearing-shell", "piston-ring", "timing-gear", "seal-set")
TOOLS = (
    "outside-micrometer",
    "bore-gauge",
    "straight-edge",
    "magnetic-particle",
    "torque-wrench",
    "test-rig",
)
READINGS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "main-journal-diameter": ("outside-micrometer", ("64.840",) * 7),
    "crankpin-diameter": ("outside-micrometer", ("57.950",) * 6),
    "journal-out-of-round": ("outside-micrometer", ("0.004",) * 13),
    "journal-diameter-variation": ("outside-micrometer", ("64.840", "64.841", "64.842", "64.843")),
    "main-bearing-clearance": ("bore-gauge", ("0.050",) * 7),
    "crankshaft-cracks": ("magnetic-particle", ("0",)),
    "top-face-flatness": ("straight-edge", ("0.10",) * 6),
    "cylinder-bore-deviation": ("bore-gauge", ("0.010",) * 6),
}
"""As found: the journals are worn to the first undersize, the top face has to be milled."""
GROUND: Mapping[str, tuple[str, ...]] = {
    **{code: values for code, (_, values) in READINGS.items()},
    "main-journal-diameter": ("64.720",) * 7,
    "journal-diameter-variation": ("64.720", "64.721", "64.722", "64.723"),
    "top-face-flatness": ("0.02",) * 6,
}
CRANK = tuple(READINGS)[:6]
DECIDED: Mapping[str, str] = {
    "cylinder-block": "SALVAGE",
    "crankshaft": "SALVAGE_SIZE_STEP",
    "turbocharger": "REPLACE_REMAN",
}
GOOD = (
    Shown(code="oil-leaks-cold", value="0"),
    Shown(code="coolant-leaks-cold", value="0"),
    Shown(code="rated-power", value="100.2"),
    Shown(code="blow-by", value="61"),
    Shown(code="leaks-hot", value="0"),
)
WEAK = (*GOOD[:2], Shown(code="rated-power", value="93.1"), *GOOD[3:])

CRACK_TEST = {
    "method": "MPI",
    "procedure": "NDT-12",
    "procedure_edition": "3",
    "sensitivity": "A1 shim",
    "found": "none",
}
"""How the shaft is tested for cracks; none are found."""
