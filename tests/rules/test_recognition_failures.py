"""Every step that can fail, told in full: number, word, reason, the row that says so and what it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from remanu.rules.attested import Finding, Span
from remanu.rules.verdicts import Failure, Outcome
from tests.rules.register import (
    ACCREDITATION,
    AGREEMENT,
    ISSUED,
    REGISTER,
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
    replace_rows,
    scoped,
)

DAY = timedelta(days=1)
BEFORE = ISSUED - DAY
_RELEASED_SUSPENDED = (*good("certified", ISSUED), Span(state="suspended", since=UNIT.released))
_LAPSED = (Span(state="granted", since=START, until=BEFORE), Span(state="suspended", since=BEFORE))
_LAPSED_TODAY = (Span(state="granted", since=START, until=TODAY), Span(state="suspended", since=TODAY))
_TODAY_ONLY = (replace(ACCREDITATION, spans=_LAPSED_TODAY),)
FAILURES = {
    "integrity not known": (
        lambda: ask(replace(UNIT, whole=None)),
        (Failure(1, "UNKNOWN", "integrity", "unit:1", ""),),
    ),
    "integrity broken": (
        lambda: ask(replace(UNIT, whole=False)),
        (Failure(1, "INVALID", "integrity", "unit:1", ""),),
    ),
    "no certificate": (
        lambda: ask(replace(UNIT, certificate=None)),
        (Failure(2, "UNKNOWN", "certificate", "unit:1", ""),),
    ),
    "state of the release": (
        lambda: ask(replace(UNIT, spans=())),
        (Failure(2, "UNKNOWN", "state", "unit:1", "release"),),
    ),
    "release revoked": (
        lambda: ask(replace(UNIT, spans=(Span(state="revoked", since=START),))),
        (Failure(2, "NOT_RECOGNISED", "revoked", "unit:1", "release"),),
    ),
    "release under review": (
        lambda: ask(replace(UNIT, spans=(Span(state="under_review", since=START),))),
        (Failure(2, "SUSPENDED", "under_review", "unit:1", "release"),),
    ),
    "state of the certificate": (
        lambda: ask(certified(spans=())),
        (Failure(2, "UNKNOWN", "state", "cert:1", "certificate"),),
    ),
    "certificate suspended": (
        lambda: ask(certified(spans=_RELEASED_SUSPENDED)),
        (Failure(2, "SUSPENDED", "suspended", "cert:1", "certificate"),),
    ),
    "certificate withdrawn": (
        lambda: ask(certified(spans=(Span(state="withdrawn", since=START),))),
        (Failure(2, "NOT_RECOGNISED", "withdrawn", "cert:1", "certificate"),),
    ),
    "identity": (
        lambda: ask(replace(UNIT, current=None)),
        (Failure(3, "UNKNOWN", "identity", "unit:1", ""),),
    ),
    "history": (
        lambda: ask(replace(UNIT, current=False)),
        (Failure(3, "HISTORY", "life-closed", "unit:1", ""),),
    ),
    "class": (lambda: ask(replace(UNIT, claim_class=None)), (Failure(7, "UNKNOWN", "class", "unit:1", ""),)),
    "other class": (
        lambda: ask(replace(UNIT, claim_class="OVERHAULED")),
        (Failure(7, "NOT_RECOGNISED", "class", "agreement:xa-xb", "OVERHAULED"),),
    ),
    "model": (lambda: ask(replace(UNIT, model=None)), (Failure(3, "UNKNOWN", "model", "cert:1", ""),)),
    "models": (lambda: ask(certified(models=None)), (Failure(3, "UNKNOWN", "model", "cert:1", ""),)),
    "other model": (
        lambda: ask(replace(UNIT, model="D13")),
        (Failure(3, "NOT_RECOGNISED", "model", "cert:1", "D13"),),
    ),
    "status": (
        lambda: ask(replace(UNIT, terms=None)),
        (Failure(8, "UNKNOWN", "status", "agreement:xa-xb", ""),),
    ),
    "side": (
        lambda: ask(replace(UNIT, side=None)),
        (Failure(8, "UNKNOWN", "status", "agreement:xa-xb", ""),),
    ),
    "parts": (lambda: ask(replace(UNIT, children=None)), (Failure(11, "UNKNOWN", "parts", "unit:1", ""),)),
    "a part": (
        lambda: ask(replace(UNIT, children=(replace(UNIT, uri="part:1", whole=False),))),
        (Failure(11, "NOT_RECOGNISED", "component", "part:1", "integrity"),),
    ),
    "a part not known": (
        lambda: ask(replace(UNIT, children=(replace(UNIT, uri="part:1", whole=None),))),
        (Failure(11, "UNKNOWN", "component", "part:1", "integrity"),),
    ),
    "nobody": (
        lambda: ask(register=replace_rows(REGISTER, accreditations=())),
        (Failure(4, "UNKNOWN", "issuer", "body:1", ""),),
    ),
    "issuer spans": (
        lambda: ask(register=accredited(spans=())),
        (Failure(4, "UNKNOWN", "issuer", "accreditation:1", ""),),
    ),
    "issuer lapsed": (
        lambda: ask(register=accredited(spans=_LAPSED)),
        (Failure(4, "NOT_RECOGNISED", "issuer", "accreditation:1", ""),),
    ),
    "issuer scope": (
        lambda: ask(register=accredited(categories=("copier",))),
        (Failure(4, "NOT_RECOGNISED", "scope", "body:1", "engine/diesel"),),
    ),
    "accreditor": (
        lambda: ask(register=replace_rows(REGISTER, signatories=())),
        (Failure(5, "UNKNOWN", "accreditor", "accreditation:1", "ab:1"),),
    ),
    "accreditor left": (
        lambda: ask(register=replace_rows(REGISTER, signatories=(replace(SIGNATORY, until=BEFORE),))),
        (Failure(5, "NOT_RECOGNISED", "accreditor", "signatory:1", "ab:1"),),
    ),
    "accreditor of another arrangement": (
        lambda: ask(register=scoped(arrangements=("other",))),
        (Failure(5, "NOT_RECOGNISED", "accreditor", "accreditation:1", "ab:1"),),
    ),
    "law": (
        lambda: ask(register=replace_rows(REGISTER, jurisdictions=())),
        (Failure(10, "UNKNOWN", "jurisdiction", "", "XB"),),
    ),
    "no agreement": (
        lambda: ask(register=replace_rows(REGISTER, agreements=())),
        (Failure(7, "UNKNOWN", "agreement", "", ""),),
    ),
    "direction": (
        lambda: ask(register=replace_rows(REGISTER, agreements=(replace(AGREEMENT, home="XB", there="XA"),))),
        (Failure(7, "NOT_RECOGNISED", "direction", "agreement:xa-xb", ""),),
    ),
    "date": (
        lambda: ask(register=agreed(in_force=ISSUED + DAY)),
        (Failure(7, "NOT_RECOGNISED", "date", "agreement:xa-xb", ""),),
    ),
    "suspended": (
        lambda: ask(register=agreed(spans=(Span(state="suspended", since=START),))),
        (Failure(7, "NOT_RECOGNISED", "agreement-suspended", "agreement:xa-xb", ""),),
    ),
    "tail": (
        lambda: ask(register=agreed(ends=TODAY)),
        (Failure(7, "UNKNOWN", "tail", "agreement:xa-xb", ""),),
    ),
    "ended": (
        lambda: ask(register=agreed(ends=TODAY, tail="no")),
        (Failure(7, "NOT_RECOGNISED", "agreement-ended", "agreement:xa-xb", ""),),
    ),
    "category": (
        lambda: ask(register=scoped(categories=("copier",))),
        (Failure(7, "NOT_RECOGNISED", "category", "agreement:xa-xb", "engine/diesel"),),
    ),
    "scheme": (
        lambda: ask(register=scoped(scheme="other")),
        (Failure(7, "NOT_RECOGNISED", "scheme", "agreement:xa-xb", "xa-reman"),),
    ),
    "edition": (
        lambda: ask(register=scoped(editions=("2012",))),
        (Failure(7, "NOT_RECOGNISED", "edition", "agreement:xa-xb", "2021"),),
    ),
    "word": (
        lambda: ask(replace(UNIT, terms=("tested",)), register=scoped(terms=())),
        (Failure(8, "NOT_RECOGNISED", "status", "agreement:xa-xb", "tested"),),
    ),
    "basis": (
        lambda: ask(register=agreed(basis=None)),
        (Failure(4, "UNKNOWN", "basis", "agreement:xa-xb", ""),),
    ),
    "basis today": (
        lambda: ask(register=replace_rows(agreed(basis="as_of"), accreditations=_TODAY_ONLY)),
        (Failure(4, "NOT_RECOGNISED", "issuer", "accreditation:1", ""),),
    ),
    "document": (
        lambda: ask(register=accredited(recorded="document")),
        (Failure(7, "UNKNOWN", "document", "agreement:xa-xb", ""),),
    ),
    "level": (
        lambda: ask(register=scoped(level=None)),
        (Failure(12, "UNKNOWN", "level", "agreement:xa-xb", ""),),
    ),
    "no level": (
        lambda: ask(register=scoped(level="L0")),
        (Failure(12, "NOT_RECOGNISED", "level", "agreement:xa-xb", ""),),
    ),
    "evidence": (
        lambda: ask(register=scoped(level="L1")),
        (Failure(12, "UNKNOWN", "evidence", "agreement:xa-xb", ""),),
    ),
    "evidence without its report": (
        lambda: ask(certified(report=False), scoped(level="L1")),
        (Failure(12, "INVALID", "evidence-missing", "cert:1"),),
    ),
    "several at once, in the order of the steps": (
        lambda: ask(replace(UNIT, whole=None, current=False), scoped(level="L0", categories=("copier",))),
        (
            Failure(1, "UNKNOWN", "integrity", "unit:1"),
            Failure(3, "HISTORY", "life-closed", "unit:1"),
            Failure(7, "NOT_RECOGNISED", "category", "agreement:xa-xb", "engine/diesel"),
            Failure(12, "NOT_RECOGNISED", "level", "agreement:xa-xb"),
        ),
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_what_failed(name: str) -> None:
    """Number, word, reason, row and what."""
    question, expected = FAILURES[name]
    verdict = question()
    assert verdict.failures == expected
    first = verdict.failures[0]
    assert (verdict.word, verdict.reason, verdict.what) == (first.word, first.reason, first.what)


def test_conditions_in_full() -> None:
    """What the law and the agreement ask, each with the row that says how the unit stands."""
    verdict = ask(
        replace(UNIT, findings=(Finding("label", "unmet", "rule:7", "zh"),)),
        scoped(asks=("label", "language")),
    )
    assert verdict.conditions == (
        Outcome("label", "unmet", "rule:7", "zh"),
        Outcome("language", "unknown"),
        Outcome("warranty", "unknown"),
    )
    assert (verdict.word, verdict.reason, verdict.what) == ("UNKNOWN", "condition", "language")
    refused = ask(
        replace(found("label", "unmet"), findings=(Finding("label", "unmet", "", "zh"), *UNIT.findings[1:]))
    )
    assert (refused.word, refused.reason, refused.what) == ("CONDITIONAL", "label", "zh")
    parts = ask(replace(UNIT, children=(replace(found("label", "unmet"), uri="part:1"),)))
    assert parts.conditions[-1] == Outcome("component", "unmet", "part:1", "CONDITIONAL")


@pytest.mark.parametrize("day", range(-1, 3))
def test_a_difference_is_asked_from_its_day_until_before_another(day: int) -> None:
    """To the day: the first counts, the last does not."""
    asked = replace(difference("noise"), since=TODAY, until=TODAY + 2 * DAY)
    verdict = ask(register=scoped(differences=(asked,)), on=TODAY + day * DAY)
    assert ("difference:noise" in verdict.missing) == (0 <= day < 2)


def test_what_counted_is_named() -> None:
    """Level and agreement of the line that counted; at home there is neither."""
    assert (ask().level, ask().agreement) == ("L2", "agreement:xa-xb")
    home = ask(there="XA")
    assert (home.level, home.agreement, home.jurisdiction, home.as_of) == (None, None, "XA", TODAY)
