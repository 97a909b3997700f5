"""Who is barred by what he did: by person, in the present case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules import duties, lifecycle
from remanu.rules.duties import Act
from remanu.rules.permissions import PERMISSIONS

few = settings(max_examples=60, deadline=None)
CASE_FEATURES = {"parts", "intake", "inspection", "restoration", "release", "labelling"}
VERBS = sorted(duties.WORK_VERBS | duties.LOOKING_VERBS)
ACTS = st.lists(st.builds(Act, st.sampled_from("ABC"), st.sampled_from(VERBS)), max_size=8)


def test_every_verb_is_work_or_looking():
    """Each act on a case has its place in exactly one of the lists."""
    for kind in PERMISSIONS:
        feature, _, verb = kind.partition(".")
        if feature in CASE_FEATURES:
            assert (verb in duties.WORK_VERBS) != (verb in duties.LOOKING_VERBS), kind
    assert not duties.WORK_VERBS & duties.LOOKING_VERBS


def test_every_step_of_a_case_is_placed():
    """The verbs of SM-1 and SM-8 too."""
    verbs = {step.action for step in (*lifecycle.SM1, *lifecycle.SM8)}
    assert verbs <= duties.WORK_VERBS | duties.LOOKING_VERBS


@pytest.mark.parametrize("verb", sorted(duties.WORK_VERBS))
def test_who_worked_does_not_release(verb):
    """I32: nor who inspected, planned, or compiled the dossier."""
    mine = Act("A", verb)
    assert duties.may_release("A", [Act("B", verb), mine]) == (mine,)
    assert duties.may_release("C", [Act("B", verb), mine]) == ()


@pytest.mark.parametrize("verb", sorted(duties.LOOKING_VERBS))
def test_who_looked_may_release(verb):
    """An earlier review, approval or refusal bars nobody."""
    assert duties.may_release("A", [Act("A", verb)]) == ()


def test_whole_kinds_are_read_like_verbs():
    """What an event is called says the verb after its last stop."""
    act = Act("A", "inspection.measure")
    assert duties.may_release("A", [act, Act("A", "release.send_back")]) == (act,)


def test_an_unplaced_verb_counts_as_work():
    """A verb added later bars until somebody says that it does not."""
    act = Act("A", "restoration.polish_with_moonlight")
    assert duties.may_release("A", [act]) == (act,)


@few
@given(ACTS, st.sampled_from("ABC"))
def test_only_own_acts_bar(acts, person):
    """Whatever others did, a person is barred by nothing but his own work."""
    barring = duties.may_release(person, acts)
    assert all(act.person == person for act in barring)
    assert duties.may_release(person, [act for act in acts if act.person != person]) == ()
    assert bool(barring) == any(act.person == person and act.verb in duties.WORK_VERBS for act in acts)


@pytest.mark.parametrize(
    ("value", "limit", "barred"),
    [
        ("1000", "999.99", True),
        ("1000", "1000", False),
        ("10", "1000", False),
        (None, "1000", True),
        ("1000", None, False),
    ],
)
def test_the_grader_accepts_no_core_above_the_limit(value, limit, barred):
    """Above the value limit; an unknown value counts as above; without a limit nobody is barred."""
    graded = Act("A", "intake.grade")
    money = {"value": value and Decimal(value), "limit": limit and Decimal(limit)}
    assert duties.may_accept("A", [graded], **money) == ((graded,) if barred else ())
    assert duties.may_accept("B", [graded], **money) == ()


def test_quarantine_is_cleared_by_a_second_person():
    """SM-1 no. 4."""
    act = Act("A", "intake.quarantine")
    assert duties.may_clear_quarantine("A", [act]) == (act,)
    assert duties.may_clear_quarantine("B", [act]) == ()


def test_a_concession_is_approved_by_neither_requester_nor_operator():
    """I33 and domain.md §3.9."""
    asked, did = Act("A", "request_concession"), Act("B", "operate")
    assert duties.may_approve_concession("A", [asked, did]) == (asked,)
    assert duties.may_approve_concession("B", [asked, did]) == (did,)
    assert duties.may_approve_concession("C", [asked, did]) == ()


def test_a_repair_is_checked_by_another():
    """Who did the operation does not inspect it."""
    did = Act("A", "restoration.operate")
    assert duties.may_check_repair("A", [did]) == (did,)
    assert duties.may_check_repair("B", [did]) == ()


@pytest.mark.parametrize(
    ("second", "weight", "may"),
    [
        (None, "ordinary", True),
        (None, "high-value", False),
        ("", "life-limited", False),
        ("A", "life-limited", False),
        ("B", "life-limited", True),
        ("B", "high-value", True),
    ],
)
def test_scrapping_what_matters_takes_two(second, weight, may):
    """Two persons for parts of high value or limited life (SM-1 no. 31)."""
    assert duties.may_scrap("A", second, weight=weight) is may


def test_verbs_without_a_rule_bar_nobody():
    """Most steps may be done by anybody who holds the role."""
    assert duties.barred_by("clean", "A", acts=[Act("A", "disassemble")]) == ()
