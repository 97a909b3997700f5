"""Reference data that travels with the package: FAA engine list, simulated NASA fleet, published limits.

Nothing is read at import. Origin, licence and hash of each file stand in `data/ORIGINS.toml`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

EngineKind = Literal[
    "none",
    "reciprocating",
    "turboprop",
    "turboshaft",
    "turbojet",
    "turbofan",
    "ramjet",
    "two-cycle",
    "four-cycle",
    "unknown",
    "electric",
    "rotary",
]
# The FAA's TYPE codes; all but turbofan are from memory [M]. One row has none: it is unknown.
_KINDS: Mapping[str, EngineKind] = MappingProxyType(
    {
        "0": "none",
        "1": "reciprocating",
        "2": "turboprop",
        "3": "turboshaft",
        "4": "turbojet",
        "5": "turbofan",
        "6": "ramjet",
        "7": "two-cycle",
        "8": "four-cycle",
        "9": "unknown",
        "10": "electric",
        "11": "rotary",
        "": "unknown",
    }
)
# The 21 sensors in the order of the columns, with their units as NASA names them.
SENSOR_UNITS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("T2", "T24", "T30", "T50"), "deg R"),
        **dict.fromkeys(("P2", "P15", "P30"), "psia"),
        **dict.fromkeys(("Nf", "Nc"), "rpm"),
        "epr": "1",
        "Ps30": "psia",
        "phi": "pps/psi",
        **dict.fromkeys(("NRf", "NRc"), "rpm"),
        **dict.fromkeys(("BPR", "farB", "htBleed"), "1"),
        **dict.fromkeys(("Nf_dmd", "PCNfR_dmd"), "rpm"),
        **dict.fromkeys(("W31", "W32"), "lbm/s"),
    }
)
CMAPSS_CITATION = (
    "Saxena & Goebel 2008: Turbofan Engine Degradation Simulation Data Set (C-MAPSS), "
    "NASA Ames Prognostics Data Repository. Simulated, not measured."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineModel:
    """A row of the FAA engine list: horsepower, thrust in pounds-force, None where the list says 0."""

    code: str
    maker: str
    model: str
    kind: EngineKind
    horsepower: int | None
    thrust_lbf: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The last snapshot of one simulated engine: its state as received; sensors are decimal strings.

    `remaining_cycles` is the truth that the simulation ended with: for judging a grading, not for grading.
    """

    unit: int
    cycles_seen: int
    settings: tuple[str, str, str]
    sensors: Mapping[str, str]
    remaining_cycles: int
    simulated: Literal[True] = True
    citation: str = CMAPSS_CITATION


def packaged(name: str, encoding: str) -> str:
    """The text of a file of data that travels with the package."""
    return (files("remanu.families") / "data" / name).read_bytes().decode(encoding)


def aero_models() -> Iterator[EngineModel]:
    """All 4,636 engine models of the FAA list, in its order; one code each."""
    for row in csv.DictReader(packaged("faa/ENGINE.txt", "utf-8-sig").splitlines()):
        yield EngineModel(
            code=row["CODE"],
            maker=row["MFR"],
            model=row["MODEL"],
            kind=_KINDS[row["TYPE"]],
            horsepower=int(row["HORSEPOWER"]) or None,
            thrust_lbf=int(row["THRUST"]) or None,
        )


def cmapss_fleet() -> Iterator[Snapshot]:
    """The 100 simulated engines of FD001, each as it was last seen."""
    truth = packaged("cmapss/RUL_FD001.txt", "ascii").split()
    for line, remaining in zip(packaged("cmapss/last_FD001.txt", "ascii").splitlines(), truth, strict=True):
        unit, cycles, first, second, third, *sensors = line.split()
        yield Snapshot(
            unit=int(unit),
            cycles_seen=int(cycles),
            settings=(first, second, third),
            sensors=MappingProxyType(dict(zip(SENSOR_UNITS, sensors, strict=True))),
            remaining_cycles=int(remaining),
        )
