"""The site of equipment is accepted instead of a receipt: nothing changes hands (SM-1 no. 2, domain.md §3.8)."""

from __future__ import annotations

import re

import pytest

from remanu.errors import BadInput, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.intake import actions, queries
from remanu.intake.events import Reading
from remanu.parts import queries as parts
from tests import people
from tests.intake import story

TECHNICIAN = people.TECHNICIAN
MOTOR = {"family": "electromechanical", "maker": "Nordwerk", "part_number": "M-3200", "serial": "M3200-7"}
GIVEN = {
    "energies": ("mechanical", "electrical"),
    "permit": "PTW-118",
    "site": "Mill 2",
    "locks": "L-14",
    "temperature": "31.5",
    "humidity": "48",
    "baseline": (Reading(name="Vibration", value="3.4", unit="mm/s"),),
    "evidence": (story.PHOTO,),
}


def accept_site(tx, actor=TECHNICIAN, case=None, **more):
    """The motor of the story, where it stands."""
    core = None if case else actions.Core(**{**MOTOR, **more.pop("claimed", {})})
    return actions.accept_site(tx, actor, case, **{"core": core, **GIVEN, **more})


def test_equipment_is_accepted_where_it_stands(hall):
    """The case is on site, what it showed is its condition, and custody stays where it was."""
    done = hall.do(accept_site, owner="Aster Haulage")
    case = hall.case(done.body.step.case)
    assert (case.state, case.on_site, case.item.place) == ("SITE_ACCEPTED", True, None)
    assert done.body.energies == ("electrical", "mechanical")
    (row,) = hall.ask(queries.condition_of, people.WORKSHOP, case.id)
    assert (row.name, row.value, row.unit, row.simulated) == ("Vibration", "3.4", "mm/s", False)
    site = hall.ask(queries.site_of, case)
    assert (site.energies, site.lifted_at) == ("electrical mechanical", None)
    assert (site.temperature, site.humidity) == ("31.5", "48")
    told = hall.ask(queries.intake_of, people.WORKSHOP, case.id)
    assert [(one.act, one.signed) for one in told.custody] == [("site", False)]
    assert hall.holds()


def test_permit_site_and_locks_are_sealed(hall, keyring):
    """They open with the organisation's key alone."""
    done = hall.do(accept_site, owner="Aster")
    opened = hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id)
    assert opened == {"owner": "Aster", "permit": "PTW-118", "site": "Mill 2", "locks": "L-14"}


def test_counters_go_on_and_are_read(hall):
    """The reading at the beginning stands on the part."""
    done = hall.do(accept_site, counters={"hours": actions.Counted(value="96300")})
    rows = hall.ask(parts.counters, people.WORKSHOP, done.subject.id)
    assert [(row.counter, row.value) for row in rows] == [("hours", "96300")]


@pytest.mark.parametrize(
    ("left_out", "guard"),
    [({"permit": None}, "permit_shown"), ({"energies": ()}, "isolated"), ({"baseline": ()}, "baseline_taken")],
)
def test_no_work_without_it(hall, left_out, guard):
    """Permit, lock-out and baseline each stand against it."""
    with pytest.raises(GuardFailed) as refused:
        hall.do(accept_site, **left_out)
    assert refused.value.details["missing"] == [guard]
    assert hall.holds()


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        ({"evidence": ()}, "evidence", "required"),
        ({"energies": ("luck",)}, "energies", "not-a-choice"),
        ({"temperature": None}, "temperature", "required"),
        ({"humidity": "140"}, "humidity", "out-of-range"),
        ({"claimed": {"family": "diesel-engine"}}, "family", "not-on-site"),
    ],
)
def test_odd_entries(hall, odd, field, why):
    """Each is refused by name; a family whose pack knows no work on site as well."""
    with pytest.raises(BadInput) as refused:
        hall.do(accept_site, **odd)
    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)
    assert hall.holds()


def test_who_may(hall):
    """Technicians, planners and quality of the same organisation, from the announcement on or before it."""
    with pytest.raises(Forbidden):
        hall.do(accept_site, people.BY_ROLE["label_officer"])
    case = hall.do(accept_site).body.step.case
    with pytest.raises(NotAllowed):
        hall.do(accept_site, case=case, core=None)
    with pytest.raises(NotFound):
        hall.do(accept_site, people.OUTSIDER, case=case, core=None)


def test_the_page(desk):
    """It asks what equipment it is, keeps what was typed, and leads to the part."""
    page = desk.get("technician", "/cases/accept_site").text
    assert "In-service electromechanical equipment" in page
    assert "Diesel engine" not in page
    asked = desk.get("technician", "/cases/accept_site?family=electromechanical").text
    assert "Isolated and locked out" in asked
    given = {
        "family": "electromechanical",
        "serial": "M3200-7",
        "maker": "Nordwerk",
        "part_number": "M-3200",
        "energies__0": "electrical",
        "permit": "PTW-118",
        "temperature": "31",
        "humidity": "48",
        "baseline__0__name": "Vibration",
        "baseline__0__value": "3.4",
    }
    way = "/cases/accept_site?family=electromechanical"
    refused = desk.post("technician", way, photos=True, **given)
    assert refused.status_code == 422
    assert 'value="PTW-118"' in refused.text
    typed = given | {"baseline__0__unit": "mm/s", "baseline__1__name": "Clearance", "baseline__1__unit": "mm"}
    wrong = desk.post("technician", way, photos=True, **typed, baseline__1__value="1,2")
    assert wrong.status_code == 422
    assert '<a href="#f-baseline-1-value">Value 2</a>' in wrong.text
    assert re.search(r'id="f-baseline-1-value" name="baseline.1.value" aria-invalid="true" value="1,2"', wrong.text)
    told = desk.post("technician", way, photos=True, **given, baseline__0__unit="mm/s")
    assert told.status_code == 303, told.text
    part = desk.get("technician", told.location).text
    assert "Accepted on site" in part
    record = re.search(r'href="(/cases/[^/]+/intake)"', part)[1]
    seen = desk.get("planner", record).text
    for words in ("Permit to work", "PTW-118", "Electrical", "31 °C", "What it shows in place"):
        assert words in seen
    assert "<dt>permit</dt>" not in seen
