"""Words on the label, their language and the warranty, by the dated rows of a jurisdiction (I29, I30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remanu.rules import market
from remanu.rules.market import Checked, LabelWord, Languages, LeastWarranty

DAY = date(2026, 3, 1)
WORD = LabelWord(
    jurisdiction="XA",
    claim_class="REMANUFACTURED",
    language="zh-Hans",
    word="再制造产品",
    conspicuous=True,
    applies_from=date(2024, 1, 1),
    applies_to=date(2027, 1, 1),
)
WEAKER = replace(WORD, claim_class="RECONDITIONED", word="翻新")
ENGLISH = replace(WORD, language="en", word="REMANUFACTURED")
OVERHAUL = replace(ENGLISH, claim_class="OVERHAULED", word="OVERHAULED")
WORDS = (WORD, WEAKER, ENGLISH, OVERHAUL)
LEAST = LeastWarranty(
    jurisdiction="XA", claim_class="REPAIRED", days=60, applies_from=date(2024, 1, 1), applies_to=None
)
AS_NEW = replace(LEAST, claim_class="REMANUFACTURED", days=None)
TONGUES = Languages(
    jurisdiction="XA", languages=("zh-Hans", "en"), applies_from=date(2024, 1, 1), applies_to=None
)


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        ({"再制造产品", "XA-1"}, Checked("met", WORD)),
        ({"Remanufactured "}, Checked("met", ENGLISH)),
        ({"翻新"}, Checked("unmet", WORD)),
        ((), Checked("unmet", WORD)),
        (None, Checked("unknown", WORD)),
    ],
)
def test_the_word_of_the_class_is_printed(printed, answer):
    """I29: in any of the languages of the rule; what is printed elsewhere is not known."""
    found = market.label_words(printed, WORDS, claim_class="REMANUFACTURED", jurisdiction="XA", on=DAY)

    assert found == answer


@pytest.mark.parametrize(
    ("jurisdiction", "on"), [("XB", DAY), ("XA", date(2023, 12, 31)), ("XA", date(2027, 1, 1))]
)
def test_no_row_is_unknown(jurisdiction, on):
    """I48: of another country, before it began, and from the day on which it holds no more."""
    where = {"jurisdiction": jurisdiction, "on": on}

    assert market.label_words({"再制造产品"}, WORDS, claim_class="REMANUFACTURED", **where).state == "unknown"
    assert market.word_for(WORDS, "REMANUFACTURED", language="en", **where) is None
    assert market.language({"en"}, (), **where) == Checked("unknown", None)


def test_a_word_by_class_and_language():
    """What the label rule prints."""
    found = market.word_for(WORDS, "REMANUFACTURED", jurisdiction="XA", language="en", on=DAY)

    assert found == ENGLISH


@pytest.mark.parametrize(
    ("claim_class", "days", "new", "state"),
    [
        ("REPAIRED", 60, None, "met"),
        ("REPAIRED", 59, 365, "unmet"),
        ("REMANUFACTURED", 365, 365, "met"),
        ("REMANUFACTURED", 364, 365, "unmet"),
        ("REMANUFACTURED", 365, None, "unknown"),
        ("REPAIRED", None, 365, "unknown"),
        ("REUSED", 365, 365, "unknown"),
    ],
)
def test_the_least_warranty(claim_class, days, new, state):
    """I30: in days, or no shorter than the new product's."""
    where = {"jurisdiction": "XA", "on": DAY}
    found = market.warranty(days, (LEAST, AS_NEW), new_days=new, claim_class=claim_class, **where)

    assert found.state == state


@pytest.mark.parametrize(
    ("spoken", "state"), [({"en"}, "met"), ({"zh-Hant"}, "unmet"), (None, "unknown"), (set(), "unmet")]
)
def test_one_language_of_the_market(spoken, state):
    """One of those that the jurisdiction reads is enough."""
    assert market.language(spoken, (TONGUES,), jurisdiction="XA", on=DAY).state == state


@pytest.mark.parametrize(
    ("said", "claim_class", "words"),
    [
        ("再制造产品", "REMANUFACTURED", []),
        ("再制造产品", "RECONDITIONED", ["再制造产品"]),
        ("翻新", "REMANUFACTURED", []),
        ("Overhauled", "OVERHAULED", []),
        ("remanufactured", "OVERHAULED", ["REMANUFACTURED"]),
        ("overhauled", "REMANUFACTURED", ["OVERHAULED"]),
    ],
)
def test_no_stronger_word(said, claim_class, words):
    """I27, I29: nor one of another ladder, whatever its case."""
    assert [one.word for one in market.too_strong(said, claim_class, WORDS)] == words


def test_a_weaker_word_inside_which_a_stronger_one_stands():
    """It is read whole before its parts are."""
    inside = replace(WEAKER, word="非再制造产品")

    assert market.too_strong("非再制造产品", "RECONDITIONED", (WORD, inside)) == ()
