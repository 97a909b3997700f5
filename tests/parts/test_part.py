"""One part as insiders see it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from remanu.accounts import actions as accounts
from remanu.intake import actions as intake
from remanu.parts import actions
from remanu.rules import lifecycle
from remanu.rules.permissions import ROLES
from tests.parts.hall import counted


def primary(page):
    """Where the one primary action leads."""
    found = re.search(r'class="primary"><a class="button" href="([^"]+)"', page)
    return found and found[1]


def reasons(page):
    """Greyed acts with their reasons."""
    found = re.findall(r'aria-disabled="true"><span>([^<]+)</span><small>([^<]+)</small>', page)
    return {unescape(name): unescape(reason) for name, reason in found}


def test_the_head_says_what_it_is_and_where_it_stands(hall, technician):
    """Name, code in groups, serial, state with its sign, and whose turn it is."""
    case = hall.case("IN_WORK", serial="E-77")
    page = technician.get(f"/parts/{case.item.id}").text
    code = case.item.code
    grouped = f"{code[:4]}-{code[4:9]}-{code[9:]}"
    for said in ("Diesel engine", grouped, "E-77", "In work", "the technician disassembles"):
        assert said in page


def test_the_next_step_is_the_one_primary_action(hall, inspector):
    """By role and facts."""
    case = hall.case("RECEIVED")
    page = inspector.get(f"/parts/{case.item.id}").text
    assert primary(page) == f"/cases/{case.id}/identify"
    assert page.count('class="primary"') == 1


def test_what_brings_about_the_missing_is_asked_for(hall, technician):
    """The unit cannot be taken apart before its parts are recorded."""
    case = hall.case("IN_WORK")
    page = technician.get(f"/parts/{case.item.id}").text
    assert primary(page) == f"/cases/{case.id}/record_component"


def test_what_one_may_not_do_is_grey_with_its_reason(hall, logistics):
    """Another's role is named."""
    page = logistics.get(f"/parts/{hall.case('RECEIVED').item.id}").text
    assert primary(page) is None
    said = reasons(page).values()
    assert any(reason.startswith("Needs the role: ") and "Core inspector" in reason for reason in said)


def test_what_is_missing_is_said(hall, technician):
    """In words, not as a name of a guard."""
    said = reasons(technician.get(f"/parts/{hall.case('IN_WORK').item.id}").text)
    assert any("The parts found are recorded" in reason for reason in said.values())


def test_ones_own_work_is_said(hall, quality):
    """Who set a core apart may not clear it (SM-1 no. 4)."""
    case = hall.case("RECEIVED")
    hall.do("quality", intake.quarantine, case.id, place="Bay 4", reason="identity_unclear")
    assert "You worked on this part yourself" in reasons(quality.get(f"/parts/{case.item.id}").text).values()


def test_a_hold_stands_above_all_and_stops_the_steps(hall, inspector):
    """Every step is grey with the hold as its reason."""
    case = hall.case("RECEIVED")
    hall.do("quality", actions.hold, case.id, why="hazard")
    page = inspector.get(f"/parts/{case.item.id}").text
    assert page.index("There is a hazard") < page.index("<h1>")
    assert primary(page) is None
    assert any("No hold stops the case." in reason for reason in reasons(page).values())


def test_marks_counters_lives_and_history(hall, technician):
    """Each with its time; the history with name and role."""
    case = hall.case("RECEIVED")
    hall.do("technician", actions.read_mark, case.item.id, kind="plate", mark="NW № 1")
    hall.do("technician", actions.read_counter, case.item.id, counter="hours", value="81.5", origin="photo")
    page = technician.get(f"/parts/{case.item.id}").text
    for said in ("NW № 1", "Operating hours since new", "81.5 h", "Life 0", "Name of technician"):
        assert said in page
    assert "Entered in the record" in page


def test_an_erased_person_has_no_name(hall, technician):
    """The act stays, by role."""
    case = hall.case("RECEIVED")
    hall.do("receiving_clerk", actions.read_mark, case.item.id, kind="plate", mark="X")
    assert "Name of receiving_clerk" in technician.get(f"/parts/{case.item.id}").text
    hall.place.do(accounts.erase, hall.place.system, hall.who("receiving_clerk").ref)
    page = technician.get(f"/parts/{case.item.id}").text
    assert "Name of receiving_clerk" not in page
    assert "Name erased · Receiving clerk" in page


def test_components_lead_to_their_pages_and_back(hall, technician):
    """In the order of the family; a component's page says what it is a component of."""
    case = hall.case("IN_WORK")
    shaft = hall.item(component="crankshaft", name="Crankshaft", serial="C-1")
    block = hall.item(component="cylinder-block", name="Cylinder block", serial="B-1")
    hall.fit(case, shaft, "crankshaft")
    hall.fit(case, block, "cylinder-block")
    page = technician.get(f"/parts/{case.item.id}").text
    assert page.index(block.id) < page.index(shaft.id)
    assert "Installed" in page
    inner = technician.get(f"/parts/{block.id}").text
    assert f'href="/parts/{case.item.id}"' in inner
    assert "Component of" in inner
    assert "/cases/" not in "".join(re.findall(r'class="action" href="([^"]+)"', inner))


def test_a_scrapped_component_does_not_bear_the_state_of_its_unit(hall, technician):
    """Who scans a scrapped disk reads so at the top, not that its unit is restored."""
    case, shaft = hall.case("RESTORED"), hall.item(component="crankshaft", serial="C-1", condition="scrapped")
    hall.fit(case, shaft, "crankshaft")
    page = technician.get(f"/parts/{shaft.id}").text
    head = page[page.index('class="part-state"') :]
    assert "Scrapped" in head[: head.index("</div>")]


def test_a_core_on_its_way_has_no_condition_yet(hall, technician):
    """Nobody received it."""
    assert "As received" not in technician.get(f"/parts/{hall.case('ANNOUNCED').item.id}").text
    assert "As received" in technician.get(f"/parts/{hall.case('RECEIVED').item.id}").text


def test_a_component_is_measured_on_its_own_page(hall, web):
    """The whole unit is not; its page leads to the first component that wants it."""
    case, block = hall.case("CLEANED"), hall.item(component="cylinder-block", serial="B-1")
    hall.fit(case, block, "cylinder-block")
    inspector = hall.browser(web, "inspector")
    whole = inspector.get(f"/parts/{case.item.id}").text
    assert primary(whole).startswith(f"/parts/{block.id}/")
    assert f"/parts/{case.item.id}/measure" not in whole
    assert f"/parts/{block.id}/measure" in inspector.get(f"/parts/{block.id}").text


def test_a_part_without_a_case_waits_for_nothing(hall, technician):
    """It says so."""
    page = technician.get(f"/parts/{hall.item().id}").text
    assert "nothing waits" in page
    assert 'class="dock"' not in page


@pytest.mark.parametrize("label", ["AAAAAA", "\x07", "<b>"])
def test_a_label_that_nobody_issued_warns(hall, technician, label):
    """Whoever came by a scan compares the part."""
    page = technician.get(f"/parts/{hall.item().id}", query_string={"label": label}).text
    assert "Nobody issued such a label" in page
    assert "<b>" not in page.partition("<main")[2].partition("<h1>")[0]


def test_another_organisations_part_is_not_found(technician, other):
    """And reads as one that does not exist."""
    case = other.case()
    answer = technician.get(f"/parts/{case.item.id}")
    assert answer.status_code == 404
    assert case.item.code not in answer.text


@pytest.mark.parametrize("state", sorted(set().union(*(step.sources for step in lifecycle.SM1)) - {"-"}))
def test_every_state_has_its_page(hall, technician, state):
    """With whose turn it is, in the words of the table."""
    case = hall.case(state)
    answer = technician.get(f"/parts/{case.item.id}")
    assert answer.status_code == 200
    assert unescape(lifecycle.STATES[state].meaning) in unescape(answer.text)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"admin"}))
def test_every_reader_sees_it(hall, web, role):
    """Those who do nothing see the same, with nothing that they may press."""
    case = hall.case("RECEIVED")
    page = hall.browser(web, role).get(f"/parts/{case.item.id}")
    assert page.status_code == 200
    if role == "supervisor":
        assert primary(page.text) is None
        assert 'class="dock"' not in page.text


def test_it_stays_within_its_statements(hall, technician):
    """Twelve components and twenty events cost no statement more than one component and few events."""
    case = hall.case("IN_RESTORATION")

    def cost():
        technician.get(f"/parts/{case.item.id}")
        with counted(hall.database.read_engine) as seen:
            assert technician.get(f"/parts/{case.item.id}").status_code == 200
        return len(seen)

    hall.fit(case, hall.item(component="cylinder-block"), "cylinder-block")
    few = cost()
    for n in range(1, 12):
        hall.fit(case, hall.item(component="piston"), f"piston-{n}")
        hall.do("technician", actions.read_mark, case.item.id, kind="cast", mark=f"M {n}")
    assert cost() <= few
    assert few <= 60
