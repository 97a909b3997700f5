"""The measurement of labels measures what it says."""

import pytest

from remanu.bench.labels import apart, batch
from remanu.bench.labels import figures as bench


def test_every_figure_with_a_limit_is_measured(monkeypatch):
    """Each figure is there with its budget, and the symbol is compared with the library's own."""
    monkeypatch.setattr(bench, "LABELS", 3)
    monkeypatch.setattr(bench, "SYMBOLS", 2)
    monkeypatch.setattr(bench, "BURNT", 2)
    monkeypatch.setattr(bench, "TRIALS", 1)
    told = bench.labels()
    assert told["figures"].keys() >= told["budget"].keys()
    assert told["figures"]["readback_rate"] == 1
    assert told["figures"]["wrong_decodes"] == 0
    assert 1000 < told["figures"]["zpl_bytes"] <= told["budget"]["zpl_bytes"]
    assert told["floors"]["library_symbol_ms"] > 0
    assert told["settings"]["labels"] == told["settings"]["labels_for_memory"] == 3


def test_no_label_of_the_batch_is_another():
    """Each has an address of its own, and the same one every time."""
    made = batch.batch(50)
    assert len({one.payload for one in made}) == len({one.serial for one in made}) == 50
    assert made == batch.batch(50)


@pytest.mark.drill
def test_memory_does_not_grow_with_the_batch():
    """Fifteen documents need little more than one."""
    few, many = (
        apart.measured(map(batch.label, range(count)), batch.TEMPLATE, batch.MEDIA)
        for count in (1001, 15_001)
    )
    assert (few["documents"], many["documents"]) == (1, 15)
    assert many["peak_mib"] < 1.3 * few["peak_mib"] < 120
