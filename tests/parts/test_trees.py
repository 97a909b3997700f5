"""Trees as they are and as they were, where a part was used, and their pages."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from remanu.parts import actions, queries
from remanu.parts.queries import trees, usage
from tests.parts.grove import DISK, Grove
from tests.stores import START


@pytest.fixture
def grove(hall):
    """A disk that sat in a module in one engine, then in the module in another, then nowhere."""
    made = Grove(hall).planted()
    made.fit("disk", "module", "disk")
    made.later(days=1)
    made.fit("module", "engine", "hp-turbine")
    made.later(days=10)
    made.remove("module", "scheduled")
    made.later(days=1)
    made.fit("module", "other", "hp-turbine")
    made.later(days=10)
    made.remove("disk", "wear", papers="WO-3")
    made.later(days=1)
    return made


def day(n: float):
    """A moment so many days after the beginning."""
    return START + timedelta(days=n)


def test_a_tree_as_it_was(grove):
    """At each moment what sat then, on all levels; nothing before, and the module alone now."""
    whole = {"module": ("engine", "hp-turbine"), "disk": ("module", "disk")}
    assert grove.shape("engine", day(0.5)) == {}
    assert grove.shape("engine", day(5)) == whole
    assert grove.shape("engine", day(11.5)) == {}
    assert grove.shape("other", day(15)) == {"module": ("other", "hp-turbine"), "disk": ("module", "disk")}
    assert grove.shape("other") == {"module": ("other", "hp-turbine")}
    assert grove.hall.ask(trees.size, grove.items["engine"].id, day(5)) == (2, 2)


def test_where_it_was_used(grove):
    """Both engines, through the module, each from when to when; and down again from an engine."""
    told = {(name, level): (since, until) for name, level, since, until in grove.used("disk")}
    assert told == {
        ("module", 1): (day(0), day(22)),
        ("engine", 2): (day(1), day(11)),
        ("other", 2): (day(12), day(22)),
    }
    held = [(name, level, since, until) for name, level, since, until in grove.used("other", "down")]
    assert sorted(held) == [("disk", 2, day(12), day(22)), ("module", 1, day(12), None)]


def test_pages_of_uses_end_in_no_gap(grove):
    """A small page after the other tells each use once, in order."""
    disk = grove.items["disk"].id
    whole = grove.hall.ask(usage.uses, disk, "up")
    one = []
    after = ""
    while page := grove.hall.ask(usage.uses, disk, "up", after=after, limit=1):
        one += page
        after = page[-1].key
    assert one == whole


def test_counters_as_they_were(grove):
    """The last reading before a moment; a correction counts from when the wrong one was taken."""
    hall, disk = grove.hall, grove.items["disk"].id
    wrong = hall.do("technician", actions.read_counter, disk, counter="hours", value="700", origin="photo")
    grove.later(days=5)
    hall.do("technician", actions.read_counter, disk, counter="hours", value="800", origin="photo")
    grove.later(days=5)
    given = {"value": "690", "origin": "photo", "corrects": wrong.body.reading, "why": "read upside down"}
    hall.do("technician", actions.read_counter, disk, counter="hours", **given)

    def shown(at):
        found = hall.ask(queries.counters_at, [disk], day(at))
        return [row.value for row in found.get(disk, [])]

    assert [shown(at) for at in (22, 24, 30, 40)] == [[], ["690"], ["800"], ["800"]]


def test_the_tree_page(grove, technician):
    """Now and on a day: the way up, what is in it, a search in it, bad days said in words."""
    engine, module, disk = (grove.items[name] for name in ("engine", "module", "disk"))
    on = day(5).date().isoformat()
    page = technician.get(f"/parts/{engine.id}/tree?on={on}").text
    assert "hp-turbine" in page
    assert "S-disk" in page
    assert "Levels" in page
    assert "Nothing is recorded in it" in technician.get(f"/parts/{engine.id}/tree").text
    inner = technician.get(f"/parts/{module.id}/tree?on={on}&inner=1").text
    assert "S-disk" in inner
    assert "<html" not in inner
    way = technician.get(f"/parts/{disk.id}/tree?on={on}").text
    assert f"/parts/{engine.id}/tree?on={on}" in way
    found = technician.get(f"/parts/{engine.id}/tree?on={on}&q=S-disk").text
    assert "hp-turbine › disk" in found
    assert "No part in it carries these words" in technician.get(f"/parts/{engine.id}/tree?on={on}&q=nothing").text
    known = "Write a day as"
    for bad, told in (("tomorrow", known), ("2999-01-01", "This day is yet to come"), ("0001-01-01", known)):
        answer = technician.get(f"/parts/{engine.id}/tree?on={bad}")
        assert answer.status_code == 422
        assert told in answer.text


def test_the_tree_as_json(grove, technician):
    """All levels with readings, and the day that it is of."""
    engine, disk = grove.items["engine"], grove.items["disk"]
    told = technician.get(f"/api/v1/parts/{engine.id}/tree?on={day(5).date()}").json
    assert [(one["position"], one["level"]) for one in told["parts"]] == [("hp-turbine", 1), ("disk", 2)]
    assert (told["on"], told["complete"]) == (day(5).date().isoformat(), True)
    way = technician.get(f"/api/v1/parts/{disk.id}/tree?on={day(5).date()}").json["way"]
    assert [step["position"] for step in way] == ["disk", "hp-turbine"]
    assert technician.get(f"/api/v1/parts/{engine.id}/tree?on=x").status_code == 422


def test_uses_as_page_json_and_table(grove, technician):
    """The same rows in all three; no cell is taken for a formula."""
    disk, other = grove.items["disk"], grove.items["other"]
    page = technician.get(f"/parts/{disk.id}/uses").text
    assert "It is worn" in page
    assert "What it ever held" in technician.get(f"/parts/{other.id}/uses?direction=down").text
    told = technician.get(f"/api/v1/parts/{disk.id}/uses?direction=up").json
    assert ({one["level"] for one in told["items"]}, told["next"]) == ({1, 2}, None)
    assert technician.get(f"/parts/{disk.id}/uses?direction=sideways").status_code == 422
    evil = grove.plant("evil", **{**DISK, "part_number": "=HYPERLINK(1)"})
    grove.fit("evil", "other", "@slot")
    table = technician.get(f"/parts/{other.id}/uses.csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert table.mimetype == "text/csv"
    assert {(row["direction"], row["serial"]) for row in rows} == {
        ("down", "S-module"),
        ("down", "S-disk"),
        ("down", "S-evil"),
    }
    mine = next(row for row in rows if row["code"] == evil.code)
    assert (mine["part_number"], mine["position"]) == ("'=HYPERLINK(1)", "'@slot")
    assert "It never held a part" in technician.get(f"/parts/{evil.id}/uses?direction=down").text
    assert "It was in no assembly" in technician.get(f"/parts/{other.id}/uses").text


def test_nobody_else_looks_in(grove, other, web):
    """Another organisation's tree is not there."""
    stranger = other.browser(web, "technician")
    for path in ("tree", "uses", "uses.csv"):
        assert stranger.get(f"/parts/{grove.items['engine'].id}/{path}").status_code == 404
    assert stranger.get(f"/api/v1/parts/{grove.items['engine'].id}/tree").status_code == 404


def test_a_page_of_a_wide_assembly_goes_on(grove):
    """Children come a page at a time by position."""
    for n in range(7):
        grove.plant(f"c{n}", **DISK)
        grove.fit(f"c{n}", "engine", f"cutter-{n}")
    at, host = grove.hall.database.clock.now(), grove.items["engine"].id
    first = grove.hall.ask(trees.children, host, at, limit=4)
    rest = grove.hall.ask(trees.children, host, at, after=first[-1].position, limit=4)
    assert [row.position for row in (*first, *rest)] == [f"cutter-{n}" for n in range(7)]
    assert grove.hall.ask(trees.in_place, host, "cutter-3", at).item_id == grove.items["c3"].id


_PLANS = {
    "tree": (trees._TREE, {"roots": ["a"], "at": day(1)}),
    "now": (trees._TREE_NOW, {"roots": ["a"]}),
    "children": (trees._CHILDREN, {"host_id": "a", "at": day(1), "after": "", "most": 50}),
    "up": (usage._USES["up"], {"start": "a", "since": "", "after": "", "most": 50}),
    "down": (usage._USES["down"], {"start": "a", "since": "", "after": "", "most": 50}),
    "ways": (trees._WAY_UP, {"items": ["a"], "at": day(1)}),
}


@pytest.mark.parametrize("name", _PLANS)
def test_questions_go_by_the_indexes(hall, name):
    """No question about a tree reads a whole table (performance.md §3: plan assertions come first)."""
    statement, asked = _PLANS[name]
    with hall.database.reading() as connection:
        plan = explain(connection, statement, {"org_id": hall.org_id, **asked})
    whole = [line for line in plan if any(sign in line for sign in ("SCAN installation", "SCAN item", "SCAN child"))]
    whole += [line for line in plan if line.strip().startswith(("->  Seq Scan on in", "->  Seq Scan on item"))]
    assert whole == [], plan


def explain(connection, statement, asked) -> list[str]:
    """The plan of a statement in the words of its engine; on PostgreSQL as if tables were large."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.exec_driver_sql("SET enable_seqscan = off")
    plain = statement.params(**asked).compile(
        dialect=connection.dialect, compile_kwargs={"literal_binds": True, "render_postcompile": True}
    )
    how = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
    return [str(row[-1]) for row in connection.exec_driver_sql(how + str(plain))]
