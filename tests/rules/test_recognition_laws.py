"""Laws of recognition over any unit and register: monotone, fail-closed, order-free, not transitive (I47–I50)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules.agreements import Register
from remanu.rules.attested import Finding, Span, Unit
from remanu.rules.verdicts import GREEN, WORDS
from tests.rules.register import (
    AGREEMENT,
    CERTIFICATE,
    ISSUED,
    REGISTER,
    RELEASED,
    SCOPE,
    START,
    TODAY,
    UNIT,
    ask,
    good,
    replace_rows,
)

DAY = timedelta(days=1)
few = settings(max_examples=60, deadline=None)


_SPANS = st.lists(
    st.builds(
        Span,
        state=st.sampled_from(["issued", "certified", "granted", "suspended", "revoked", "under_review"]),
        since=st.sampled_from([START, ISSUED, RELEASED, TODAY]),
        until=st.none() | st.sampled_from([RELEASED, TODAY, TODAY + DAY]),
        models=st.none() | st.just(("D12",)) | st.just(("D13",)),
        retroactive=st.booleans(),
    ),
    max_size=3,
).map(tuple)
_CERTIFICATES = st.builds(
    lambda home, spans, category, report: replace(
        CERTIFICATE,
        home=home,
        spans=(*good("certified", ISSUED), *spans),
        category=category,
        report=report,
    ),
    st.sampled_from(["XA", "XB", "XC"]),
    _SPANS,
    st.sampled_from(["engine/diesel", "engine", "copier"]),
    st.none() | st.booleans(),
)
_FINDINGS = st.lists(
    st.builds(
        Finding, st.sampled_from(["label", "warranty", "substance"]), st.sampled_from(["met", "met", "unmet"])
    ),
    max_size=4,
    unique_by=lambda one: one.kind,
).map(tuple)


def _units(children: st.SearchStrategy[tuple[Unit, ...]]) -> st.SearchStrategy[Unit]:
    return st.builds(
        lambda certificate, findings, parts, word: replace(
            UNIT, certificate=certificate, findings=findings, children=parts, claim_class=word
        ),
        _CERTIFICATES,
        _FINDINGS,
        children,
        st.sampled_from(["REMANUFACTURED", "REMANUFACTURED", "OVERHAULED"]),
    )


_PARTS = st.lists(_units(st.just(())), max_size=2).map(tuple)
_UNITS = _units(_PARTS)
_AGREEMENTS = st.lists(
    st.builds(
        lambda home, there, in_force, ends, tail, level, no: replace(
            AGREEMENT,
            uri=f"agreement:{no}",
            home=home,
            there=there,
            in_force=in_force,
            ends=ends,
            tail=tail,
            scopes=(replace(SCOPE, level=level),),
        ),
        st.sampled_from(["XA", "XB", "XC"]),
        st.sampled_from(["XA", "XB", "XC"]),
        st.sampled_from([START, ISSUED, TODAY]),
        st.none() | st.sampled_from([RELEASED, TODAY]),
        st.sampled_from(["yes", "no", None]),
        st.sampled_from(["L0", "L1", "L2", "L3", None]),
        st.integers(0, 99),
    ),
    max_size=4,
    unique_by=lambda one: one.uri,
).map(tuple)
_REGISTERS = st.builds(lambda agreements: replace_rows(REGISTER, agreements=agreements), _AGREEMENTS)
_SIDES = st.sampled_from(["XA", "XB", "XC"])


@few
@given(_UNITS, _REGISTERS, _AGREEMENTS, _SIDES)
def test_an_agreement_more_never_makes_any_verdict_worse(
    unit: Unit, register: Register, more: tuple[Any, ...], there: str
) -> None:
    """An agreement more never makes any verdict worse."""
    new = tuple(replace(one, uri=f"{one.uri}/new") for one in more)
    wider = replace_rows(register, agreements=(*register.agreements, *new))
    before, after = ask(unit, register, there=there), ask(unit, wider, there=there)
    if before.word in GREEN:
        assert after.word in GREEN


@few
@given(_UNITS, _REGISTERS, _SIDES, st.data())
def test_i48_taking_data_away_never_makes_green(
    unit: Unit, register: Register, there: str, data: st.DataObject
) -> None:
    """Whole rows of the register, or single facts of unit and certificate."""
    before = ask(unit, register, there=there)
    kind = data.draw(st.sampled_from(["accreditations", "signatories", "agreements", "jurisdictions"]))
    less = data.draw(st.lists(st.sampled_from(getattr(register, kind) or (None,)), unique=True))
    fewer = replace_rows(register, **{kind: tuple(one for one in getattr(register, kind) if one not in less)})
    fact = data.draw(
        st.sampled_from(["whole", "current", "spans", "model", "claim_class", "certificate", "children"])
    )
    poorer = replace(unit, **{fact: None})  # type: ignore[arg-type]
    finding = data.draw(st.sampled_from(unit.findings or (None,)))
    unasked = replace(unit, findings=tuple(one for one in unit.findings if one != finding))
    for other in (
        ask(unit, fewer, there=there),
        ask(poorer, register, there=there),
        ask(unasked, register, there=there),
    ):
        if before.word not in GREEN:
            assert other.word not in GREEN
    assert ask(poorer, register, there=there).word not in GREEN


@few
@given(_UNITS, _REGISTERS, _SIDES, st.randoms())
def test_the_order_of_rows_does_not_matter(unit: Unit, register: Register, there: str, chance: Any) -> None:
    """The order of rows does not matter."""

    def shuffled(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        mixed = list(rows)
        chance.shuffle(mixed)
        return tuple(mixed)

    other = replace_rows(
        register,
        **{
            one: shuffled(getattr(register, one))
            for one in ("accreditations", "signatories", "agreements", "jurisdictions")
        },
    )
    first, second = ask(unit, register, there=there), ask(unit, other, there=there)
    assert (first.word, first.reason, first.inputs) == (second.word, second.reason, second.inputs)


@few
@given(_UNITS, _REGISTERS)
def test_i47_nothing_is_passed_on(unit: Unit, register: Register) -> None:
    """Rows that do not lead from the unit's side to the asking side change no word."""
    assert unit.certificate is not None
    sides = {one.certificate.home for one in (unit, *(unit.children or ())) if one.certificate}
    direct = tuple(one for one in register.agreements if one.there == "XC" and one.home in sides)
    verdict, alone = (
        ask(unit, register, there="XC"),
        ask(unit, replace_rows(register, agreements=direct), there="XC"),
    )
    if verdict.word in GREEN or alone.word in GREEN:
        assert verdict.word == alone.word


@few
@given(_UNITS, _REGISTERS, _SIDES)
def test_i49_an_assembly_is_green_only_where_every_part_is(
    unit: Unit, register: Register, there: str
) -> None:
    """I49 an assembly is green only where every part is."""
    if ask(unit, register, there=there).word in GREEN:
        assert all(ask(part, register, there=there).word in GREEN for part in unit.children or ())


@few
@given(_UNITS, _REGISTERS, _SIDES)
def test_i50_same_rows_same_verdict_and_a_green_word_has_nothing_against_it(
    unit: Unit, register: Register, there: str
) -> None:
    """I50 same rows same verdict and a green word has nothing against it."""
    first, second = ask(unit, register, there=there), ask(unit, register, there=there)
    assert first == second
    assert first.word in WORDS
    assert (first.word in GREEN) <= (first.missing == ())


def test_five_hundred_parts() -> None:
    """A word in good time is measured by `remanu bench recognition`; here only that the answer is the same."""
    parts = tuple(replace(UNIT, uri=f"unit:{no}") for no in range(500))
    verdict = ask(replace(UNIT, children=parts))
    assert verdict.word == "RECOGNISED"
    assert len(verdict.used) == 506


def test_control_a_rule_that_passes_on_is_caught() -> None:
    """The planted fault: a row that joins two agreements is taken, so the test above would see a rule which joins."""
    joined = replace(AGREEMENT, uri="agreement:joined", home="XA", there="XC")
    assert (
        ask(register=replace_rows(REGISTER, agreements=(AGREEMENT, joined)), there="XC").word == "RECOGNISED"
    )


@few
@given(
    st.builds(
        lambda unit, whole, spans: replace(unit, whole=whole, spans=spans),
        _UNITS,
        st.none() | st.booleans(),
        _SPANS,
    ),
    _REGISTERS,
    _SIDES,
)
def test_the_chain_breaks_where_the_word_says(unit: Unit, register: Register, there: str) -> None:
    """A word that a step stands against never has a whole chain under it, and a chain that broke no good word above."""
    verdict = ask(unit, register, there=there)
    broken = [one for one in verdict.chain if not one.held]
    assert bool(broken) == bool(verdict.failures)
    if verdict.failures:
        assert (verdict.failures[0].word == "UNKNOWN") in {one.held is None for one in broken}


@few
@given(_PARTS, _REGISTERS, _SIDES)
def test_a_part_is_judged_in_its_assembly_as_it_is_alone(
    parts: tuple[Unit, ...], register: Register, there: str
) -> None:
    """What certificates share is worked out once; that must not lend one of them what another one has."""
    named = tuple(replace(one, uri=f"part:{n}") for n, one in enumerate(parts))
    alone = {one.uri: ask(one, register, there=there) for one in named}
    host = ask(replace(UNIT, children=named), register, there=there)
    limits = {one.row: one.what for one in host.failures if one.reason == "component"}
    pending = {one.row for one in host.conditions if one.kind == "component"}
    for uri, verdict in alone.items():
        if verdict.word in {"CONDITIONAL", "EVIDENCE_ACCEPTED"}:
            assert uri in pending
        elif verdict.word not in GREEN:
            assert limits[uri] == verdict.reason
        else:
            assert uri not in limits
