"""Action first, then scan: the scan leads to the act that was chosen, or says why it cannot be done."""

from __future__ import annotations

import pytest

from remanu.rules import identity
from tests.labelling.conftest import bench, in_process, officer, place, sign_in, web  # noqa: F401 -- fixtures

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def scan(browser, code, aim):
    """Where the scan leads."""
    answer = browser.get("/scan", query_string={"text": code, "do": aim})
    assert answer.status_code == 303, answer.text
    return answer.location


def test_moving_begins_with_the_scan(in_process, sign_in):  # noqa: F811
    """The page of the move, with a field that the next scan fills."""
    clerk = sign_in("receiving_clerk")
    where = scan(clerk, in_process.item.code, "move")
    assert where == f"/parts/{in_process.item_id}/move"
    page = clerk.get(where).text
    assert "data-scan-into" in page
    assert clerk.post(where, data={"key": "m", "place": "Gate 2"}).status_code == 303
    assert in_process.item.place == "Gate 2"


def test_what_cannot_be_done_now_is_said_on_the_parts_page(bench, sign_in):  # noqa: F811
    """A released engine has nothing to be measured."""
    inspector = sign_in("inspector")
    where = scan(inspector, bench.item.code, "measure")
    assert where == f"/parts/{bench.item_id}?wanted=measure"
    assert "Not possible with this part now: Measure" in inspector.get(where).text


def test_the_next_step_of_a_part(bench, officer):  # noqa: F811
    """The officer's next step with a released engine is its label."""
    assert scan(officer, bench.item.code, "step") == f"/parts/{bench.item_id}/reserve"


def test_a_label_that_is_not_in_force_is_warned_of_first(bench, sign_in):  # noqa: F811
    """Whatever somebody wants to do: the warning comes before it."""
    from remanu.labelling import actions  # noqa: PLC0415 -- for this one story

    label = bench.active()
    bench.place.do(actions.report_lost, bench.officer, label)
    where = scan(sign_in("receiving_clerk"), bench.label(label).payload, "move")
    assert where.startswith(f"/parts/{bench.item_id}?")
    assert "label=" in where


def test_pills_are_what_the_roles_can_do(sign_in, web):  # noqa: F811
    """Chosen ones are marked; strangers have none; an odd aim is no aim."""
    inspector = sign_in("inspector").get("/scan?do=measure").text
    assert 'href="/scan?do=measure" aria-current="true"' in inspector
    assert 'name="do" value="measure"' in inspector
    assert "do=move" not in inspector
    assert "do=move" in sign_in("receiving_clerk").get("/scan").text
    assert 'class="pill"' not in web.test_client().get("/scan").text
    assert 'name="do"' not in sign_in("planner").get("/scan?do=%22%3E%3Cscript").text


def test_a_paper_is_not_the_part(bench, sign_in):  # noqa: F811
    """Whatever somebody wants to do with it; to look it up leads to the part, and says what was scanned."""
    clerk, paper = sign_in("receiving_clerk"), identity.paper_payload(bench.item.uri)
    where = scan(clerk, paper, "move")
    assert where == f"/parts/{bench.item_id}?label=PAPER&wanted=move"
    page = clerk.get(where).text
    assert "You scanned a paper, not the part" in page
    assert "Not possible with this part now" not in page, "it is the paper that stands against it"
    assert scan(clerk, paper, "look") == f"/parts/{bench.item_id}?label=PAPER"
    for path, asked in (("/basket/put", {"text": paper, "act": "move"}), ("/places/{place}/parts", {"text": paper})):
        made = clerk.post("/places/add_place", data={"key": path, "name": path[:20]}).location.rpartition("/")[2]
        answer = clerk.post(path.format(place=made), data=asked)
        assert (answer.status_code, "scan the label on the part itself" in answer.text) == (422, True), path
    fitted = sign_in("technician").post(
        f"/parts/{bench.item_id}/fit", data={"key": "f", "position": "p", "code": paper}
    )
    assert (fitted.status_code, "scan the label on the part itself" in fitted.text) == (422, True)
