"""Measurements say what they measured against."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from remanu import bench
from remanu.bench import acts
from remanu.bench.labels import figures
from remanu.bench.limits import exceeded
from remanu.cli import main


def test_one_object(monkeypatch):
    """Figures, floors, ratios, versions, settings."""
    monkeypatch.setattr(acts, "ACTS", 3)
    done = CliRunner().invoke(main, ["bench", "record", "--json"])
    told = json.loads(done.stdout)
    assert {"bench", "figures", "floors", "ratios", "versions", "settings", "exceeded"} <= told.keys()
    assert done.exit_code == 0


def test_an_unknown_one():
    """2, and which there are."""
    done = CliRunner().invoke(main, ["bench", "dreams"])
    assert done.exit_code == 2
    assert "record" in done.stderr


@pytest.mark.parametrize("words", [("labels",), ("labels", "--json")])
def test_control_a_figure_beyond_its_limit_is_named(monkeypatch, words):
    """A limit that no machine holds is planted: the command says which figure, and how far off, each way."""
    monkeypatch.setattr(figures, "LABELS", 3)
    monkeypatch.setattr(figures, "TRIALS", 1)
    limits = {"labels_per_s": 10**9, "matrix_ms": 0.0, "readback_rate": 1.1, "pdf_ms": 10.0**9, "wrong_decodes": 0}
    monkeypatch.setattr(figures, "BUDGET", limits)
    done = CliRunner().invoke(main, ["bench", *words])
    said = [line for line in done.stderr.splitlines() if line.startswith("Beyond its limit: ")]
    assert len(said) == 3
    assert "labels_per_s is " in said[0]
    assert said[0].endswith("at least 1000000000")
    assert said[1].endswith("at most 0.0")
    assert said[2].endswith("readback_rate is 1.0, at least 1.1")
    if "--json" in words:
        assert len(json.loads(done.stdout)["exceeded"]) == 3


def test_limits_are_held_where_figures_stand():
    """By engine and list; a floor that was measured is no limit, and nothing is said of what holds."""
    told = {
        "figures": {"sqlite": {"tree_as_of_ms": 51.0}, "postgresql": {"tree_as_of_ms": 50.0}},
        "floors": {"tree_as_of_ms": 50.0, "late_to_first": 1.5, "sqlite": {"raw_statement_ms": 1}},
        "ratios": {"sqlite": {"parts": {"late_to_first": 6.7, "many_to_few": 9}}},
    }
    assert exceeded(told) == [
        "sqlite.tree_as_of_ms is 51.0, at most 50.0",
        "sqlite.parts.late_to_first is 6.7, at most 1.5",
    ]
    assert exceeded({"figures": {"act_ms": 2.0}}) == []
    assert bench.beyond({"bench": "all", "tree": {"exceeded": ["a"]}, "scan": {"exceeded": []}}) == ["tree: a"]
