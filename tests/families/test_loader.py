"""Packs are read strictly: whatever is wrong in one is refused with file, path and reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from remanu.errors import PackRefused
from remanu.families.loader import load, load_all

IDS = [
    "aero-engine",
    "copier",
    "diesel-engine",
    "electromechanical",
    "gas-turbine",
    "mining-truck",
    "tunnel-boring-machine",
]
# What is planted into the diesel pack, and what the refusal must say about it.
DEFECTS = {
    "unknown key": ('edition = "2"', 'edition = "2"\ncolour = "red"', "colour", "unknown-key"),
    "unknown key inside": ("quantity = 1", "quantity = 1\nweight = 3", "positions[0].weight", "unknown-key"),
    "unknown limit": (
        '{ new_max = "0.008" }',
        '{ new_top = "0.008" }',
        "characteristics[3].limits.new_top",
        "unknown-key",
    ),
    "missing key": ("serialised = true\n", "", "positions[0].serialised", "missing"),
    "missing table": ("[label]", "[notes]", "label", "missing"),
    "missing language": (', zh-Hant = "曲軸" }', " }", "positions[2].names.zh-Hant", "missing"),
    "empty language": (
        'zh-Hant = "曲軸" }',
        'zh-Hant = "" }',
        "positions[2].names.zh-Hant",
        "not-a-clean-text",
    ),
    "spaced text": ('en = "Crankshaft"', 'en = "Crankshaft "', "positions[2].names.en", "not-a-clean-text"),
    "not composed": ('en = "Crankshaft"', 'en = "Cre\u0301nk"', "positions[2].names.en", "not-nfc"),
    "float": ('new_max = "64.985"', "new_max = 64.985", "characteristics[0].limits.new_max", "not-str"),
    "bad decimal": ('"64.985"', '"64,985"', "characteristics[0].limits.new_max", "not-a-decimal"),
    "exponent": ('"64.985"', '"6.4985e1"', "characteristics[0].limits.new_max", "not-a-decimal"),
    "bad offset": (
        '["0.25", "0.50"]',
        '["0.25", "half"]',
        "characteristics[7].steps.offsets.1",
        "not-a-decimal",
    ),
    "no offsets": ('["0.25", "0.50"]', "[]", "characteristics[7].steps.offsets", "empty"),
    "bad unit": ('unit = "mm"', 'unit = "furlong"', "characteristics[0].unit", "unknown-unit"),
    "bad code": ('code = "crankshaft"', 'code = "Crankshaft"', "positions[2].code", "not-a-code"),
    "bad kind": ('kind = "dimension"', 'kind = "size"', "characteristics[0].kind", "not-one-of"),
    "no modes": ('modes = ["workshop"]', "modes = []", "modes", "not-one-of"),
    "repeated mode": ('["workshop"]', '["workshop", "workshop"]', "modes", "duplicate"),
    "no piece": ("quantity = 1", "quantity = 0", "positions[0].quantity", "too-small"),
    "too many pieces": ("quantity = 1\n", "quantity = 9999\n", "positions", "too-many-places"),
    "truth as number": ("serialised = true", "serialised = 1", "positions[0].serialised", "not-bool"),
    "time for a day": (
        "applies_from = 2026-01-01",
        "applies_from = 2026-01-01T00:00:00Z",
        "applies_from",
        "not-date",
    ),
    "rows as text": (
        'mates = ["piston", "piston-ring"]',
        'mates = "piston"',
        "characteristics[7].steps.mates",
        "not-list",
    ),
    "no rows": ("[claims]", "[[claims]]", "claims", "not-dict"),
    "rows of texts": (
        'answers = [\n  { code = "sound"',
        'answers = [\n  "yes", { code = "sound"',
        "criteria[1].answers",
        "not-tables",
    ),
    "duplicate position": ('code = "camshaft"', 'code = "conrod"', "positions[8].code", "duplicate-code"),
    "duplicate characteristic": (
        'code = "crankpin-diameter"',
        'code = "main-journal-diameter"',
        "characteristics[1].code",
        "duplicate-code",
    ),
    "duplicate answer": (
        'code = "broken"',
        'code = "salvageable"',
        "criteria[0].answers[1].code",
        "duplicate-code",
    ),
    "duplicate point": (
        'code = "coolant-leaks-cold"',
        'code = "oil-leaks-cold"',
        "tests[0].points[1].code",
        "duplicate-code",
    ),
    "duplicate class": ('class = "REPAIRED"', 'class = "REUSED"', "claims.terms[1].class", "duplicate-code"),
    "cycle": (
        'code = "cylinder-block"\nparent = "engine"',
        'code = "cylinder-block"\nparent = "flywheel"',
        "positions[1].parent",
        "cycle",
    ),
    "two roots": (
        'code = "camshaft"\nparent = "cylinder-block"\n',
        'code = "camshaft"\n',
        "positions",
        "not-one-root",
    ),
    "unknown parent": (
        'code = "camshaft"\nparent = "cylinder-block"',
        'code = "camshaft"\nparent = "keel"',
        "positions[8].parent",
        "unknown-position",
    ),
    "no identity": ("identity_bearer = true", "identity_bearer = false", "positions", "no-identity-bearer"),
    "identity replaced": (
        'identity_bearer = true\ncriticality = "critical"\nmandatory_replace = false',
        'identity_bearer = true\ncriticality = "critical"\nmandatory_replace = true',
        "positions[1].mandatory_replace",
        "identity-would-end",
    ),
    "identity without serial": (
        "serialised = true\nidentity_bearer = true",
        "serialised = false\nidentity_bearer = true",
        "positions[1].serialised",
        "needs-a-serial",
    ),
    "life-limited without limit": (
        "life_limited = false",
        "life_limited = true",
        "life_limits",
        "no-life-limit",
    ),
    "unknown component": (
        'component = "crankshaft"',
        'component = "keel"',
        "characteristics[0].component",
        "unknown-reference",
    ),
    "unknown instrument": (
        'instrument_class = "bore-gauge"',
        'instrument_class = "ruler"',
        "characteristics[4].instrument_class",
        "unknown-reference",
    ),
    "unknown mate": (
        'mates = ["main-bearing-shell"]',
        'mates = ["keel"]',
        "characteristics[0].steps.mates",
        "unknown-reference",
    ),
    "unknown source": (
        'source = "mitsubishi-4dq3"',
        'source = "hearsay"',
        "characteristics[0].source",
        "unknown-source",
    ),
    "restores elsewhere": (
        'restores = ["top-face-flatness"]',
        'restores = ["crankpin-diameter"]',
        "operations[0].restores",
        "other-component",
    ),
    "tiers cross": (
        'repair_min = "64.85"',
        'repair_min = "64.97"',
        "characteristics[0].limits",
        "out-of-order",
    ),
    "no limit": ('{ new_max = "0.008" }', "{ }", "characteristics[3].limits", "no-limit"),
    "wrong direction": (
        '{ new_max = "0.008" }',
        '{ new_max = "0.008", service_min = "0" }',
        "characteristics[3].direction",
        "against-the-limits",
    ),
    "steps out of order": (
        '["0.25", "0.50"]',
        '["0.50", "0.25"]',
        "characteristics[7].steps.offsets",
        "out-of-order",
    ),
    "point without limit": ('min = "97", max = "105", ', "", "tests[1].points[0]", "no-limit"),
    "point upside down": (
        'min = "97", max = "105"',
        'min = "107", max = "105"',
        "tests[1].points[0]",
        "out-of-order",
    ),
    "criterion decides nothing": (
        'outcome = "damaged"',
        'outcome = "full"',
        "criteria[0].answers",
        "decides-nothing",
    ),
    "warranty below new": (
        'depth = "parts", warranty_days = 365',
        'depth = "parts", warranty_days = 364',
        "claims.terms[3].warranty_days",
        "below-the-new-product",
    ),
    "other file name": ('id = "diesel-engine"', 'id = "petrol-engine"', "id", "not-the-file-name"),
    "not TOML": ('id = "diesel-engine"', "id = diesel", "", "not-toml"),
}


def test_all_seven_families_load() -> None:
    """The ids are the seven of the architecture, and the mapping keeps their order."""
    assert list(load_all()) == IDS


def test_packs_are_read_once_and_cannot_be_changed() -> None:
    """Two calls hand out the same values; neither the mapping nor a family takes a change."""
    packs = load_all()
    assert load_all() is packs
    with pytest.raises(TypeError):
        packs["copier"] = packs["diesel-engine"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        packs["copier"].edition = "2"  # type: ignore[misc]


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_refused(defect: str, refused: Callable[..., object]) -> None:
    """Control: each defect, planted alone, is refused with the file, the path and the reason."""
    old, new, path, why = DEFECTS[defect]
    assert refused(old, new) == ("diesel-engine.toml", path, why)


def test_the_copy_without_a_defect_loads(planted: Callable[..., Path]) -> None:
    """Control of the controls: the copy itself is as good as the pack."""
    assert load(planted("", "")) == load_all()["diesel-engine"]


def test_steps_need_permission_to_rework(refused: Callable[..., object]) -> None:
    """A characteristic that may not be reworked has no under- or oversizes."""
    old = 'mates = ["main-bearing-shell"], source = "illustrative" }\nrework_allowed = true'
    at = ("diesel-engine.toml", "characteristics[0].steps", "no-rework")
    assert refused(old, old.replace("true", "false")) == at


def test_a_pack_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    """Bytes in another encoding are refused, not guessed at."""
    copy = tmp_path / "diesel-engine.toml"
    copy.write_bytes("id = 'größe'".encode("latin-1"))
    with pytest.raises(PackRefused) as caught:
        load(copy)
    assert caught.value.details["why"] == "not-toml"


@pytest.mark.parametrize(
    ("old", "new", "path", "why"),
    [
        (
            'component = "fan-disk"',
            'component = "fan-frame"',
            "life_limits[0].component",
            "unknown-reference",
        ),
        ('rating = "C"', 'rating = "D"', "life_limits[0].rating", "unknown-reference"),
        ('rating = "C"', 'rating = "B"', "life_limits[1]", "duplicate-code"),
        ('code = "B", names', 'code = "C", names', "counters[1].ratings[2].code", "duplicate-code"),
    ],
)
def test_life_limits_name_limited_parts_and_known_ratings(
    refused: Callable[..., object], old: str, new: str, path: str, why: str
) -> None:
    """A life limit belongs to a life-limited part at a rating that its counter has, once."""
    assert refused(old, new, pack="aero-engine") == ("aero-engine.toml", path, why)


_FIRST = '[[life_limits]]\ncomponent = "fan-disk"\ncounter = "cycles"\nrating = "C"'
_MONTHS = '[[calendar_limits]]\ncomponent = "fan-disk"\nmonths = 120\npart_numbers = []\nsource = "illustrative"\n\n'
_WORD = (
    '[[life_rulings]]\ncomponent = "fan-disk"\ncounter = "cycles"\nrating = "A"\n'
    'word = "not-limited"\npart_numbers = []\nsource = "illustrative"\n\n'
)


@pytest.mark.parametrize(
    ("row", "path", "why"),
    [
        (_MONTHS.replace("fan-disk", "fan-frame"), "calendar_limits[0].component", "unknown-reference"),
        (_MONTHS.replace("120", "0"), "calendar_limits[0].months", "too-small"),
        (_WORD.replace("fan-disk", "fan-frame"), "life_rulings[0].component", "unknown-reference"),
        (_WORD.replace('"A"', '"D"'), "life_rulings[0].rating", "unknown-reference"),
        (_WORD.replace("not-limited", "perhaps"), "life_rulings[0].word", "not-one-of"),
        (_WORD.replace('"A"', '"C"'), "life_rulings[0]", "limit-and-word"),
        (_WORD + _WORD, "life_rulings[1]", "duplicate-code"),
    ],
)
def test_calendar_limits_and_words_instead_of_limits(
    refused: Callable[..., object], row: str, path: str, why: str
) -> None:
    """Domain.md §4.1: months to their end, N/A and N/L; each of a limited part, at a rating that there is, once."""
    assert refused(_FIRST, row + _FIRST, pack="aero-engine") == ("aero-engine.toml", path, why)


_GAS = 'code = "hot-gas-path-starts"', 'code = "hot-gas-path-hours"'
_FIRED = 'counter = "fired-hours", rating = "gas"', 'counter = "hours", rating = "gas"'
_WING = 'component = "turbine"\nnames', 'component = "wing"\nnames'
_NEAR = 'edition = "2"', 'edition = "2"\nnear_limit = "1.1"'


@pytest.mark.parametrize(
    ("pack", "change", "path", "why"),
    [
        ("gas-turbine", _WING, "intervals[0].component", "unknown-reference"),
        ("gas-turbine", ('"gas", weight', '"coal", weight'), "intervals[0].weights[0].rating", "unknown-reference"),
        ("gas-turbine", _GAS, "intervals[1].code", "duplicate-code"),
        ("gas-turbine", ('interval = "900"', 'interval = "0"'), "intervals[1].interval", "too-small"),
        ("gas-turbine", ('weight = "20"', 'weight = "-20"'), "intervals[1].weights", "too-small"),
        ("gas-turbine", _FIRED, "intervals[0].weights[0].counter", "unknown-reference"),
        ("aero-engine", ('limit = "20100"', 'limit = "0"'), "life_limits[0].limit", "too-small"),
        ("aero-engine", ('unit = "h"', 'unit = "h"\ntolerance = "-1"'), "counters[0].tolerance", "too-small"),
        ("aero-engine", _NEAR, "near_limit", "out-of-order"),
        ("aero-engine", ('zero_time = "cfr-91-421"', 'zero_time = "x"'), "claims.zero_time", "unknown-source"),
    ],
)
def test_lives_have_limits_that_can_be_reached(
    refused: Callable[..., object], pack: str, change: tuple[str, str], path: str, why: str
) -> None:
    """Limits, intervals and weights are more than nothing and lead to counters and components that there are."""
    assert refused(*change, pack=pack) == (f"{pack}.toml", path, why)


def test_a_limit_holds_for_the_numbers_that_it_lists() -> None:
    """The published limits are those of two part numbers; one without numbers holds for every number."""
    aero = load_all()["aero-engine"]
    assert {one.rating for one in aero.limits_of("fan-disk", "335-014-509-0")} == {"B", "C"}
    assert aero.limits_of("fan-disk", "335-014-510-0") == ()
    assert {one.rating for one in aero.limits_of("hpt-disk", "any")} == {"A", "B", "C"}
    assert aero.is_limited("fan-disk")
    assert not aero.is_limited("fan-frame")
    assert aero.counter("laps") is None
    assert [one.code for one in load_all()["copier"].intervals_of("drum-unit")] == ["drum-life"]
