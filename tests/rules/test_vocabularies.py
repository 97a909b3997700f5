"""A status word belongs to its scheme, and stands for the class that the scheme's table says (I27, I39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from remanu.rules import vocabularies
from remanu.rules.vocabularies import Term, Vocabulary, faults, side_of

DAY = date(2026, 3, 1)
TESTED = Term(word="Tested", claim_class="REUSED", pairs=frozenset({"Inspected"}))
INSPECTED = Term(word="Inspected", claim_class="REUSED", pairs=frozenset({"Tested"}))
REPAIRED = Term(word="Repaired", claim_class="REPAIRED")
REBUILT = Term(word="Rebuilt", claim_class="REBUILT", side="by-maker")
NEW = Term(word="New", claim_class=None, side="production")
AIR = Vocabulary(
    id="air",
    jurisdiction="XD",
    applies_from=date(2024, 1, 1),
    applies_to=date(2027, 1, 1),
    terms=(INSPECTED, TESTED, REPAIRED, REBUILT, NEW),
    families=frozenset({"aero-engine"}),
)
GENERAL = Vocabulary(
    id="general",
    jurisdiction="*",
    applies_from=date(2020, 1, 1),
    applies_to=None,
    terms=(REPAIRED, Term(word="Remanufactured", claim_class="REMANUFACTURED")),
)
EVERY = (GENERAL, AIR)


@pytest.mark.parametrize(
    ("family", "claim_class", "on", "name"),
    [
        ("aero-engine", "REPAIRED", DAY, "air"),
        ("aero-engine", "REMANUFACTURED", DAY, "general"),
        ("copier", "REPAIRED", DAY, "general"),
        ("aero-engine", "REPAIRED", date(2027, 1, 1), "general"),
        ("copier", "REBUILT", DAY, None),
        ("aero-engine", "REPAIRED", date(2019, 1, 1), None),
        ("aero-engine", "REPAIRED", AIR.applies_from, "air"),
        ("aero-engine", "REPAIRED", AIR.applies_from - timedelta(days=1), "general"),
    ],
)
def test_the_scheme_of_a_unit(family, claim_class, on, name):
    """That of its family on that day where it has a word for the class, else one for all."""
    found = vocabularies.chosen(EVERY, family=family, claim_class=claim_class, on=on)

    assert (None if found is None else found.id) == name


def test_by_its_name():
    """On the days on which it holds."""
    assert vocabularies.named(EVERY, "air", on=DAY) == AIR
    assert vocabularies.named(EVERY, "air", on=date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    ("status", "claim_class", "found"),
    [
        ("Repaired", "REPAIRED", ()),
        ("Inspected / Tested", "REUSED", ()),
        ("Tested/Inspected", "REUSED", ()),
        ("New", "REUSED", ()),
        ("", "REPAIRED", ("no-term",)),
        ("Remanufactured", "REMANUFACTURED", ("unknown-term",)),
        ("Repaired", "REBUILT", ("term-of-another-class",)),
        ("Repaired / Inspected", "REPAIRED", ("several-terms", "term-of-another-class")),
        ("Inspected / Tested / Repaired", "REUSED", ("several-terms", "term-of-another-class")),
    ],
)
def test_one_term_a_line(status, claim_class, found):
    """And two only where the scheme says that they go together; a word of another scheme means nothing here."""
    assert faults(AIR, status, claim_class=claim_class) == found


@pytest.mark.parametrize(
    ("term", "by", "side"),
    [
        (REPAIRED, "maker", "maintenance"),
        (REBUILT, "maker", "production"),
        (REBUILT, "other", "maintenance"),
        (NEW, "other", "production"),
    ],
)
def test_one_side_is_signed(term, by, side):
    """I39: the side follows from the word and from who works, so that there is never more than one."""
    assert side_of(term, by_maker=by) == side


def test_terms_by_word_and_class():
    """The first one of a class."""
    assert (AIR.term("Tested"), AIR.term("Modified"), AIR.term_for("REUSED")) == (TESTED, None, INSPECTED)
    assert replace(AIR, terms=()).term_for("REUSED") is None
