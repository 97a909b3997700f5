"""What stands against a certificate before it is signed, and each night after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remanu.families import market
from remanu.rules.lint import Finding, Paper, lint

DAY = date(2026, 3, 1)
GENERAL, AIR = (
    next(one for one in market.vocabularies() if one.id == name) for name in ("general", "xd-air")
)
RECORD = {
    "number": "RC-000007",
    "organisation": {"name_en": "Workshop One", "country": "XA"},
    "work_order": 311,
    "unit": {
        "name": "Diesel engine",
        "part_number": "NW-6L-200",
        "code": "8XK4M9QT2RWC7",
        "family": "diesel-engine",
    },
    "life": 2,
    "claim_class": "REMANUFACTURED",
    "status": "Remanufactured",
    "standard": "XA 28617",
    "edition": "2024",
    "warranty_days": 365,
    "dossier": "9f" * 32,
    "heads": [{"uri": "u", "seq": 1, "commitment": "ab"}],
    "tests": ["hot-test 1"],
    "hazards": {"statement": "none-above", "regime": "XA-SUB 1", "substances": []},
}
PAPER = Paper(
    record=RECORD,
    number="RC-000007",
    digest="aa" * 32,
    computed="aa" * 32,
    dossier="9f" * 32,
    claim_class="REMANUFACTURED",
    submitted_on=date(2026, 2, 27),
    on=DAY,
    least_warranty=365,
    by_maker="other",
    authorisation="XA-CS-001",
    vocabulary=GENERAL,
)


def found(paper: Paper = PAPER, **said):
    """Block and code of everything that stands against it; what is None is not in the record."""
    record = {name: value for name, value in {**paper.record, **said}.items() if value is not None}
    return [
        (one.block, one.code)
        for one in lint(replace(paper, record=record), asks=market.asks(), words=market.label_words())
    ]


def test_a_certificate_in_order():
    """Nothing stands against it."""
    assert lint(PAPER, asks=market.asks(), words=market.label_words()) == ()


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("work_order", "5"),
        ("status", "11"),
        ("life", "10a"),
        ("tests", "12"),
        ("standard", "12a"),
        ("hazards", "12"),
    ],
)
def test_an_empty_block_is_named(name, block):
    """Each that the rules of its class ask for."""
    assert (block, "block-missing") in found(**{name: None})


def test_blocks_by_class_family_and_scheme():
    """A repair needs no test; an aero engine says its limited lives, even none; a scheme asks for more."""
    mended = {"claim_class": "REPAIRED", "status": "Repaired", "tests": [], "standard": None}
    engine = {"unit": {**RECORD["unit"], "family": "aero-engine"}}

    assert found(**mended) == []
    assert found(**engine) == [("12", "block-missing")]
    assert found(**engine, lives=[]) == []
    assert found(**engine, lives=[], scheme="xd-air", edition=None) == [("12a", "block-missing")]


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ({"number": "RC-000008"}, ("3", "number-differs")),
        ({"computed": "bb" * 32}, ("15", "digest-differs")),
        ({"dossier": "00" * 32}, ("15", "dossier-differs")),
        ({"claim_class": "RECONDITIONED"}, ("11a", "class-above-dossier")),
        ({"claim_class": "OVERHAULED"}, ("11a", "class-above-dossier")),
        ({"claim_class": "SHINY"}, ("11a", "class-above-dossier")),
        ({"vocabulary": None}, ("11", "vocabulary-unknown")),
        ({"least_warranty": 366}, ("12", "warranty-below-minimum")),
        ({"submitted_on": date(2026, 3, 2)}, ("14d", "date-before-dossier")),
        ({"authorisation": None}, ("14c", "authorisation-not-valid")),
        ({"missing": ("ab" * 32,)}, ("12", "evidence-missing")),
    ],
)
def test_what_the_record_says_otherwise(change, finding):
    """I23, I26, I30, I36, I37: number, digests, class, warranty, day, authorisation, files."""
    assert found(replace(PAPER, **change)) == [finding]


@pytest.mark.parametrize(
    ("said", "findings"),
    [
        ({"claim_class": "SHINY"}, [("11a", "class-unknown")]),
        ({"status": "Overhauled"}, [("11", "term-of-another-class"), ("11", "word-too-strong")]),
        ({"status": "Shiny"}, [("11", "unknown-term")]),
        ({"on_site": {"worked": [], "not_disturbed": ["bed"]}}, [("12", "worked-places-unnamed")]),
        ({"supersedes": {"number": "RC-000007"}}, [("3", "corrects-itself")]),
        ({"side": "both"}, [("13", "side-not-allowed")]),
        ({"side": "production"}, [("13", "side-not-allowed")]),
        ({"side": "maintenance"}, []),
    ],
)
def test_what_the_certificate_says_of_itself(said, findings):
    """I27, I29, I31, I39, I41."""
    assert found(**said) == findings


def test_an_overhaul_that_reads_as_remanufactured():
    """I27: whatever its scheme would say."""
    overhauled = replace(PAPER, claim_class="OVERHAULED", vocabulary=AIR)
    said = {"claim_class": "OVERHAULED", "status": "Remanufactured"}

    assert ("11", "word-too-strong") in found(overhauled, **said)
    assert found(overhauled, claim_class="OVERHAULED", status="Overhauled") == []


@pytest.mark.parametrize(("by", "findings"), [("maker", []), ("other", [("13", "side-not-allowed")])])
def test_the_production_side_is_the_makers(by, findings):
    """I39: a rebuilt engine, signed by its maker and by somebody else."""
    rebuilt = replace(PAPER, claim_class="REBUILT", vocabulary=AIR, by_maker=by)

    assert found(rebuilt, claim_class="REBUILT", status="Rebuilt", side="production") == findings
    assert found(
        replace(rebuilt, vocabulary=None), claim_class="REBUILT", status="Rebuilt", side="production"
    ) == [
        ("11", "vocabulary-unknown"),
        ("13", "side-not-allowed"),
    ]


def test_rules_begin_and_end():
    """What is asked for from a later day on, or was until today, is not asked for."""
    old, later = (
        (replace(one, applies_to=DAY) for one in market.asks()),
        (replace(one, applies_from=date(2026, 3, 2)) for one in market.asks()),
    )
    bare = replace(PAPER, record={**RECORD, "work_order": None})

    assert lint(bare, asks=(*old, *later), words=()) == ()
    assert lint(bare, asks=market.asks(), words=()) == (Finding("5", "block-missing"),)


def test_a_finding_tells_only_what_it_says():
    """As data; a text that cannot be drawn stands beside its block."""
    assert Finding("label", "missing-glyph", "\u2603").told() == {
        "block": "label",
        "code": "missing-glyph",
        "what": "\u2603",
    }
    assert Finding("number", "empty").told() == {"block": "number", "code": "empty"}
