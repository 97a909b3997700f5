"""The pages of the desk: criteria, defects, appeals, accounts, tags, and the basket, by hand and as JSON."""

from __future__ import annotations

import base64
import re
from uuid import uuid4

import pytest

from remanu.intake import queries
from remanu.web import access
from tests.accounts import site
from tests.accounts.place import PASSWORD
from tests.intake import story
from tests.intake.desk import photo

# What a page shows does not depend on the engine; the acts behind it are tested on both.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
DRAFT = {
    "family": story.FAMILY,
    "programme": "Exchange",
    "region": "XA",
    "edition": "2026-1",
    "applies_from": "2026-01-01",
    "source": "Programme sheet",
    "appeal_days": "30",
    "sheet": story.SHEET,
    "discrepancies": story.DISCREPANCIES,
    "currency": "XTS",
    "deposit": "1000.00",
    "damaged_percent": "40",
    "window_days": "548",
}


@pytest.fixture
def criteria(desk):
    """Criteria written and approved through their pages; the id."""
    answer = desk.post("core_manager", "/intake/criteria/draft_criteria", **DRAFT)
    assert answer.status_code == 303, answer.text
    made = answer.location.rpartition("/")[2]
    assert desk.post("approver", f"/criteria/{made}/approve_criteria").status_code == 303
    return made


def test_criteria_are_written_from_sheets_and_kept_when_they_are_odd(desk, criteria):
    """The form begins with the pack's own sheet; a wrong row is named, what was typed stays."""
    form = desk.get("core_manager", f"/intake/criteria/draft_criteria?family={story.FAMILY}").text
    assert "criterion,full_refund,damaged_refund,no_refund" in form
    assert "missing,*,full,damaged,none" in form
    odd = {**DRAFT, "discrepancies": story.DISCREPANCIES + "scratched,,full,full,full,,\n"}
    answer = desk.post("core_manager", f"/intake/criteria/draft_criteria?family={story.FAMILY}", **odd)
    assert answer.status_code == 422
    assert "row 5" in answer.text
    assert "scratched" in answer.text
    assert "2026-1" in desk.get("technician", "/intake/criteria").text
    again = desk.get("core_manager", f"/intake/criteria/draft_criteria?from={criteria}").text
    assert "missing,turbocharger,full,damaged,none,turbocharger,350.00" in again


def test_terms_are_for_those_who_deal_with_deposits(desk, other, criteria):
    """A technician reads the questions and no amount, in page and JSON; another organisation reads nothing."""
    assert "350.00" in desk.get("core_manager", f"/criteria/{criteria}").text
    assert "350.00" not in desk.get("technician", f"/criteria/{criteria}").text
    assert desk.get("technician", f"/api/v1/criteria/{criteria}").json["terms"] is None
    assert desk.get("logistics", f"/api/v1/criteria/{criteria}").json["terms"]["deposit"] == "1000.00"
    assert other.get("core_manager", f"/criteria/{criteria}").status_code == 404


def test_a_core_is_judged_appealed_and_credited_by_hand(desk, criteria):
    """Defect with photo, grade by one's own criteria, credit, appeal, and the answer to it: all on one page."""
    case = desk.received()
    desk.identified(case)
    seen = {"code": "missing", "component": "turbocharger", "spot": "left", "severity": "major"}
    answer = desk.post("core_inspector", f"/cases/{case.id}/note_defect", photos=True, **seen)
    assert answer.location == f"/cases/{case.id}/intake", answer.text
    strike = re.search(r"/defects/[^/]+/strike_defect", desk.get("core_inspector", answer.location).text)[0]
    assert "Missing: Turbocharger" in desk.get("core_inspector", strike).text
    form = desk.get("core_inspector", f"/cases/{case.id}/grade").text
    assert f'name="criteria" value="{criteria}"' in form
    assert "Missing: Turbocharger" in form
    assert "cylinder-block" in desk.get("core_inspector", f"/cases/{case.id}/grade?criteria=pack").text
    answers = {"answers__crankshaft": "full", "answers__stand": "full"}
    graded = desk.post("core_inspector", f"/cases/{case.id}/grade", criteria=criteria, **answers)
    assert graded.status_code == 303, graded.text
    account = desk.post("core_manager", "/core-accounts/open_account", customer="Aster Haulage").location
    bought = {"criteria": criteria, "units": "1", "bought_on": "2026-02-01"}
    assert desk.post("core_manager", f"{account}/note_purchase", **bought).location == account
    settled = desk.post("core_manager", f"/cases/{case.id}/settle", account=account.rpartition("/")[2])
    assert settled.location == account, settled.text
    page = desk.get("core_manager", account).text
    assert "Aster Haulage" in page
    assert "50.00 XTS" in page
    assert desk.get("core_manager", f"/api/v1{account}").json["sums"][0]["credited"] == "50.00"
    record = desk.get("core_inspector", f"/cases/{case.id}/intake").text
    assert "Damaged core" in record
    assert "50.00" not in record
    appeal = desk.post("core_manager", f"/cases/{case.id}/appeal", photos=True, reason="defect")
    assert appeal.status_code == 303, appeal.text
    assert "The owner appealed" in desk.get("core_inspector", f"/cases/{case.id}/regrade").text
    assert "/regrade" not in desk.get("core_inspector", f"/cases/{case.id}/intake").text
    own = desk.post("core_inspector", f"/cases/{case.id}/regrade", **answers)
    assert own.status_code == 403
    told = desk.get("core_manager", f"/api/v1/cases/{case.id}/intake").json
    assert [one["code"] for one in told["defects"]] == ["missing"]
    assert told["appeals"][0]["answered_by"] is None


def test_accounts_are_closed_to_those_who_do_not_deal_with_deposits(desk):
    """The rule of the pages and of their JSON."""
    assert desk.get("technician", "/core-accounts").status_code == 403
    assert desk.get("technician", "/api/v1/core-accounts").status_code == 403
    assert "No core account yet" in desk.get("logistics", "/core-accounts").text


def test_tags_are_printed_and_taken(desk):
    """A sheet of symbols; scanning one that no part has leads to receiving a core under it."""
    answer = desk.post("receiving_clerk", "/intake/tags/issue_tags", count="2")
    sheet = desk.get("receiving_clerk", answer.location).text
    code = re.search(r'aria-label="([0-9A-Z]{13})"', sheet)[1]
    assert sheet.count('<svg viewBox="-4') == 2
    unknown = desk.get("receiving_clerk", f"/scan?text={code}").text
    assert f"/cases/receive?tag={code}" in unknown
    case = desk.received(tag=code)
    assert case.item.code == code
    assert "1 of 2 taken" in desk.get("receiving_clerk", "/intake/tags").text
    assert desk.get("receiving_clerk", "/api/v1/intake/tags").json[0]["bound"] == 1


def announced(desk, serial):
    """A core on its way; its case."""
    claimed = {"family": story.FAMILY, "maker": "Nordwerk", "part_number": "NW-6L-200", "serial": serial}
    answer = desk.post("planner", f"/cases/announce?family={story.FAMILY}", owner="Aster Haulage", **claimed)
    return desk.case_of(answer)


def test_a_basket_is_filled_code_by_code_and_received_at_once(desk):
    """Without script: one form a scan; a held core is grouped with its reason, taken out, and the rest goes."""
    cases = [announced(desk, str(n)) for n in (1, 2, 3)]
    desk.post("quality", f"/cases/{cases[2].id}/hold", why="paper")
    for case in cases:
        answer = desk.post("receiving_clerk", "/basket/put", act="receive", text=case.item.code.lower())
        assert answer.location == "/basket?act=receive"
    shown = desk.get("receiving_clerk", "/basket?act=receive")
    assert "'wasm-unsafe-eval'" in shown.headers["Content-Security-Policy"]
    page = shown.text
    assert "A hold stops it (1)" in page
    assert "disabled" in page
    fields = {"signed_by": "Ren Ito", "act": "receive"}
    browser = desk.browser("receiving_clerk")
    sent = {**fields, "codes": [case.item.code for case in cases], "key": str(uuid4())}
    blocked = browser.post("/basket/receive", data=sent)
    assert blocked.status_code == 409
    assert "Some parts stand against it" in blocked.text
    browser.post("/basket/take_out", data={"codes": [cases[2].item.code], "act": "receive"})

    key = str(uuid4())
    for _ in range(2):
        # The second sending of the same form does nothing and says the same.
        sent = {**fields, "codes": [case.item.code for case in cases[:2]], "key": key, "photos": photo()}
        done = browser.post("/basket/receive", data=sent, content_type="multipart/form-data")
        assert done.status_code == 303, done.text
    assert [desk.state(case) for case in cases] == ["RECEIVED", "RECEIVED", "ANNOUNCED"]


def test_the_basket_survives_the_end_of_a_session(desk):
    """Signed out and in again, the scans are there."""
    case = announced(desk, "1")
    desk.post("receiving_clerk", "/basket/put", text=case.item.code)
    desk.post("receiving_clerk", "/sign-out")
    desk.browsers.clear()
    person = f"receiving_clerk@{desk.place.org_id[-6:]}"

    again = site.browser(desk.web)
    again.post("/sign-in", data={"login": person, "password": PASSWORD})
    assert case.item.code in again.get("/basket").text.replace("-", "")


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("NEW-8", 422, "not one of our codes"),
        ("https://elsewhere.example/0123456789ABC", 422, "another site"),
    ],
)
def test_odd_scans_are_refused_and_kept(desk, text, status, said):
    """Maker's marks and foreign labels say what they are; what was typed stays in the field."""
    answer = desk.post("receiving_clerk", "/basket/put", text=text)
    assert answer.status_code == status
    assert said in answer.text
    assert text in answer.text


def test_json_puts_acts_and_tells(desk):
    """Machines use the same doors, each act once for its key."""
    case = announced(desk, "1")
    row = desk.json("receiving_clerk", "/basket/put", {"text": case.item.code}).json
    assert (row["code"], row["times"], row["state"]) == (case.item.code, 1, "ANNOUNCED")
    told = desk.get("receiving_clerk", "/api/v1/basket").json
    assert set(told["blockers"]["accept"]) == {"wrong-state"}
    assert told["blockers"]["move"] == {}
    moved = desk.json("receiving_clerk", "/basket/move", {"codes": [case.item.code], "place": "Rack 7"})
    assert moved.json["count"] == 1, moved.text
    assert desk.json("receiving_clerk", "/basket/take_out", {"codes": ["X"]}).json == {"count": 0}
    refused = desk.json("technician", "/basket/accept", {"codes": []})
    assert refused.status_code == 403
    empty = desk.json("core_manager", "/basket/accept", {"codes": []})
    assert (empty.status_code, empty.json["code"]) == (409, "conflict")
    assert desk.place.ask(queries.batches, desk.place.org_id) == []


def test_no_page_for_everybody_tells_a_price_or_a_customer(desk, criteria):
    """What is public of a core that was judged, appealed against and credited: no amount, no customer, no account."""
    case = desk.received(owner="Aster Haulage")
    desk.identified(case)
    seen = {"code": "missing", "component": "turbocharger", "spot": "left", "severity": "major"}
    desk.post("core_inspector", f"/cases/{case.id}/note_defect", photos=True, note="Aster says no.", **seen)
    answers = {"answers__crankshaft": "full", "answers__stand": "full"}
    desk.post("core_inspector", f"/cases/{case.id}/grade", criteria=criteria, **answers)
    account = desk.post("core_manager", "/core-accounts/open_account", customer="Aster Haulage").location
    settled = desk.post("core_manager", f"/cases/{case.id}/settle", account=account.rpartition("/")[2])
    assert settled.status_code == 303, settled.text
    desk.post("core_manager", f"/cases/{case.id}/appeal", photos=True, reason="defect", note="Aster is cross.")
    stranger = site.browser(desk.web)
    with desk.web.test_request_context():
        rules = [one for one in desk.web.url_map.iter_rules() if _for_everybody(desk.web, one)]
    addresses = [_address(one, case.item.code) for one in rules]
    seen_events = 0
    hidden = ("Aster", "350.00", "1000.00", "Exchange", account.rpartition("/")[2], "CA-00001")
    for address in addresses:
        text = stranger.get(address).get_data(as_text=True)
        events = list(_decoded(text))
        seen_events += len(events)
        plain = text + "".join(events)
        assert not [word for word in hidden if word in plain], address
    assert seen_events


def _for_everybody(web, rule):
    wanted = access.rule_of(web, rule.endpoint) == access.EVERYBODY
    return wanted and "GET" in rule.methods and bool(rule.arguments & {"code", "item"}) and len(rule.arguments) == 1


def _address(rule, code):
    return rule.map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, code))


def _decoded(text):
    """The canonical bytes of events as a stranger reads them."""
    for one in re.findall(r'"canonical":"([A-Za-z0-9+/=]+)"', text):
        yield base64.b64decode(one).decode()
