"""The owner answers and closes what readers report: forward only, with a reason, and nobody else's reports."""

from __future__ import annotations

from remanu.bench.engine import begin_engine
from tests.accounts.place import founded
from tests.provenance.test_supervision import _signed_in

JSON = {"Accept": "application/json"}


def _listed(browser, state):
    return browser.get(f"/reports?state={state}", headers=JSON).json["reports"]


def test_answered_then_closed(database, config, told, stranger):
    """Each step with its reason and who took it; the list follows; what is settled is refused by its code."""
    place = founded(database, config)
    engine = begin_engine(database, place.actor(place.member("worker", "receiving_clerk")))
    for code in (engine.code, told.code):
        stranger.post(f"/{code}/report", data={"what": "serial", "note": "<i>It says 4711 B</i>"})
    browser = _signed_in(place, config, "quality")
    (one,) = _listed(browser, "open")
    assert (one["code"], one["state"], one["steps"]) == (engine.code, "open", [])
    assert "&lt;i&gt;It says 4711 B" in browser.get("/reports").text
    for to, wrong, status in (("closed", "", 422), ("gone", "x", 422), ("closed", "a\u202eb", 422)):
        sent = browser.post("/reports", data={"report": one["id"], "to": to, "why": wrong})
        assert sent.status_code == status, to
    said = {
        "report": one["id"],
        "to": "answered",
        "why": "The plate was read again: 4711 B is the former number.",
    }
    assert browser.post("/reports", data=said).status_code == 303
    assert (_listed(browser, "open"), len(_listed(browser, "answered"))) == ([], 1)
    again = browser.post("/reports", data=said, headers=JSON)
    assert (again.status_code, again.json["code"]) == (409, "conflict")
    assert browser.post("/reports", data=said | {"to": "closed"}, headers=JSON).json == {"state": "closed"}
    (closed,) = _listed(browser, "closed")
    assert "Name of quality" in browser.get("/reports?state=closed").text
    assert [step["state"] for step in closed["steps"]] == ["answered", "closed"]
    assert all(step["why"] == said["why"] and step["by"] for step in closed["steps"])


def test_nobody_elses(database, config, told, stranger):
    """Another organisation's report is none; others may neither read nor answer."""
    place = founded(database, config)
    stranger.post(f"/{told.code}/report", data={"what": "mass"})
    browser = _signed_in(place, config, "label_officer")
    assert _listed(browser, "open") == []
    said = {"report": "0" * 36, "to": "closed", "why": "No."}
    assert browser.post("/reports", data=said, headers=JSON).status_code == 404
    assert stranger.get("/reports").status_code == 401
    assert _signed_in(place, config, "technician").post("/reports", data=said).status_code == 403
