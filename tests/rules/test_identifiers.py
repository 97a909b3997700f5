"""Identifiers of an item: what a text is, and when two spellings are one."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.families.gs1 import dictionary
from remanu.rules import identifiers
from remanu.rules.identifiers import Identifier

TABLE = dictionary()
GTIN = "09506000134352"


def worked_out(text: str, **more: str) -> Identifier:
    """What a text is."""
    return identifiers.worked_out(text, TABLE, **more)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NW 6L-200", "nw6l200"),
        (f"https://a.test/01/{GTIN}/21/A1", f"(01){GTIN}(21)A1"),
        (f"\x1d01{GTIN}21A1", f"]C101{GTIN}21A1"),
        ("[)>\x1e12\x1dMFR 1AB23\x1dSER x 1\x1e", "[)>\x1e06\x1d18S1AB23X1\x1e"),
    ],
)
def test_two_spellings_of_one(one: str, other: str) -> None:
    """However it was carried."""
    assert worked_out(one).normalised == worked_out(other).normalised


def test_small_letters_of_gs1_differ() -> None:
    """A serial of GS1 is told apart by its letters' case."""
    assert worked_out(f"(01){GTIN}(21)a").normalised != worked_out(f"(01){GTIN}(21)A").normalised


def test_a_serial_is_its_makers() -> None:
    """The same number of two makers is two identifiers; with a maker a bare text is a serial."""
    first, second = worked_out("4711", maker="North Works"), worked_out("4711", maker="South Works")
    assert (first.scheme, first.is_gs1) == ("serial", False)
    assert first.normalised != second.normalised
    assert worked_out("(01)x", scheme="serial", maker="North Works").scheme == "serial"
    assert worked_out("(8004)9506000A", maker="North Works").scheme == "gs1-giai"
    assert worked_out("[)>", scheme="oem-mark").value == "[)>"


@pytest.mark.parametrize(
    ("text", "scheme", "why"),
    [
        (f"(01){GTIN}", None, "identifier-of-kind"),
        (f"(01){GTIN}(21)A", "gs1-cpid", "identifier-other-scheme"),
        ("[)>\x1e12\x1dSEQ 1\x1e", None, "identifier-of-kind"),
        ("x" * 121, "oem-mark", "too-long"),
        ("-", "oem-mark", "empty"),
        ("4711", "serial", "empty"),
        ("4711", "gs1-gtin", "gs1-"),
    ],
)
def test_refusals(text: str, scheme: str | None, why: str) -> None:
    """With the reason."""
    with pytest.raises(BadInput, match=why):
        identifiers.worked_out(text, TABLE, scheme=scheme)


@pytest.mark.parametrize(
    ("key", "prefix", "begins"),
    [
        (f"(01){GTIN}(21)A", "9506000", True),
        (f"(01){GTIN}(21)A", "0950600", False),
        (f"(8006){GTIN}0102(21)A", "9506000", True),
        ("(8004)9506000A", "9506000", True),
        ("(8010)9506000-K(8011)1", "95060001", False),
    ],
)
def test_prefixes(key: str, prefix: str, begins: bool) -> None:  # noqa: FBT001 -- what is expected
    """A GTIN begins with its indicator, the other keys with the prefix itself."""
    found = worked_out(key)
    assert found.is_gs1
    assert identifiers.begins_with(found, prefix, TABLE) is begins


def test_the_shape_of_a_prefix() -> None:
    """Four to twelve digits."""
    assert identifiers.check_prefix(" 9506000 ") == "9506000"
    with pytest.raises(BadInput, match="prefix-malformed"):
        identifiers.check_prefix("950")
