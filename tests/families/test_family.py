"""A family answers what a workshop asks of it: its tree, what to measure, what a class demands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.families.loader import load_all

DIESEL = "diesel-engine"


def test_the_root_is_the_whole_unit() -> None:
    """Each family has one position without a parent, and everything hangs below it."""
    for family in load_all().values():
        below = [family.root.code]
        for code in below:
            below += [position.code for position in family.children(code)]
        assert sorted(below) == sorted(position.code for position in family.positions)


def test_serialised_pieces_have_a_place_each() -> None:
    """Two wheel motors are two places; a set without serials, and a single piece, are one (I4)."""
    truck = load_all()["mining-truck"]
    assert truck.position("wheel-motor").places() == ("wheel-motor-1", "wheel-motor-2")
    assert truck.position("frame").places() == ("frame",)
    assert load_all()[DIESEL].position("conrod").places() == ("conrod",)


def test_an_unknown_position_is_an_error() -> None:
    """A position that the family has not is never answered with another."""
    with pytest.raises(KeyError):
        load_all()[DIESEL].position("keel")


def test_characteristics_and_operations_of_a_component() -> None:
    """A component lists what is measured on it and what may be done to it, in the order of the pack."""
    diesel = load_all()[DIESEL]
    measured = [one.code for one in diesel.characteristics_of("cylinder-block")]
    assert measured == ["top-face-flatness", "cylinder-bore-deviation"]
    done = [one.code for one in diesel.operations_on("cylinder-block")]
    assert done == ["deck-milling", "line-boring", "oversize-boring", "sleeving", "brush-plating"]
    assert diesel.characteristics_of("flywheel") == ()


def test_terms_of_a_class() -> None:
    """A class that the family knows has its depth and warranty; one that it does not know has none."""
    diesel = load_all()[DIESEL]
    terms = diesel.terms("REMANUFACTURED")
    assert terms is not None
    assert (terms.depth, terms.warranty_days) == ("parts", 365)
    assert diesel.terms("OVERHAULED") is None


def test_names_in_three_languages() -> None:
    """A name is given in the languages of the interface and in no other."""
    crankshaft = load_all()[DIESEL].position("crankshaft").names
    texts = [crankshaft.text(locale) for locale in ("en", "zh-Hans", "zh-Hant")]
    assert texts == ["Crankshaft", "曲轴", "曲軸"]
    with pytest.raises(KeyError):
        crankshaft.text("de")


def test_only_verified_numbers_are_no_demonstration() -> None:
    """Tag V alone is fact; a verified limit with unverified steps is demonstration as well."""
    diesel = load_all()[DIESEL]
    tags = {source.tag: source.demonstration for source in diesel.sources}
    assert tags == {"V": False, "I": True}
    journal = diesel.characteristics[0]
    assert (journal.source.demonstration, journal.demonstration) == (False, True)
    assert not replace(journal, steps=None).demonstration
