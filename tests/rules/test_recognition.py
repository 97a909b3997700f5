"""R1–R20 and I47–I53: where a unit is recognised, and why not (domain.md §5.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from remanu.rules.agreements import ANY, Register, TermRule
from remanu.rules.attested import Finding, ModelScope, Span, Unit, standing
from remanu.rules.verdicts import GREEN, Failure
from tests.rules.register import (
    ACCREDITATION,
    AGREEMENT,
    AIR,
    AIR_REGISTER,
    ENGINE,
    ISSUED,
    REGISTER,
    RELEASED,
    SCOPE,
    SIGNATORY,
    START,
    TODAY,
    UNIT,
    accredited,
    agreed,
    ask,
    certified,
    difference,
    found,
    good,
    lapsed,
    replace_rows,
    said,
    scoped,
    suspended,
)

DAY = timedelta(days=1)
BEFORE = ISSUED - DAY
MAKER = replace(ENGINE, side="production", by_maker=True)

AIR_LIMITED = replace(
    ENGINE, uri="unit:disk", level="component", terms=("repaired",), claim_class="REPAIRED", findings=()
)
SCENARIOS = {
    "R1": (lambda: ask(there="XA"), ("DOMESTIC", "")),
    "R2": (lambda: ask(found("label", "unmet")), ("CONDITIONAL", "label")),
    "R3": (lambda: ask(register=agreed(in_force=ISSUED + DAY)), ("NOT_RECOGNISED", "date")),
    "R3 with a retroactive clause": (
        lambda: ask(register=agreed(in_force=ISSUED + DAY, covers_from=ISSUED)),
        ("RECOGNISED", ""),
    ),
    "R4": (lambda: ask(register=agreed(ends=TODAY - DAY, tail="yes")), ("RECOGNISED", "")),
    "R5": (lambda: ask(register=agreed(ends=TODAY - DAY, tail="no")), ("NOT_RECOGNISED", "agreement-ended")),
    "R6": (lambda: ask(register=accredited(spans=lapsed("suspended", TODAY - DAY))), ("RECOGNISED", "")),
    "R7": (lambda: ask(register=accredited(spans=lapsed("suspended", BEFORE))), ("NOT_RECOGNISED", "issuer")),
    "R8": (
        lambda: ask(register=replace_rows(REGISTER, signatories=(replace(SIGNATORY, until=BEFORE),))),
        ("NOT_RECOGNISED", "accreditor"),
    ),
    "R9": (lambda: ask(certified(category="tunnelling")), ("NOT_RECOGNISED", "scope")),
    "R10": (
        lambda: ask(certified(models=(ModelScope(model="D12", since=RELEASED + DAY),))),
        ("NOT_RECOGNISED", "model"),
    ),
    "R11": (
        lambda: ask(certified(spans=suspended(TODAY - DAY, models=("D12",), retroactive=True))),
        ("SUSPENDED", "suspended"),
    ),
    "R12": (
        lambda: ask(register=replace_rows(REGISTER, agreements=(replace(AGREEMENT, home="XB", there="XA"),))),
        ("NOT_RECOGNISED", "direction"),
    ),
    "R13": (
        lambda: ask(replace(ENGINE, level="component"), AIR_REGISTER, there="XE"),
        ("NOT_RECOGNISED", "status"),
    ),
    "R14": (lambda: ask(MAKER, AIR_REGISTER, there="XE"), ("RECOGNISED", "")),
    "R15": (
        lambda: ask(
            found(
                "dual_statement", "unmet", replace(ENGINE, terms=("overhauled",), claim_class="OVERHAULED")
            ),
            AIR_REGISTER,
            there="XE",
        ),
        ("CONDITIONAL", "dual_statement"),
    ),
    "R17": (lambda: ask(certified(report=True), scoped(level="L1")), ("EVIDENCE_ACCEPTED", "")),
    "R18": (lambda: ask(certified(report=False), scoped(level="L1")), ("INVALID", "evidence-missing")),
    "R20": (lambda: ask(replace(UNIT, current=False)), ("HISTORY", "life-closed")),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios(name: str) -> None:
    """Scenarios."""
    question, expected = SCENARIOS[name]
    assert said(question()) == expected


def test_r4_and_r6_are_told_in_amber() -> None:
    """R4 and R6 are told in amber."""
    assert ask(register=agreed(ends=TODAY - DAY, tail="yes")).notes == ("agreement-ended",)
    assert ask(register=accredited(spans=lapsed("suspended", TODAY - DAY))).notes == ("issuer-later",)
    assert ask().notes == ()


def test_r6_by_a_policy_that_asks_today() -> None:
    """R6 by a policy that asks today."""
    register = replace_rows(
        agreed(basis="as_of"), accreditations=(replace(ACCREDITATION, spans=lapsed("suspended", TODAY)),)
    )
    assert said(ask(register=register)) == ("NOT_RECOGNISED", "issuer")


def test_r11_a_later_suspension_that_names_nobody_spares_what_was_released_before() -> None:
    """R11 a later suspension that names nobody spares what was released before."""
    later = ask(certified(spans=suspended(RELEASED + DAY)))
    assert later.word == "RECOGNISED"
    assert later.notes == ("certificate-suspended-later",)
    assert said(ask(certified(spans=suspended(RELEASED)))) == ("SUSPENDED", "suspended")
    assert ask(certified(spans=suspended(RELEASED, models=("D13",)))).word == "RECOGNISED"


def test_r16_a_part_that_is_not_recognised_limits_the_engine() -> None:
    """Eligibility spreads upward: one life-limited part released for one side alone (domain.md §1 no. 6, I49)."""
    part = replace(AIR_LIMITED, certificate=replace(AIR, home="XE", uri="approval:2"))
    verdict = ask(replace(MAKER, children=(part,)), AIR_REGISTER, there="XD")
    assert said(verdict) == ("NOT_RECOGNISED", "component")
    assert (verdict.failures[-1].row, verdict.failures[-1].what) == ("unit:disk", "direction")
    assert ask(MAKER, AIR_REGISTER, there="XD").word == "DOMESTIC"


def test_r19_the_date_of_the_market_decides() -> None:
    """The same copier, the day before and the day on which ten substances are limited; see also test_substances."""
    home = replace_rows(REGISTER, agreements=())
    assert ask(found("substance", "met"), home, there="XA", on=date(2027, 7, 31)).word == "DOMESTIC"
    refused = ask(found("substance", "unmet"), home, there="XA", on=date(2027, 8, 1))
    assert said(refused) == ("CONDITIONAL", "substance")


def test_i47_directional_and_not_transitive() -> None:
    """I47 directional and not transitive."""
    onward = replace(AGREEMENT, uri="agreement:xb-xc", home="XB", there="XC")
    register = replace_rows(REGISTER, agreements=(AGREEMENT, onward))
    assert ask(register=register).word == "RECOGNISED"
    assert said(ask(register=register, there="XC")) == ("UNKNOWN", "agreement")


def test_i48_an_unknown_jurisdiction_is_unknown() -> None:
    """I48 an unknown jurisdiction is unknown."""
    register = replace_rows(REGISTER, jurisdictions=())
    assert said(ask(register=register)) == ("UNKNOWN", "jurisdiction")


def test_i48_a_finding_that_nobody_made_is_unknown() -> None:
    """I48 a finding that nobody made is unknown."""
    assert said(ask(replace(UNIT, findings=()))) == ("UNKNOWN", "condition")


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        (replace(UNIT, whole=None), "integrity"),
        (replace(UNIT, current=None), "identity"),
        (replace(UNIT, spans=None), "state"),
        (replace(UNIT, model=None), "model"),
        (replace(UNIT, claim_class=None), "class"),
        (replace(UNIT, certificate=None), "certificate"),
        (replace(UNIT, terms=None), "status"),
        (replace(UNIT, level=None), "status"),
        (replace(UNIT, children=None), "parts"),
        (certified(spans=None), "state"),
        (certified(spans=()), "state"),
        (certified(models=None), "model"),
        (replace(MAKER, by_maker=None), "issuer"),
    ],
)
def test_i48_what_nobody_gave_is_unknown(unit: Unit, reason: str) -> None:
    """I48 what nobody gave is unknown."""
    assert said(ask(unit, there="XB" if unit.certificate is not AIR else "XE")) in {
        ("UNKNOWN", reason),
        ("UNKNOWN", "agreement"),
    }


def test_i48_a_maker_that_is_not_known() -> None:
    """I48 a maker that is not known."""
    assert said(ask(replace(MAKER, by_maker=None), AIR_REGISTER, there="XE")) == ("UNKNOWN", "status")


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        (replace_rows(REGISTER, accreditations=()), ("UNKNOWN", "issuer")),
        (replace_rows(REGISTER, signatories=()), ("UNKNOWN", "accreditor")),
        (replace_rows(REGISTER, agreements=()), ("UNKNOWN", "agreement")),
        (agreed(scopes=()), ("UNKNOWN", "agreement")),
        (agreed(basis=None), ("UNKNOWN", "basis")),
        (agreed(ends=TODAY - DAY), ("UNKNOWN", "tail")),
        (agreed(ends=TODAY - DAY, tail="until"), ("UNKNOWN", "tail")),
        (scoped(level=None), ("UNKNOWN", "level")),
        (scoped(level="L1"), ("UNKNOWN", "evidence")),
        (accredited(spans=None), ("UNKNOWN", "issuer")),
        (accredited(spans=()), ("UNKNOWN", "issuer")),
        (accredited(recorded="document"), ("UNKNOWN", "document")),
    ],
)
def test_i48_what_the_register_does_not_say(register: Register, expected: tuple[str, str]) -> None:
    """I48 what the register does not say."""
    assert said(ask(register=register)) == expected


@pytest.mark.parametrize(
    ("register", "reason"),
    [
        (scoped(categories=("engine/aero",)), "category"),
        (scoped(scheme="xc-reman"), "scheme"),
        (scoped(editions=("2012",)), "edition"),
        (scoped(classes=("OVERHAULED",)), "class"),
        (scoped(terms=()), ""),
        (scoped(level="L0"), "level"),
        (scoped(arrangements=()), "accreditor"),
        (scoped(arrangements=("other",)), "accreditor"),
        (replace_rows(REGISTER, signatories=(replace(SIGNATORY, schemes=("other",)),)), "accreditor"),
        (agreed(in_force=TODAY + DAY, covers_from=START), "date"),
        (agreed(spans=(Span(state="suspended", since=START),)), "agreement-suspended"),
        (agreed(ends=TODAY - DAY, tail="until", tail_until=TODAY), "agreement-ended"),
        (agreed(ends=RELEASED, tail="yes"), "agreement-ended"),
        (accredited(scheme="other"), "scope"),
        (accredited(editions=("2012",)), "scope"),
        (accredited(spans=(Span(state="granted", since=ISSUED + DAY),)), "issuer"),
        (accredited(spans=lapsed("withdrawn", BEFORE)), "issuer"),
    ],
)
def test_what_the_register_says_against_it(register: Register, reason: str) -> None:
    """What the register says against it."""
    assert said(ask(register=register)) == (("NOT_RECOGNISED", reason) if reason else ("RECOGNISED", ""))


@pytest.mark.parametrize(
    ("register", "word"),
    [
        (agreed(ends=TODAY + DAY, tail="no"), "RECOGNISED"),
        (agreed(ends=TODAY, tail="no"), "NOT_RECOGNISED"),
        (agreed(ends=TODAY - DAY, tail="until", tail_until=TODAY + DAY), "RECOGNISED"),
        (agreed(in_force=ISSUED), "RECOGNISED"),
        (agreed(in_force=TODAY, covers_from=ISSUED), "RECOGNISED"),
        (agreed(documents=True), "RECOGNISED"),
        (scoped(level="L3"), "RECOGNISED"),
        (scoped(categories=(ANY,), editions=(ANY,), classes=(ANY,), arrangements=(ANY,)), "RECOGNISED"),
        (accredited(kind="designation", accreditor="government"), "RECOGNISED"),
        (accredited(home="XB", accreditor="nobody"), "RECOGNISED"),
        (accredited(spans=(Span(state="granted", since=ISSUED, until=ISSUED + DAY),)), "RECOGNISED"),
        (
            replace_rows(REGISTER, signatories=(replace(SIGNATORY, since=ISSUED, until=ISSUED + DAY),)),
            "RECOGNISED",
        ),
        (replace_rows(REGISTER, signatories=(replace(SIGNATORY, since=ISSUED + DAY),)), "NOT_RECOGNISED"),
    ],
)
def test_i53_dates_to_the_day(register: Register, word: str) -> None:
    """I53 dates to the day."""
    assert ask(register=register).word == word


def test_i48_nobody_designates_himself() -> None:
    """I48: a designation that the body itself recorded is unknown, in any order of rows; another's word counts."""
    letter = replace(ACCREDITATION, uri="designation:2", kind="designation", accreditor="government")
    others = replace(letter, recorded="document")
    own = replace(others, uri="designation:1", recorded="itself")
    taken = agreed(documents=True)
    alone = ask(register=replace_rows(taken, accreditations=(own,)))
    assert said(alone) == ("UNKNOWN", "own-designation")
    assert alone.failures[0] == Failure(4, "UNKNOWN", "own-designation", "designation:1")
    assert [(one.what, one.held) for one in alone.chain if one.held is not True] == [("designation", None)]
    assert alone.notes == ("recorded-from-document",)
    for rows in ((own, others), (others, own)):
        assert said(ask(register=replace_rows(taken, accreditations=rows))) == ("RECOGNISED", "")
    lapsed_for_others = replace(others, spans=lapsed("withdrawn", BEFORE))
    for rows in ((own, lapsed_for_others), (lapsed_for_others, own)):
        assert said(ask(register=replace_rows(taken, accreditations=rows))) == ("UNKNOWN", "own-designation")


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ((*good("issued", RELEASED), Span(state="revoked", since=TODAY)), ("NOT_RECOGNISED", "revoked")),
        (
            (*good("issued", RELEASED), Span(state="superseded", since=TODAY)),
            ("NOT_RECOGNISED", "superseded"),
        ),
        ((*good("issued", RELEASED), Span(state="under_review", since=TODAY)), ("SUSPENDED", "under_review")),
        ((*good("issued", RELEASED), Span(state="revoked", since=TODAY + DAY)), ("RECOGNISED", "")),
        ((Span(state="issued", since=RELEASED, until=TODAY),), ("UNKNOWN", "state")),
    ],
)
def test_the_state_of_the_release(spans: tuple[Span, ...], expected: tuple[str, str]) -> None:
    """The state of the release."""
    assert said(ask(replace(UNIT, spans=spans))) == expected


@pytest.mark.parametrize("state", ["withdrawn", "terminated", "expired"])
def test_a_certificate_that_ended_before_release_and_after(state: str) -> None:
    """A certificate that ended before release and after."""
    before = (*good("certified", ISSUED), Span(state=state, since=RELEASED))
    after = (*good("certified", ISSUED), Span(state=state, since=RELEASED + DAY))
    assert said(ask(certified(spans=before))) == ("NOT_RECOGNISED", state)
    assert said(ask(certified(spans=after))) == ("RECOGNISED", "")
    taken_back = (*good("certified", ISSUED), Span(state=state, since=RELEASED + DAY, retroactive=True))
    assert said(ask(certified(spans=taken_back))) == ("NOT_RECOGNISED", state)


def test_a_certificate_of_which_nothing_is_said_today() -> None:
    """A certificate of which nothing is said today."""
    gap = (Span(state="certified", since=ISSUED, until=TODAY),)
    assert said(ask(certified(spans=gap))) == ("UNKNOWN", "state")


def test_a_record_that_does_not_hold_is_invalid() -> None:
    """A record that does not hold is invalid."""
    assert said(ask(replace(UNIT, whole=False))) == ("INVALID", "integrity")


def test_the_worst_state_of_a_day_counts() -> None:
    """The worst state of a day counts."""
    spans = (Span(state="suspended", since=START), Span(state="revoked", since=TODAY), *good())
    worst = standing(spans, TODAY)
    assert worst is not None
    assert worst.state == "revoked"
    assert standing(spans, START - DAY) is None


def test_i52_an_excluded_word_wins() -> None:
    """I52 an excluded word wins."""
    terms = (TermRule(term=ANY, accepted=True), TermRule(term="inspected", accepted=False))
    unit = replace(UNIT, terms=("inspected", "tested"))
    assert said(ask(unit, scoped(terms=terms))) == ("NOT_RECOGNISED", "status")
    assert ask(replace(UNIT, terms=("tested",)), scoped(terms=terms)).word == "RECOGNISED"
    assert said(ask(unit, scoped(terms=()))) == ("NOT_RECOGNISED", "status")


def test_national_differences_are_asked_from_their_day() -> None:
    """National differences are asked from their day."""
    register = scoped(differences=(difference("noise"), replace(difference("later"), since=TODAY + DAY)))
    assert said(ask(register=register)) == ("UNKNOWN", "condition")
    shown = replace(UNIT, findings=(*UNIT.findings, Finding("difference:noise", "met", "report:1")))
    assert ask(shown, register).word == "RECOGNISED"
    missing = replace(UNIT, findings=(*UNIT.findings, Finding("difference:noise", "unmet")))
    assert said(ask(missing, register)) == ("CONDITIONAL", "difference:noise")


def test_evidence_is_accepted_though_conditions_are_open_to_the_receiving_side() -> None:
    """Evidence is accepted though conditions are open to the receiving side."""
    accepted = ask(found("label", "unmet", certified(report=True)), scoped(level="L1"))
    assert accepted.word == "EVIDENCE_ACCEPTED"
    assert accepted.missing == ("label",)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (UNIT, ("RECOGNISED", "")),
        (found("label", "unmet"), ("CONDITIONAL", "component")),
        (replace(UNIT, findings=()), ("UNKNOWN", "component")),
        (replace(UNIT, current=False), ("NOT_RECOGNISED", "component")),
        (replace(UNIT, certificate=None), ("UNKNOWN", "component")),
        (replace(UNIT, children=(replace(UNIT, whole=False, uri="deep"),)), ("NOT_RECOGNISED", "component")),
    ],
)
def test_i49_parts(part: Unit, expected: tuple[str, str]) -> None:
    """I49 parts."""
    part = replace(part, uri="unit:2")
    assert said(ask(replace(UNIT, children=(UNIT, part)))) == expected
    home = ask(replace(UNIT, children=(UNIT, part)), there="XA")
    assert (home.word == "DOMESTIC") == (ask(part, there="XA").word in GREEN)


def test_the_better_of_two_lines_counts() -> None:
    """The better of two lines counts."""
    lines = (replace(SCOPE, id="0", level="L1"), SCOPE)
    assert ask(register=agreed(scopes=lines)).level == "L2"
    other = replace(AGREEMENT, uri="agreement:0", spans=(Span(state="suspended", since=START),))
    assert ask(register=replace_rows(REGISTER, agreements=(other, AGREEMENT))).agreement == AGREEMENT.uri
