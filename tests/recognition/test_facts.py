"""What a verdict reads of the record: release, label, declaration, certificate, parts, at the day of the market."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from remanu.certification import actions as certification
from remanu.labelling.models import Label
from remanu.parts.models import Item
from remanu.recognition import actions
from remanu.recognition.events.agreements import TermRule
from remanu.release.models import ReleaseCertificate, ReleaseReview
from tests.certification import story as certified
from tests.exchange.fleet import fit
from tests.recognition import story
from tests.recognition.story import LINE, steward
from tests.recognition.unit import HOLDER, PHTHALATES, asked, changed, released, said, shares


def test_at_home_and_abroad(told, agreed):
    """R1, R2 and the one-way street (R12): one unit with a Chinese label, one with an English one."""
    first = released(told.database)
    second = released(told.database, no=2, label="REMANUFACTURED")
    assert said(told.database, first, "XA") == ("DOMESTIC", "")
    assert said(told.database, first, "XB")[0] == "CONDITIONAL"
    assert said(told.database, second, "XB") == ("RECOGNISED", "")
    assert said(told.database, second, "XC") == ("UNKNOWN", "agreement")
    links = [one.what for one in asked(told.database, second, "XB").chain]
    assert links == [
        "release",
        "certificate",
        "body",
        "accreditation",
        "arrangement",
        "agreement",
        "jurisdiction",
    ]


def test_substances_on_the_day_of_the_market(told):
    """R19, I62: 0.15 % of DEHP is lawful on the last day of the old rule, and not on the first of the new one."""
    hazards = {"statement": "declared", "regime": "XA-SUB 1", "shares": shares(**PHTHALATES)}
    item = released(told.database, hazards=hazards)
    assert said(told.database, item, "XA", date(2027, 7, 31)) == ("DOMESTIC", "")
    verdict = asked(told.database, item, "XA", date(2027, 8, 1))
    assert (verdict.word, verdict.reason, verdict.what) == ("CONDITIONAL", "substance", "DEHP")


pytest_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest_sqlite
def test_what_nobody_knows_is_unknown(told):
    """I48: without a label, without shares, without a certificate, without a release."""
    bare = released(told.database, label="", hazards={"statement": "none", "regime": "XA-SUB 1"})
    verdict = asked(told.database, bare, "XA")
    assert {one.kind: one.state for one in verdict.conditions} == {
        "label": "unknown",
        "substance": "unknown",
        "warranty": "met",
    }
    assert verdict.word == "UNKNOWN"
    other = released(told.database, no=2, part={"part_number": "OTHER"})
    assert said(told.database, other, "XA") == ("UNKNOWN", "certificate")


@pytest_sqlite
def test_the_release_as_it_ran(told):
    """Doubted, revoked, its bytes changed, its life over, its label retired (R20)."""
    items = [released(told.database, no=n) for n in range(1, 6)]
    review = {
        "org_id": HOLDER,
        "id": "review",
        "certificate_id": f"0195b000-0000-7000-8000-{1:012d}",
        "item_id": items[0],
        "reason": "part-doubted",
        "since": told.database.clock.now(),
    }
    case = told.ask(
        lambda c: (
            c.execute(ReleaseCertificate.__table__.select().where(ReleaseCertificate.item_id == items[0]))
            .one()
            .case_id
        )
    )
    told.database.transact(
        lambda tx: tx.execute(ReleaseReview.__table__.insert().values(**review, case_id=case))
    )
    changed(told.database, ReleaseCertificate, items[1], state="REVOKED", ended_at=told.database.clock.now())
    changed(told.database, ReleaseCertificate, items[2], digest="00" * 32)
    changed(told.database, Item, items[3], life=9)
    changed(told.database, Label, items[4], state="revoked")
    words = [said(told.database, one, "XA") for one in items]
    assert words == [
        ("SUSPENDED", "under_review"),
        ("NOT_RECOGNISED", "revoked"),
        ("INVALID", "integrity"),
        ("HISTORY", "life-closed"),
        ("HISTORY", "life-closed"),
    ]
    chains = [asked(told.database, one, "XA").chain for one in items]
    assert [(one[0].what, one[0].held, one[0].state) for one in chains] == [
        ("release", False, state)
        for state in ("under_review", "revoked", "integrity", "life-closed", "life-closed")
    ]
    assert all(link.held for one in chains for link in one[1:]), "what stands behind it is as good as before"


@pytest_sqlite
def test_what_befalls_the_certificate(told):
    """R10: a model that came into the scope too late; a suspension later leaves the unit alone, with a note."""
    item = released(told.database)
    early = released(told.database, no=2, part={"part_number": "NW-9"})
    told.later(1)
    certified.decide(
        told, certification.suspend_certification, reason="safety", until=told.today + timedelta(days=30)
    )
    verdict = asked(told.database, item, "XA")
    assert (verdict.word, verdict.notes) == ("DOMESTIC", ("certificate-suspended-later",))
    assert said(told.database, early, "XA") == ("UNKNOWN", "certificate")
    assert said(told.database, released(told.database, no=3), "XA") == ("SUSPENDED", "suspended")


@pytest_sqlite
def test_parts_limit_their_assembly(told):
    """I49, R16: a part released here and revoked, a critical used part by a paper that nobody saw."""
    unit, part = released(told.database), released(told.database, no=2)
    told.database.transact(lambda tx: fit(tx, certified.who(HOLDER, "technician"), part, unit))
    assert said(told.database, unit, "XA") == ("DOMESTIC", "")
    changed(told.database, ReleaseCertificate, part, state="REVOKED", ended_at=told.database.clock.now())
    verdict = asked(told.database, unit, "XA")
    assert (verdict.word, verdict.reason, verdict.what) == ("NOT_RECOGNISED", "component", "revoked")
    came = {"position": "crankshaft", "part_number": "P-1", "origin": "used_serviceable", "release": "XC-1"}
    other = released(told.database, no=3, came_in=[came])
    assert said(told.database, other, "XA") == ("UNKNOWN", "component")
    new = released(told.database, no=4, came_in=[{**came, "origin": "new"}])
    assert said(told.database, new, "XA") == ("DOMESTIC", "")


@pytest_sqlite
def test_a_workshop_that_releases_by_itself(told):
    """R13–R15: the maker's agreement takes the word, wants a dual statement, and a designation behind the workshop."""
    office = story.Office(told.database)
    part = {"family": "aero-engine", "component": "engine", "part_number": "F56"}
    item = released(told.database, part=part, status="Overhauled", scheme="xd-air", claim_class="OVERHAULED")
    line = replace(
        LINE,
        categories=("aero-engine",),
        scheme="xd-air",
        arrangements=(),
        terms=(TermRule(term="Overhauled", accepted=True), TermRule(term="Rebuilt", accepted=False)),
        asks=("dual_statement",),
    )
    draft = office.draft(code="XD-XE", home="XD", there="XE", covers_from=date(2026, 1, 1), documents=True)
    office.do(actions.add_line, draft, line=line)
    office.do(actions.approve_agreement, draft, who=steward("second"))
    assert said(told.database, item, "XE") == ("UNKNOWN", "issuer")
    letter = {"kind": "designation", "about": "Works of XA", "country": "XD", "scheme": "xd-air"}
    seen(told, **letter)
    assert said(told.database, item, "XE") == ("UNKNOWN", "own-designation")
    seen(told, by=(certified.OWNER, "steward"), **letter)
    assert said(told.database, item, "XE") == ("CONDITIONAL", "dual_statement")
    code = told.ask(lambda c: c.execute(Item.__table__.select().where(Item.id == item)).one().code)
    evidence = {"kind": "evidence", "about": code, "country": "XE", "scheme": "dual_statement"}
    seen(told, **evidence)
    assert said(told.database, item, "XE") == ("UNKNOWN", "condition")
    seen(told, by=(certified.OWNER, "steward"), **evidence)
    assert said(told.database, item, "XE") == ("RECOGNISED", "")
    rebuilt = released(
        told.database, no=2, part=part, status="Rebuilt", scheme="xd-air", claim_class="REBUILT"
    )
    assert said(told.database, rebuilt, "XE") == ("NOT_RECOGNISED", "status")


def seen(told, by=(HOLDER, "quality"), **said_there):
    """Two people of an organisation saw a document."""
    document = certification.Document(
        number=f"N-{said_there['kind']}",
        issuer="Air Office of XD",
        edition="2024-01-01",
        family="aero-engine",
        models=(),
        says="valid",
        valid_from=date(2026, 1, 1),
        **said_there,
    )
    given = {"document": document, "source": "https://a.example", "seen_on": told.today}
    first, second = (certified.who(*by, name=one) for one in ("one", "two"))
    row = told.do(certification.record_outside, first, evidence=(certified.PAPER,), **given).subject.id
    told.do(certification.confirm_outside, second, row, digest=certified.PAPER.digest)
