"""A label is drawn up without a coordinate: seen at once with a part's words, refused by name where it lacks any."""

from __future__ import annotations

import pytest

from tests.drawing import readback
from tests.labelling.drawn import LOOKS, WISH, drafted

PREVIEW = "/label-designs/preview"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_it_is_seen_before_it_is_sent(officer, bench):
    """In three languages, with a part's own words and the address that its label would have."""
    bench.reserve()
    page = officer.get("/label-designs/draft_design", query_string={**WISH, "item": bench.item_id})
    assert page.status_code == 200
    assert page.text.count("true-size") == 3
    assert f'value="{bench.item_id}" selected' in page.text
    shown = officer.get(PREVIEW, query_string={**WISH, "item": bench.item_id}).text
    assert "notice" not in shown
    drawn = officer.get(f"{PREVIEW}.png", query_string={**WISH, "item": bench.item_id, "locale": "zh-Hans"})
    assert readback.symbols(readback.png(drawn.data)) == [f"https://ID.EXAMPLE.TEST/{bench.item.code}/WWWWWW"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_preview_says_what_stands_against_it(officer):
    """What is lacking by name, what has no room with its reason, and what is no choice as a refusal."""
    less = {**WISH, "rows.0": "", "share": "large"}
    assert "Number of the certificate" in officer.get(PREVIEW, query_string=less).text
    cramped = officer.get(PREVIEW, query_string={**WISH, "media": "roll-45x30", "share": "large"}).text
    assert "does not fit" in cramped
    for wrong in ({"media": "roll-9x9"}, {"side": "top"}, {"rows.0": "price"}, {"rows.1": "certificate"}, {"kind": ""}):
        assert officer.get(PREVIEW, query_string={**WISH, **wrong}).status_code == 422, wrong
    assert officer.get(f"{PREVIEW}.png", query_string={**WISH, "locale": "fr"}).status_code == 422
    assert officer.get(f"{PREVIEW}.png", query_string={**WISH, "item": "nobody"}).status_code == 404


def test_the_same_name_makes_the_next_version(officer):
    """It waits for approval and draws nothing; page and JSON show what was chosen."""
    first, second = drafted(officer), drafted(officer, key="again", side="left")
    listed = {one["id"]: one for one in officer.get("/api/v1/label-designs").json}
    assert [(listed[one]["version"], listed[one]["state"]) for one in (first, second)] == [(1, "draft"), (2, "draft")]
    page = officer.get(f"/label-designs/{second}").text
    assert "Whoever drew it up does not approve it." in page
    assert "approve_design" not in page
    again = officer.get("/label-designs/draft_design", query_string={"from": first}).text
    assert '<input type="radio" name="side" value="right" checked' in again


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"rows.0": ""}, "rows", "Without these a label of this kind is none"),
        ({"rows.1": "certificate"}, "rows", "twice"),
        ({"kind": "tag"}, "rows", "A tag speaks of no release"),
        ({"media": "a4-l4730"}, "", "too small to be read"),
        ({"media": "roll-45x30", "share": "large"}, "", "does not fit"),
        ({"name": ""}, "name", "Please fill this in"),
    ],
)
def test_what_is_wrong_is_said(officer, wrong, field, why):
    """By name, with what was typed kept, and nothing stored."""
    answer = officer.post("/label-designs/draft_design", data={"key": "k", "name": "Kept name", **WISH, **wrong})
    assert answer.status_code == 422
    assert why in answer.text
    assert ("Kept name" in answer.text) is ("name" not in wrong)
    assert not field or f'href="#f-{field}"' in answer.text
    assert officer.get("/api/v1/label-designs").json == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_json_and_who_may(officer, sign_in):
    """A program sends rows as a list; a technician neither draws up nor sees a preview, but reads."""
    rows = [value for name, value in WISH.items() if name.startswith("rows.")]
    path, sent = "/api/v1/label-designs/draft_design", {"name": "By JSON", **LOOKS, "rows": rows}
    made = officer.post(path, json=sent, headers={"Idempotency-Key": "one"})
    assert made.status_code == 200
    found = officer.get(f"/api/v1/label-designs/{made.json['more']['design']}").json
    assert found["drawing"]["width"] == 70
    technician = sign_in("technician")
    assert technician.get(f"/label-designs/{found['id']}").status_code == 200
    assert technician.get(PREVIEW, query_string=WISH).status_code == 403
    assert technician.post(path, json=sent, headers={"Idempotency-Key": "two"}).status_code == 403


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_its_name_stands_in_no_public_record(officer, bench):
    """What a drawing is called travels with no part, so the form does not say so; control: a part's form does."""
    assert "public record" not in officer.get("/label-designs/draft_design").text
    assert "public record" in officer.get(f"/labels/{bench.reserve()}/print").text
