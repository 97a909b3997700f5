"""Accreditation (SM-6) as a pure function of what was decided; it covers scheme, edition and category (I46)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules import accreditation as rules
from remanu.rules import lifecycle
from remanu.rules.accreditation import Area, Decided

few = settings(max_examples=80, deadline=None)
DAY = date(2026, 3, 1)
DIESEL, TBM, ALL = Area("diesel-engine", "S-1", "2025"), Area("tunnel-boring-machine", "S-1"), Area("*", "S-2")
GRANT = Decided(verb="grant_accreditation", on=DAY, areas=(DIESEL, TBM), valid=(DAY, date(2029, 2, 28)))
ROWS = """
1 grant_accreditation - GRANTED
2 suspend_accreditation GRANTED SUSPENDED
2 suspend_accreditation REDUCED SUSPENDED
2 suspend_accreditation SUSPENDED SUSPENDED
3 restore_accreditation SUSPENDED GRANTED
4 reduce_accreditation GRANTED REDUCED
4 reduce_accreditation REDUCED REDUCED
4 reduce_accreditation SUSPENDED REDUCED
5 withdraw_accreditation GRANTED WITHDRAWN
5 withdraw_accreditation REDUCED WITHDRAWN
5 withdraw_accreditation SUSPENDED WITHDRAWN
6 expire GRANTED EXPIRED
6 expire REDUCED EXPIRED
6 expire SUSPENDED EXPIRED
"""


def then(verb, days, *areas):
    """A later decision."""
    return Decided(verb=verb, on=DAY + timedelta(days=days), areas=areas)


def test_each_row_of_sm6():
    """SM-6 holds exactly these, and each guard failing alone stops the step."""
    found = {(str(one.no), one.action, source, one.target) for one in rules.SM6 for source in one.sources}
    assert found == {tuple(line.split()) for line in ROWS.strip().splitlines()}
    for step in rules.SM6:
        for name in step.guards:
            assert lifecycle.missing(step, dict.fromkeys(step.guards, True) | {name: False}) == (name,)


@pytest.mark.parametrize(
    ("wanted", "covered"),
    [
        (DIESEL, True),
        (Area("diesel-engine", "S-1", "2026"), False),
        (Area("tunnel-boring-machine", "S-1", "2026"), True),
        (Area("copier", "S-1", "2025"), False),
        (Area("diesel-engine", "S-2", "2025"), False),
    ],
)
def test_scheme_edition_and_category_must_fit(wanted, covered):
    """I46: one of the three missing is not covered (R9)."""
    assert rules.covers([GRANT], wanted, DAY) is covered


def test_a_row_may_take_everything():
    """Every family of a scheme."""
    assert rules.covers([Decided(verb="grant_accreditation", on=DAY, areas=(ALL,), valid=GRANT.valid)], ALL, DAY)


def test_only_the_days_between_count():
    """I46 at issue: before the first day and after the last one nothing is covered."""
    last = GRANT.valid[1]
    covered = [rules.covers([GRANT], DIESEL, day) for day in (DAY - timedelta(1), DAY, last, last + timedelta(1))]
    assert covered == [False, True, True, False]
    late = Decided(verb="grant_accreditation", on=DAY, areas=(ALL,), valid=(DAY + timedelta(9), last))
    assert not rules.covers([late], Area("copier", "S-2"), DAY)
    assert rules.on_day([GRANT], last + timedelta(1)).state == "EXPIRED"


def test_part_suspension_and_what_follows():
    """R6, R7: the suspended rows are not covered while it lasts; reduced rows are gone."""
    steps = [GRANT, then("suspend_accreditation", 5, TBM), then("restore_accreditation", 9)]
    wanted = Area("tunnel-boring-machine", "S-1", "2025")
    covered = [rules.covers(steps, wanted, DAY + timedelta(days=n)) for n in (4, 5, 8, 9)]
    assert covered == [True, False, False, True]
    assert rules.on_day(steps, DAY + timedelta(days=6)).state == "SUSPENDED"
    assert rules.covers(steps, DIESEL, DAY + timedelta(days=6))
    whole = rules.standing([GRANT, then("suspend_accreditation", 5)])
    assert (whole.state, whole.live) == ("SUSPENDED", ())


def test_a_reduction_stays_one():
    """Also when a suspension is lifted since; what is left suspended keeps it suspended."""
    reduced = [GRANT, then("reduce_accreditation", 5, TBM)]
    assert rules.standing(reduced).state == "REDUCED"
    lifted = [*reduced, then("suspend_accreditation", 6), then("restore_accreditation", 7)]
    assert rules.standing(lifted).state == "REDUCED"
    both = [GRANT, then("suspend_accreditation", 5, DIESEL), then("reduce_accreditation", 6, TBM)]
    assert (rules.standing(both).state, rules.standing(both).live) == ("SUSPENDED", ())
    alone = [GRANT, then("suspend_accreditation", 5, TBM), then("reduce_accreditation", 6, TBM)]
    assert (rules.standing(alone).state, rules.standing(alone).live) == ("REDUCED", (DIESEL,))


def test_withdrawn_is_final():
    """Nothing follows, and a decision out of place changes nothing."""
    gone = [GRANT, then("withdraw_accreditation", 5)]
    assert rules.standing([*gone, then("restore_accreditation", 6)]) == rules.standing(gone)
    assert not rules.covers(gone, DIESEL, DAY + timedelta(days=5))
    assert rules.covers(gone, DIESEL, DAY + timedelta(days=4))


VERBS = st.sampled_from(sorted({one.action for one in rules.SM6} - {"expire", "grant_accreditation"}))
AREAS = st.lists(st.sampled_from([DIESEL, TBM]), max_size=2, unique=True)


@few
@given(st.lists(st.tuples(VERBS, AREAS), max_size=6))
def test_a_decision_never_adds_scope(steps):
    """Only a grant does."""
    now = rules.standing([GRANT, *(then(verb, n, *areas) for n, (verb, areas) in enumerate(steps))])
    assert set(now.areas) <= {DIESEL, TBM}
    assert now.paused <= set(now.areas)


def test_since_when_a_body_lost_what_it_had():
    """I46: suspended and expired count alike; another accreditation that covers it lets nothing be lost."""
    valid = (DAY, DAY + timedelta(days=100))
    held = [Decided(verb="grant_accreditation", on=DAY, areas=(DIESEL,), valid=valid)]
    paused = [*held, then("suspend_accreditation", 10, DIESEL)]
    late, over = DAY + timedelta(days=50), valid[1] + timedelta(days=1)
    assert rules.lost_on([held], DIESEL, late) is None
    assert rules.lost_on([paused], DIESEL, late) == DAY + timedelta(days=10)
    assert rules.lost_on([paused, held], DIESEL, late) is None
    assert rules.lost_on([held], DIESEL, over + timedelta(days=5)) == over
    assert rules.lost_on([held], DIESEL, DAY - timedelta(days=1)) is None, "it had nothing to lose"
    assert rules.lost_on([held], Area("copier", "S-2", "2025"), late) is None, "it never had that"
    again = [*paused, then("restore_accreditation", 20), then("suspend_accreditation", 30, DIESEL)]
    assert rules.lost_on([again], DIESEL, late) == DAY + timedelta(days=30), "since the last time"
