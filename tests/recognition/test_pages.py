"""The pages of two stewards, of everybody who reads the register, and of a buyer, in two languages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from remanu.catalogue.models import PartType
from remanu.parts.models import Item
from remanu.release.models import ReleaseCertificate
from tests import application
from tests.accounts import site
from tests.accounts.place import PASSWORD, Place
from tests.certification import story as certified
from tests.intake.desk import Desk
from tests.recognition import story
from tests.recognition.unit import HOLDER, changed, released

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def desk(database, config):
    """The first steward's browser."""
    story.began(database)
    return Desk(Place(database, story.OFFICE, config), application.site(config, database))


@pytest.fixture
def second(desk):
    """The second steward's."""
    desk.place.member("second.steward", "steward")
    one = site.browser(desk.web)
    one.post("/sign-in", data={"login": "second.steward", "password": PASSWORD})
    return Desk(desk.place, desk.web, {"steward": one})


def drafted(desk, **changed):
    """A draft by the form: where it stands."""
    day = (desk.place.database.clock.now() + timedelta(days=9)).date().isoformat()
    given = {"code": "XA-XB", "home": "XA", "there": "XB", "in_force": day, "basis": "issue", **changed}
    names = dict.fromkeys(("name_en", "name_zh_hans", "name_zh_hant"), "An agreement")
    return desk.post("steward", "/agreements/draft_agreement", source="https://a.example", **names, **given)


LINE = {
    "categories": "diesel-engine\ncopier",
    "scheme": "XA-RM",
    "editions": "*",
    "scheme_there": "XB 8887",
    "edition_there": "2010",
    "equivalence": "equivalent",
    "level": "L2",
    "excluded": "rebuilt, component",
    "differences": "noise-test 2025-01-01",
    "asks__0": "label",
}


def test_an_agreement_by_two_people(desk, second):
    """Written, given a line, looked at for what it changes, approved by the other, suspended and ended."""
    assert "No draft" in desk.get("steward", "/agreements/drafts").text
    page = drafted(desk).location
    agreement = page.split("/")[-2]
    assert "No line yet" in desk.get("steward", page).text
    assert desk.post("steward", f"/agreements/{agreement}/add_line", **LINE).status_code == 303
    assert "rebuilt (component)" in desk.get("steward", page).text
    assert "No released unit yet" in desk.get("steward", f"/agreements/{agreement}/preview").text
    assert desk.get("steward", f"/api/v1/agreements/{agreement}/preview").json["units"] == 0
    assert desk.get("supervisor", f"/agreements/{agreement}").status_code == 404
    approve = f"/agreements/{agreement}/approve_agreement"
    assert desk.post("steward", approve, factor=PASSWORD).status_code == 403
    assert second.post("steward", approve, factor=PASSWORD).status_code == 303
    shown = desk.get("steward", f"/agreements/{agreement}").text
    assert "Suspend the agreement" in shown
    assert "An agreement" in desk.get("steward", "/agreements?home=XA&there=XB").text
    assert desk.get("steward", f"/api/v1/agreements/{agreement}").json["state"] == "later"
    base = desk.get("steward", f"/agreements/draft_agreement?base={agreement}").text
    assert 'value="XA-XB"' in base
    today = desk.place.database.clock.now().date()
    past = (today - timedelta(days=2)).isoformat()
    answer = desk.post(
        "steward", f"/agreements/{agreement}/suspend_agreement", since=past, why="review", factor=PASSWORD
    )
    assert answer.status_code == 422
    assert "This day is over" in answer.text


def test_bad_input_is_said_in_words(desk):
    """No such day in a difference, a word about nothing; what was typed stays."""
    agreement = drafted(desk).location.split("/")[-2]
    wrong = {**LINE, "differences": "noise-test soon"}
    answer = desk.post("steward", f"/agreements/{agreement}/add_line", **wrong)
    assert answer.status_code == 422
    assert "Write a code and a day" in answer.text
    assert "noise-test soon" in answer.text
    answer = desk.post(
        "steward", f"/agreements/{agreement}/add_line", **{**LINE, "excluded": "rebuilt, blue"}
    )
    assert answer.status_code == 422
    assert drafted(desk, there="XA", code="OTHER").status_code == 422


def test_who_signs_an_arrangement(desk, second):
    """One records it, the other confirms it; then everybody reads it."""
    names = dict.fromkeys(("name_en", "name_zh_hans", "name_zh_hant"), "Arrangement")
    source = {"source": "https://a.example/mla"}
    page = desk.post("steward", "/arrangements/record_arrangement", code="X-MLA", **names, **source).location
    arrangement = page.split("/")[-1]
    assert "Nobody signs yet" in desk.get("steward", page).text
    given = {"accreditor": story.BOARD, "schemes": "*", "since": "2026-01-01", **source}
    assert desk.post("steward", f"/arrangements/{arrangement}/record_signatory", **given).status_code == 303
    waiting = desk.get("steward", "/agreements/drafts").text
    confirm = waiting.partition("/signatories/")[2].partition('"')[0]
    assert second.post("steward", f"/signatories/{confirm}", factor=PASSWORD).status_code == 303
    assert "Board of XA" in site.browser(desk.web).get(page).text
    told_of = desk.get("steward", f"/api/v1/arrangements/{arrangement}").json
    assert told_of["signatories"][0]["state"] == "confirmed"
    assert desk.get("steward", "/api/v1/arrangements").json[0]["code"] == "X-MLA"


def test_a_buyer_asks(told, agreed, config):
    """From the part's page to one sentence; another place by a plain form; the day of the market; JSON; Chinese."""
    item = released(told.database, label="REMANUFACTURED")
    code = told.ask(lambda c: c.execute(sa.select(Item.code).where(Item.id == item)).scalar())
    web = site.browser(application.site(config, told.database))
    page = web.get(f"/{code}/recognised/XB").text
    assert "Recognised in Westmark (XB) under agreement XA-XB, level 2, 3 conditions met" in page
    for named in (
        "Certificate",
        "Accreditors of XA",
        "Arrangement that the accreditor signs",
        "What is not covered",
    ):
        assert named in page
    assert "<script" not in page
    moved = web.get(f"/{code}/recognised?in=XC&on=2027-08-01")
    assert moved.status_code == 303
    assert moved.location == f"/{code}/recognised/XC?on=2027-08-01"
    assert "No agreement from the certifying side to this one is recorded" in web.get(moved.location).text
    document = web.get(f"/{code}/recognised/XB?format=json").json
    assert (document["word"], document["missing"], len(document["chain"])) == ("RECOGNISED", [], 7)
    assert "XA" in web.get(f"/{code}/recognised?lang=zh-Hans").text
    assert web.get(f"/{code}/recognised/ZZ").status_code == 404
    assert web.get(f"/{code}/recognised/XB?on=soon").status_code == 422
    assert web.get("/8XK4M9QT2RWC7/recognised/XB").status_code == 404


def test_the_link_that_broke_says_so(told, agreed, config):
    """A revoked engine: red under a red band, with its day and why; the links behind it stay green."""
    item = released(told.database, label="REMANUFACTURED")
    told.later(3)
    ended = {"state": "REVOKED", "ended_at": told.database.clock.now()}
    changed(told.database, ReleaseCertificate, item, **ended)
    code = told.ask(lambda c: c.execute(sa.select(Item.code).where(Item.id == item)).scalar())
    page = site.browser(application.site(config, told.database)).get(f"/{code}/recognised/XB").text
    links = page.partition('id="chain"')[2].partition("</section>")[0].split("<li")[1:]
    assert [one.partition('"is-')[2].partition('"')[0] for one in links] == ["invalid"] + ["verified"] * 6
    for said_there in (
        "Release of this part",
        "Works of XA",
        "RC-1",
        "revoked on Mar 5, 2026",
        "The release was revoked",
    ):
        assert said_there in links[0]


def test_rows_are_told_in_words(told, agreed, config):
    """What each row is, whose, from when, in the reader's language; none by its key; names of the catalogue."""
    item = released(told.database, label="REMANUFACTURED")
    own = told.ask(lambda c: c.execute(sa.select(Item.__table__).where(Item.id == item)).one())
    kind = {"org_id": HOLDER, "id": "type-1", "family": own.family, "component": own.component}
    names = {"name_en": own.name, "name_zh_hans": "柴油机甲", "name_zh_hant": "柴油機甲"}
    same = {"maker": own.maker, "part_number": own.part_number, "defined_at": told.database.clock.now()}
    web = site.browser(application.site(config, told.database))
    page = web.get(f"/{own.code}/recognised/XB").text
    rows = page.partition("The rows that this rests on")[2]
    for words in (
        "Recognition agreement: ",
        "An agreement",
        "What the law asks: Westmark (XB)",
        "since Jan 1, 2015",
    ):
        assert words in rows.replace("</span>", "").replace('<span class="quiet">', "")
    assert "Rule on label words: Westmark (XB), since Jan 1, 2024" in page
    assert not re.search(r"(label-words|languages|warranty|substances|jurisdiction):X|urn:uuid", page)
    told.database.transact(lambda tx: tx.execute(sa.insert(PartType).values(**kind, **names, **same)))
    assert "柴油机甲" in web.get(f"/{own.code}/recognised/XB?lang=zh-Hans").text
    shown = web.get(f"/{own.code}/recognised/XB?lang=zh-Hant").text
    assert "柴油機甲" in shown
    assert '<span lang="en">Works of XA</span>' in shown, "as recorded, and marked"


def test_other_organisations_see_no_draft(desk, database, config):
    """Neither the page, nor JSON, nor what it would change."""
    agreement = drafted(desk).location.split("/")[-2]
    other = Desk(Place(database, story.BOARD, config), desk.web)
    for path in ("/draft", "/preview", "/add_line"):
        assert other.get("steward", f"/agreements/{agreement}{path}").status_code == 404
    for path in ("/draft", "/preview"):
        assert other.get("steward", f"/api/v1/agreements/{agreement}{path}").status_code == 404
    assert certified.HOLDER == HOLDER
