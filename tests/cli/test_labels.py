"""`remanu labels …` as an operator types it."""

from __future__ import annotations

import pytest

from remanu.labelling.models import Label
from tests.accounts.place import founded
from tests.drawing import readback
from tests.labelling.place import released


@pytest.fixture
def bench(database, config):
    """A label officer's bench with one released engine."""
    return released(founded(database, config))


def test_what_waits_and_what_is_needed(bench, run):
    """The part is named until its label is reserved; then the label is."""
    assert run("labels", "needed", "--json").json["parts"][0]["code"] == bench.item.code
    assert bench.item.code in run("labels", "needed").out
    label = bench.label(bench.reserve(media="a4-l7160"))
    assert run("labels", "needed", "--json").json == {"parts": []}
    assert run("labels", "list", "--json").json["labels"][0]["payload"] == label.payload
    assert label.code in run("labels", "list").out
    assert run("labels", "list", "--state", "printed", "--json").json == {"labels": []}


def test_a_sheet_as_a_file(bench, run, tmp_path):
    """Every printed label is on it, at the place that was asked for; nothing to draw is said and writes nothing."""
    out = tmp_path / "sheet.pdf"
    refused = run("labels", "sheet", "-o", str(out), "--stock", "a4-l7160")
    assert refused.code == 2
    assert not out.exists()
    label = bench.label(bench.printed(media="a4-l7160"))
    done = run("labels", "sheet", "-o", str(out), "--stock", "a4-l7160", "--start", "21")
    assert done.code == 0, done.err
    assert readback.symbols(readback.pages(out.read_bytes(), 300)[0]) == [label.payload]
    bench.change(Label, bench.printed(media="a4-l7160", placement="packing"), template="label-50x30")
    some = run("labels", "sheet", "-o", str(out), "--stock", "a4-l7160")
    assert (some.code, "1 left out" in some.err) == (0, True)
    assert run("labels", "sheet", "-o", str(out), "--stock", "roll-9x9").code == 2
    assert run("labels", "sheet", "-o", str(out), "--stock", "a4-l7160", "--printer", "none").code == 2


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_page_of_crosses_as_a_file(config, environment, tmp_path):
    """In the language that is asked for; no store is needed."""
    from click.testing import CliRunner  # noqa: PLC0415 -- a command without a folder

    from remanu.cli import main  # noqa: PLC0415

    out = tmp_path / "crosses.pdf"
    done = CliRunner().invoke(main, ["labels", "calibration", "-o", str(out)], env=environment)
    assert done.exit_code == 0, done.output
    assert "100 mm" in readback.text(out.read_bytes())
