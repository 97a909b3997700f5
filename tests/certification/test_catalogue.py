"""The public catalogue and what hangs on it: entries, units, the page of a part, the feed, delivery, verdicts."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import sqlalchemy as sa

from remanu.catalogue.models import PartType
from remanu.certification import actions, queries
from remanu.certification.queries import catalogue
from remanu.certification.views.catalogue import ATOM
from remanu.rules.certification import Line, Unit
from tests import people
from tests.certification import story as tell
from tests.provenance.conftest import Told
from tests.provenance.site import browser, statements

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


class Shown:
    """A released engine of a workshop whose model a body certified before."""

    def __init__(self, database, config):
        self.engine = Told(database)
        self.story = tell.began(database)
        self.story.until("accredited")
        with database.reading() as connection:
            from remanu.provenance.queries import find  # noqa: PLC0415 -- beside its namesakes

            found = find(connection, self.engine.code)
        self.org_id, self.item = found.org_id, found.item_id
        quality = people.member("quality", "quality", org_id=self.org_id)
        self.model = "NW-6L-200"
        self.line = Line(self.model)
        applied = tell.apply(self.story, actor=quality, lines=(self.line,))
        self.story.application = applied.subject.id
        self.story.done.append("applied")
        self.story.until("reviewed")
        tell.grant(self.story, lines=(self.line,))
        self.engine.labelled()
        self.client = browser(config, database)

    def get(self, path, **headers):
        """A page as a stranger reads it."""
        return self.client.get(path, headers=headers)

    def entry(self, story):
        """The certificate of a story as the catalogue has it."""
        return story.ask(catalogue.find_entry, story.file, story.today).row


@pytest.fixture
def shown(database, config):
    """The engine and its certificate."""
    return Shown(database, config)


def test_the_unit_links_to_its_entry_and_back(shown):
    """Each names the other; so do the JSON twins."""
    page = shown.get(f"/{shown.engine.code}").text
    address = f"/recognised-products/{shown.story.file}"
    assert "PC-000001" in page
    assert f'href="{address}"' in page
    entry = shown.get(address).text
    assert f'href="/{shown.engine.code}"' in entry
    assert "Released under it" in entry
    (told,) = shown.get(f"/{shown.engine.code}?format=json").json["certifications"]
    assert (told["number"], told["claim"], told["entry"]) == ("PC-000001", "in-force", address)
    (unit,) = shown.get(f"/api/v1{address}").json["units"]
    assert (unit["code"], unit["claim"]) == (shown.engine.code, "in-force")


def test_units_come_page_by_page_and_without_a_site_it_is_unknown(shown):
    """After the last one there is nothing; whether a certificate for one site covers it nobody can tell (I48)."""
    entry = shown.entry(shown.story)
    (unit,), more = shown.story.ask(catalogue.units, entry, shown.story.today, limit=1)
    assert (unit.code, more) == (shown.engine.code, "")
    assert shown.story.ask(catalogue.units, entry, shown.story.today, after="0") == ([], "")
    line = Line(shown.model, "Hall 9")
    quality = people.member("quality", "quality", org_id=shown.org_id)
    other = tell.second_file(shown.story, actor=quality, lines=(line,))
    tell.grant(other, lines=(line,))
    (same,), _ = shown.story.ask(catalogue.units, shown.entry(other), shown.story.today)
    assert (same.code, same.covering.claim) == (unit.code, "unknown")
    assert "Unknown: the release names no site" in shown.get(f"/recognised-products/{other.file}").text
    said = {one["claim"] for one in shown.get(f"/{shown.engine.code}?format=json").json["certifications"]}
    assert said == {"in-force", "unknown"}
    assert shown.story.ask(queries.in_force, shown.org_id, shown.item, shown.story.database.clock.now())


def test_what_the_body_decides_shows_at_once(shown):
    """On the part's page too, which was kept a moment ago; still two statements, and one."""
    assert "which is in force" in shown.get(f"/{shown.engine.code}").text
    until = shown.story.today + timedelta(days=30)
    retro = actions.Named(since=shown.story.today)
    shown.story.later(1)
    suspended = {"reason": "safety", "until": until, "retro": retro}
    tell.decide(shown.story, actions.suspend_certification, **suspended)
    with statements(shown.story.database) as seen:
        page = shown.get(f"/{shown.engine.code}").text
    assert "does not hold for this unit any longer" in page
    assert len([one for one in seen if one.lstrip().startswith(("SELECT", "WITH"))]) == 2
    with statements(shown.story.database) as seen:
        shown.get(f"/{shown.engine.code}")
    assert len([one for one in seen if one.lstrip().startswith(("SELECT", "WITH"))]) == 1


def test_a_unit_that_was_named_is_not_delivered(shown):
    """The guard of delivery looks at the certification; without retroactivity it holds."""
    item, now = shown.item, shown.story.database.clock.now()
    assert shown.story.ask(queries.in_force, shown.org_id, item, now)
    shown.story.later(1)
    given = {"reason": "safety", "until": shown.story.today + timedelta(days=30)}
    tell.decide(shown.story, actions.suspend_certification, **given)
    assert shown.story.ask(queries.in_force, shown.org_id, item, now)
    retro = actions.Named(since=shown.story.today - timedelta(days=5))
    tell.decide(shown.story, actions.withdraw_certification, reason="safety", retro=retro)
    assert not shown.story.ask(queries.in_force, shown.org_id, item, now)
    assert shown.story.ask(queries.in_force, shown.org_id, "nothing", now)


def test_what_verdicts_read(shown):
    """The certificate with its spans and models, and a row of each accredited area."""
    item, now = shown.item, shown.story.database.clock.now()
    unit = Unit(family=tell.FAMILY, model=shown.model, claim_class="REPAIRED", released=shown.story.today)
    told = shown.story.ask(queries.attested_of, shown.org_id, item, now, unit)
    (certificate,) = told.certificates
    assert (certificate.scheme, certificate.edition, certificate.category) == ("XA-RM", "2025", tell.FAMILY)
    assert [one.state for one in certificate.spans] == ["certified", "expired"]
    assert [one.model for one in certificate.models] == [shown.model]
    assert sorted(one.categories[0] for one in told.accreditations) == ["copier", tell.FAMILY]
    assert {one.body for one in told.accreditations} == {certificate.body} == {tell.BODY}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 1),
        ("q=certifiers", 1),
        ("q=PC-000001", 1),
        ("q=nobody", 0),
        ("family=diesel-engine", 1),
        ("family=copier", 0),
        ("country=xa", 1),
        ("country=XB", 0),
        ("batch=2026-03", 1),
        ("batch=2026-04", 0),
        ("after=0", 0),
        ("q=%25", 1),
        ("q=nordwerk", 1),
        ("q=Nord", 1),
        ("q=NW-6L", 1),
        ("q=nordwerk+nw6l200", 1),
        ("q=nordwerk+copier", 0),
        ("q=werk", 0),
    ],
)
def test_search(shown, asked, found):
    """By original maker and part number, words, family, country and batch: page, JSON and feed alike."""
    feed = ET.fromstring(shown.get(f"/recognised-products/feed.atom?{asked}").data)  # noqa: S314 -- our own feed
    if "after" not in asked:
        assert len(feed.findall(f"{{{ATOM}}}entry")) == found
    page = shown.get(f"/recognised-products?{asked}")
    assert page.status_code == 200
    assert page.text.count('href="/recognised-products/0') == found
    assert len(shown.get(f"/api/v1/recognised-products?{asked}").json) == found


def test_an_original_that_only_a_part_type_names(shown):
    """Before the first unit is released: the holder's types say what he takes in, and for which maker."""

    def define(tx):
        given = {"org_id": shown.org_id, "id": "t-1", "family": tell.FAMILY, "component": "engine"}
        names = dict.fromkeys(("name_en", "name_zh_hans", "name_zh_hant"), "Engine")
        made = {"maker": "Oberland Motoren", "part_number": shown.model, "defined_at": tx.now}
        tx.execute(sa.insert(PartType).values(**given, **names, **made))

    assert shown.get("/api/v1/recognised-products?q=oberland").json == []
    shown.story.database.transact(define)
    assert len(shown.get("/api/v1/recognised-products?q=oberland").json) == 1
    shown.story.database.transact(lambda tx: tx.execute(sa.update(PartType).values(part_number="OTHER")))
    assert shown.get("/api/v1/recognised-products?q=oberland").json == []


def test_the_entry_names_the_originals(shown):
    """Their maker and part number, once each; the list's links keep what was asked for."""
    entry = shown.get(f"/recognised-products/{shown.story.file}").text
    assert "Original products" in entry
    assert "Nordwerk" in entry
    page = shown.get("/recognised-products?q=nordwerk&family=diesel-engine").text
    assert "/recognised-products/feed.atom?q=nordwerk&amp;family=diesel-engine" in page
    assert "/api/v1/recognised-products?q=nordwerk&amp;family=diesel-engine" in page


def test_the_feed_is_atom(shown):
    """Each change with its address; what bodies and clients say to one another is not in it."""
    answer = shown.get("/recognised-products/feed.atom")
    assert answer.content_type.startswith("application/atom+xml")
    entries = ET.fromstring(answer.data).findall(f"{{{ATOM}}}entry")  # noqa: S314 -- our own feed
    assert [one.find(f"{{{ATOM}}}title").text for one in entries] == ["PC-000001: Certified"]


def test_an_application_is_nobodys_business(shown):
    """Not before there is a number, and a draft of a scheme neither."""
    other = tell.second_file(shown.story, actor=people.member("quality", "quality", org_id=shown.org_id))
    assert shown.get(f"/recognised-products/{other.file}").status_code == 404
    drafted = tell.draft(shown.story).subject.id
    assert shown.get(f"/certification/schemes/{drafted}").status_code == 404
    assert shown.get(f"/certification/schemes/{shown.story.scheme}").status_code == 200
    assert "Accredited" in shown.get(f"/certification/accreditations/{shown.story.accreditation}").text


def test_an_empty_catalogue_teaches(database, config):
    """It says what will stand there, and the feed is one."""
    client = browser(config, database)
    assert "will stand here" in client.get("/recognised-products").text
    assert b"<entry" not in client.get("/recognised-products/feed.atom").data
