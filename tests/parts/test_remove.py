"""Taking a part out: why, by which document, with what is in it, and not before it was in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, Forbidden
from remanu.parts import actions
from remanu.parts.actions import Read
from remanu.parts.models import Installation, InstallationReading
from tests.parts.grove import Grove
from tests.parts.hall import act
from tests.parts.test_races import together


@pytest.fixture
def grove(hall):
    """A disk in a module in an engine."""
    made = Grove(hall).planted()
    made.fit("disk", "module", "disk")
    made.fit("module", "engine", "hp-turbine")
    return made


def why(refused) -> str:
    """The reason of a refusal."""
    return str(refused.value.details["why"])


def test_a_module_leaves_with_what_is_in_it(grove):
    """The engine is empty, the disk still sits in the module, and why and by what stands in the record."""
    start = grove.hall.database.clock.now()
    grove.later(hours=1)
    done = grove.remove("module", "fault", papers="WO-88")
    assert (done.body.why, done.body.papers, done.body.position) == ("fault", "WO-88", "hp-turbine")
    assert grove.shape("engine") == {}
    assert grove.shape("module") == {"disk": ("module", "disk")}
    assert set(grove.shape("engine", start)) == {"module", "disk"}
    with grove.hall.database.reading() as connection:
        row = connection.execute(sa.select(Installation).where(Installation.id == done.body.installation)).one()
    assert (row.ended, row.papers_out, row.to_at) == ("fault", "WO-88", start + timedelta(hours=1))


def test_not_yours(grove):
    """A role that takes nothing out."""
    with pytest.raises(Forbidden):
        grove.hall.do("quality", actions.remove, grove.items["disk"].id, why="fault")


def test_what_sits_in_nothing_and_a_time_before_it_sat(grove):
    """Twice is refused, and so is a time at which the part was not in its place."""
    start = grove.hall.database.clock.now()
    with pytest.raises(BadInput) as refused:
        grove.remove("disk", at=start - timedelta(hours=2))
    assert why(refused) == "before-installation"
    with pytest.raises(BadInput) as refused:
        grove.remove("disk", "boredom")
    assert why(refused) == "not-a-choice"
    grove.remove("disk")
    with pytest.raises(Conflict) as refused:
        grove.remove("disk")
    assert why(refused) == "not-installed"


def test_a_certified_unit_is_left_as_it_is(grove):
    """Between its reassembly and its delivery nothing leaves a unit, on any level."""
    case = grove.hall.case("REASSEMBLED", item=grove.items["engine"])
    with pytest.raises(Conflict) as refused:
        grove.remove("disk")
    assert (why(refused), refused.value.details["code"]) == ("unit-is-built", grove.items["engine"].code)
    grove.hall.move(case, "IN_SERVICE")
    grove.remove("disk")


def test_a_part_taken_out_has_to_prove_itself(grove):
    """A usable part is not usable any more, unless it only made way (14 CFR 43.10 (b) in words of this trade)."""
    for name, reason, left in (("a", "wear", "unreleased"), ("b", "access", "serviceable")):
        grove.plant(name, condition="serviceable")
        grove.fit(name, "other", name)
        grove.remove(name, reason)
        assert grove.row(name).condition == left


def test_counters_stand_at_the_end_as_well(grove):
    """What is read at removal is kept with the installation, of part and engine."""
    reads = (
        Read(whose="item", counter="hours", value="480"),
        Read(whose="host", counter="hours", value="1480", unit="h"),
    )
    done = grove.remove("disk", readings=reads)
    with grove.hall.database.reading() as connection:
        rows = connection.execute(
            sa.select(InstallationReading).where(
                InstallationReading.installation_id == done.body.installation, InstallationReading.edge == "end"
            )
        ).all()
    assert {(row.whose, row.item_id, row.value) for row in rows} == {
        ("item", grove.items["disk"].id, "480"),
        ("host", grove.items["engine"].id, "1480"),
    }
    with pytest.raises(BadInput) as refused:
        grove.remove("module", readings=(Read(whose="neighbour", counter="hours", value="1"),))
    assert refused.value.details["field"] == "readings.0.whose"


def test_one_of_two_removals_wins(grove):
    """The other is told that it sits in nothing."""
    who, disk = grove.hall.who("technician"), grove.items["disk"].id
    work = lambda tx: actions.remove(tx, who, disk, why="wear")  # noqa: E731 -- run twice at once
    done = together(grove.hall.database, work, work)
    assert sorted(isinstance(one, Conflict) for one in done) == [False, True]


def test_the_page_says_where_it_sits(grove, technician):
    """Its host, what comes out with it; and what there is to do where it sits in nothing."""
    module, engine = grove.items["module"], grove.items["engine"]
    page = technician.get(f"/parts/{module.id}/remove").text
    assert "hp-turbine" in page
    assert "The part in it comes out with it." in page
    done = technician.post(f"/parts/{module.id}/remove", data={"key": "k1", "why": "wear"})
    assert done.status_code == 303
    assert "It sits in nothing" in technician.get(f"/parts/{module.id}/remove").text
    told = act(technician, f"/parts/{engine.id}/remove", why="wear")
    assert (told.status_code, told.json["why"]) == (409, "not-installed")
