"""What stands against an act on many parts, and that nothing does once it is taken out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules import basket
from remanu.rules.basket import Seen

few = settings(max_examples=80, deadline=None)


def seen(code="A", **changed):
    """A graded core that nothing stands against."""
    return Seen(code, **{"known": True, "state": "GRADED", "outcome": "full", **changed})


@pytest.mark.parametrize(
    ("act", "changed", "reason"),
    [
        ("accept", {}, None),
        ("move", {"state": None}, None),
        ("move", {"known": False}, "no-record"),
        ("receive", {"known": False, "blank": True}, "blank-tag"),
        ("receive", {}, "wrong-state"),
        ("receive", {"state": "ANNOUNCED"}, None),
        ("receive", {"state": None}, "no-case"),
        ("receive", {"state": "ANNOUNCED", "held": True}, "on-hold"),
        ("accept", {"outcome": "none"}, "nothing-given"),
        ("accept", {"hazard": True}, "hazard-open"),
        ("accept", {"appeal": True}, "appeal-open"),
        ("accept", {"graded_by_me": True}, "own-grade"),
        ("remove", {}, "not-installed"),
        ("remove", {"sits": True, "state": None}, None),
        ("remove", {"known": False}, "no-record"),
    ],
)
def test_what_stands_against_a_part(act, changed, reason):
    """Its first reason."""
    assert next(basket.against(act, seen(**changed)), None) == reason


@pytest.mark.parametrize(
    ("act", "changed", "reasons"),
    [
        ("move", {"held": True, "appeal": True}, []),
        ("move", {"known": False}, ["no-record"]),
        ("accept", {"state": None, "held": True}, ["no-case"]),
        ("receive", {"held": True}, ["wrong-state"]),
        (
            "accept",
            {"held": True, "outcome": "none", "hazard": True, "appeal": True, "graded_by_me": True},
            ["on-hold", "nothing-given", "hazard-open", "appeal-open", "own-grade"],
        ),
    ],
)
def test_everything_that_stands_against_a_part(act, changed, reasons):
    """What makes the rest meaningless stands alone; of the rest nothing is kept back."""
    assert list(basket.against(act, seen(**changed))) == reasons


def test_reasons_are_groups_in_their_order():
    """Each row stands in the group of its first reason alone."""
    rows = [seen("A", held=True, appeal=True), seen("B"), seen("C", held=True), seen("D", known=False)]
    found = basket.blockers("accept", rows)
    assert [(one.reason, one.codes) for one in found] == [("no-record", ("D",)), ("on-hold", ("A", "C"))]
    assert [row.code for row in basket.without(rows, found)] == ["B"]


rows_of = st.lists(
    st.builds(
        Seen,
        code=st.text("ABCDEFGH", min_size=1, max_size=3),
        known=st.booleans(),
        blank=st.booleans(),
        state=st.sampled_from((None, "ANNOUNCED", "GRADED", "ACCEPTED")),
        held=st.booleans(),
        outcome=st.sampled_from((None, "full", "damaged", "none")),
        hazard=st.booleans(),
        appeal=st.booleans(),
        graded_by_me=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda row: row.code,
)


@few
@given(st.sampled_from(("receive", "accept", "move")), rows_of)
def test_taking_out_what_blocks_leaves_nothing_that_blocks(act, rows):
    """And takes out nothing else."""
    found = basket.blockers(act, rows)
    left = basket.without(rows, found)
    assert basket.blockers(act, left) == ()
    assert len(left) + sum(len(one.codes) for one in found) == len(rows)
