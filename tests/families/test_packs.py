"""What is true of every pack in the package, and where its numbers agree with the published ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

import pytest

from remanu.families import published
from remanu.families.characteristic import Characteristic, InstrumentClass
from remanu.families.loader import load_all
from remanu.families.process import Criterion
from remanu.families.vocabulary import Names, Source

COUNTS = {  # positions, counters, characteristics, criteria, operations, tests
    "aero-engine": (8, 2, 3, 5, 8, 1),
    "copier": (8, 4, 2, 4, 4, 1),
    "diesel-engine": (18, 3, 8, 6, 11, 2),
    "electromechanical": (7, 2, 4, 3, 5, 1),
    "gas-turbine": (11, 3, 4, 4, 6, 1),
    "mining-truck": (11, 2, 3, 5, 4, 1),
    "tunnel-boring-machine": (18, 4, 4, 4, 5, 1),
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Things that Taiwan calls by another word: their characters say nothing about the script.
OTHER_WORDS = ("复印机", "打印机", "管片", "货厢")
SAME_IN_BOTH = {"制"}  # 製造 and 控制, 限制 are written with one character in the simplified script


def _inside(value: object, kind: type) -> Iterator[object]:
    if isinstance(value, kind):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _inside(one, kind)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _inside(getattr(value, field.name), kind)


def _names() -> list[Names]:
    return [one for one in _inside(tuple(load_all().values()), Names) if isinstance(one, Names)]


def _mixed(names: Iterable[Names]) -> set[str]:
    """Characters that stand in the column of the script they do not belong to, judged by all other names."""
    known = [
        (simple, full)
        for one in _names()
        if len(one.zh_hans) == len(one.zh_hant) and not any(word in one.zh_hans for word in OTHER_WORDS)
        for simple, full in zip(one.zh_hans, one.zh_hant, strict=True)
        if simple != full and simple not in SAME_IN_BOTH
    ]
    simplified, traditional = ({pair[n] for pair in known} for n in (0, 1))
    return {
        char for one in names for char in (set(one.zh_hant) & simplified | set(one.zh_hans) & traditional)
    }


@pytest.mark.parametrize("family_id", COUNTS)
def test_counts(family_id: str) -> None:
    """Nothing got lost: the number of rows of each kind is the number the pack is meant to have."""
    one = load_all()[family_id]
    rows = (one.positions, one.counters, one.characteristics, one.criteria, one.operations, one.tests)
    assert tuple(map(len, rows)) == COUNTS[family_id]


def test_chinese_names_are_chinese() -> None:
    """Every name in both Chinese columns holds Chinese characters, and the English one holds none."""
    names = _names()
    assert len(names) > 300
    assert [one for one in names if not (CHINESE.search(one.zh_hans) and CHINESE.search(one.zh_hant))] == []
    assert [one for one in names if CHINESE.search(one.en)] == []


def test_a_tunnel_boring_machine_has_the_systems_of_its_standard() -> None:
    """Every heading of the national standard's list stands in the tree (domain.md §4.3)."""
    tree = {one.names.zh_hans for one in load_all()["tunnel-boring-machine"].positions}
    assert tree >= {
        "刀盘及刀具", "盾体", "主驱动单元", "人舱", "推进系统", "管片拼装机", "螺旋输送机", "带式输送机",
        "泥浆循环系统", "液压系统", "电气系统", "导向系统", "辅助系统", "模式转换装置",
    }  # fmt: skip


def test_things_are_called_as_the_glossary_calls_them() -> None:
    """Taiwan's words stand in the traditional column, not the mainland's in other characters."""
    said = {one.zh_hans: one.zh_hant for one in _names()}
    assert said["复印机"] == "影印機"
    assert said["复印机、打印机"] == "影印機、印表機"
    assert said["终传动（轮边减速器）"] == "終端傳動（輪邊減速器）"
    assert said["一级动叶组"] == "一級動葉片組"


def test_no_character_stands_in_the_wrong_script() -> None:
    """Simplified and traditional columns are not mixed up; a planted mixture is found (control)."""
    assert _mixed(_names()) == set()
    assert _mixed([Names("Engine", "发动机", "發动機")]) == {"动"}


def test_one_instrument_class_has_one_name() -> None:
    """A class of instrument that several families use is called the same in all of them."""
    seen: dict[str, set[InstrumentClass]] = {}
    for family in load_all().values():
        for one in family.instrument_classes:
            seen.setdefault(one.code, set()).add(one)
    assert {code: rows for code, rows in seen.items() if len(rows) > 1} == {}


@pytest.mark.parametrize("family_id", COUNTS)
def test_every_source_and_instrument_is_used(family_id: str) -> None:
    """No source line or instrument class is there for nothing, save the one that vouches for a tree."""
    family = load_all()[family_id]
    limits = (family.life_limits, family.intervals, family.characteristics)
    numbers = (*limits, family.criteria, family.operations, family.tests)
    used = {one.code for one in _inside((*numbers, family.claims), Source) if isinstance(one, Source)}
    assert {source.code for source in family.sources} - used <= {"tree", "trade-modes"}
    instruments = {one.instrument_class for one in family.characteristics}
    assert instruments == {one.code for one in family.instrument_classes}


@pytest.mark.parametrize("family_id", COUNTS)
def test_every_family_can_promise_as_new_with_full_depth(family_id: str) -> None:
    """REMANUFACTURED is offered everywhere, and only when the unit is taken down to its parts (I26)."""
    terms = load_all()[family_id].terms("REMANUFACTURED")
    assert terms is not None
    assert terms.depth == "parts"


@pytest.mark.parametrize("family_id", COUNTS)
def test_repairable_characteristics_have_an_operation(family_id: str) -> None:
    """What may be reworked can be: some operation of the family restores it (SM-2, I18)."""
    family = load_all()[family_id]
    restored = {code for operation in family.operations for code in operation.restores}
    assert {one.code for one in family.characteristics if one.rework_allowed} <= restored


# Characteristic of the diesel pack, its row in the fixture, and which ends the repair and service limits bound.
BORROWED = [
    ("main-journal-diameter", "D04", "min"),
    ("journal-out-of-round", "D05", "max"),
    ("crankpin-diameter", "D06", "min"),
    ("main-bearing-clearance", "D07", "max"),
    ("top-face-flatness", "D03", "max"),
]


def _diesel(code: str) -> Characteristic:
    return next(one for one in load_all()["diesel-engine"].characteristics if one.code == code)


@pytest.mark.parametrize(("code", "row_id", "worn"), BORROWED)
def test_borrowed_limits_are_those_of_the_source(code: str, row_id: str, worn: str) -> None:
    """Where the diesel pack uses a published limit, it is that limit to the digit, from that manual."""
    row = next(one for one in published.limits() if one.id == row_id)
    mine = _diesel(code)
    assert (mine.limits.new_min, mine.limits.new_max, mine.unit) == (
        row.standard_min,
        row.standard_max,
        row.unit,
    )
    assert getattr(mine.limits, f"repair_{worn}") == row.repair_limit
    assert getattr(mine.limits, f"service_{worn}") == row.service_limit
    assert mine.source.text.startswith(row.source)
    assert mine.model is not None
    assert f"({mine.model})" in row.component


def test_life_limits_are_those_of_the_directive() -> None:
    """The fan disk's limits are the published ones at both ratings; all other limits are demonstration."""
    aero = load_all()["aero-engine"].life_limits
    mine = [
        (one.rating, one.limit, one.part_numbers, one.source.text)
        for one in aero
        if one.component == "fan-disk"
    ]
    rows = [
        (one.rating, one.life_limit_cycles, one.part_numbers, one.source) for one in published.life_limits()
    ]
    assert mine == rows
    assert all(one.source.demonstration == (one.component != "fan-disk") for one in aero)


def _outcomes(criterion: Criterion) -> dict[str, str]:
    return {answer.outcome: answer.names.en for answer in criterion.answers}


def test_core_criteria_follow_the_published_programme() -> None:
    """Each published criterion is asked, in that order; its answers cover exactly the outcomes the source names.

    Where the source asks the same of a full and of a damaged refund, missing it leaves nothing.
    """
    mine = load_all()["diesel-engine"].criteria
    for criterion, row in zip(mine, published.core_criteria(), strict=True):
        assert criterion.code == row.criterion.replace(" ", "-")
        assert criterion.source.text == row.source
        graded = {"damaged"} if row.damaged_refund not in {row.full_refund, "none"} else set()
        barred = {"none"} if row.no_refund or not graded else set()
        assert set(_outcomes(criterion)) == {"full"} | graded | barred
        assert row.full_refund.split(maxsplit=1)[0].lower() == _outcomes(criterion)["full"].split()[0].lower()
