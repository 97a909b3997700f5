"""What may be conceded, by SM-3 and I28."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import NotAllowed
from remanu.rules import classes, concessions, lifecycle
from remanu.rules.concessions import Deviation
from remanu.rules.nonconformities import DECISIONS, OUTCOMES, SM3

few = settings(max_examples=60, deadline=None)
WORN = Deviation(characteristic="pin", unit="mm", value="57.80", new_min="57.90", new_max="58.00")
# domain.md §3.4, state, verb and state of every line, and the two lines of our own.
LINES = """
- raise_nonconformity OPEN
OPEN review_nonconformity MRB_REVIEW
MRB_REVIEW decide_nonconformity ACTION
MRB_REVIEW request_concession CONCESSION_PENDING
CONCESSION_PENDING approve_concession CONCESSION_APPROVED
CONCESSION_PENDING refuse_concession MRB_REVIEW
ACTION verify_nonconformity CLOSED
CONCESSION_APPROVED verify_nonconformity CLOSED
MRB_REVIEW apply_concession CONCESSION_APPROVED
OPEN close_nonconformity CLOSED
MRB_REVIEW close_nonconformity CLOSED
"""


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_each_line_of_sm3(line):
    """SM-3: from this state, by this verb, to that state."""
    source, verb, target = line.split()
    assert lifecycle.find("SM-3", source, verb).target == target


def test_sm3_has_no_other_line():
    """SM-3: what is not in the table cannot happen."""
    lines = {tuple(line.split()) for line in LINES.strip().splitlines()}
    assert {(source, one.action, one.target) for one in SM3 for source in one.sources} == lines
    with pytest.raises(NotAllowed) as refused:
        lifecycle.find("SM-3", "CONCESSION_PENDING", "verify_nonconformity")
    assert refused.value.details["allowed"] == ["approve_concession", "refuse_concession"]


def test_what_the_board_decides_has_an_outcome():
    """SM-3: rework, repair, scrap and return."""
    assert tuple(OUTCOMES) == DECISIONS


@pytest.mark.parametrize(
    ("criticalities", "life_limited", "may"),
    [((), False, True), (("key", "critical"), False, True), (("none", "safety"), False, False), ((), True, False)],
)
def test_never_on_what_is_safety_critical_or_limited_in_life(criticalities, life_limited, may):
    """SM-3: a critical characteristic may be conceded, a safety-critical one and a life-limited part never."""
    assert concessions.permitted(criticalities, life_limited=life_limited) is may


@pytest.mark.parametrize(
    ("serials", "quantity", "scoped"),
    [(("A",), None, True), ((), 3, True), ((), None, False), ((), 0, False), (("A",), 3, False)],
)
def test_a_scope_is_serials_or_a_quantity(serials, quantity, scoped):
    """SM-3: one of the two, and not both."""
    assert concessions.scoped(serials, quantity) is scoped


def test_the_last_day_is_included():
    """SM-3: expiry."""
    assert [concessions.in_force("2026-05-31", day) for day in ("2026-05-31", "2026-06-01")] == [True, False]


@pytest.mark.parametrize(
    ("serials", "quantity", "used", "serial", "room"),
    [
        (("A", "B"), None, 1, "B", True),
        (("A", "B"), None, 1, "C", False),
        (("A",), None, 0, None, False),
        ((), 2, 1, None, True),
        ((), 2, 2, "A", False),
    ],
)
def test_a_scope_ends(serials, quantity, used, serial, room):
    """SM-3: a named part, or one more of a number."""
    assert concessions.left(serials, quantity, used=used, serial=serial) is room


@few
@given(st.decimals("57.0", "59.0", places=3), st.decimals("57.0", "59.0", places=3))
def test_another_part_goes_no_farther(conceded, found):
    """What lies between the limits and the conceded value is covered, what lies beyond is not."""
    allowed = Deviation(**{**_fields(WORN), "value": str(conceded)})
    seen = Deviation(**{**_fields(WORN), "value": str(found)})
    low, high = min(conceded, Decimal("57.90")), max(conceded, Decimal("58.00"))
    assert concessions.covers([allowed], [seen]) is (low <= found <= high)


def test_one_sided_limits_and_unmeasured_things():
    """A side without a limit is not opened; what was not measured is covered by its like alone."""
    flat = Deviation(characteristic="flatness", unit="mm", value="0.09", new_max="0.05")
    worse = Deviation(characteristic="flatness", unit="mm", value="0.12", new_max="0.05")
    upper = Deviation(characteristic="pin", unit="mm", value="57.80", new_min="57.90")
    assert concessions.covers([flat], [flat])
    assert not concessions.covers([flat], [worse])
    assert concessions.covers([upper], [upper])
    assert not concessions.covers([flat], [WORN])
    assert concessions.covers([], [])
    assert not concessions.covers([flat], [])
    assert not concessions.covers([], [flat])


@pytest.mark.parametrize(
    ("cause", "deviations", "caps"),
    [("paper", (), False), ("crack", (), True), ("paper", (WORN,), True)],
)
def test_what_caps_the_class(cause, deviations, caps):
    """I28: everything but a matter of papers."""
    assert concessions.outside_new(cause, deviations) is caps


@pytest.mark.parametrize("targeted", classes.LADDERS)
def test_the_cap(targeted):
    """I28: reconditioned or overhauled at most, in whichever ladder; never as new."""
    assert classes.capped(targeted) not in {"REMANUFACTURED", "REBUILT"}
    assert classes.capped("REMANUFACTURED") == "RECONDITIONED"
    assert classes.capped("REBUILT") == "OVERHAULED"


def _fields(one: Deviation) -> dict[str, str | None]:
    return {name: getattr(one, name) for name in ("characteristic", "unit", "value", "new_min", "new_max")}
