"""Product certification (SM-5) as a pure function of what happened: I42 to I45, each row, retroactivity."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import NotAllowed
from remanu.rules import certification as rules
from remanu.rules import lifecycle
from remanu.rules.certification import Certification, Happened, Line, Retro, Unit

few = settings(max_examples=120, deadline=None)
DAY = date(2026, 3, 1)
A, B, C = Line("NW-1"), Line("NW-2"), Line("NW-3", claim_class="REMANUFACTURED")
WAY = "open_application accept_application finish_evaluation finish_review"
GRANT = Happened(verb="grant_certification", on=DAY, lines=(A, B), valid=(DAY, date(2027, 2, 28)), edition="2025")
BEFORE = tuple(Happened(verb=verb, on=DAY - timedelta(days=9)) for verb in WAY.split())
GRANTED = (*BEFORE, GRANT)


def then(verb, days=0, *lines, **more):
    """A later step."""
    return Happened(verb=verb, on=DAY + timedelta(days=days), lines=lines, **more)


def unit(model="NW-1", days=0, **more):
    """A unit released so many days after the grant."""
    given = {"family": "diesel-engine", "claim_class": "REMANUFACTURED", **more}
    return Unit(model=model, released=DAY + timedelta(days=days), **given)


def held(*more):
    """The certification after more steps."""
    return Certification(family="diesel-engine", happened=(*GRANTED, *more))


# SM-5, number, verb, from, to: each line of domain.md §3.6.
ROWS = """
1 open_application - APPLIED
2 accept_application APPLIED IN_EVALUATION
2 decline_application APPLIED DECLINED
3 raise_findings IN_EVALUATION AWAITING_CLIENT
4 take_answer AWAITING_CLIENT IN_EVALUATION
5 finish_evaluation IN_EVALUATION IN_REVIEW
6 finish_review IN_REVIEW DECISION
7 grant_certification DECISION CERTIFIED
7 refuse_certification DECISION REFUSED
8 surveil CERTIFIED CERTIFIED
8 surveil SUSPENDED SUSPENDED
9 suspend_certification CERTIFIED SUSPENDED
9 suspend_certification SUSPENDED SUSPENDED
10 reinstate_certification SUSPENDED CERTIFIED
11 reduce_scope CERTIFIED CERTIFIED
11 reduce_scope SUSPENDED SUSPENDED
12 extend_scope CERTIFIED CERTIFIED
12 extend_scope DECISION EXTENDED
13 withdraw_certification CERTIFIED WITHDRAWN
13 withdraw_certification SUSPENDED WITHDRAWN
14 terminate_certification CERTIFIED TERMINATED
14 terminate_certification SUSPENDED TERMINATED
15 expire CERTIFIED EXPIRED
15 expire SUSPENDED EXPIRED
16 standard_transition CERTIFIED CERTIFIED
"""


@pytest.mark.parametrize("line", ROWS.strip().splitlines())
def test_each_row_of_sm5(line):
    """SM-5 as the table has it; each guard failing alone stops the step."""
    no, verb, source, target = line.split()
    step = lifecycle.find("SM-5", source, verb)
    assert (str(step.no), step.target) == (no, target)
    for name in step.guards:
        assert lifecycle.missing(step, dict.fromkeys(step.guards, True) | {name: False}) == (name,)


def test_the_table_has_no_other_rows():
    """SM-5 holds exactly these."""
    found = {(str(one.no), one.action, source, one.target) for one in rules.SM5 for source in one.sources}
    assert found == {tuple(line.split()) for line in ROWS.strip().splitlines()}


@pytest.mark.parametrize("state", ["DECLINED", "REFUSED", "EXTENDED", "WITHDRAWN", "TERMINATED", "EXPIRED"])
def test_an_end_is_an_end(state):
    """Nothing follows."""
    assert lifecycle.allowed("SM-5", state) == ()
    with pytest.raises(NotAllowed):
        lifecycle.find("SM-5", state, "grant_certification")


def test_state_is_a_function_of_the_list():
    """I42: from the first step to the last, and a verb out of place changes nothing."""
    states = [rules.standing(GRANTED[: n + 1]).state for n in range(len(GRANTED))]
    assert states == ["APPLIED", "IN_EVALUATION", "IN_REVIEW", "DECISION", "CERTIFIED"]
    assert rules.standing(()).state == lifecycle.NEW
    assert rules.standing((*GRANTED, then("take_answer"))) == rules.standing(GRANTED)


def test_an_extension_ends_in_its_own_file():
    """SM-5 no. 12: the application becomes EXTENDED, its scope goes to the certification."""
    assert rules.standing((*BEFORE, then("extend_scope", 0, C))).state == "EXTENDED"
    assert rules.standing((*GRANTED, then("extend_scope", 5, C, A))).lines == (A, B, C)


def test_scope_at_a_date_is_reproducible():
    """I43: a model added or taken away later was in scope on its days alone."""
    steps = held(then("extend_scope", 10, C), then("reduce_scope", 20, A)).happened
    scopes = [rules.on_day(steps, DAY + timedelta(days=days)).lines for days in (-1, 0, 10, 20)]
    assert scopes == [(), (A, B), (A, B, C), (B, C)]


@pytest.mark.parametrize(
    ("what", "line"),
    [
        (unit(), A),
        (unit(days=364), A),
        (unit(days=365), None),
        (unit(days=-1), None),
        (unit("NW-9"), None),
        (unit(family="copier"), None),
        (unit("NW-3", 9), None),
        (unit("NW-3", 10), C),
        (unit("NW-3", 10, claim_class="REPAIRED"), None),
    ],
)
def test_cover_is_by_date_model_family_and_class(what, line):
    """I44: released within [from, to], the last day included, the model in scope that day (R10)."""
    assert rules.covers(held(then("extend_scope", 10, C)), what) == line


def test_a_certificate_may_begin_later():
    """Granted today, valid from the first of the month: what is released between is not covered."""
    later = Happened(verb="grant_certification", on=DAY, lines=(A,), valid=(DAY + timedelta(days=5), date(2027, 1, 1)))
    held_later = Certification(family="diesel-engine", happened=(*BEFORE, later))
    assert rules.covers(held_later, unit(days=4)) is None
    assert rules.covers(held_later, unit(days=5)) == A
    assert rules.opened(held_later.happened)[0].since == DAY + timedelta(days=5)


def test_a_site_that_nobody_named_is_covered_by_every_site_alone():
    """What is not known never speaks in favour."""
    bound = Line("NW-1", site="Hall 1")
    assert bound.takes(unit(site="Hall 1"))
    assert not bound.takes(unit())
    assert A.takes(unit())


def test_a_suspended_certification_opens_no_covered_release():
    """I45: not from its first day, and again from the day of reinstatement."""
    one = held(then("suspend_certification", 10), then("reinstate_certification", 20))
    covered = [days for days in range(30) if rules.covers(one, unit(days=days))]
    assert covered == [*range(10), *range(20, 30)]


def test_a_part_may_be_suspended_and_then_another():
    """The rest goes on (R11); a reduction takes a paused line with it."""
    one = held(then("suspend_certification", 5, A))
    now = rules.standing(one.happened)
    assert (now.state, now.part, now.open_lines) == ("SUSPENDED", True, (B,))
    whole = rules.standing((*one.happened, then("suspend_certification", 6, B)))
    assert (whole.state, whole.part, whole.open_lines) == ("SUSPENDED", False, ())
    assert rules.standing((*one.happened, then("reduce_scope", 7, A))).paused == frozenset()


@pytest.mark.parametrize("verb", ["suspend_certification", "withdraw_certification"])
def test_what_comes_later_takes_nothing_back(verb):
    """The default is not retroactive: a unit released before keeps its claim, and it reads so."""
    now = rules.standing(held(then(verb, 10)).happened)
    assert rules.claim(now, A, unit(days=2)) == "kept"


@pytest.mark.parametrize("verb", ["suspend_certification", "withdraw_certification"])
def test_a_retroactive_one_names_units(verb):
    """By days of release, both included, or by serial numbers."""
    retro = Retro(since=DAY + timedelta(days=2), until=DAY + timedelta(days=4), serials=("S-9",))
    now = rules.standing(held(then(verb, 10, retro=retro)).happened)
    assert [rules.claim(now, A, unit(days=days)) for days in range(1, 6)] == ["kept", *["named"] * 3, "kept"]
    assert rules.claim(now, A, unit(days=9, serial="S-9")) == "named"
    assert rules.claim(now, A, unit(days=9, serial="S-8")) == "kept"
    open_end = rules.standing(held(then(verb, 10, retro=Retro(since=DAY))).happened)
    assert rules.claim(open_end, A, unit(days=9)) == "named"


def test_a_claim_in_words():
    """In force, kept while its line is out, ended with its certificate, clean again after reinstatement."""
    assert rules.claim(rules.standing(GRANTED), A, unit()) == "in-force"
    reduced = rules.standing(held(then("reduce_scope", 3, A)).happened)
    assert (rules.claim(reduced, A, unit()), rules.claim(reduced, B, unit("NW-2"))) == ("kept", "in-force")
    ended = rules.standing(held(then("terminate_certification", 3)).happened)
    assert rules.claim(ended, A, unit()) == "ended"
    steps = held(then("suspend_certification", 3, retro=Retro(since=DAY)), then("reinstate_certification", 4))
    assert rules.claim(rules.standing(steps.happened), A, unit()) == "in-force"


def test_expiry_needs_nobody():
    """SM-5 no. 15: the day after the last one it reads EXPIRED, also when it was suspended; an end stays."""
    last = GRANT.valid[1]
    assert rules.on_day(GRANTED, last).state == "CERTIFIED"
    assert rules.on_day(GRANTED, last + timedelta(days=1)).state == "EXPIRED"
    assert rules.on_day(held(then("suspend_certification", 1)).happened, date(2028, 1, 1)).state == "EXPIRED"
    assert rules.on_day(held(then("withdraw_certification", 1)).happened, date(2028, 1, 1)).state == "WITHDRAWN"


def test_a_new_edition_takes_the_place_of_the_old():
    """SM-5 no. 16; the old edition holds until its transition ends, that day included."""
    assert rules.standing(held(then("standard_transition", 30, edition="2026")).happened).edition == "2026"
    valid = [rules.edition_valid(DAY, DAY + timedelta(days=3), DAY + timedelta(days=n)) for n in (-1, 0, 3, 4)]
    assert valid == [False, True, True, False]
    assert rules.edition_valid(DAY, None, date(2099, 1, 1))


@pytest.mark.parametrize(
    ("days", "said"), [(-61, ""), (-60, "coming"), (0, "coming"), (1, "due"), (30, "due"), (31, "late")]
)
def test_surveillance_falls_due(days, said):
    """SM-5 no. 8: later than the grace means that it was missed."""
    assert rules.surveillance(DAY, grace=30, today=DAY + timedelta(days=days)) == said
    assert rules.surveillance(None, grace=30, today=DAY) == ""


LINES = st.lists(st.sampled_from([A, B, C]), max_size=3, unique=True).map(tuple)
VERBS = st.sampled_from(sorted({one.action for one in rules.SM5} - {"grant_certification", "expire"}))
STEPS = st.lists(st.tuples(VERBS, st.integers(0, 40), LINES), max_size=8)


def told(steps):
    """A list of steps in the order of their days."""
    return (*GRANTED, *(then(verb, days, *lines) for verb, days, lines in sorted(steps, key=lambda one: one[1])))


@few
@given(STEPS, st.integers(-3, 45), st.sampled_from(["NW-1", "NW-2", "NW-3"]))
def test_the_kept_spans_say_what_the_rule_says(steps, days, model):
    """I43, I44: covered on a day exactly where a span of its line is open, within validity."""
    happened, what = told(steps), unit(model, days)
    line = rules.covers(Certification(family="diesel-engine", happened=happened), what)
    spans = [one for one in rules.opened(happened) if one.line.takes(what) and one.since <= what.released]
    open_now = {one.line for one in spans if one.until is None or what.released < one.until}
    assert (line is not None) == bool(open_now)
    assert line is None or line in open_now


@few
@given(STEPS)
def test_spans_of_a_line_never_overlap(steps):
    """Each begins where the one before it ended, or later."""
    found = rules.opened(told(steps))
    for line in (A, B, C):
        mine = [one for one in found if one.line == line]
        assert all(one.until is not None and one.until <= two.since for one, two in pairwise(mine))


@few
@given(STEPS, st.integers(0, 40))
def test_what_comes_later_changes_no_earlier_day(steps, days):
    """I43: how it stood on a day does not depend on what happened after it."""
    happened, day = told(steps), DAY + timedelta(days=days)
    assert rules.on_day(happened, day) == rules.on_day([one for one in happened if one.on <= day], day)


@few
@given(STEPS)
def test_paused_lines_are_lines(steps):
    """I42: nothing outside the scope is suspended, and a suspended one has no release while it is (I45)."""
    now = rules.standing(told(steps))
    assert now.paused <= set(now.lines)
    assert now.state != "SUSPENDED" or now.part or now.open_lines == ()
