"""Fitting a part into another: at any level, never into itself, one place a part, one part a place (I1, I4)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.parts import actions, queries
from remanu.parts.actions import Read, Unrecorded
from remanu.parts.models import InstallationReading, InstalledNow
from remanu.parts.queries import usage
from remanu.rules.genealogy import DEEPEST
from tests.parts.grove import DISK, Grove
from tests.parts.hall import act
from tests.parts.test_races import together


@pytest.fixture
def grove(hall):
    """Two engines, a module and a disk."""
    return Grove(hall).planted()


def why(refused) -> str:
    """The reason of a refusal."""
    return str(refused.value.details["why"])


def test_assemblies_sit_in_assemblies(grove):
    """A disk in a module in an engine: the tree knows all levels, whichever went in first."""
    grove.fit("disk", "module", "disk")
    done = grove.fit("module", "engine", "hp-turbine")
    assert grove.shape("engine") == {"module": ("engine", "hp-turbine"), "disk": ("module", "disk")}
    assert (done.body.host, done.body.position) == (grove.items["engine"].id, "hp-turbine")
    assert grove.used("disk")[0][:2] in {("module", 1), ("engine", 2)}


def test_not_yours(grove, other):
    """A role that fits nothing, and a part or host of another organisation, are refused."""
    with pytest.raises(Forbidden):
        grove.hall.do("quality", actions.fit, grove.items["engine"].id, position="p", code=grove.items["disk"].code)
    foreign = other.item(serial="F-1")
    with pytest.raises(BadInput) as refused:
        grove.hall.do("technician", actions.fit, grove.items["engine"].id, position="p", code=foreign.code)
    assert why(refused) == "not-our-part"
    with pytest.raises(NotFound):
        grove.hall.do("technician", actions.fit, foreign.id, position="p", code=grove.items["disk"].code)


def test_a_part_never_goes_into_itself(grove):
    """Nor into what it holds, on any level."""
    grove.fit("disk", "module", "disk")
    grove.fit("module", "engine", "hp-turbine")
    for inner in ("engine", "module", "disk"):
        with pytest.raises(Conflict) as refused:
            grove.fit("engine", inner, "ring")
        assert why(refused) == "into-itself"


def test_of_two_acts_that_would_close_a_ring_one_wins(grove):
    """Each alone is possible; together they are not, also when both begin at once."""
    grove.fit("disk", "module", "disk")
    who, items = grove.hall.who("technician"), grove.items

    def first(tx):
        return actions.fit(tx, who, items["disk"].id, position="x", code=items["engine"].code)

    def second(tx):
        return actions.fit(tx, who, items["engine"].id, position="y", code=items["module"].code)

    done = together(grove.hall.database, first, second)
    told = [one.details["why"] for one in done if isinstance(one, Conflict)]
    assert told == ["into-itself"]


def test_one_place_a_part_and_one_part_a_place(grove):
    """I4: what sits somewhere is taken out first, and a filled position takes nothing."""
    grove.fit("disk", "engine", "p-1")
    for host, position, told in (
        ("engine", "p-1", "installed-already"),
        ("engine", "p-2", "installed-elsewhere"),
        ("other", "p-1", "installed-elsewhere"),
    ):
        with pytest.raises(Conflict) as refused:
            grove.fit("disk", host, position)
        assert why(refused) == told
    with pytest.raises(Conflict) as refused:
        grove.fit("module", "engine", "p-1")
    assert why(refused) == "position-filled"


def test_of_two_that_want_one_place_one_gets_it(grove):
    """I4 under a race."""
    who, items = grove.hall.who("technician"), grove.items
    host = items["engine"].id
    works = [
        lambda tx, one=one: actions.fit(tx, who, host, position="p-1", code=items[one].code)
        for one in ("module", "disk")
    ]
    done = together(grove.hall.database, *works)
    assert sorted(isinstance(one, Conflict) for one in done) == [False, True]
    assert len(grove.shape("engine")) == 1


def test_a_part_without_a_record_gets_one(grove):
    """It is found in its place, unreleased; the same serial again is refused with the part that has it (I1)."""
    new = Unrecorded(part_number="NW-BR-7", serial="B-1", name="Bearing")
    host = grove.items["engine"].id
    done = grove.hall.do("technician", actions.fit, host, position="bearing-1", new=new)
    item = grove.hall.ask(queries.find_item, done.subject.id)
    assert (item.name, item.condition, item.origin, item.maker) == ("Bearing", "unreleased", "core", "Nordwerk")
    assert grove.hall.ask(usage.sits, item.id).began == "found"
    with pytest.raises(Conflict) as refused:
        grove.hall.do("technician", actions.fit, host, position="bearing-2", new=new)
    assert refused.value.details == {"why": "already-registered", "code": item.code}


def test_what_is_in_use_takes_usable_parts_alone(grove):
    """A released unit takes a part with a paper, not one that was merely found."""
    grove.plant("running", condition="released")
    with pytest.raises(Conflict) as refused:
        grove.fit("disk", "running")
    assert why(refused) == "not-serviceable"
    host = grove.items["running"].id
    new = Unrecorded(part_number="NW-TD-1", serial="N-1", origin="new")
    with pytest.raises(BadInput) as refused:
        grove.hall.do("technician", actions.fit, host, position="disk", new=new)
    assert (refused.value.details["field"], why(refused)) == ("papers", "required")
    done = grove.hall.do("technician", actions.fit, host, position="disk", new=new, papers="XA-2026-8")
    assert done.body.papers == "XA-2026-8"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_no_more_goes_nowhere(grove):
    """I11: neither a scrapped part nor one into a scrapped host; and nothing joins a unit that was certified."""
    grove.plant("gone", condition="scrapped")
    for name, host in (("gone", "engine"), ("disk", "gone")):
        with pytest.raises(Conflict) as refused:
            grove.fit(name, host)
        assert why(refused) == "scrapped-part"
    grove.hall.case("TEST_PASSED", item=grove.items["engine"])
    grove.hall.case("IN_WORK", item=grove.items["module"])
    for name, host, told in (("disk", "engine", "unit-is-built"), ("module", "other", "in-case")):
        with pytest.raises(Conflict) as refused:
            grove.fit(name, host)
        assert why(refused) == told


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_assembly_has_an_end(grove):
    """One level too many is refused instead of being left out of every later answer."""
    last = "engine"
    for n in range(DEEPEST + 1):
        grove.plant(f"n{n}", **DISK)
        if n < DEEPEST:
            grove.fit(f"n{n}", last)
            last = f"n{n}"
    assert len(grove.shape("engine")) == DEEPEST
    with pytest.raises(Conflict) as refused:
        grove.fit(f"n{DEEPEST}", last)
    assert why(refused) == "too-many-levels"


def test_counters_stand_at_both_ends(grove):
    """Readings of part and unit are kept with the installation; a host without counters goes by what is around it."""
    hall = grove.hall
    hall.do("technician", actions.read_counter, grove.items["engine"].id, counter="hours", value="900", origin="photo")
    grove.fit("module", "engine", "hp-turbine")
    done = grove.fit("disk", "module", "disk", readings=(Read(whose="item", counter="hours", value="120"),))
    engine, disk = grove.items["engine"].id, grove.items["disk"].id
    told = {(one.whose, one.item): one.value for one in done.body.edges}
    assert told == {("item", disk): "120", ("host", engine): "900"}
    with hall.database.reading() as connection:
        rows = connection.execute(
            sa.select(InstallationReading).where(InstallationReading.installation_id == done.body.installation)
        ).all()
    assert {(row.edge, row.whose, row.value) for row in rows} == {("start", "item", "120"), ("start", "host", "900")}
    assert [row.value for row in hall.ask(queries.counters, disk)] == ["120"]


def test_a_counter_that_falls_is_refused_at_its_line(grove):
    """I6 holds here as well, and nothing is kept of the act."""
    hall = grove.hall
    hall.do("technician", actions.read_counter, grove.items["disk"].id, counter="hours", value="200", origin="photo")
    with pytest.raises(BadInput) as refused:
        grove.fit("disk", "engine", readings=(Read(whose="item", counter="hours", value="120"),))
    assert (refused.value.details["field"], why(refused)) == ("readings.0.value", "counter-falls")
    assert grove.shape("engine") == {}


def test_an_entry_made_late_keeps_to_what_was(grove):
    """A part that sat elsewhere at that time, or a ring at any time since, is refused; a free time is taken."""
    start = grove.later(days=10)
    grove.fit("disk", "engine")
    grove.later(days=1)
    grove.remove("disk", why="access")
    grove.later(days=1)
    with pytest.raises(BadInput) as refused:
        grove.fit("disk", "other", at=start + timedelta(hours=1), why="found in the notebook")
    assert why(refused) == "overlaps"
    grove.fit("disk", "other", at=start + timedelta(days=1, hours=1), why="found in the notebook")
    assert grove.shape("other", start + timedelta(days=1, hours=2)) == {"disk": ("other", "p-1")}
    with pytest.raises(Conflict) as refused:
        grove.fit("other", "disk", "ring", at=start + timedelta(days=1), why="found in the notebook")
    assert why(refused) == "into-itself"


def test_pages_and_json_do_the_same(grove, technician):
    """A scanned address names the part; bad input keeps what was typed; the tree shows what was done."""
    engine, disk = grove.items["engine"], grove.items["disk"]
    page = technician.get(f"/parts/{engine.id}/fit").text
    assert "readings.0.value" in page
    assert "Position" in page
    bad = technician.post(
        f"/parts/{engine.id}/fit", data={"key": "k0", "position": "p-1", "code": "NOPE", "origin": "core"}
    )
    assert bad.status_code == 422
    assert "NOPE" in bad.text
    sent = {"key": "k1", "position": "p-1", "code": disk.uri, "readings.0.whose": "item", "readings.0.counter": "hours"}
    done = technician.post(f"/parts/{engine.id}/fit", data={**sent, "readings.0.rating": "", "readings.0.value": "7"})
    assert done.status_code == 303
    assert "S-disk" in technician.get(done.location).text
    again = act(technician, f"/parts/{engine.id}/fit", position="p-2", part_number="NW-TD-1", serial="S-disk")
    assert (again.status_code, again.json["why"]) == (409, "already-registered")
    told = act(technician, f"/parts/{engine.id}/fit", key="k3", position="p-3", part_number="NW-X", serial="X-1")
    assert told.status_code == 200
    assert grove.hall.ask(usage.sits, told.json["more"]["item"]).position == "p-3"


def test_a_record_of_installations_is_made_once(grove):
    """The table of what sits where now has one row a part."""
    grove.fit("disk", "module")
    grove.fit("module", "engine")
    with grove.hall.database.reading() as connection:
        rows = connection.execute(sa.select(InstalledNow)).all()
    assert len(rows) == 2


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_part_then_assembly_are_two_scans(grove, technician):
    """Install, the part, what it goes into: the form knows the part, a position is all that is asked."""
    disk, engine, module = (grove.items[one] for one in ("disk", "engine", "module"))

    def scan(code, **more):
        return technician.get("/scan", query_string={"text": code, **more})

    way = scan(disk.code, do="install").location
    assert way == f"/scan?do=into&part={disk.id}"
    page = technician.get(way).text
    assert "Scan what it goes into" in page
    assert f'name="part" value="{disk.id}"' in page
    form = scan(engine.code, do="into", part=disk.id).location
    assert form == f"/parts/{engine.id}/fit?code={disk.code}"
    assert f'value="{disk.code}"' in technician.get(form).text
    itself = scan(disk.code, do="into", part=disk.id)
    assert (itself.status_code, "cannot go into itself" in itself.text) == (422, True)
    for odd in ("nowhere", "\0", "9" * 5000):
        assert technician.get("/scan", query_string={"do": "into", "part": odd}).status_code in {200, 404}
    sent = technician.post(f"/parts/{engine.id}/fit", data={"key": "k", "position": "p-1", "code": disk.code})
    assert sent.status_code == 303
    assert grove.shape("engine")["disk"] == ("engine", "p-1")
    page = technician.get(sent.location).text
    undo = re.search(rf'action="/parts/{disk.id}/remove" data-undo="10">(.*?)<button', page)[1]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]+)"', undo))
    assert fields["why"] == "mistake"
    assert technician.post(f"/parts/{disk.id}/remove", data=fields).status_code == 303
    assert grove.shape("engine") == {}
    assert scan(module.code, do="install").location == f"/scan?do=into&part={module.id}"
