"""The measurement of labels measures what it says."""

from remanu.bench import drawings as bench


def test_figures_against_a_floor(monkeypatch):
    """Every figure is there with its budget, and the symbol is compared with the library's own."""
    monkeypatch.setattr(bench, "LABELS", 3)
    told = bench.labels()
    assert told["figures"].keys() >= told["budget"].keys()
    assert told["floors"]["library_symbol_ms"] > 0
    assert told["settings"]["labels"] == 3
