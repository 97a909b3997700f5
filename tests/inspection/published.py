"""The twelve published limits as a family pack of an organisation, written from the file that states them."""

from __future__ import annotations

import csv
import warnings
from importlib.resources import files
from pathlib import Path

HOIST = Path(__file__).parent.parent / "catalogue" / "hoist.toml"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "fixtures" / "dimensional_limits.csv"
NAME = "dimensional_limits.csv"
OPERATION = "regrind"
SMALLER = frozenset({"D03", "D05", "D09", "D12"})
NO_REWORK = frozenset({"D07", "D10"})
STEPS = {
    "D04": ("-0.25", "-0.50", "-0.75"),
    "D06": ("-0.25", "-0.50", "-0.75"),
    "D08": ("-0.25",),
    "D11": ("-0.250", "-0.500"),
}
"""The undersizes that the rule of a row names, or that are usual where it names none."""


def rows() -> list[dict[str, str]]:
    """The rows of the shared file where it lies beside the project, else of the vendored copy, which is said."""
    if SHARED.is_file():
        return list(csv.DictReader(SHARED.read_text(encoding="utf-8").splitlines()))
    warnings.filterwarnings("default", message="NOT THE SHARED FILE")
    warnings.warn(f"NOT THE SHARED FILE: {SHARED} is absent, the vendored copy stands for it", stacklevel=2)
    text = (files("remanu.families") / "data" / "fixtures" / NAME).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def limits(row: dict[str, str]) -> dict[str, str]:
    """The tiers of a row: its one repair and one service limit lie on the side on which it wears."""
    found = {"new_min": row["standard_min"], "new_max": row["standard_max"]}
    side = "max" if row["id"] in SMALLER | {"D07"} else "min"
    found |= {f"repair_{side}": row["repair_limit"], f"service_{side}": row["service_limit"]}
    if row["id"] == "D08":
        # The rule calls for grinding at this limit, by 0.25 at most: it is a repair limit.
        found |= {"repair_min": row["service_limit"], "service_min": "56.743"}
    return {name: value for name, value in found.items() if value}


def pack() -> str:
    """The text of the pack: a component a row, with its one characteristic, and one operation that restores them."""
    text = HOIST.read_text(encoding="utf-8")
    head, tail = text[: text.index("[[positions]]")], text[text.index("[[criteria]]") :]
    every = rows()
    tail = tail[: tail.index("[[operations]]")] + _operation(every) + tail[tail.index("[[tests]]") :]
    between = text[text.index("[[counters]]") : text.index("[[instrument_classes]]")]
    return "".join(
        (head, _unit(text), *map(_position, every), between, _INSTRUMENT, *map(_characteristic, every), tail)
    )


_INSTRUMENT = """[[instrument_classes]]
code = "outside-micrometer"
names = { en = "Outside micrometer", zh-Hans = "外径千分尺", zh-Hant = "外徑千分尺" }

"""


def _unit(text: str) -> str:
    return text[text.index("[[positions]]") : text.index("[[positions]]", text.index("[[positions]]") + 1)]


def _names(words: str) -> str:
    return f'{{ en = "{words}", zh-Hans = "{words}", zh-Hant = "{words}" }}'


def _position(row: dict[str, str]) -> str:
    return f"""[[positions]]
code = "{row["id"].lower()}"
parent = "hoist"
names = {_names(row["component"])}
quantity = 1
serialised = false
identity_bearer = false
criticality = "critical"
mandatory_replace = false
life_limited = false

"""


def _characteristic(row: dict[str, str]) -> str:
    """One row; the wear of D12 is counted by the inch of the diameter, which is a characteristic of its own."""
    relative = row["id"] == "D12"
    tiers = ", ".join(f'{name} = "{value}"' for name, value in limits(row).items())
    steps = STEPS.get(row["id"])
    told = f"""[[characteristics]]
code = "{row["id"].lower()}-{"wear" if relative else "value"}"
component = "{row["id"].lower()}"
names = {_names(row["characteristic"])}
unit = "{"[in_i]" if relative else row["unit"]}"
kind = "dimension"
direction = "{"smaller_better" if row["id"] in SMALLER else "two_sided"}"
limits = {{ {tiers} }}
rework_allowed = {str(row["id"] not in NO_REWORK).lower()}
criticality = "critical"
instrument_class = "outside-micrometer"
sample_points = 1
aggregation = "each"
source = "invented"
"""
    if steps:
        offsets = ", ".join(f'"{one}"' for one in steps)
        told += f'steps = {{ offsets = [{offsets}], mates = ["d07"], source = "invented" }}\n'
    if not relative:
        return told + "\n"
    return _DIAMETER + told + 'relative_to = "d12-diameter"\n\n'


_DIAMETER = f"""[[characteristics]]
code = "d12-diameter"
component = "d12"
names = {_names("main journal diameter")}
unit = "[in_i]"
kind = "dimension"
direction = "two_sided"
limits = {{ new_min = "2.9", new_max = "3.1" }}
rework_allowed = true
criticality = "key"
instrument_class = "outside-micrometer"
sample_points = 1
aggregation = "each"
source = "invented"

"""


def _operation(every: list[dict[str, str]]) -> str:
    components = ", ".join(f'"{row["id"].lower()}"' for row in every)
    codes = [f"{row['id'].lower()}-{'wear' if row['id'] == 'D12' else 'value'}" for row in every]
    restores = ", ".join(f'"{one}"' for one in (*codes, "d12-diameter"))
    return f"""[[operations]]
code = "{OPERATION}"
names = {_names("Regrind")}
special_process = false
components = [{components}]
restores = [{restores}]
source = "invented"
max_repairs = 2

"""
