"""What a demonstration shows of mutual recognition: an arrangement, agreements in both shapes, evidence about one unit.

XA and XB have the shape of a product certification under a national scheme beside a process standard; XD and XE that
of a bilateral agreement on unit releases. All of them are invented. Nothing leads from XB to XA, nor from XA to XE.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from remanu.accounts.events import Founded
from remanu.certification import actions as certification
from remanu.db import Tx
from remanu.demo import world
from remanu.demo.bodies import SCHEME, Bodies
from remanu.errors import NotFound
from remanu.parts.queries import find_item
from remanu.recognition import actions
from remanu.recognition.events.agreements import Difference, Line, TermRule
from remanu.recognition.queries import newest

OFFICE = Founded(
    name_en="Recognition Office of XA",
    name_zh_hans="XA 互认办公室",
    name_zh_hant="XA 互認辦公室",
    country="XA",
    zone="Asia/Shanghai",
    roles=("authority",),
    number="XA-RO-1",
)
PEOPLE = {"recognition_steward": "steward", "recognition_steward_2": "steward"}
SIGN_INS = sorted(PEOPLE)
ARRANGEMENT, AIR, AIR_EDITION = "X-MLA", "xd-air", "2024-01-01"
_SOURCE = "https://agreements.example"
_EVERY = (TermRule(term="*", accepted=True),)
_AIR_TERMS = (
    TermRule(term="Inspected", accepted=True),
    TermRule(term="Tested", accepted=True),
    TermRule(term="Repaired", accepted=True),
    TermRule(term="Overhauled", accepted=True),
    TermRule(term="Rebuilt", accepted=True, level="complete", side="production", by_maker=True),
    TermRule(term="Rebuilt", accepted=False, level="component"),
    TermRule(term="Rebuilt", accepted=False, side="maintenance"),
)


def _line(**said: Any) -> Line:
    given = {
        "no": 0,
        "editions": ("*",),
        "equivalence": "equivalent_with_differences",
        "level": "L2",
        "classes": ("*",),
        "terms": _EVERY,
        "arrangements": (ARRANGEMENT,),
        "differences": (),
        "asks": (),
    }
    return Line(**{**given, **said})


_ENGINES = _line(
    categories=("diesel-engine",),
    scheme=SCHEME,
    scheme_there="XB 8887-2",
    edition_there="2010",
    classes=("REMANUFACTURED",),
    asks=("label", "language"),
)
_COPIERS = _line(
    categories=("copier",),
    scheme=SCHEME,
    scheme_there="XB 8887-2",
    edition_there="2010",
    classes=("REMANUFACTURED", "RECONDITIONED"),
    differences=(Difference(code="supply-voltage", since="2026-01-01"),),
)
_ENGINES_AIR = _line(
    categories=("aero-engine",),
    scheme=AIR,
    scheme_there="xe-air",
    edition_there="2024",
    equivalence="equivalent",
    terms=_AIR_TERMS,
    arrangements=(),
    asks=("dual_statement",),
)


def agree(tx: Tx, told: Bodies, secret: str) -> None:
    """The office with its two stewards, who signs what, and two agreements, before anything is released."""
    told.crews["office"] = world.found(tx, OFFICE, secret, logins=PEOPLE)
    _arrangement(tx, told)
    names = (
        "Remanufactured engines and copiers, XA to XB",
        "再制造发动机和复印机，XA 至 XB",
        "再製造引擎和影印機，XA 至 XB",
    )
    _agreement(tx, told, code="XA-XB-RM", names=names, sides=("XA", "XB"), lines=(_ENGINES, _COPIERS))
    for home, there in (("XD", "XE"), ("XE", "XD")):
        names = (
            f"Releases of aircraft engines, {home} to {there}",
            f"航空发动机放行，{home} 至 {there}",
            f"航空發動機放行，{home} 至 {there}",
        )
        _agreement(tx, told, code=f"{home}-{there}-AIR", names=names, sides=(home, there), lines=(_ENGINES_AIR,))
    _designation(tx, told)


def _arrangement(tx: Tx, told: Bodies) -> None:
    first, second = (told.who("office", one) for one in SIGN_INS)
    made = told.do(
        tx,
        first,
        actions.record_arrangement,
        code=ARRANGEMENT,
        names=(
            "Accreditors' Arrangement of the X countries",
            "X 各国认可机构多边互认安排",
            "X 各國認可機構多邊互認安排",
        ),
        source=f"{_SOURCE}/x-mla",
    )
    signs = actions.Signs(accreditor=told.crews["accreditor"].org_id, schemes=(SCHEME,), since=date(2025, 7, 1))
    seen = told.do(
        tx, first, actions.record_signatory, made.subject.id, signs=signs, source=f"{_SOURCE}/x-mla/signatories"
    )
    told.do(tx, second, actions.confirm_signatory, seen.subject.id)


def _agreement(
    tx: Tx, told: Bodies, *, code: str, names: tuple[str, str, str], sides: tuple[str, str], lines: tuple[Line, ...]
) -> None:
    first, second = (told.who("office", one) for one in SIGN_INS)
    basics = actions.Basics(
        code=code,
        names=names,
        source=f"{_SOURCE}/{code.lower()}",
        home=sides[0],
        there=sides[1],
        in_force=tx.now.date() + timedelta(days=1),
        documents=sides != ("XA", "XB"),
    )
    made = told.do(tx, first, actions.draft_agreement, basics=basics).subject.id
    for one in lines:
        told.do(tx, first, actions.add_line, made, line=one)
    told.do(tx, second, actions.approve_agreement, made)


def _designation(tx: Tx, told: Bodies) -> None:
    """The Air Office of XD keeps no record here: two people saw its letter that designates the workshop."""
    document = {"kind": "designation", "number": "XD-AO-118", "about": world.WORKSHOP.name_en, "country": "XD"}
    _seen(tx, told, document, valid_from=date(2026, 1, 1), edition=AIR_EDITION, scheme=AIR)


def _seen(tx: Tx, told: Bodies, said: dict[str, str], **more: Any) -> None:
    # Two people of the office: what the workshop records of itself speaks not in its favour.
    first, second = (told.who("office", one) for one in SIGN_INS)
    paper = told.paper(f"{said['kind']} {said['number']}")
    document = certification.Document(
        **{"issuer": "Air Office of XD", "family": "aero-engine", "models": (), "says": "valid", **said, **more}
    )
    recorded = told.do(
        tx,
        first,
        certification.record_outside,
        document=document,
        source=f"{_SOURCE}/{said['number'].lower()}",
        seen_on=tx.now.date(),
        evidence=(paper,),
    )
    told.do(tx, second, certification.confirm_outside, recorded.subject.id, digest=paper.digest)


def later(tx: Tx, told: Bodies, engine: str) -> None:
    """Two stewards saw the aircraft engine's statement for XE; the next text from XA to XB is drafted on the desk."""
    code = find_item(tx.connection, told.workshop.org_id, engine).code
    document = {"kind": "evidence", "number": "XE-ST-0031", "about": code, "country": "XE"}
    _seen(tx, told, document, valid_from=date(2026, 2, 1), edition="2024", scheme="dual_statement")
    _revise(tx, told)


def _revise(tx: Tx, told: Bodies) -> None:
    """The next text takes reconditioned engines too, so that its preview has something to show."""
    first = told.who("office", SIGN_INS[0])
    former = newest(tx.connection, "XA-XB-RM")
    if former is None:
        raise NotFound(what="agreement")
    basics = actions.Basics(
        code=former.code,
        names=(former.name_en, former.name_zh_hans, former.name_zh_hant),
        source=former.source,
        home=former.home,
        there=former.there,
        in_force=date(2027, 3, 1),
        covers_from=date.fromisoformat(former.in_force),
        former_tail="yes",
    )
    draft = told.do(tx, first, actions.draft_agreement, basics=basics, base=former.id).subject.id
    told.do(tx, first, actions.add_line, draft, line=replace(_ENGINES, classes=("RECONDITIONED",)))
