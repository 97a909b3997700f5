"""A drawing from elsewhere: what one installation gives out another takes, and what it may not hold is named."""

from __future__ import annotations

import json

import pytest

from tests.labelling.drawn import drafted

PATH = "/label-designs/import_design"


def given_out(officer, design: str) -> dict:
    """The drawing as it is given out."""
    answer = officer.get(f"/label-designs/{design}.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    return json.loads(answer.text)


def taken(officer, drawing, key="take"):
    """The answer to taking it over."""
    text = drawing if isinstance(drawing, str) else json.dumps(drawing)
    return officer.post(PATH, data={"key": key, "name": "From hall 9", "media": "roll-70x40", "drawing": text})


def test_what_was_given_out_is_taken(officer):
    """The same drawing has the same digest; it waits for approval like any other."""
    first = drafted(officer)
    answer = taken(officer, given_out(officer, first))
    assert answer.status_code == 303
    second = answer.location.rpartition("/")[2]
    listed = {one["id"]: one for one in officer.get("/api/v1/label-designs").json}
    assert listed[second]["digest"] == listed[first]["digest"]
    assert listed[second]["state"] == "draft"
    assert officer.get(f"/label-designs/{second}").status_code == 200


def claim(drawing):
    """Words that no record says."""
    words = {"en": "APPROVED FOR FLIGHT", "zh-Hans": "已批准", "zh-Hant": "已批准"}
    drawing["text"].append({"words": words, "x": 2, "y": 12, "w": 20, "h": 3, "size": 5})


def no_code(drawing):
    """The code is left out."""
    drawing["text"] = [one for one in drawing["text"] if one.get("field") != "code"]


def no_mark(drawing):
    """There is no place for DEMO."""
    drawing["text"] = [one for one in drawing["text"] if one.get("field") != "watermark"]


def covered(drawing):
    """A black box where the symbol stands."""
    drawing["rect"].append({"x": 40, "y": 5, "w": 20, "h": 20})


def wide(drawing):
    """Wider than its stock."""
    drawing["width"] = 80


def hidden(drawing):
    """The code is there at times only."""
    next(one for one in drawing["text"] if one.get("field") == "code")["when"] = "life"


def colour(drawing):
    """A word that no drawing has."""
    drawing["colour"] = "red"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (claim, "the record does not say"),
        (no_code, "Without these"),
        (no_mark, "Without these"),
        (covered, "symbol"),
        (wide, "larger"),
        (hidden, "DEMO and PROOF"),
        (colour, "has an error"),
    ],
)
def test_what_it_may_not_hold_is_named(officer, spoil, why):
    """Each fault with its reason, and nothing stored."""
    drawing = given_out(officer, drafted(officer))
    spoil(drawing)
    answer = taken(officer, drawing)
    assert answer.status_code == 422
    assert why in answer.text
    assert len(officer.get("/api/v1/label-designs").json) == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"width": NaN}', "[" * 5000, "{}", '{"width": 1e999}'])
def test_text_that_is_no_drawing(officer, text):
    """Refused, never an error of ours."""
    assert taken(officer, text).status_code == 422
    assert officer.get("/api/v1/label-designs").json == []
