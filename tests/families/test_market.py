"""The dated rows that come with the package: whole, closed lists of words, and R19 on the published limits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from remanu.families import loader, market, published, vocabulary
from remanu.rules import classes, substances
from remanu.rules.market import too_strong
from remanu.rules.substances import Share
from remanu.rules.vocabularies import BETWEEN, faults

LOCALES = ("en", "zh-Hans", "zh-Hant")
DAY = date(2026, 3, 1)
SHARED = Path(__file__).parents[3] / "shared" / "data" / "fixtures"
CLASSES = get_args(vocabulary.ClaimClass)
BELOW = {
    "Pb": "1",
    "Hg": "1",
    "Cd": "1",
    "Cr6+": "1",
    "PBB": "1",
    "PBDE": "1",
    "DBP": "1",
    "DIBP": "1",
    "BBP": "1",
}


@pytest.mark.parametrize(("on", "state"), [(date(2027, 7, 31), "met"), (date(2027, 8, 1), "unmet")])
def test_a_copier_with_dehp_for_china(on: date, state: str) -> None:
    """R19: 0.15 % of DEHP, on the last day of six substances and on the first of ten."""
    shares = [Share(name, Decimal(ppm), "homogeneous-material") for name, ppm in BELOW.items()]
    shares.append(Share("DEHP", Decimal(1500), "homogeneous-material"))
    found = substances.judge(shares, market.regimes(), jurisdiction="CN", category="copier", on=on)

    assert found.state == state
    assert [one.substance for one in found.above] == (["DEHP"] if state == "unmet" else [])


def test_regimes_are_those_that_were_published() -> None:
    """Each published limit is there in millionths, with its basis; the rest is fictional."""
    known = {
        (one.id, limit.substance): (limit.ppm, limit.basis)
        for one in market.regimes()
        for limit in one.limits
    }
    for row in published.substance_limits():
        ppm, basis = known[row.regime, row.abbreviation]
        assert ppm == Decimal(row.limit_pct) * 10_000
        assert basis == ("first-article" if row.abbreviation == "SVHC" else "homogeneous-material")
    own = [one for one in market.regimes() if one.jurisdiction not in {"CN", "EU"}]
    assert {one.jurisdiction for one in own} == {"XA", "XB", "XD"}
    assert {one.tag for one in own} == {"I"}
    assert {one.categories <= loader.load_all().keys() for one in market.regimes()} == {True}


def test_warranties_are_those_that_were_published() -> None:
    """Each published minimum in days, or as the new product's."""
    known = {(one.jurisdiction, one.claim_class): one.days for one in market.warranties()}
    for row in published.warranty_minima():
        place, word = row.jurisdiction.partition(" ")[0], row.claim_class.upper()
        days, _, unit = row.minimum.partition(" ")
        if unit == "d":
            assert known[place, word] == int(days)
        elif word == "REMANUFACTURED":
            assert known[place, word] is None
        else:
            assert (place, word) not in known


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="FIXTURES NOT COMPARED: ../shared/data is not beside the project"
)
@pytest.mark.parametrize("name", ["substance_limits.csv", "warranty_minima.csv"])
def test_the_copy_is_the_fixture(name: str) -> None:
    """What travels with the package is what was compiled."""
    assert (Path(published.__file__).parent / "data" / "fixtures" / name).read_bytes() == (
        SHARED / name
    ).read_bytes()


def test_every_vocabulary_maps_to_known_classes() -> None:
    """Pairs go both ways, families exist, each word once, and each class has a word of its own."""
    for one in market.vocabularies():
        words = {term.word: term for term in one.terms}
        assert len(words) == len(one.terms)
        assert one.families <= loader.load_all().keys()
        for term in one.terms:
            assert term.claim_class in {None, *CLASSES}
            assert all(term.word in words[other].pairs for other in term.pairs)
            for other in term.pairs:
                assert term.claim_class is not None
                assert faults(one, f"{term.word} {BETWEEN} {other}", claim_class=term.claim_class) == ()
    general = next(one for one in market.vocabularies() if one.id == "general")
    assert {term.claim_class for term in general.terms} == set(CLASSES)


@pytest.mark.parametrize(("claim_class", "locale"), list(product(CLASSES, LOCALES)))
def test_every_class_has_a_word_everywhere(claim_class: classes.ClaimClass, locale: str) -> None:
    """I27, I29: by the label rule of each place or by our own, and none claims more than its class."""
    for place in ("XA", "XB", "XD", "CN", "ZZ"):
        found = market.printed(claim_class, jurisdiction=place, language=locale, on=DAY)
        assert found.claim_class == claim_class
        assert too_strong(found.word, claim_class, market.label_words()) == ()


def test_a_class_that_nobody_knows() -> None:
    """There is no word for it."""
    with pytest.raises(KeyError):
        market.printed("SHINY", jurisdiction="XA", language="en", on=DAY)


def test_the_chinese_word_is_conspicuous() -> None:
    """The import pilots ask for 再制造产品 in a conspicuous place."""
    found = market.printed("REMANUFACTURED", jurisdiction="CN", language="zh-Hans", on=DAY)
    assert (found.word, found.conspicuous, found.tag) == ("再制造产品", True, "V")


@pytest.mark.parametrize(
    ("place", "word", "days"),
    [
        ("XA", "REMANUFACTURED", 365),
        ("XA", "REPAIRED", 60),
        ("MY", "REMANUFACTURED", 90),
        ("ZZ", "REPAIRED", 0),
    ],
)
def test_the_least_warranty(place: str, word: str, days: int) -> None:
    """I30: by class and jurisdiction; nothing is asked where no rule is known."""
    assert market.least_warranty(word, jurisdiction=place, new_days=365, on=DAY) == days


def test_each_substance_has_one_basis() -> None:
    """So that a share is declared once."""
    for one in market.regimes():
        assert all(market.bases()[limit.substance] == limit.basis for limit in one.limits)
    assert market.languages()
