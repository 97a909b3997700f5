"""What needs a label stands in one list, and one act reserves for all of it or for nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.labelling import actions
from remanu.labelling.models import Label

GIVEN = {"media": "roll-70x40", "locale": "en"}


def listed(browser, kind="label"):
    """Ids of the parts in the list."""
    return [one["item"] for one in browser.get(f"/api/v1/labels/needed/{kind}").json]


def reserve(browser, *items, **more):
    """Reserve for these."""
    return browser.post("/labels/needed", data={"items": list(items), **GIVEN, **more})


def test_released_parts_without_a_label_stand_there_until_they_have_one(bench, officer):
    """On the page and as JSON; a reserved label is enough, a lost one brings the part back with its reason."""
    assert listed(officer) == [bench.item_id]
    assert bench.item.code[:4] in officer.get("/labels/needed").text
    answer = reserve(officer, bench.item_id)
    assert (answer.status_code, answer.location) == (303, "/labels?state=reserved")
    assert listed(officer) == []
    assert "Every part carries what it should" in officer.get("/labels/needed").text
    (label,) = bench.place.ask(lambda connection: connection.execute(sa.select(Label.id)).scalars().all())
    bench.place.do(actions.print, bench.officer, label, printer="Hall 2")
    bench.place.do(actions.report_lost, bench.officer, label)
    assert [one["last"] for one in officer.get("/api/v1/labels/needed/label").json] == ["lost"]


def test_parts_in_process_need_tags(in_process, officer):
    """The same list for what is being worked on."""
    assert listed(officer, "tag") == [in_process.item_id]
    assert reserve(officer, in_process.item_id, kind="tag").status_code == 303
    assert listed(officer, "tag") == []


def test_all_or_nothing(bench, in_process, officer):
    """A part that has its label already stands against the others; it is named, and what was ticked stays ticked."""
    bench.reserve()
    answer = reserve(officer, in_process.item_id, bench.item_id)
    assert answer.status_code == 409
    assert "Some of these parts cannot have one" in answer.text
    assert bench.item.code[:4] in answer.text
    rows = bench.place.ask(lambda connection: connection.execute(sa.select(Label.item_id)).scalars().all())
    assert rows == [bench.item_id]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_bad_input(bench, officer, sign_in):
    """Nothing ticked, another organisation's part, a stock that is none, a kind that is none, a role that may not."""
    assert reserve(officer).status_code == 422
    assert reserve(officer, "nowhere").status_code == 404
    assert reserve(officer, bench.item_id, media="roll-9x9").status_code in {409, 422}
    assert reserve(officer, bench.item_id, locale="tlh").status_code in {409, 422}
    assert officer.get("/labels/needed?kind=badge").status_code == 422
    assert officer.get("/api/v1/labels/needed/badge").status_code == 404
    assert reserve(sign_in("inspector"), bench.item_id).status_code == 403
    assert listed(officer) == [bench.item_id]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_reserving_many_by_json(bench, in_process, officer, sign_in):
    """Every part or none, as on the page; the answer is the labels."""
    asked = {"items": [in_process.item_id, bench.item_id], **GIVEN}
    refused = officer.post("/api/v1/labels/needed", json={**asked, "items": [*asked["items"], "nowhere"]})
    assert refused.status_code == 404
    assert sign_in("inspector").post("/api/v1/labels/needed", json=asked).status_code == 403
    assert officer.post("/api/v1/labels/needed", json={"items": asked["items"]}).status_code == 422
    made = officer.post("/api/v1/labels/needed", json=asked).json
    assert [(one["item"], one["kind"]) for one in made] == [(in_process.item_id, "tag"), (bench.item_id, "label")]
