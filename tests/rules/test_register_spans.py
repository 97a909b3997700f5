"""How certificates and accreditations ran, as a verdict reads it (I42, I43, I46)."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings

from remanu.rules import accreditation, attested, certification
from remanu.rules import register_spans as rules
from remanu.rules.certification import Happened, Line, Retro, Unit
from tests.rules.test_accreditation import DIESEL, TBM
from tests.rules.test_accreditation import GRANT as ACCREDITED
from tests.rules.test_accreditation import then as decide
from tests.rules.test_certification import BEFORE, DAY, GRANTED, STEPS, A, then, told, unit

LAST = date(2027, 2, 28)


def said(spans, days, model="NW-1"):
    """The state on a day."""
    found = attested.standing(spans, DAY + timedelta(days=days), model)
    return found and found.state


def test_a_certificate_runs_from_its_first_day_to_its_last():
    """The last day is included; before the grant there is nothing."""
    spans = rules.certificate_spans(GRANTED)
    assert [said(spans, days) for days in (-1, 0, 364, 365)] == [None, "certified", "certified", "expired"]
    assert rules.certificate_spans(BEFORE) == ()


def test_a_part_that_is_suspended_is_named():
    """R11: the other model goes on."""
    spans = rules.certificate_spans((*GRANTED, then("suspend_certification", 5, A)))
    assert (said(spans, 4), said(spans, 5), said(spans, 5, "NW-2")) == ("certified", "suspended", "certified")


def test_a_retroactive_one_says_so_to_the_units_it_names():
    """And to no other."""
    steps = (*GRANTED, then("suspend_certification", 5, retro=Retro(serials=("S-1",))))
    flags = [rules.certificate_spans(steps, unit(serial=serial))[-2].retroactive for serial in ("S-1", "S-2")]
    assert flags == [True, False]


def test_withdrawn_stays():
    """No expiry follows an end; two steps of one day count as they left it."""
    spans = rules.certificate_spans((*GRANTED, then("suspend_certification", 5), then("withdraw_certification", 5)))
    assert [one.state for one in spans] == ["certified", "withdrawn"]
    assert said(spans, 999) == "withdrawn"


def test_a_certificate_of_later_days():
    """Suspended before its first day, it never was certified."""
    later = (DAY + timedelta(days=9), LAST)
    grant = Happened(verb="grant_certification", on=DAY, lines=(A,), valid=later)
    spans = rules.certificate_spans((*BEFORE, grant, then("suspend_certification", 2)))
    assert [said(spans, days) for days in (0, 8, 9)] == [None, None, "suspended"]
    assert rules.model_scopes((*BEFORE, grant)) == (attested.ModelScope(model="NW-1", since=later[0]),)


def test_models_come_and_go():
    """I43 and R10: each with its days."""
    steps = (*GRANTED, then("extend_scope", 3, Line("NW-3")), then("reduce_scope", 6, A))
    found = {one.model: (one.since, one.until) for one in rules.model_scopes(steps)}
    assert found == {
        "NW-1": (DAY, DAY + timedelta(days=6)),
        "NW-2": (DAY, None),
        "NW-3": (DAY + timedelta(days=3), None),
    }


def test_each_row_of_an_accreditation_has_its_own_run():
    """I46: suspended in one category, granted in the other; gone where it was reduced, and at its end."""
    steps = [ACCREDITED, decide("suspend_accreditation", 5, TBM), decide("reduce_accreditation", 9, TBM)]
    tbm, diesel = (rules.accreditation_spans(steps, area) for area in (TBM, DIESEL))
    assert [said(tbm, days) for days in (4, 5, 9)] == ["granted", "suspended", "withdrawn"]
    assert [said(diesel, days) for days in (4, 9, 1096)] == ["granted", "granted", "expired"]
    gone = rules.accreditation_spans([ACCREDITED, decide("withdraw_accreditation", 4)], TBM)
    assert said(gone, 4) == "withdrawn"
    assert rules.accreditation_spans([decide("withdraw_accreditation", 4)], TBM) == ()


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_the_spans_agree_with_the_standing(steps):
    """On each day the span says what the rule says, model for model."""
    happened = told(steps)
    spans = rules.certificate_spans(happened)
    for days in range(45):
        now = certification.on_day(happened, DAY + timedelta(days=days))
        paused = {line.model for line in now.paused}
        for model in ("NW-1", "NW-2"):
            goes_on = now.part and model not in paused
            assert said(spans, days, model) == ("certified" if goes_on else now.state.lower())


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_a_covered_unit_was_certified_that_day(steps):
    """I44: what covers a release and what a verdict reads never contradict one another."""
    happened = told(steps)
    held = certification.Certification(family="diesel-engine", happened=happened)
    for days in range(0, 45, 3):
        what = Unit(family="diesel-engine", model="NW-1", claim_class="REPAIRED", released=DAY + timedelta(days=days))
        if certification.covers(held, what):
            assert said(rules.certificate_spans(happened), days) == "certified"
            assert any(one.model == "NW-1" and one.since <= what.released for one in rules.model_scopes(happened))


def test_an_area_is_a_row():
    """Rows are told apart by all three of their words."""
    assert accreditation.Area("a", "b") != accreditation.Area("a", "b", "c")
