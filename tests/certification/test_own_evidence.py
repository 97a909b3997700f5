"""Evidence about a unit that its own workshop recorded is said to be so, and never counts in the unit's favour."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from remanu.accounts.models import Organisation
from remanu.certification import actions, queries
from remanu.recognition.queries.findings import OWN_RECORD, evidence
from tests import application
from tests.accounts.place import Place
from tests.builders import make_item
from tests.certification import story
from tests.certification.story import HOLDER, OWNER, PAPER, who
from tests.intake.desk import Desk

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
DAY = date(2026, 3, 1)


def paper(org_id, says="valid", scheme="dual_statement", n=1):
    """Evidence about one unit."""
    shape = {"about": "CODE", "country": "XE", "valid_from": "2026-01-01", "valid_to": None}
    return SimpleNamespace(id=n, org_id=org_id, says=says, scheme=scheme, **shape)


def found(*papers, worked="w"):
    """What is found of the dual statement."""
    given = {"own": "urn:own", "there": "XE", "on": DAY, "worked": worked}
    (one,) = evidence(papers, "CODE", **given)
    return one.state, one.row, one.detail


def test_nobody_vouches_for_his_own_work():
    """What another organisation saw counts; what speaks against the unit counts from anybody."""
    assert found() == ("unmet", "urn:own", "")
    assert found(paper("w")) == ("unknown", "urn:uuid:1", OWN_RECORD)
    assert found(paper("s")) == ("met", "urn:uuid:1", "")
    assert found(paper("w", says="withdrawn")) == ("unmet", "urn:uuid:1", "")


def test_the_order_of_papers_does_not_matter():
    """Another's word is enough, beside one's own and beside a lapsed one."""
    papers = [paper("w", n=1), paper("s", n=2), paper("s", says="expired", n=3)]
    assert found(*papers) == found(*reversed(papers)) == ("met", "urn:uuid:2", "")
    assert found(*papers[::2]) == found(*papers[::-2]) == ("unknown", "urn:uuid:1", OWN_RECORD)


def test_of_a_part_that_came_in_the_workshop_is_no_party():
    """It was released by somebody else: whoever fits it may say what he saw of it."""
    assert found(paper("w"), worked="") == ("met", "urn:uuid:1", "")


@SQLITE
def test_it_is_said_where_it_is_read(begin, config, database):
    """On its page and in its JSON; not of a document that another organisation recorded."""
    fresh = lambda tx: make_item(tx, who(HOLDER, "technician"), serial="W-1")  # noqa: E731 -- one act
    code = database.transact(fresh).body.code
    for org_id, role, own in ((HOLDER, "quality", True), (OWNER, "steward", False)):
        row = record(begin, org_id, role, code)
        assert begin.ask(lambda c, r=row, o=org_id: queries.is_own_work(c, queries.find_outside(c, o, r))) is own
        desk = Desk(Place(database, org_id, config), application.site(config, database))
        page = desk.get(role, f"/certification/outside/{row}").text
        assert ("Recorded by the workshop itself" in page) is own
        assert desk.get(role, f"/api/v1/certification/outside/{row}").json["recorded_by_own_workshop"] is own


@SQLITE
def test_a_designation_of_oneself_is_said_to_be_so(begin, config, database):
    """On its page and in its JSON; not where somebody else recorded it, nor where it is about another."""
    name = begin.ask(lambda c: c.execute(sa.select(Organisation.name_en).filter_by(org_id=HOLDER)).scalar_one())
    site = application.site(config, database)
    desks = {org_id: Desk(Place(database, org_id, config), site) for org_id in (HOLDER, OWNER)}
    for about, org_id, role, own in (
        (name, HOLDER, "quality", True),
        (HOLDER, HOLDER, "quality", True),
        (name, OWNER, "steward", False),
        ("Another Works", HOLDER, "quality", False),
    ):
        row, desk = record(begin, org_id, role, about, kind="designation"), desks[org_id]
        page = desk.get(role, f"/certification/outside/{row}").text
        assert ("Recorded by the workshop itself" in page) is own
        assert desk.get(role, f"/api/v1/certification/outside/{row}").json["recorded_by_own_workshop"] is own


@SQLITE
def test_what_the_body_recorded_of_itself_keeps_that_mark(begin):
    """In its favour only: that its designation was withdrawn counts from anybody."""
    for says, recorded in (("valid", "itself"), ("withdrawn", "document")):
        found = record(begin, HOLDER, "quality", HOLDER, kind="designation", says=says)
        row = begin.ask(lambda c, one=found: queries.find_outside(c, HOLDER, one))
        assert queries.outside_accreditation(row).recorded == recorded
        assert queries.outside_accreditation(row, body="another").recorded == "document"


def record(told, org_id, role, code, *, kind="evidence", says="valid"):
    """Somebody of an organisation records a statement about a unit, or the designation of a body."""
    document = actions.Document(
        kind=kind,
        number=f"N-{kind}-{says}-{code}"[:40],
        issuer="Office of XE",
        country="XE",
        about=code,
        scheme="dual_statement",
        edition="2024",
        family=story.FAMILY,
        models=(),
        says=says,
        valid_from=DAY,
    )
    given = {"document": document, "source": "https://a.example", "seen_on": told.today, "evidence": (PAPER,)}
    return told.do(actions.record_outside, who(org_id, role), **given).subject.id
