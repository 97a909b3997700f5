"""The pages of intake."""

from __future__ import annotations

import re

import pytest

from tests.intake import story


def test_a_core_goes_from_the_gate_into_work_by_hand(desk):
    """Announce, receive with photo, weight and counter, identify, grade, accept: five forms."""
    desk.publish()
    answer = desk.post(
        "planner",
        f"/cases/announce?family={story.FAMILY}",
        family=story.FAMILY,
        maker="Nordwerk",
        part_number="NW-6L-200",
        serial="4D-77120",
        owner="Aster Haulage",
        packing="pallet",
    )
    assert answer.status_code == 303, answer.text
    case = desk.case_of(answer)
    received = desk.post(
        "receiving_clerk",
        f"/cases/{case.id}/receive",
        photos=True,
        expected="ANNOUNCED",
        signed_by="Ren Ito",
        mass_kg="812",
        counters__hours__value="12000",
        counters__fuel__value="",
    )
    assert received.location == f"/parts/{case.item.id}"
    desk.identified(case)
    desk.graded(case)
    desk.post("core_manager", f"/cases/{case.id}/accept", value="4200")
    assert desk.state(case) == "ACCEPTED"


def test_the_form_asks_first_what_kind_it_is(desk):
    """Seven families to choose from, then the form with the counters of that family."""
    page = desk.get("receiving_clerk", "/cases/receive").text
    assert page.count("?family=") == 7
    assert '<form class="act-form"' not in page
    form = desk.get("receiving_clerk", f"/cases/receive?family={story.FAMILY}").text
    assert 'name="counters.hours.value"' in form
    assert f'name="family" value="{story.FAMILY}"' in form


def test_types_of_the_organisation_come_first(desk):
    """Whoever receives a core picks a type, which fills in what it knows."""
    names = {"name_en": "Marine diesel", "name_zh_hans": "船用柴油机", "name_zh_hant": "船用柴油機"}
    kind = {"family": story.FAMILY, "component": "engine", "maker": "Nordwerk", "part_number": "NW-M-8"}
    made = desk.json("engineering", "/catalogue/types/define_type", {**kind, **names}).json["more"]["id"]
    page = desk.get("receiving_clerk", "/cases/receive").text
    assert "Marine diesel" in page
    form = desk.get("receiving_clerk", f"/cases/receive?part_type={made}").text
    assert 'value="NW-M-8"' in form
    assert 'name="counters.hours.value"' in form


def test_what_was_typed_is_kept_beside_what_is_missing(desk):
    """No signature: the form comes back with the words of the guard and with what was typed."""
    answer = desk.post(
        "receiving_clerk", f"/cases/receive?family={story.FAMILY}", photos=True, family=story.FAMILY, place="Hall 1"
    )
    assert answer.status_code == 409
    assert "The transfer of custody is signed." in answer.text
    assert 'value="Hall 1"' in answer.text


def test_a_photo_survives_a_refusal(desk):
    """Whoever forgot a signature does not take the picture again."""
    claimed = {"family": story.FAMILY, "maker": "N", "part_number": "1"}
    path = f"/cases/receive?family={story.FAMILY}"
    refused = desk.post("receiving_clerk", path, photos=True, **claimed).text
    kept = dict(re.findall(r'name="(evidence\.[^"]+)" value="([^"]*)"', refused))
    assert kept["evidence.0.shows"] == "engine.png"
    assert "1 file is kept" in refused
    kept = {name.replace(".", "__"): value for name, value in kept.items()}
    assert desk.post("receiving_clerk", path, **claimed, **kept, signed_by="Ren Ito").status_code == 303


def test_without_a_photo_the_form_says_so(desk):
    """At the field, and in the list above."""
    answer = desk.post(
        "receiving_clerk",
        f"/cases/receive?family={story.FAMILY}",
        family=story.FAMILY,
        signed_by="Ren Ito",
    )
    assert answer.status_code == 422
    assert 'id="f-evidence-error"' in answer.text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("serial", "4D\u202e77120", "cannot be shown"),
        ("maker", "N" * 121, "too long"),
        ("mass_kg", "NaN", "Enter digits"),
        ("mass_kg", "-3", "less than nothing"),
        ("counters.hours.value", "12,5", "Enter digits"),
        ("at", "2026-02-28T10:00", "time zone"),
        ("at", "2031-02-28T10:00+00:00", "cannot be right"),
        ("packing", "gift", "offered answers"),
        ("colour", "red", "not expected"),
    ],
)
def test_odd_entries_come_back_with_their_reason(desk, name, value, said):
    """Each beside its field; nothing is stored."""
    fields = {"family": story.FAMILY, "signed_by": "Ren Ito", "maker": "N", "part_number": "1"}
    answer = desk.post(
        "receiving_clerk",
        f"/cases/receive?family={story.FAMILY}",
        photos=True,
        **{**fields, name.replace(".", "__"): value},
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert "No core waits" in desk.get("receiving_clerk", "/intake").text


def test_the_list_above_names_the_counter_and_not_its_key(desk):
    """The words of the field, with a link to it: nobody knows what `counters.hours.value` is."""
    answer = desk.post(
        "receiving_clerk",
        f"/cases/receive?family={story.FAMILY}",
        photos=True,
        family=story.FAMILY,
        signed_by="Ren Ito",
        counters__hours__value="12,5",
    )
    above = answer.text.split('role="alert"')[1].split("</ul>")[0]
    assert 'href="#f-counters-hours-value"' in above
    assert "counters.hours.value" not in above
    assert 'id="f-counters-hours-value"' in answer.text


def test_a_double_press_receives_one_core(desk):
    """The same key, the same answer."""
    fields = {"family": story.FAMILY, "maker": "N", "part_number": "1", "serial": "9", "signed_by": "Ren Ito"}
    first, second = (
        desk.post("receiving_clerk", "/cases/receive", photos=True, key="one", **fields) for _ in range(2)
    )
    assert first.location == second.location
    assert desk.get("receiving_clerk", "/intake").text.count('class="row"') == 1


def test_a_stale_form_shows_the_others_change(desk):
    """Somebody set the core apart while it was being identified."""
    case = desk.received()
    desk.post("receiving_clerk", f"/cases/{case.id}/quarantine", reason="fire", place="Yard")
    answer = desk.post("technician", f"/cases/{case.id}/identify", expected="RECEIVED", maker="Kept")
    assert answer.status_code == 412
    assert "Somebody was faster" in answer.text
    assert 'value="Kept"' in answer.text


def test_the_grade_page_asks_every_question(desk):
    """One fieldset a criterion, answers as cards, and the edition by which it is asked."""
    desk.publish()
    case = desk.received()
    desk.identified(case)
    page = desk.get("core_inspector", f"/cases/{case.id}/grade").text
    assert len(set(re.findall(r'name="(answers\.[a-z-]+)"', page))) == 6
    assert "edition 2" in page
    answer = desk.post("core_inspector", f"/cases/{case.id}/grade", answers__crankshaft="sound")
    assert answer.status_code == 409
    assert "Every criterion is answered." in answer.text
    assert re.search(r'name="answers.crankshaft" value="sound" checked', answer.text)


def test_the_grade_page_says_that_nothing_is_in_force(desk):
    """And who puts it in force."""
    case = desk.received()
    desk.identified(case)
    assert "No criteria are in force" in desk.get("core_inspector", f"/cases/{case.id}/grade").text


def test_the_accept_page_shows_the_grade_and_the_limit(desk):
    """What was answered, and above which value a second person is needed."""
    desk.publish()
    case = desk.received()
    desk.identified(case)
    desk.graded(case, crankshaft="cracked")
    page = desk.get("core_manager", f"/cases/{case.id}/accept").text
    assert "Damaged core" in page
    assert "Above 10000" in page


def test_the_identify_page_shows_what_was_claimed(desk):
    """Maker and part number stand there; the serial is typed from the part."""
    case = desk.received()
    page = desk.get("technician", f"/cases/{case.id}/identify").text
    assert 'value="NW-6L-200"' in page
    assert 'value="4D-77120"' not in page
    assert "serial number 4D-77120" in page


def test_the_identify_page_shows_namesakes_and_the_other_record(desk):
    """Other records under the serial, and the way to the one that has the identity."""
    desk.received(maker="Ostwerk")
    case = desk.received()
    assert "Ostwerk" in desk.get("technician", f"/cases/{case.id}/identify").text
    other = desk.received(serial="8")
    read = {"mark_kind": "plate", "mark": "x", "serial": "4D-77120"}
    found = {"earlier_lives": "unknown", "right_shown": "lease"}
    answer = desk.post("technician", f"/cases/{other.id}/identify", **read, **found)
    assert answer.status_code == 409
    assert f"/search?q={case.item.code}" in answer.text


def test_a_mark_says_where_it_stands(desk):
    """A text without its place is half a reading."""
    case = desk.received()
    answer = desk.post("technician", f"/cases/{case.id}/identify", mark="4D-77120")
    assert answer.status_code == 422
    assert "f-mark_kind" in answer.text


def test_the_gate_lists_what_waits(desk):
    """By what it waits for; and offers to receive only to those who may."""
    desk.received()
    page = desk.get("receiving_clerk", "/intake").text
    assert "Received" in page
    assert "/cases/receive" in page
    assert "/cases/receive" not in desk.get("inspector", "/intake").text


def test_the_record_opens_owners_for_those_who_deal_with_them(desk):
    """The clerk reads the owner's name, the technician does not."""
    case = desk.received()
    assert "Aster Haulage" in desk.get("receiving_clerk", f"/cases/{case.id}/intake").text
    page = desk.get("technician", f"/cases/{case.id}/intake")
    assert page.status_code == 200
    assert "Aster Haulage" not in page.text


def test_the_record_opens_values_for_the_core_manager_alone(desk):
    """What a core is worth is nobody else's business."""
    desk.publish()
    case = desk.received()
    desk.identified(case)
    desk.graded(case)
    desk.post("core_manager", f"/cases/{case.id}/accept", value="4217")
    assert "4217" in desk.get("core_manager", f"/cases/{case.id}/intake").text
    assert "4217" not in desk.get("receiving_clerk", f"/cases/{case.id}/intake").text


def test_quarantine_stands_above_the_record(desk):
    """Its reason in words, and its place."""
    case = desk.received()
    desk.post("receiving_clerk", f"/cases/{case.id}/quarantine", reason="asbestos", place="Cage 2")
    page = desk.get("quality", f"/cases/{case.id}/intake").text
    assert "Asbestos" in page
    assert "Cage 2" in page


@pytest.mark.parametrize(
    "path", ["intake", "receive", "quarantine", "identify", "grade", "accept", "reject", "keep_as_donor"]
)
def test_another_organisations_core_is_not_there(desk, other, path):
    """Not found, whatever page is asked for."""
    case = desk.received()
    roles = {"grade": "core_inspector", "accept": "core_manager", "reject": "core_manager"}
    roles |= {"identify": "technician", "keep_as_donor": "logistics", "quarantine": "quality"}
    answer = other.get(roles.get(path, "receiving_clerk"), f"/cases/{case.id}/{path}")
    assert answer.status_code == 404
    assert case.item.code not in answer.text


def test_another_role_is_refused(desk):
    """By page and by form."""
    case = desk.received()
    assert desk.get("planner", f"/cases/{case.id}/grade").status_code == 403
    assert desk.post("planner", f"/cases/{case.id}/identify", maker="x").status_code == 403
    assert desk.get("admin", "/intake").status_code == 403


def test_a_core_that_went_back_is_received_again(desk):
    """The record of its former case leads there, for those who may; the part keeps its code."""
    desk.publish()
    case = desk.received()
    desk.identified(case)
    desk.graded(case, completeness="dismantled")
    desk.post("core_manager", f"/cases/{case.id}/reject", reason="grade")
    desk.post("logistics", f"/cases/{case.id}/return_to_owner", owner_agrees="on")
    assert "known=" not in desk.get("planner", f"/cases/{case.id}/intake").text
    page = desk.get("receiving_clerk", f"/cases/{case.id}/intake").text
    link = re.search(r'href="(/cases/receive\?known=[^"]+)"', page)[1]
    form = desk.get("receiving_clerk", link).text
    assert "It was here before" in form
    assert 'name="maker"' not in form
    answer = desk.post("receiving_clerk", link, photos=True, known=case.item.id, signed_by="Ren Ito")
    assert answer.location == f"/parts/{case.item.id}"
    assert desk.case_of(answer).number == case.number + 1


@pytest.mark.parametrize("odd", ["%00", "%EF%BF%BF", "%2e%2e", "x" * 400, "%F0%9F%94%A7"])
def test_odd_addresses_are_not_found(desk, odd):
    """Whatever stands where an id should, nothing breaks."""
    assert desk.get("receiving_clerk", f"/cases/{odd}/intake").status_code == 404
    assert desk.get("receiving_clerk", f"/cases/{odd}/receive").status_code == 404
    assert desk.get("receiving_clerk", f"/cases/receive?known={odd}").status_code == 404
    assert desk.get("receiving_clerk", f"/cases/receive?part_type={odd}").status_code == 404
    assert desk.get("receiving_clerk", f"/cases/receive?family={odd}").status_code in {200, 404}
