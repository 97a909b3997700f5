"""What a dossier has to show: which lines are asked by class, family, scheme and day, and when one is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from remanu.errors import PackRefused
from remanu.families import loader, market
from remanu.rules import dossiers
from remanu.rules.dossiers import About, Judged, Requirement, judge
from tests import application
from tests.catalogue.own import HOIST

ABOUT = About(claim_class="OVERHAULED", family="aero-engine", scheme="xd-air", on=date(2026, 3, 1))
LINE = Requirement(gate="operations", code="operations_done")
CLEANED = Requirement(gate="teardown", code="restoration.clean", act="restoration.clean")


def codes(*every: Requirement, about: About = ABOUT) -> list[str]:
    """The lines that are asked."""
    return [one.code for one in judge(every, about, facts={}, acted=())]


@pytest.mark.parametrize(
    ("limits", "asked"),
    [
        ({}, True),
        ({"classes": frozenset({"OVERHAULED"})}, True),
        ({"classes": frozenset({"REBUILT"})}, False),
        ({"families": frozenset({"aero-engine", "copier"})}, True),
        ({"families": frozenset({"copier"})}, False),
        ({"schemes": frozenset({"xd-air"})}, True),
        ({"schemes": frozenset({"general"})}, False),
        ({"applies_from": date(2026, 3, 1)}, True),
        ({"applies_from": date(2026, 3, 2)}, False),
        ({"applies_to": date(2026, 3, 2)}, True),
        ({"applies_to": date(2026, 3, 1)}, False),
        ({"circumstances": frozenset({"on-site"})}, False),
        ({"classes": frozenset({"OVERHAULED"}), "schemes": frozenset({"general"})}, False),
    ],
)
def test_who_is_asked(limits, asked):
    """By class, family, scheme, day and circumstance; all that are named have to agree."""
    assert codes(replace(LINE, **limits)) == (["operations_done"] if asked else [])


def test_a_circumstance_is_given():
    """Work in place is asked for what the workshop is not."""
    line = replace(LINE, circumstances=frozenset({"on-site", "limited-lives"}))

    assert codes(line, about=replace(ABOUT, circumstances=frozenset({"on-site"}))) == ["operations_done"]


@pytest.mark.parametrize(
    ("line", "facts", "acted", "done"),
    [
        (LINE, {"operations_done": True}, (), True),
        (LINE, {"operations_done": False}, (), False),
        (LINE, {}, ("operations_done",), False),
        (CLEANED, {}, ("restoration.clean",), True),
        (CLEANED, {"restoration.clean": True}, (), False),
        (replace(LINE, act="restoration.operate"), {"operations_done": True}, (), False),
    ],
)
def test_when_a_line_is_done(line, facts, acted, done):
    """By its fact, or by the step that is in the record; what nobody can answer stays open."""
    assert judge([line], ABOUT, facts=facts, acted=acted) == (Judged(line.gate, line.code, done),)


def test_order_of_rows_is_irrelevant_and_each_line_stands_once():
    """Gate by gate; what two rows ask is one line."""
    every = (CLEANED, LINE, replace(LINE, source="again"))
    found = {judge(rows, ABOUT, facts={}, acted=()) for rows in permutations(every)}

    assert [[one.code for one in lines] for lines in found] == [["restoration.clean", "operations_done"]]


def test_what_is_delivered_can_be_answered():
    """Every line of the data and of each pack names a fact that code answers, or a step; with a source."""
    packs = [line for one in loader.load_all().values() for line in one.dossier]
    every = [*market.requirements(), *packs]

    assert list(dossiers.unanswerable(every)) == []
    assert all(one.source and one.tag in "VPMI" for one in every)
    assert {one.code for one in market.requirements()} >= set(dossiers.FACTS)


def test_the_check_of_the_data_finds_what_it_must():
    """Control: a fact that nobody knows, and a step that stands for no offered one."""
    wrong = (
        replace(LINE, code="moon_full"),
        replace(CLEANED, code="restoration.dance", act="restoration.dance"),
    )

    assert list(dossiers.unanswerable((LINE, CLEANED, *wrong))) == ["moon_full", "restoration.dance"]


ROW = """
[[dossier]]
gate = "tests"
step = "parts.attach"
classes = ["REMANUFACTURED"]
source = "%s"
"""


def test_a_pack_writes_its_lines():
    """A fact or a step with gate and source; what code cannot answer is refused with the pack."""
    row = ROW % loader.read("hoist.toml", HOIST.encode()).sources[0].code
    (line,) = loader.read("hoist.toml", (HOIST + row).encode()).dossier
    assert (line.code, line.act, line.classes) == (
        "parts.attach",
        "parts.attach",
        frozenset({"REMANUFACTURED"}),
    )
    for wrong in (row.replace("parts.attach", "parts.dance"), row.replace("step", "fact")):
        with pytest.raises(PackRefused, match="not-one-of"):
            loader.read("hoist.toml", (HOIST + wrong).encode())


def test_every_step_that_may_be_asked_exists():
    """House rule: a line names an act of this program; a name of none is not among them (control)."""
    known = set(application.registry())

    assert set(dossiers.STEPS) <= known
    assert {one.act for one in market.requirements() if one.act} <= known
    assert "parts.dance" not in known
