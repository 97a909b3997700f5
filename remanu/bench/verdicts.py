"""What a verdict costs: the pure rule on an assembly of five hundred parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from remanu.bench.place import Figures, cpu, ms
from remanu.rules.agreements import (
    ANY,
    Accreditation,
    Agreement,
    Jurisdiction,
    Register,
    Scope,
    Signatory,
    TermRule,
)
from remanu.rules.attested import Certificate, Finding, ModelScope, Span, Unit
from remanu.rules.recognition import recognise
from remanu.rules.verdicts import Verdict

PARTS, ROUNDS, EACH = 500, 9, 5
BUDGET = {"assembly_of_500_ms": 20.0, "assembly_of_own_papers_ms": 20.0}
_SINCE, _TODAY = date(2025, 1, 1), date(2026, 6, 1)
_GOOD = (Span(state="issued", since=_SINCE),)


def recognition() -> Figures:
    """One assembly, asked abroad under an agreement and at home; each part under the same certificate, or its own.

    Parts of the second assembly differ in model, day and certificate, so that nothing can be worked out for several.
    """
    unit, register = _assembly(), _register()
    own = replace(unit, children=tuple(_own(one, n) for n, one in enumerate(unit.children or ())))

    def ask(there: str, what: Unit = unit) -> Verdict:
        return recognise(what, jurisdiction=there, as_of=_TODAY, register=register)

    for said, word in ((ask("XB"), "RECOGNISED"), (ask("XA"), "DOMESTIC"), (ask("XB", own), "RECOGNISED")):
        if said.word != word:
            raise AssertionError(f"{said.jurisdiction}: {said.word}")
    abroad, home, apart = cpu(ROUNDS, EACH, lambda: ask("XB"), lambda: ask("XA"), lambda: ask("XB", own))
    return {
        "figures": {
            "assembly_of_500_ms": ms(abroad),
            "assembly_at_home_ms": ms(home),
            "assembly_of_own_papers_ms": ms(apart),
        },
        "floors": {},
        "budget": BUDGET,
        "ratios": {"of_budget": round(ms(abroad) / BUDGET["assembly_of_500_ms"], 2)},
        "settings": {"parts": PARTS, "rounds": ROUNDS, "each": EACH},
    }


def _assembly() -> Unit:
    certificate = Certificate(
        uri="certificate:1",
        digest="aa",
        home="XA",
        body="body:1",
        scheme="xa-rm",
        edition="2025",
        category="diesel-engine",
        issued=_SINCE,
        spans=(Span(state="certified", since=_SINCE),),
        models=(ModelScope(model=ANY, since=_SINCE),),
    )
    unit = Unit(
        uri="unit:0",
        digest="bb",
        whole=True,
        current=True,
        spans=_GOOD,
        released=date(2026, 1, 5),
        model="M-1",
        claim_class="REMANUFACTURED",
        certificate=certificate,
        findings=tuple(Finding(kind, "met", f"row:{kind}") for kind in ("label", "warranty", "substance")),
    )
    parts = tuple(replace(unit, uri=f"unit:{n}", level="component") for n in range(1, PARTS + 1))
    return replace(unit, children=parts)


def _own(part: Unit, n: int) -> Unit:
    certificate = None if part.certificate is None else replace(part.certificate, uri=f"certificate:own-{n}")
    released = part.released + timedelta(days=n % 90)
    return replace(part, certificate=certificate, model=f"M-{n}", released=released)


def _register() -> Register:
    scope = Scope(
        id="1",
        categories=("diesel-engine",),
        scheme="xa-rm",
        editions=(ANY,),
        scheme_there="xb-process",
        edition_there="2010",
        equivalence="equivalent",
        level="L2",
        classes=(ANY,),
        terms=(TermRule(term=ANY, accepted=True),),
        arrangements=("mla",),
        asks=("label",),
    )
    return Register(
        accreditations=(
            Accreditation(
                uri="accreditation:1",
                kind="accreditation",
                accreditor="board:1",
                home="XA",
                body="body:1",
                scheme="xa-rm",
                editions=("2025",),
                categories=("diesel-engine",),
                spans=(Span(state="granted", since=_SINCE),),
            ),
        ),
        signatories=(
            Signatory(uri="sign:1", arrangement="mla", accreditor="board:1", schemes=(ANY,), since=_SINCE),
        ),
        agreements=(Agreement(uri="agreement:1", home="XA", there="XB", in_force=_SINCE, scopes=(scope,)),),
        jurisdictions=(
            Jurisdiction(code="XA", asks=("substance",)),
            Jurisdiction(code="XB", asks=("warranty",)),
        ),
    )
