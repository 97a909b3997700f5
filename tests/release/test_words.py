"""An overhaul never reads as a remanufacture: on certificate and public page, in every language (I27, I29)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remanu.drawing.form import numbered
from remanu.drawing.paper import blocks
from remanu.families import market
from remanu.release import queries
from remanu.rules.market import too_strong
from remanu.web.words import CLASSES
from tests.drawing.test_paper import PRINT, RECORD

DAY = date(2026, 3, 1)
LOCALES = ("en", "zh-Hans", "zh-Hant")
PLACES = (("aero-engine", "XD"), ("diesel-engine", "XA"), ("copier", "ZZ"))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("claim_class", CLASSES)
def test_no_paper_says_more_than_the_class(claim_class, locale):
    """I27, I29: blocks 11 and 11a, by the words of each family's scheme and of each country's label rule."""
    for family, country in PLACES:
        said = queries.worded(family, claim_class, maker="maker", on=DAY)
        issuer = {**RECORD["organisation"], "country": country}
        record = {**RECORD, "claim_class": claim_class, "status": said.status, "organisation": issuer}
        word = queries.class_word(record, language=locale, on=DAY)
        given = blocks(replace(PRINT, record=record, class_word=word), locale=locale)
        shown = {one.no: one.lines for one in numbered(given, locale)}
        for line in (*shown["11"], *shown["11a"]):
            assert too_strong(line, claim_class, market.label_words()) == (), line


@pytest.mark.parametrize(
    ("family", "claim_class", "maker", "said"),
    [
        ("aero-engine", "OVERHAULED", "other", ("Overhauled", "xd-air", None)),
        ("aero-engine", "REBUILT", "other", ("Rebuilt", "xd-air", None)),
        ("aero-engine", "REBUILT", "maker", ("Rebuilt", "xd-air", "production")),
        ("aero-engine", "REMANUFACTURED", "maker", ("Remanufactured", None, None)),
        ("copier", "REPAIRED", "other", ("Repaired", None, None)),
    ],
)
def test_the_words_of_a_certificate(family, claim_class, maker, said):
    """I39: scheme and side follow from the vocabulary; the general scheme and the maintenance side go unsaid."""
    found = queries.worded(family, claim_class, maker=maker, on=DAY)

    assert (found.status, found.scheme, found.side) == said


def test_no_word_before_any_scheme():
    """A day on which no vocabulary holds gives no status, which no lint lets pass."""
    assert queries.worded("copier", "REPAIRED", maker="other", on=date(1990, 1, 1)).status == ""
    assert queries.vocabulary_of("xd-air", date(2020, 1, 1)) is None


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_public_page_says_one_word(desk, web):
    """What is released as reconditioned is called so on its page, and no stronger word for it stands there."""
    desk.until("TEST_PASSED")
    desk.submit(warranty_days=200)
    desk.release()
    code = desk.yard.view().item.code
    stranger = web.test_client()
    told = stranger.get(f"/{code}?format=json").json
    pages = [stranger.get(f"/{code}?lang={locale}").text for locale in LOCALES]

    assert "RECONDITIONED" in str(told)
    assert "REMANUFACTURED" not in str(told["lives"])
    assert "Reconditioned" in pages[0]
    assert all("翻新" in page for page in pages[1:])
