"""Units as people write them lead to the codes that the record keeps."""

from __future__ import annotations

import unicodedata

import pytest

from remanu.rules import units


@pytest.mark.parametrize(
    ("typed", "code"),
    [("°C", "Cel"), ("℃", "Cel"), ("MΩ", "MOhm"), ("rpm", "{rev}/min"), ("r/min", "{rev}/min"), ("N·m", "N.m")],
)
def test_what_stands_on_the_instrument_is_understood(typed, code):
    """Nobody has to know the code."""
    assert units.written(typed) == code


def test_codes_and_unknown_words_stay_as_they_are():
    """A code is written as itself; what is no unit is left for the refusal that names it."""
    assert units.written("Cel") == "Cel"
    assert units.written("furlong") == "furlong"


def test_every_spelling_leads_to_a_known_unit():
    """And is as the record keeps text, so that what was typed finds it."""
    assert all(units.known(code) for code in units.WRITTEN.values())
    assert all(unicodedata.normalize("NFC", one) == one for one in units.WRITTEN)
