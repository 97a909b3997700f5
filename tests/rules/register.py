"""A small register in fictional jurisdictions, from which the verdict tests take away and to which they add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from remanu.rules.agreements import (
    Accreditation,
    Agreement,
    Difference,
    Jurisdiction,
    Register,
    Scope,
    Signatory,
    TermRule,
)
from remanu.rules.attested import Certificate, Finding, ModelScope, Span, Unit
from remanu.rules.recognition import recognise
from remanu.rules.verdicts import Verdict

START, ISSUED, RELEASED, TODAY = date(2024, 1, 1), date(2025, 3, 1), date(2025, 9, 1), date(2026, 6, 1)
MET = tuple(
    Finding(kind, "met", f"rule:{kind}") for kind in ("label", "warranty", "substance", "dual_statement")
)


def good(state: str = "issued", since: date = START) -> tuple[Span, ...]:
    """One good state that never ends."""
    return (Span(state=state, since=since),)


CERTIFICATE = Certificate(
    uri="cert:1",
    digest="aa",
    home="XA",
    body="body:1",
    scheme="xa-reman",
    edition="2021",
    category="engine/diesel",
    issued=ISSUED,
    spans=good("certified", ISSUED),
    models=(ModelScope(model="D12", since=ISSUED),),
)
UNIT = Unit(
    uri="unit:1",
    digest="bb",
    whole=True,
    current=True,
    spans=good("issued", RELEASED),
    released=RELEASED,
    model="D12",
    claim_class="REMANUFACTURED",
    certificate=CERTIFICATE,
    findings=MET,
)
ACCREDITATION = Accreditation(
    uri="accreditation:1",
    kind="accreditation",
    accreditor="ab:1",
    home="XA",
    body="body:1",
    scheme="xa-reman",
    editions=("2021",),
    categories=("engine",),
    spans=good("granted"),
)
SIGNATORY = Signatory(
    uri="signatory:1", arrangement="mla", accreditor="ab:1", schemes=("xa-reman",), since=date(2023, 1, 1)
)
SCOPE = Scope(
    id="1",
    categories=("engine",),
    scheme="xa-reman",
    editions=("2021",),
    scheme_there="xb-process",
    edition_there="2010",
    equivalence="equivalent_with_differences",
    level="L2",
    classes=("REMANUFACTURED",),
    terms=(TermRule(term="*", accepted=True),),
    arrangements=("mla",),
    asks=("label",),
)
AGREEMENT = Agreement(
    uri="agreement:xa-xb", home="XA", there="XB", in_force=date(2025, 1, 1), scopes=(SCOPE,)
)
LAWS = (
    Jurisdiction(code="XA", asks=("substance",)),
    Jurisdiction(code="XB", asks=("warranty",)),
    Jurisdiction(code="XC", asks=()),
)
REGISTER = Register(
    accreditations=(ACCREDITATION,), signatories=(SIGNATORY,), agreements=(AGREEMENT,), jurisdictions=LAWS
)

# The other pair: an approved organisation releases single units, as in aviation; each government designates.
AIR = replace(
    CERTIFICATE,
    uri="approval:1",
    home="XD",
    body="works:1",
    scheme="xd-air",
    edition="1",
    category="engine/aero",
    issued=RELEASED,
    spans=good("issued", RELEASED),
    models=(ModelScope(model="*", since=START),),
)
ENGINE = replace(
    UNIT, uri="unit:engine", certificate=AIR, model="F56", terms=("rebuilt",), claim_class="REBUILT"
)
DESIGNATION = replace(
    ACCREDITATION,
    uri="designation:1",
    kind="designation",
    accreditor="authority:xd",
    home="XD",
    body="works:1",
    scheme="xd-air",
    editions=("1",),
    categories=("engine/aero",),
)
AIR_SCOPE = replace(
    SCOPE,
    id="air",
    categories=("engine/aero",),
    scheme="xd-air",
    editions=("1",),
    classes=("*",),
    arrangements=(),
    asks=("dual_statement",),
    terms=(
        TermRule(term="overhauled", accepted=True),
        TermRule(term="repaired", accepted=True),
        TermRule(term="rebuilt", accepted=False, level="component"),
        TermRule(term="rebuilt", accepted=False, side="maintenance"),
        TermRule(term="rebuilt", accepted=True, level="complete", side="production", by_maker=True),
    ),
)
AIR_AGREEMENT = replace(AGREEMENT, uri="agreement:xd-xe", home="XD", there="XE", scopes=(AIR_SCOPE,))
AIR_REGISTER = Register(
    accreditations=(DESIGNATION,),
    agreements=(AIR_AGREEMENT,),
    jurisdictions=(Jurisdiction(code="XD", asks=()), Jurisdiction(code="XE", asks=())),
)


def ask(unit: Unit = UNIT, register: Register = REGISTER, *, there: str = "XB", on: date = TODAY) -> Verdict:
    """The verdict on a unit in a jurisdiction."""
    return recognise(unit, jurisdiction=there, as_of=on, register=register)


def said(verdict: Verdict) -> tuple[str, str]:
    """The word and its reason."""
    return verdict.word, verdict.reason


def certified(unit: Unit = UNIT, **changes: object) -> Unit:
    """The unit with its certificate changed."""
    assert unit.certificate is not None
    return replace(unit, certificate=replace(unit.certificate, **changes))


def found(kind: str, state: str, unit: Unit = UNIT) -> Unit:
    """The unit with one finding changed."""
    others = tuple(one for one in unit.findings if one.kind != kind)
    return replace(unit, findings=(*others, Finding(kind, state)))  # type: ignore[arg-type]


def agreed(**changes: object) -> Register:
    """The register with its agreement changed."""
    return replace_rows(REGISTER, agreements=(replace(AGREEMENT, **changes),))


def scoped(**changes: object) -> Register:
    """The register with the line of its agreement changed."""
    return agreed(scopes=(replace(SCOPE, **changes),))


def accredited(**changes: object) -> Register:
    """The register with its accreditation changed."""
    return replace_rows(REGISTER, accreditations=(replace(ACCREDITATION, **changes),))


def replace_rows(register: Register, **rows: object) -> Register:
    """A register with other rows of some kinds."""
    kept = {
        name: getattr(register, name)
        for name in ("accreditations", "signatories", "agreements", "jurisdictions")
    }
    return Register(**{**kept, **rows})  # type: ignore[arg-type]


def difference(code: str) -> Difference:
    """A national difference that is asked now."""
    return Difference(code=code, since=START)


def suspended(since: date, **more: Any) -> tuple[Span, ...]:
    """A certificate that was suspended on a day."""
    return (*good("certified", ISSUED), Span(state="suspended", since=since, **more))


def lapsed(state: str, since: date) -> tuple[Span, ...]:
    """An accreditation that ended on a day."""
    return (Span(state="granted", since=START, until=since), Span(state=state, since=since))
