"""What a verdict tells beside its word: what stands against it, the chain, the rows and their hash (I50, I51)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from remanu.rules import canonical
from remanu.rules.attested import Span, as_bytes, fingerprint
from remanu.rules.verdicts import Used, inputs_of, rank
from tests.rules.register import (
    ACCREDITATION,
    AGREEMENT,
    AIR_AGREEMENT,
    AIR_SCOPE,
    CERTIFICATE,
    ISSUED,
    REGISTER,
    RELEASED,
    START,
    TODAY,
    UNIT,
    accredited,
    agreed,
    ask,
    certified,
    found,
    lapsed,
    replace_rows,
    said,
    scoped,
    suspended,
)

DAY = timedelta(days=1)
BEFORE = ISSUED - DAY


def ended(state: str) -> tuple[Span, ...]:
    """A release that ended today."""
    return (Span(state="issued", since=RELEASED, until=TODAY), Span(state=state, since=TODAY))


def test_the_single_fact_that_would_change_it() -> None:
    """The single fact that would change it."""
    assert ask().missing == ()
    assert ask(found("label", "unmet")).missing == ("label",)
    both = ask(found("label", "unmet"), accredited(spans=lapsed("suspended", BEFORE)))
    assert both.missing == ("issuer", "label")
    named = ask(replace(UNIT, children=(replace(UNIT, uri="p", whole=False),)))
    assert named.missing == ("component:integrity",)


def test_the_chain_with_its_dates() -> None:
    """The chain with its dates."""
    links = [(one.what, one.row, one.since, one.held) for one in ask().chain]
    assert links == [
        ("release", "unit:1", RELEASED, True),
        ("certificate", "cert:1", ISSUED, True),
        ("body", "body:1", ISSUED, True),
        ("accreditation", "accreditation:1", START, True),
        ("arrangement", "signatory:1", date(2023, 1, 1), True),
        ("agreement", "agreement:xa-xb", date(2025, 1, 1), True),
        ("jurisdiction", "XB", TODAY, True),
    ]


def test_the_chain_says_where_it_breaks() -> None:
    """The chain says where it breaks."""

    def held(verdict: Any, what: str) -> bool | None:
        found: bool | None = next(one.held for one in verdict.chain if one.what == what)
        return found

    assert held(ask(register=replace_rows(REGISTER, accreditations=())), "body") is None
    assert held(ask(certified(category="tunnelling")), "body") is False
    assert held(ask(register=replace_rows(REGISTER, signatories=())), "arrangement") is None
    assert held(ask(register=scoped(arrangements=())), "arrangement") is False
    assert held(ask(certified(spans=None)), "certificate") is None
    assert held(ask(certified(spans=(Span(state="certified", since=TODAY),))), "certificate") is None
    assert held(ask(certified(spans=suspended(RELEASED))), "certificate") is False
    assert held(ask(certified(models=())), "certificate") is False
    assert held(ask(replace(UNIT, certificate=None)), "certificate") is None
    assert held(ask(register=accredited(spans=lapsed("suspended", BEFORE))), "accreditation") is False
    assert held(ask(register=accredited(spans=lapsed("suspended", BEFORE))), "body") is True
    assert held(ask(register=replace_rows(REGISTER, agreements=())), "agreement") is None
    assert held(ask(replace(UNIT, claim_class="OVERHAULED")), "agreement") is False
    assert held(ask(replace(UNIT, children=(replace(UNIT, uri="p", whole=False),))), "parts") is False
    assert held(ask(replace(UNIT, children=None)), "parts") is None
    assert held(ask(register=replace_rows(REGISTER, jurisdictions=())), "jurisdiction") is None
    assert held(ask(register=agreed(in_force=TODAY + DAY)), "agreement") is False
    assert [one.what for one in ask(there="XA").chain][-1] == "jurisdiction"


@pytest.mark.parametrize(
    ("changed", "held", "state", "since"),
    [
        ({}, True, "issued", RELEASED),
        ({"spans": ended("superseded")}, False, "superseded", TODAY),
        ({"spans": ended("revoked")}, False, "revoked", TODAY),
        ({"spans": (*UNIT.spans, Span(state="under_review", since=TODAY))}, False, "under_review", TODAY),
        ({"spans": None}, None, "missing", None),
        ({"whole": False}, False, "integrity", RELEASED),
        ({"whole": None}, None, "integrity", RELEASED),
        ({"current": False}, False, "life-closed", RELEASED),
        ({"claim_class": None}, None, "class", RELEASED),
        ({"certificate": None}, True, "issued", RELEASED),
    ],
)
def test_the_release_is_the_first_link(
    changed: dict[str, Any], *, held: bool | None, state: str, since: date | None
) -> None:
    """A unit whose own release fell says so at the first link, and the links behind it are as good as they were."""
    first, *others = ask(replace(UNIT, **changed)).chain
    assert (first.what, first.row) == ("release", "unit:1")
    assert (first.held, first.state, first.since) == (held, state, since)
    if "certificate" not in changed:
        assert all(one.held for one in others)


def test_the_newest_state_of_the_certificate_is_told() -> None:
    """R11: what befell it after the release stands at its link where it names the unit, and only there."""

    def told(spans: tuple[Span, ...]) -> tuple[bool | None, str, date | None]:
        link = ask(certified(spans=spans)).chain[1]
        return link.held, link.state, link.since

    assert told(suspended(TODAY, models=("D12",), retroactive=True)) == (False, "suspended", TODAY)
    assert told(suspended(TODAY)) == (True, "certified", ISSUED)


def test_documents_are_noted_where_an_agreement_takes_them() -> None:
    """Documents are noted where an agreement takes them."""
    verdict = ask(certified(recorded="document"), agreed(documents=True))
    assert (verdict.word, verdict.notes) == ("RECOGNISED", ("recorded-from-document",))
    assert said(ask(certified(recorded="document"))) == ("UNKNOWN", "document")


def test_i51_every_row_that_was_looked_at_is_listed() -> None:
    """I51 every row that was looked at is listed."""
    back = replace(AGREEMENT, uri="agreement:xb-xa", home="XB", there="XA")
    other = replace(AGREEMENT, uri="agreement:xc-xb", home="XC")
    register = replace_rows(REGISTER, agreements=(AGREEMENT, back, other))
    rows = {one.uri for one in ask(register=register).used}
    assert rows == {
        "unit:1",
        "cert:1",
        "accreditation:1",
        "signatory:1",
        "agreement:xa-xb",
        "agreement:xb-xa",
        "jurisdiction:XB",
    }
    assert Used("unit:1", fingerprint(UNIT)) in ask().used


def test_i50_the_hash_binds_question_and_rows() -> None:
    """I50 the hash binds question and rows."""
    same = ask()
    assert ask().inputs == same.inputs
    for other in (
        ask(on=TODAY + DAY),
        ask(there="XA"),
        ask(found("label", "unmet")),
        ask(register=agreed(in_force=START)),
        ask(register=accredited(editions=("2021", "2022"))),
        ask(certified(digest="cc")),
        ask(replace(UNIT, children=(replace(UNIT, uri="unit:2"),))),
    ):
        assert other.inputs != same.inputs


def test_fingerprints_are_those_of_canonical_json() -> None:
    """Fingerprints are those of canonical json."""
    for row in (UNIT, CERTIFICATE, AGREEMENT, AIR_AGREEMENT, AIR_SCOPE, ACCREDITATION):
        plain = canonical.decode(as_bytes(row))
        assert canonical.encode(plain) == as_bytes(row)


def test_i51_a_unit_names_other_rows_by_their_addresses() -> None:
    """I51 what another row says is bound by that row's own hash, so that a document names it and does not hold it."""
    parts = tuple(replace(UNIT, uri=f"part:{n}") for n in (1, 2))
    whole = canonical.decode(as_bytes(replace(UNIT, children=parts)))
    assert (whole["certificate"], whole["children"]) == ("cert:1", ["part:1", "part:2"])
    bare = canonical.decode(as_bytes(replace(UNIT, certificate=None, children=None)))
    assert (bare["certificate"], bare["children"]) == (None, None)


def test_i50_the_hash_can_be_computed_by_hand() -> None:
    """I50 the question in a line, then a line for each row: nothing else is needed to compute it again."""
    lines = ["recognise/2 XB 2026-03-01", "unit:1 ab", "cert:1 cd"]
    known = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    used = (Used("unit:1", "ab"), Used("cert:1", "cd"))
    assert inputs_of(used, jurisdiction="XB", as_of=date(2026, 3, 1)) == known


def test_of_equal_verdicts_the_agreement_decides() -> None:
    """Which of two agreements is told never depends on the order of rows; none comes before any."""
    verdicts = [replace(ask(), agreement=name) for name in (None, "A-1", "B-1", "XX")]
    assert [rank(one)[-1] for one in verdicts] == ["", "A-1", "B-1", "XX"]
    backwards = list(reversed(verdicts))
    assert sorted(backwards, key=rank) == verdicts


def test_a_missing_report_names_the_certificate_that_lacks_it() -> None:
    """R18 of two parts whose certificates have everything else in common."""
    own = [
        certified(replace(UNIT, uri=f"part:{n}"), uri=f"cert:{n}", report=report)
        for n, report in ((1, True), (2, False), (3, False))
    ]
    register = scoped(level="L1")
    rows = [one.row for part in own for one in ask(part, register).failures]
    assert rows == ["cert:2", "cert:3"]
    host = ask(replace(UNIT, children=tuple(own)), register)
    assert [(one.row, one.what) for one in host.failures if one.reason == "component"] == [
        ("part:2", "evidence-missing"),
        ("part:3", "evidence-missing"),
    ]
