"""Who evaluates does not decide, by person (I34); whoever is not impartial does neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules import impartiality as rules
from remanu.rules.duties import Act

EVERY = sorted(rules.EVALUATES | rules.DECIDES | rules.REVIEWS)


@pytest.mark.parametrize("done", sorted(rules.EVALUATES))
@pytest.mark.parametrize("verb", sorted(rules.DECIDES | rules.REVIEWS))
def test_who_evaluates_neither_reviews_nor_decides(done, verb):
    """I34, for each act of evaluation and each decision, by whole event kinds too."""
    acts = [Act("one", f"certification.{done}")]
    assert rules.barred(verb, "one", acts) == tuple(acts)
    assert rules.barred(verb, "two", acts) == ()


def test_the_reviewer_may_decide():
    """SM-5 no. 7 says so."""
    assert rules.barred("grant_certification", "one", [Act("one", "finish_review")]) == ()


def test_stopping_is_open_to_everybody():
    """Whoever sees the danger may stop it, also the evaluator."""
    acts = [Act("one", verb) for verb in EVERY]
    assert rules.barred("suspend_certification", "one", acts) == ()
    assert rules.barred("withdraw_certification", "one", acts) == ()


@pytest.mark.parametrize("verb", [*EVERY, "suspend_certification", "raise_complaint"])
def test_an_appeal_is_answered_by_somebody_else(verb):
    """No part in the file, and not who wrote the appeal down."""
    assert rules.barred("answer_complaint", "one", [Act("one", verb)])


@given(st.lists(st.sampled_from(EVERY)), st.permutations(EVERY))
def test_order_is_irrelevant(done, shuffled):
    """The same acts in another order bar the same."""
    acts = [Act("one", verb) for verb in done]
    for verb in shuffled:
        assert set(rules.barred(verb, "one", acts)) == set(rules.barred(verb, "one", reversed(acts)))


@pytest.mark.parametrize(
    ("declared", "said"),
    [([], None), ([("b", True)], None), ([("a", True)], True), ([("a", True), ("a", False)], False)],
)
def test_one_no_is_a_no(declared, said):
    """Of any of a person's accounts; silence is no yes."""
    assert rules.impartial("a", declared) is said
