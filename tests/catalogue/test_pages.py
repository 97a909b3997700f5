"""Pages and JSON of reference data."""

from __future__ import annotations

import re

import pytest

MODEL = {"code": "52041", "maker": "NORDWERK", "model": "NF-5-1A", "kind": "turbofan", "thrust_lbf": 36000}
LIST = {"list_id": "engines", "title": "Engine list", "source": "Published by a fictional body"}


def add(desk, *models):
    """These models join the list."""
    answer = desk.json("engineering", "/catalogue/models/add_model", {**LIST, "models": list(models)})
    assert answer.status_code == 200, answer.text
    return answer


def test_models_are_found_page_by_page(desk):
    """Fifty at a time, and from the beginning again."""
    add(desk, *({**MODEL, "code": f"{n:05}", "model": f"NF-{n}"} for n in range(120)))
    page, seen = desk.get("inspector", "/catalogue?q=nordwerk").text, set()
    while more := re.search(r'rel="next" href="([^"]+)"', page):
        seen |= set(re.findall(r">(NF-\d+)</th>", page))
        page = desk.get("inspector", "/catalogue" + more[1].replace("&amp;", "&")).text
    seen |= set(re.findall(r">(NF-\d+)</th>", page))
    assert len(seen) == 120
    assert "From the beginning" in page


def test_nothing_found_teaches(desk):
    """An empty list says what will stand there; a fruitless search says what to try."""
    assert "No list is here yet" in desk.get("inspector", "/catalogue").text
    add(desk, MODEL)
    assert "Try fewer words" in desk.get("inspector", "/catalogue?q=zeppelin").text


@pytest.mark.parametrize("after", ["\0", "x", "/", "\u202e", "x" * 500])
def test_odd_cursors_break_nothing(desk, after):
    """Whatever stands in the address."""
    add(desk, MODEL)
    for path in ("/catalogue", "/catalogue/types", "/api/v1/catalogue/models", "/api/v1/catalogue/types"):
        answer = desk.browser("inspector").get(path, query_string={"after": after})
        assert answer.status_code in {200, 404}


@pytest.mark.parametrize("asked", ["%", "_", "\\", "' OR 1=1 --", "\u202e", "  ", "x" * 500])
def test_odd_questions_find_what_they_say(desk, asked):
    """No sign is a wildcard, and none breaks the page."""
    add(desk, MODEL)
    assert desk.browser("inspector").get("/catalogue", query_string={"q": asked}).status_code == 200


def test_one_model_is_added_by_hand(desk):
    """The page adds one at a time."""
    page = desk.get("engineering", "/catalogue/models/add_model").text
    assert 'name="models.0.code"' in page
    row = {f"models__0__{name}": str(value) for name, value in MODEL.items()}
    assert desk.post("engineering", "/catalogue/models/add_model", **LIST, **row).status_code == 303
    assert "NF-5-1A" in desk.get("inspector", "/catalogue").text


def test_an_odd_model_comes_back(desk):
    """With its reason beside the field."""
    row = {f"models__0__{name}": str(value) for name, value in {**MODEL, "horsepower": "many"}.items()}
    answer = desk.post("engineering", "/catalogue/models/add_model", **LIST, **row)
    assert answer.status_code == 422
    assert 'value="NORDWERK"' in answer.text


def test_a_type_is_defined_from_a_model(desk):
    """The list leads to the form, which knows maker and part number already."""
    add(desk, MODEL)
    link = re.search(r'href="(/catalogue/types/define_type\?[^"]+)"', desk.get("engineering", "/catalogue").text)
    form = desk.get("engineering", link[1].replace("&amp;", "&")).text
    assert 'value="NF-5-1A"' in form
    assert 'value="engines/52041"' in form
    answer = desk.post(
        "engineering",
        "/catalogue/types/define_type",
        family="aero-engine",
        component="engine",
        reference="engines/52041",
        name_en="Turbofan",
        name_zh_hans="涡扇发动机",
        name_zh_hant="渦扇發動機",
    )
    assert answer.location == "/catalogue/types"
    assert "Turbofan" in desk.get("inspector", "/catalogue/types").text
    assert "涡扇发动机" in desk.get("inspector", "/catalogue/types?lang=zh-Hans").text


def test_a_type_asks_for_its_family_first(desk):
    """Because the family says which components there are."""
    page = desk.get("engineering", "/catalogue/types/define_type").text
    assert page.count("?family=") == 7
    page = desk.get("engineering", "/catalogue/types/define_type?family=copier").text
    assert 'name="component"' in page


def test_editions_say_what_is_in_force(desk):
    """Until one is, cores of the family cannot be graded."""
    assert desk.get("inspector", "/catalogue/editions").text.count("Not in force") == 7
    answer = desk.post(
        "engineering", "/catalogue/editions/publish_edition", family="copier", applies_from="2026-01-01"
    )
    assert answer.status_code == 303
    later = desk.post(
        "engineering", "/catalogue/editions/publish_edition", family="copier", applies_from="2026-09-01"
    )
    assert later.status_code == 303
    page = desk.get("inspector", "/catalogue/editions").text
    assert page.count("Not in force") == 6
    assert "Comes into force" in page


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "2025-01-01", "2031-01-01"])
def test_odd_days_come_back(desk, day):
    """Each with its reason."""
    answer = desk.post("engineering", "/catalogue/editions/publish_edition", family="copier", applies_from=day)
    assert answer.status_code == 422


def test_an_instrument_is_added_by_hand(desk):
    """Its class is picked from a list in the reader's language."""
    assert "内径量表" in desk.get("inspector", "/instruments/add_instrument?lang=zh-Hans").text
    fields = {"number": "BG-12", "instrument_class": "bore-gauge", "name": "Bore gauge"}
    assert desk.post("inspector", "/instruments/add_instrument", **fields).location == "/instruments"
    again = desk.post("inspector", "/instruments/add_instrument", **fields)
    assert again.status_code == 409
    assert "另一量具已用此编号" in again.text


def test_reads_by_json(desk):
    """Models by words, types and editions of the organisation."""
    add(desk, MODEL)
    (row,) = desk.get("inspector", "/api/v1/catalogue/models?q=nord").json
    assert (row["list"], row["code"], row["thrust_lbf"]) == ("engines", "52041", 36000)
    assert desk.get("inspector", "/api/v1/catalogue/models?after=engines/52041").json == []
    desk.publish()
    (edition,) = desk.get("inspector", "/api/v1/catalogue/editions").json
    assert edition["family"] == "diesel-engine"
    assert desk.get("inspector", "/api/v1/catalogue/types").json == []


def test_one_organisations_types_are_not_anothers(desk, other):
    """Models are shared, types and editions are not."""
    add(desk, MODEL)
    desk.publish()
    assert len(other.get("inspector", "/api/v1/catalogue/models").json) == 1
    assert other.get("inspector", "/api/v1/catalogue/editions").json == []


def test_others_are_refused(desk):
    """The administrator reads none of it, the technician changes none of it."""
    assert desk.get("admin", "/catalogue").status_code == 403
    assert desk.get("technician", "/catalogue/types/define_type").status_code == 403
    assert desk.json("technician", "/catalogue/models/add_model", {**LIST, "models": [MODEL]}).status_code == 403
