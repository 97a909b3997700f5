"""JSON of restoration: the same acts by another door, and what can be read."""

from __future__ import annotations

from remanu.restoration import queries
from tests.restoration import promises, story

CLEAN = {"method": "hot_wash", "minutes": "45", "water_l": "180", "waste_kg": "6"}


def act(browser, path, body, key="k-1", **headers):
    """Post an act as JSON."""
    return browser.post(f"/api/v1/{path}", json=body, headers={"Idempotency-Key": key, **headers})


def test_an_act_by_json(yard, enter):
    """Once for its key; another body with it is refused, and so is a state that was left."""
    yard.until("DISASSEMBLED")
    browser, path = enter("technician"), f"cases/{yard.case}/clean"
    first = act(browser, path, CLEAN, **{"If-Match": '"DISASSEMBLED"'})
    assert first.status_code == 200
    assert first.json == act(browser, path, CLEAN, **{"If-Match": '"DISASSEMBLED"'}).json
    assert act(browser, path, {**CLEAN, "minutes": "46"}).status_code == 409
    assert act(browser, path, CLEAN, key="k-2", **{"If-Match": '"DISASSEMBLED"'}).status_code == 412
    assert len(yard.of_case(queries.cleanings)) == 1


def test_refusals_are_problems(yard, enter):
    """Without a role, without what is required, with what is not known, without a key: each with its code."""
    yard.until("DISASSEMBLED")
    path = f"cases/{yard.case}/clean"
    technician = enter("technician")
    with promises.nothing_written(yard):
        assert act(enter("planner"), path, CLEAN).status_code == 403
        got = act(technician, path, {"method": "hot_wash", "colour": "red"})
        assert got.status_code == 422
        assert got.json["fields"]["colour"] == ["unknown-field"]
        assert got.json["fields"]["minutes"] == ["required"]
        assert technician.post(f"/api/v1/{path}", json=CLEAN).status_code == 400
        assert act(technician, "cases/nowhere/clean", CLEAN).status_code == 404


def test_lists_of_rows(yard, enter):
    """A plan, points and settings come as lists of objects; half a row is refused by its place."""
    yard.until("DISPOSITIONED")
    planner, path = enter("planner"), f"cases/{yard.case}/start_restoration"
    crank, block = yard.item("crankshaft"), yard.item("cylinder-block")
    half = {"plan": [{"item_id": crank}]}
    got = act(planner, path, half)
    assert got.json["fields"]["plan.0.operation"] == ["required"]
    plan = [
        {"item_id": crank, "operation": "crank-grinding"},
        {"item_id": block, "operation": "deck-milling"},
    ]
    assert act(planner, path, {"plan": plan}).status_code == 200
    technician = enter("technician")
    done = {
        "operation": "crank-grinding",
        "edition": "P-7/3",
        "parameters": [{"name": "feed", "value": "0.02", "unit": "mm"}],
        "energy_kwh": "14.2",
    }
    assert act(technician, f"parts/{crank}/operate", done, key="k-3").status_code == 200
    (row,) = technician.get(f"/api/v1/cases/{yard.case}/operations").json
    assert row["parameters"] == [{"name": "feed", "value": "0.02", "unit": "mm"}]
    assert row["restores"][0] == "main-journal-diameter"
    assert (row["item"], row["energy_kwh"]) == (crank, "14.2")


def test_what_was_tested_and_built(yard, enter):
    """Tests with their points, the unit as built, and the balance of its mass."""
    yard.until("IN_TEST")
    browser = enter("test_operator")
    points = [{"code": one.code, "value": one.value} for one in story.GOOD]
    done = act(browser, f"cases/{yard.case}/pass_test", {"points": points})
    (run,) = browser.get(f"/api/v1/cases/{yard.case}/tests").json
    assert done.json["more"] == {"run": run["id"]}
    assert (run["state"], run["rig"], run["nonconformity"]) == ("passed", "test-rig-1", None)
    assert run["points"][2]["low"] == "97"
    built = browser.get(f"/api/v1/cases/{yard.case}/as-built").json
    assert len(built) == 17
    head = next(one for one in built if one["place"] == "cylinder-head")
    assert (head["origin"], head["torque_nm"], head["tool"]) == ("reused", "120", "torque-wrench-1")
    balance = browser.get(f"/api/v1/cases/{yard.case}/mass-balance").json
    assert balance["closed"] is True
    assert balance["came_in"] == {"core": "612", "new_parts": "24", "material": "0"}


def test_a_list_that_is_no_list(yard, enter):
    """Points that are not a list, or are missing, are refused by shape."""
    yard.until("IN_TEST")
    browser, path = enter("test_operator"), f"cases/{yard.case}/pass_test"
    for body, reason in (({"points": "all"}, "wrong-type"), ({}, "required"), ({"points": None}, "required")):
        assert act(browser, path, body).json["fields"]["points"] == [reason]


def test_not_for_strangers(yard, enter, outsider):
    """Another organisation reads nothing."""
    yard.until("IN_WORK")
    browser = enter("outsider")
    for what in ("operations", "tests", "as-built", "mass-balance"):
        assert browser.get(f"/api/v1/cases/{yard.case}/{what}").status_code == 404
