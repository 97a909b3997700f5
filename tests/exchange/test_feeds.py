"""Feeds of changes to releases: valid Atom, in two statements, known by their tag, in the reader's language."""

from __future__ import annotations

from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from remanu.clock import parse_stamp
from remanu.exchange.queries import changes
from remanu.release import actions
from tests.provenance.site import browser, statements

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(answer):
    """The feed as a reader's program takes it: what RFC 4287 asks of a feed and its entries is there."""
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    root = ET.fromstring(answer.data)  # noqa: S314 -- written by ourselves a moment ago
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for one in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert one.find(f"a:{name}", ATOM).text
        parse_stamp(one.find("a:updated", ATOM).text)
        assert one.find("a:link[@rel='alternate']", ATOM).get("href")
    assert root.find("a:author/a:name", ATOM).text
    entries = root.findall("a:entry", ATOM)
    ids = [one.find("a:id", ATOM).text for one in entries]
    assert len(set(ids)) == len(ids)
    return root, [one.find("a:category", ATOM).get("term") for one in entries]


def test_what_changed_newest_first(yard, config):
    """Of the part and of all, with the part that an assembly is doubted for; two statements each, sent once."""
    yard.fit(yard.part.yard.unit, yard.assembly.yard.unit)
    yard.wait(hours=1)
    yard.part.act("quality", "review_release", yard.part.paper().id, reason="report-received")
    yard.wait(hours=1)
    (mine,) = [one for one in yard.reviews() if one.reason == "report-received"]
    yard.place.do(actions.lift_review, yard.certifier(), mine.id, basis="not-affected")
    yard.wait(hours=1)
    yard.revoke()
    reader = browser(config, yard.database)
    item = yard.part.yard.view().item
    with statements(yard.database) as seen:
        answer = reader.get(f"/{item.code}/feed")
    assert len(seen) == 2
    root, terms = read(answer)
    assert terms == ["revoked", "sound", "under-review", "released"]
    assert root.find("a:id", ATOM).text == f"{item.uri}/feed"
    again = reader.get(f"/{item.code}/feed", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    chinese = reader.get(f"/{item.code}/feed?lang=zh-Hans")
    assert read(chinese)[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"

    with statements(yard.database) as seen:
        answer = reader.get(f"/feeds/{yard.place.org_id}")
    assert len(seen) == 2
    root, terms = read(answer)
    assert sorted(terms) == ["released", "released", "revoked", "sound", "under-review", "under-review", "under-review"]
    summaries = [one.find("a:summary", ATOM).text for one in root.findall("a:entry", ATOM)]
    assert any(item.uri in one for one in summaries)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_feed_where_there_is_nothing(yard, config):
    """Neither of what is no code, nor of a code without a record, nor of a body that is not here."""
    reader = browser(config, yard.database)
    for path in ("/thirteenchars/feed", f"/feeds/{uuid4()}", "/feeds/everybody", "/thirteenchars/follow"):
        assert reader.get(path).status_code == 404
    plain = yard.item(serial="NEW")
    code = yard.part.yard.row(plain).code
    assert read(reader.get(f"/{code}/feed"))[1] == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_feed_reads_a_whole_table(yard):
    """Each arm is a page of an index."""
    for statement, asked in (
        (changes._OF_ALL, {"org_id": "o"}),
        (changes._OF_PART, {"org_id": "o", "item_id": "i"}),
    ):
        compiled = statement.compile(dialect=yard.database.read_engine.dialect)
        known = compiled.construct_params(asked)
        with yard.database.reading() as connection:
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {compiled}", tuple(known[name] for name in compiled.positiontup)
            )
            lines = [row[3] for row in plan]
        assert [one for one in lines if one.startswith("SCAN") and one.split()[1].startswith("release")] == []
