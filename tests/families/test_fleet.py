"""The fleet's trends are those of the published test set, and the document reports the error they really give."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from remanu.families.fleet import TREND_SENSORS, cmapss_trends, grade_rule
from remanu.families.reference import cmapss_fleet, packaged
from remanu.rules.trend import Past, errors, left_out
from tools import cmapss_trend

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "cmapss" / "test_FD001.txt"
DOCUMENT = Path(__file__).parents[2] / "docs" / "proposals.md"


@pytest.fixture(scope="module")
def past() -> list[Past]:
    """The hundred simulated engines: trend, and the life they had left."""
    lives = {one.unit: one.remaining_cycles for one in cmapss_fleet()}
    return [Past(one.figures, lives[one.unit]) for one in cmapss_trends()]


def test_a_hundred_engines_with_level_and_slope(past: list[Past]) -> None:
    """Every engine has two figures for each sensor that moves."""
    assert len(past) == 100
    assert {len(one.figures) for one in past} == {2 * len(TREND_SENSORS)}


ABSENT = "SKIPPED LOUDLY: the published C-MAPSS test set is not beside the project"


@pytest.mark.skipif(not PUBLISHED.is_file(), reason=ABSENT)
def test_the_file_is_derived_from_the_published_set() -> None:
    """Deriving it again gives the same bytes."""
    lines = PUBLISHED.read_text(encoding="ascii").splitlines()
    assert "".join(f"{line}\n" for line in cmapss_trend.trends(lines)) == packaged("cmapss/trend_FD001.txt", "ascii")


def test_the_documents_figures_are_computed(past: list[Past]) -> None:
    """docs/proposals.md states the error of the estimates against the truth file as it comes out today."""
    told, truths = left_out(past), [one.remaining for one in past]
    found, rule = errors(told, truths), grade_rule()
    text = DOCUMENT.read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| ([a-z ]+) \| (-?[\d.]+) \|$", text, re.MULTILINE))
    assert stated == {
        "mean absolute error": f"{found.mean_absolute:.1f}",
        "root mean square error": f"{found.root_mean_square:.1f}",
        "bias": f"{found.bias:.1f}",
        "worst": f"{found.worst:.1f}",
    }
    grades = Counter((rule.grade(truth), rule.grade(one)) for one, truth in zip(told, truths, strict=True))
    for name in ("long", "middle", "short"):
        row = " | ".join(str(grades[name, other]) for other in ("long", "middle", "short"))
        assert f"| {name} | {row} |" in text


def test_guessing_the_mean_is_worse(past: list[Past]) -> None:
    """The control: without any trend the error is more than twice as large."""
    truths = [one.remaining for one in past]
    mean = [sum(truths) / len(truths)] * len(truths)
    assert errors(mean, truths).root_mean_square > 2 * errors(left_out(past), truths).root_mean_square


def test_a_grade_follows_its_steps() -> None:
    """A step begins with its own number of cycles."""
    rule = grade_rule()
    assert [rule.grade(one) for one in (100, 99.9, 50, 49.9, 0)] == ["long", "middle", "middle", "short", "short"]
    assert "[I]" in rule.source
