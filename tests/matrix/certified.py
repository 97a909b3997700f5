"""What the organisation does as a body and as a client: it accredits, certifies its neighbour, applies to a third."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from remanu.accounts import actions as accounts
from remanu.accounts.queries import organisations
from remanu.certification import actions, queries
from remanu.db import Tx
from remanu.parts.events import Cited
from remanu.rules.accreditation import Area
from remanu.rules.certification import Line
from tests import people
from tests.accounts.place import WORKSHOP, Place

THIRD = "0195a000-0000-7000-8000-000000000003"
ROLES = ("workshop", "certification_body", "accreditation_body", "scheme_owner")
_MODEL = Line("NW-6L-200")


def told(place: Place, said: str, photo: Cited) -> None:
    """A scheme, an accreditation, a certificate with an appeal, an application each way, a paper."""
    place.do(_others)
    place.do(_register)
    file = place.do(_certified, said, photo)
    place.do(_disputed, file, said)
    place.do(_asked, said)
    place.do(_paper, photo)


def _by(tx: Tx, role: str, *, name: str = "", org_id: str = people.WORKSHOP):
    return people.fresh(people.member(name or role, role, org_id=org_id), tx.now)


def _others(tx: Tx) -> None:
    """The neighbour, where the world has none yet, and a third organisation."""
    named = {people.ELSEWHERE: "Other Workshop", THIRD: "Third Body"}
    known = {one.org_id for one in organisations(tx.connection)}
    for org_id in sorted(named.keys() - known):
        body = replace(WORKSHOP, name_en=named[org_id], roles=ROLES)
        accounts.found(tx, accounts.system_actor(org_id, now=tx.now), organisation=body)


def _register(tx: Tx) -> None:
    edition = actions.NewEdition(standard="XA 28619", edition="2025", applies_from=date(2025, 1, 1))
    drafted = actions.draft_scheme(
        tx,
        _by(tx, "steward"),
        code="XA-RM",
        names=("Matrix scheme", "矩阵方案", "矩陣方案"),
        activities=("test", "review", "decision", "process_audit"),
        statuses=("remanufactured",),
        checklist="process-2018",
        watch=actions.Watch(surveillance_days=180, grace_days=30, suspension_days=90, retroactive=True),
        edition=edition,
    )
    actions.approve_scheme(tx, _by(tx, "steward", name="second.steward"), drafted.subject.id)
    days = {"valid_from": tx.now.date() + timedelta(days=1), "valid_to": date(2029, 1, 1)}
    given = {"areas": (Area("*", "XA-RM"),), **days}
    actions.grant_accreditation(tx, _by(tx, "accreditor"), body=people.ELSEWHERE, number="ACC-1", **given)
    actions.grant_accreditation(tx, _by(tx, "accreditor"), body=THIRD, number="ACC-2", **given)
    other = _by(tx, "accreditor", org_id=people.ELSEWHERE)
    actions.grant_accreditation(tx, other, body=people.WORKSHOP, number="ACC-3", **given)


def _apply(tx: Tx, org_id: str, body: str) -> str:
    given = {"scheme": "XA-RM", "family": "diesel-engine", "lines": (_MODEL,), "agreement": True}
    return actions.apply(tx, _by(tx, "quality", org_id=org_id), body=body, **given).subject.id


def _certified(tx: Tx, said: str, photo: Cited) -> str:
    tx.now += timedelta(days=2)
    applied = _apply(tx, people.ELSEWHERE, people.WORKSHOP)
    file = actions.open_application(tx, _by(tx, "reviewer"), applied).subject.id
    actions.accept_application(tx, _by(tx, "reviewer"), file)
    for role in ("evaluator", "reviewer", "decision_maker"):
        actions.declare_impartiality(tx, _by(tx, role), file, clear=True)
    clauses = {one.code: "comply" for one in queries.checklists()["process-2018"].clauses}
    actions.check_clauses(tx, _by(tx, "evaluator"), file, clauses=clauses, note=said)
    actions.finish_evaluation(tx, _by(tx, "evaluator"), file, activities=("test",), evidence=(photo,))
    actions.finish_review(tx, _by(tx, "reviewer"), file, recommends=True, note=said)
    days = {"valid_from": date(2026, 6, 1), "valid_to": date(2027, 3, 1)}
    actions.grant_certification(tx, _by(tx, "decision_maker"), file, lines=(_MODEL,), **days)
    return str(file)


def _disputed(tx: Tx, file: str, said: str) -> None:
    client = _by(tx, "quality", org_id=people.ELSEWHERE)
    (mine,) = queries.applications(tx.connection, people.ELSEWHERE)
    actions.request(tx, client, mine.id, wish="appeal", note=said)
    actions.raise_complaint(tx, _by(tx, "evaluator"), file, about="appeal", note=said)


def _asked(tx: Tx, said: str) -> None:
    _apply(tx, people.ELSEWHERE, people.WORKSHOP)
    mine = _apply(tx, people.WORKSHOP, THIRD)
    actions.request(tx, _by(tx, "quality"), mine, wish="complaint", note=said)


def _paper(tx: Tx, photo: Cited) -> None:
    document = actions.Document(
        kind="certificate",
        number="XC-1",
        issuer="Body of XC",
        country="XC",
        about="Full Workshop",
        scheme="XC-RM",
        edition="2024",
        family="diesel-engine",
        models=(),
        says="valid",
        valid_from=date(2026, 1, 1),
    )
    given = {"source": "https://register.example/XC-1", "seen_on": tx.now.date(), "evidence": (photo,)}
    actions.record_outside(tx, _by(tx, "quality"), document=document, **given)
