"""A scheme is proposed for reasons that hold, and a part that cannot be worked back is proposed for replacement."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.rules.schemes import SHOWN, Work, propose, share

NAMES = st.frozensets(st.sampled_from("abcd"), min_size=1)
WORKS = st.lists(
    st.builds(
        lambda n, restores, special, left, tried: Work(
            code=f"w{n}", restores=restores, special=special, left=left, tried=tried, held=tried // 2
        ),
        st.integers(0, 99),
        NAMES,
        st.booleans(),
        st.none() | st.integers(0, 3),
        st.integers(0, 20),
    ),
    max_size=6,
    unique_by=lambda one: one.code,
)


def work(code, *restores, **more):
    """An operation without limit and history."""
    return Work(code=code, restores=frozenset(restores), special=False, **more)


def test_the_work_that_covers_all_comes_first():
    """One operation that restores both beats two that restore one each."""
    found = propose("ab", [work("both", "a", "b"), work("first", "a"), work("second", "b")])
    assert (found.choice, found.because) == ("salvage", ("covers-all",))
    assert [one.operations for one in found.schemes] == [("both",), ("first", "second"), ("first",)]
    assert found.schemes[-1].open == ("b",)


def test_what_held_before_comes_first():
    """Of two that cover the same, the one whose parts stayed in their units is proposed."""
    proven, poor = work("proven", "a", tried=20, held=19), work("poor", "a", tried=20, held=2)
    found = propose("a", [work("new", "a"), proven, poor])
    assert [one.operations for one in found.schemes] == [("proven",), ("poor",), ("new",)]
    assert "held-before" in found.schemes[0].because
    assert "no-history" in found.schemes[2].because


@pytest.mark.parametrize(("left", "said"), [(None, "no-limit-known"), (1, "last-repair"), (2, "repairs-left")])
def test_it_says_how_often_it_may_still_be_done(left, said):
    """I19: the last permitted repair is named as the last."""
    assert said in propose("a", [work("one", "a", left=left)]).schemes[0].because


def test_a_spent_repair_is_never_proposed():
    """I19: what was repaired as often as it may be is proposed for replacement."""
    found = propose("a", [work("one", "a", left=0)])
    assert (found.choice, found.because, found.schemes) == ("replace", ("repairs-spent",), ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"works": []}, "no-scheme"),
        ({"works": [work("other", "z")]}, "no-scheme"),
        ({"works": [work("one", "a")], "beyond": "a"}, "beyond-service"),
        ({"works": [work("one", "a")], "life_left": Decimal(10), "life_wanted": Decimal(11)}, "life-too-short"),
    ],
)
def test_what_no_work_brings_back_is_replaced(given, said):
    """Worn too far, without a scheme, or with too little life left."""
    works = given.pop("works")
    assert propose("a", works, **given).because == (said,)


def test_life_that_suffices_is_no_reason():
    """As much life as is wanted is enough, and an unknown one is not guessed."""
    works = [work("one", "a")]
    assert propose("a", works, life_left=Decimal(11), life_wanted=Decimal(11)).choice == "salvage"
    assert propose("a", works, life_left=Decimal(11)).choice == "salvage"


def test_a_special_process_is_named():
    """Whoever plans sees that it wants a qualified person and procedure."""
    special = Work(code="one", restores=frozenset("a"), special=True)
    assert "special-process" in propose("a", [special]).schemes[0].because


def test_wilsons_limits():
    """Nine of ten lie between 0.596 and 0.982; of nothing everything is possible."""
    nine = share(9, 10)
    assert (round(nine.low, 3), round(nine.high, 3)) == (Decimal("0.596"), Decimal("0.982"))
    assert (share(0, 0).low, share(0, 0).high) == (0, 1)
    assert (share(4, 4).is_few, share(5, 5).is_few) == (True, False)


@given(NAMES, WORKS)
def test_a_proposal_keeps_its_word(worn, works):
    """Every scheme uses work that helps and may still be done, covers what it says, and none is idle."""
    found = propose(worn, works)
    known = {one.code: one for one in works}
    assert len(found.schemes) <= SHOWN
    assert bool(found.schemes) == (found.choice == "salvage")
    for one in found.schemes:
        restored = frozenset().union(*(known[code].restores for code in one.operations))
        assert set(one.covers) == worn & restored
        assert set(one.open) == worn - restored
        assert all(known[code].left != 0 for code in one.operations)
    left_open = [len(one.open) for one in found.schemes]
    assert left_open == sorted(left_open)
    # The control: nothing that helps and may be done is passed over for a replacement.
    assert (found.choice == "salvage") == any(one.restores & worn and one.left != 0 for one in works)
