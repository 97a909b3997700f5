"""JSON about parts."""

from __future__ import annotations

import pytest

from remanu.parts import actions
from tests.accounts import site
from tests.parts.hall import act


def test_one_part(hall, technician):
    """With marks, readings, lives, its case, and what is offered."""
    case = hall.case("RECEIVED", serial="E-1")
    hall.do("technician", actions.read_mark, case.item.id, kind="plate", mark="X")
    told = technician.get(f"/api/v1/parts/{case.item.id}").json
    assert (told["code"], told["serial"], told["life"]) == (case.item.code, "E-1", 0)
    assert [one["text"] for one in told["marks"]] == ["X"]
    assert told["case"]["state"] == "RECEIVED"
    assert "parts.read_mark" in {one["kind"] for one in told["offered"] if one["possible"]}


def test_a_case_tells_what_is_allowed_and_what_is_missing(hall, technician):
    """For the one who asks."""
    case = hall.case("CLEANED")
    told = technician.get(f"/api/v1/cases/{case.id}").json
    allowed = {one["kind"]: one for one in told["allowed"]}
    assert "characteristics_measured" in allowed["inspection.inspect"]["missing"]
    assert allowed["inspection.inspect"]["needs"] == ["inspector"]
    assert not allowed["inspection.inspect"]["possible"]
    assert allowed["inspection.inspect"]["own_work"] is False


def test_components_of_a_case(hall, technician):
    """Position, disposition, and where each sits."""
    case, block = hall.case("IN_WORK"), hall.item(component="cylinder-block", serial="B-1")
    hall.fit(case, block)
    told = technician.get(f"/api/v1/cases/{case.id}").json["components"]
    assert [(one["serial"], one["position"], one["host_id"]) for one in told] == [
        ("B-1", "block", case.item.id)
    ]
    assert technician.get(f"/api/v1/parts/{block.id}").json["case"]["id"] == case.id


def test_many_parts_by_words_and_by_pages(hall, technician):
    """Newest first; `next` is null at the end."""
    for n in range(51):
        hall.item(name=f"Pump {n}")
    first = technician.get("/api/v1/parts?q=pump").json
    assert len(first["items"]) == 50
    second = technician.get(f"/api/v1/parts?q=pump&after={first['next']}").json
    assert ([one["name"] for one in second["items"]], second["next"]) == (["Pump 0"], None)
    assert len(technician.get("/api/v1/parts").json["items"]) == 50
    assert technician.get("/api/v1/parts?q=nothing").json == {"items": [], "next": None}


def test_a_part_without_a_case(hall, technician):
    """Nothing is offered."""
    told = technician.get(f"/api/v1/parts/{hall.item().id}").json
    assert (told["case"], told["offered"]) == (None, [])


@pytest.mark.parametrize("kind", ["parts", "cases"])
@pytest.mark.parametrize("there", [True, False])
def test_what_is_not_ours_is_not_found(technician, other, kind, there):
    """Another organisation's and nobody's read the same."""
    case = other.case()
    theirs = {"parts": case.item.id, "cases": case.id}[kind]
    answer = technician.get(f"/api/v1/{kind}/{theirs if there else 'nobody'}")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")
    assert case.item.code not in answer.text


@pytest.mark.parametrize("path", ["/parts", "/parts/x", "/cases/x"])
def test_nobody_and_the_administrator_are_refused(hall, web, path):
    """401 and 403, as problem documents."""
    assert site.browser(web).get(f"/api/v1{path}").status_code == 401
    assert hall.browser(web, "admin").get(f"/api/v1{path}").status_code == 403


def test_odd_addresses_are_not_found(technician):
    """Signs that no id holds never reach the store."""
    assert technician.get("/api/v1/parts/%00").status_code == 404
    assert technician.get("/parts/%0a").status_code == 404
    assert technician.get("/api/v1/parts?after=%00").status_code == 404
    assert technician.get("/api/v1/parts?after=%0a").status_code == 422


def test_a_wrong_state_is_a_conflict_that_names_it(hall, technician):
    """409 with state and what is allowed."""
    answer = act(technician, f"/cases/{hall.case('GRADED').id}/field_event", what="fault")
    assert (answer.status_code, answer.json["state"]) == (409, "GRADED")
    assert "accept" in answer.json["allowed"]


def test_a_stale_version_is_refused(hall, quality):
    """If-Match carries the state that was seen."""
    case = hall.case("GRADED")
    answer = quality.post(
        f"/api/v1/cases/{case.id}/hold",
        json={"why": "paper"},
        headers={"Idempotency-Key": "k", "If-Match": '"RECEIVED"'},
    )
    assert (answer.status_code, answer.json["state"]) == (412, "GRADED")


def test_one_key_one_act(hall, quality):
    """The same body gets the same answer, another body 409."""
    path = f"/cases/{hall.case().id}/hold"
    first = act(quality, path, why="paper")
    assert act(quality, path, why="paper").json == first.json
    assert act(quality, path, why="hazard").status_code == 409
    assert quality.post(f"/api/v1{path}", json={"why": "paper"}).json["code"] == "key-missing"
