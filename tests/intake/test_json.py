"""Intake by JSON."""

from __future__ import annotations

from tests.intake import story
from tests.intake.desk import photo

CORE = {"family": story.FAMILY, "maker": "Nordwerk", "part_number": "NW-6L-200", "serial": "4D-77120"}


def announced(desk):
    """A case begun by JSON: its answer."""
    return desk.json("planner", "/cases/announce", {**CORE, "owner": "Aster Haulage"})


def test_a_core_goes_through_intake(desk):
    """The answers name item and case, and the record says what was done, without names."""
    desk.publish()
    answer = announced(desk)
    assert answer.status_code == 200, answer.text
    case, item = answer.json["more"]["case"], answer.json["more"]["item"]
    received = desk.json(
        "receiving_clerk",
        f"/cases/{case}/receive",
        {
            "signed_by": "Ren Ito",
            "evidence": [cited(desk, "receiving_clerk")],
            "counters": {"hours": {"value": "12000", "unit": "h"}},
            "condition": [{"name": "oil pressure", "value": "3.2", "unit": "bar"}],
        },
        **{"If-Match": '"ANNOUNCED"'},
    )
    assert received.status_code == 200, received.text
    told = desk.get("inspector", f"/api/v1/cases/{case}/intake").json
    assert (told["state"], told["item"]) == ("RECEIVED", item)
    assert [row["act"] for row in told["custody"]] == ["announced", "received"]
    assert told["condition"][0] == {"name": "oil pressure", "value": "3.2", "unit": "bar", "simulated": False}
    assert "Aster" not in str(told)
    assert "Ren Ito" not in str(told)


def cited(desk, role):
    """A photo that was sent before, with its receipt."""
    answer = desk.browser(role).post("/api/v1/evidence", data={"file": photo()})
    assert answer.status_code == 200, answer.text
    return answer.json[0]


def test_what_waits_is_listed(desk):
    """With codes and states."""
    case = announced(desk).json["more"]["case"]
    (row,) = desk.get("receiving_clerk", "/api/v1/intake").json
    assert (row["case"], row["state"], row["serial"]) == (case, "ANNOUNCED", "4D-77120")


def test_grades_are_told_with_their_answers(desk):
    """Criteria by code."""
    desk.publish()
    case = desk.received()
    desk.identified(case)
    answer = desk.json("core_inspector", f"/cases/{case.id}/grade", {"answers": dict(story.GOOD)})
    assert answer.json["more"] == {"outcome": "full"}
    told = desk.get("inspector", f"/api/v1/cases/{case.id}/intake").json
    assert {row["criterion"]: row["answer"] for row in told["grade"]["answers"]} == story.GOOD
    assert told["identification"]["right_shown"] == "owner_order"


def test_a_wrong_state_lists_what_is_possible(desk):
    """A program reacts to the code, the state and the list."""
    desk.publish()
    case = desk.received()
    answer = desk.json("core_manager", f"/cases/{case.id}/reject", {"reason": "grade"})
    assert answer.status_code == 409
    assert answer.json["code"] == "not-allowed"
    assert answer.json["state"] == "RECEIVED"
    assert "identify" in answer.json["allowed"]


def test_missing_guards_are_named(desk):
    """By their names."""
    case = desk.received()
    answer = desk.json("technician", f"/cases/{case.id}/identify", {})
    assert answer.status_code == 409
    assert answer.json["code"] == "guard-failed"
    assert set(answer.json["missing"]) == {"mark_read", "former_life_looked_up", "right_to_core_shown"}


def test_a_stale_act_is_refused(desk):
    """412 with the state of now."""
    case = desk.received()
    answer = desk.json("technician", f"/cases/{case.id}/identify", {}, **{"If-Match": '"ANNOUNCED"'})
    assert answer.status_code == 412
    assert answer.json["state"] == "RECEIVED"


def test_one_key_one_act(desk):
    """The same key and body give the same answer; another body is refused."""
    values = {**CORE, "owner": "Aster Haulage"}
    first = desk.json("planner", "/cases/announce", values, key="k1")
    assert desk.json("planner", "/cases/announce", values, key="k1").json == first.json
    assert desk.json("planner", "/cases/announce", {**values, "serial": "2"}, key="k1").status_code == 409
    assert len(desk.get("planner", "/api/v1/intake").json) == 1


def test_surplus_and_odd_fields_are_named(desk):
    """Each with its reason word."""
    answer = desk.json("planner", "/cases/announce", {**CORE, "owner": 7, "packing": "gift", "price": "9"})
    assert answer.status_code == 422
    assert answer.json["fields"] == {
        "owner": ["wrong-type"],
        "packing": ["not-a-choice"],
        "price": ["unknown-field"],
    }


def test_simulated_is_not_for_people_to_say(desk):
    """Only a simulation may call a condition simulated."""
    answer = desk.json("receiving_clerk", "/cases/receive", {**CORE, "signed_by": "R", "simulated": True})
    assert answer.json["fields"]["simulated"] == ["unknown-field"]


def test_a_file_of_nobody_is_refused(desk):
    """A digest alone is no proof that the file is here."""
    forged = {"digest": "ab" * 32, "media_type": "image/png", "size": 9, "receipt": "cd" * 32}
    answer = desk.json("receiving_clerk", "/cases/receive", {**CORE, "signed_by": "R", "evidence": [forged]})
    assert answer.status_code == 422


def test_another_organisation_finds_nothing(desk, other):
    """404, and an empty list."""
    case = desk.received()
    assert other.get("inspector", f"/api/v1/cases/{case.id}/intake").status_code == 404
    assert other.json("technician", f"/cases/{case.id}/identify", {}).status_code == 404
    assert other.get("inspector", "/api/v1/intake").json == []
