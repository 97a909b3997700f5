"""Measurements say what they measured against."""

from __future__ import annotations

import json

from click.testing import CliRunner

from remanu.bench import acts
from remanu.cli import main


def test_one_object(monkeypatch):
    """Figures, floors, ratios, versions, settings."""
    monkeypatch.setattr(acts, "ACTS", 3)
    done = CliRunner().invoke(main, ["bench", "record", "--json"])
    told = json.loads(done.stdout)
    assert {"bench", "figures", "floors", "ratios", "versions", "settings"} <= told.keys()
    assert done.exit_code == 0


def test_an_unknown_one():
    """2, and which there are."""
    done = CliRunner().invoke(main, ["bench", "dreams"])
    assert done.exit_code == 2
    assert "record" in done.stderr
