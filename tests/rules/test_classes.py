"""The word on the release is what the evidence supports, and never more."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.families import vocabulary
from remanu.families.loader import load_all
from remanu.rules import classes
from remanu.rules.classes import Claim, Evidence, Terms, strongest

few = settings(max_examples=120, deadline=None)
TERMS = (
    Terms("REUSED", "none", 30),
    Terms("REPAIRED", "affected", 90),
    Terms("RECONDITIONED", "modules", 180),
    Terms("OVERHAULED", "modules", 180),
    Terms("REBUILT", "parts", 365),
    Terms("REMANUFACTURED", "parts", 365),
)
BEST = Evidence(
    targeted="REMANUFACTURED",
    terms=TERMS,
    critical="within_new",
    depth="parts",
    test="full",
    faults_removed=True,
    concession_outside_new=False,
    warranty_days=400,
    new_warranty_days=365,
)
EVIDENCE = st.builds(
    Evidence,
    targeted=st.sampled_from(get_args(classes.ClaimClass)),
    terms=st.just(TERMS),
    critical=st.sampled_from(["not_tested", "within_new", "between_new_and_service", "beyond_service"]),
    depth=st.sampled_from(get_args(classes.Depth)),
    test=st.sampled_from(get_args(classes.Test)),
    faults_removed=st.booleans(),
    concession_outside_new=st.booleans(),
    warranty_days=st.sampled_from([0, 30, 90, 180, 365, 400]),
    new_warranty_days=st.sampled_from([0, 365, 730]),
    mandatory_kept=st.sampled_from([(), ("seal-set",)]),
    upgrades=st.sampled_from([(), ("ECN-7",)]),
)


def test_full_evidence_supports_the_targeted_class():
    """Nothing is missing above it."""
    for word in get_args(classes.ClaimClass):
        assert strongest(replace(BEST, targeted=word)) == Claim(word, ())


@pytest.mark.parametrize(
    ("change", "word", "lacking"),
    [
        ({"critical": "between_new_and_service"}, "RECONDITIONED", ("critical-outside-new",)),
        ({"concession_outside_new": True}, "RECONDITIONED", ("concession",)),
        ({"depth": "modules"}, "RECONDITIONED", ("depth",)),
        ({"new_warranty_days": 401}, "RECONDITIONED", ("warranty-below-new",)),
        ({"new_warranty_days": 400}, "REMANUFACTURED", ()),
        ({"mandatory_kept": ("seal-set",)}, "REPAIRED", ("mandatory-kept",)),
        ({"test": "partial"}, "REPAIRED", ("not-tested",)),
        ({"warranty_days": 180}, "RECONDITIONED", ("warranty", "warranty-below-new")),
        ({"warranty_days": 90}, "REPAIRED", ("warranty",)),
        ({"critical": "beyond_service"}, "REUSED", ("critical-beyond-service",)),
        ({"critical": "not_measurable"}, "REUSED", ("critical-beyond-service",)),
        ({"critical": "not_tested"}, "REUSED", ("critical-not-measured",)),
        ({"faults_removed": False}, "REUSED", ("faults",)),
        ({"warranty_days": 0}, None, ("warranty",)),
        ({"terms": TERMS[2:]}, "REMANUFACTURED", ()),
        ({"terms": TERMS[:5]}, "RECONDITIONED", ("not-offered",)),
        ({"terms": ()}, None, ("not-offered",)),
    ],
)
def test_what_is_missing_lowers_the_word(change, word, lacking):
    """I26, I28: and the claim says what the next word up would need."""
    assert strongest(replace(BEST, **change)) == Claim(word, lacking)


@few
@given(EVIDENCE)
def test_a_new_product_is_promised_on_full_evidence_alone(evidence):
    """I26: critical characteristics within new limits, depth, full test, warranty; I28: no concession."""
    claim = strongest(evidence)
    if claim.word in {"REMANUFACTURED", "REBUILT"}:
        assert evidence.critical == "within_new"
        assert evidence.depth == "parts"
        assert evidence.test == "full"
        assert evidence.warranty_days >= evidence.new_warranty_days
        assert not evidence.concession_outside_new
        assert not evidence.mandatory_kept


@pytest.mark.parametrize(
    ("change", "upgraded"), [({}, ("ECN-7",)), ({"depth": "modules"}, ()), ({"warranty_days": 0}, ())]
)
def test_upgraded_is_said_of_what_is_as_new(change, upgraded):
    """I26: the changes are named beside REMANUFACTURED; beside a weaker word, or none, nothing is."""
    assert strongest(replace(BEST, upgrades=("ECN-7",), **change)).upgraded == upgraded


@few
@given(EVIDENCE)
def test_upgraded_is_a_flag_beside_a_word(evidence):
    """Improved parts change no word, and only a unit that is as new is above its original type."""
    claim, plain = strongest(evidence), strongest(replace(evidence, upgrades=()))
    assert (claim.word, claim.why_not_higher) == (plain.word, plain.why_not_higher)
    as_new = claim.word in {"REMANUFACTURED", "REBUILT"}
    assert claim.upgraded == (evidence.upgrades if as_new else ())


@few
@given(EVIDENCE)
def test_the_word_stays_on_its_ladder(evidence):
    """I27: an overhaul is never shown as a remanufacture, and nothing rises above what was targeted."""
    claim = strongest(evidence)
    assert claim.word is None or claim.word in classes.LADDERS[evidence.targeted]
    assert (claim.word == evidence.targeted) == (claim.why_not_higher == ())


@few
@given(EVIDENCE)
def test_better_evidence_never_weakens(evidence):
    """Each improvement keeps the word or raises it."""
    ladder = (None, *classes.LADDERS[evidence.targeted])
    before = ladder.index(strongest(evidence).word)
    for better in (
        {"critical": "within_new"},
        {"depth": "parts"},
        {"test": "full"},
        {"faults_removed": True},
        {"mandatory_kept": ()},
    ):
        assert ladder.index(strongest(replace(evidence, **better)).word) >= before


@pytest.mark.parametrize(
    ("word", "than", "may"),
    [
        ("RECONDITIONED", "REMANUFACTURED", True),
        ("OVERHAULED", "REBUILT", True),
        ("OVERHAULED", "REMANUFACTURED", False),
        ("REMANUFACTURED", "RECONDITIONED", False),
        ("REPAIRED", "REPAIRED", False),
    ],
)
def test_a_downgrade_goes_down(word, than, may):
    """Along the ladder of the class that was targeted."""
    assert classes.is_weaker(word, than) is may
    assert (word in classes.STRENGTH[than]) is may


@pytest.mark.parametrize(("targeted", "word"), [("REMANUFACTURED", "RECONDITIONED"), ("REBUILT", "OVERHAULED")])
def test_a_concession_caps_the_word(targeted, word):
    """I28: at the strongest one that is not as new."""
    assert classes.capped(targeted) == word


def test_words_are_those_of_the_packs():
    """Family packs and rules speak of the same classes and depths."""
    assert get_args(classes.ClaimClass) == get_args(vocabulary.ClaimClass)
    assert get_args(classes.Depth) == get_args(vocabulary.Depth)


def test_every_pack_can_end_in_its_classes():
    """For each family and class that it offers, full evidence leads there."""
    for family in load_all().values():
        terms = tuple(Terms(one.claim_class, one.depth, one.warranty_days) for one in family.claims.terms)
        for one in terms:
            assert (
                strongest(replace(BEST, targeted=one.claim_class, terms=terms, warranty_days=9999)).word
                == one.claim_class
            )
