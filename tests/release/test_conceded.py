"""A concession from the disposition to the certificate: it caps the class (I28), and it is printed (SM-3)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from remanu.accounts import actions as accounts
from remanu.drawing.paper import blocks
from remanu.inspection import actions as inspection
from remanu.inspection import queries as bench
from remanu.release import queries
from remanu.release.schemas.printing import drawn
from remanu.restoration import queries as shop
from remanu.restoration.events.repair import Planned
from tests.release import site
from tests.restoration.engine import DECIDED, GROUND
from tests.restoration.story import Telling

LOCALES = ("en", "zh-Hans", "zh-Hant")
KEPT = {**DECIDED, "cylinder-block": "CONCESSION_REQUEST"}


def _told(yard, *steps):
    def work(tx):
        telling = Telling(tx, yard)
        for step in steps:
            step(telling)

    yard.do(work)


def _start(telling):
    plan = (Planned(item=telling.item("crankshaft"), operation="crank-grinding"),)
    telling.act("planner", "start_restoration", plan=plan)


def _ground(telling):
    used = {"energy_kwh": "14.2", "water_l": "20", "waste_kg": "0.8"}
    item = telling.item("crankshaft")
    telling.act("technician", "operate", item, operation="crank-grinding", edition="P-7/3", **used)
    for code in ("main-journal-diameter", "journal-diameter-variation"):
        _again(telling, code)
    for code in ("crankpin-diameter", "journal-out-of-round", "main-bearing-clearance", "crankshaft-cracks"):
        _again(telling, code)
    telling.act("inspector", "finish_restoration")


def _again(telling, code):
    telling.measure(GROUND[code], "crankshaft", code)


@pytest.fixture
def kept(desk):
    """An engine whose block is out of new limits and used as it is; its test is passed."""
    yard = desk.yard
    authority = desk.place.member("authority", "mrb")
    scope = {"number": "XA-DA-0001", "family": "*", "activity": "concession", "site": "Hall 1"}
    days = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
    desk.place.do(accounts.authorise, yard.who["admin"], authority, **scope, **days)
    yard.until("INSPECTED")
    _told(yard, lambda telling: telling.disposition(KEPT))
    (found,) = yard.ask(bench.open_nonconformities, yard.org_id, yard.case)
    quality = yard.who["quality"]
    yard.do(inspection.review_nonconformity, quality, found.id)
    asked = {"expires": date(2026, 6, 30), "serials": ("CB-1",), "note": "It seals."}
    yard.do(inspection.request_concession, quality, found.id, **asked)
    block = yard.item("cylinder-block")
    route = yard.of_case(shop.active)["cylinder-block"]
    assert not yard.ask(shop.serviceable, yard.view(), route)
    yard.do(inspection.approve_concession, desk.place.actor(authority), found.id)
    assert yard.ask(shop.serviceable, yard.view(), yard.of_case(shop.active)["cylinder-block"])
    assert block == route.item_id
    _told(yard, _start, _ground)
    yard.tell("reassemble", "start_test", "pass_test")
    yard.do(inspection.verify_nonconformity, yard.who["inspector"], found.id, seen=True)
    return desk


def test_it_caps_the_class_and_is_printed(kept, web):
    """I22, I28: submitted and released as reconditioned, with the concession in block 12, on the page and in JSON."""
    done = kept.submit(warranty_days=365)
    assert (done.body.manifest.claim_class, done.body.manifest.targeted) == ("RECONDITIONED", "REMANUFACTURED")
    assert set(done.body.manifest.why_not_higher) == {"critical-outside-new", "concession"}
    kept.release()
    paper = kept.paper()
    record = json.loads(paper.record)
    (told,) = record["conceded"]
    assert (told["number"], told["position"], told["cause"]) == ("CON-000001", "cylinder-block", "dimension")
    assert record["concessions"] == []
    with web.test_request_context():
        one = kept.place.ask(drawn, kept.place.ask(queries.find_certificate, paper.org_id, paper.id), signer=None)
    english, simplified, traditional = (blocks(one, locale=each).concessions[0] for each in LOCALES)
    assert english.startswith("CON-000001: Cylinder block, ")
    assert "0.10 mm (0 … 0.03), used as it is, in force until 2026-06-30" in english
    assert simplified.startswith("CON-000001：气缸体，")
    assert simplified.endswith("0.10 mm (0 … 0.03)，按现状使用，有效至 2026-06-30")
    assert traditional.endswith("0.10 mm (0 … 0.03)，依現狀使用，有效至 2026-06-30")

    stranger = web.test_client()
    code = kept.yard.view().item.code
    page = stranger.get(f"/{code}").text
    assert "CON-000001" in page
    assert "0.10 mm" in page
    told = stranger.get(f"/{code}?format=json").json
    (conceded,) = next(life for life in told["lives"] if life["concessions"])["concessions"]
    assert (conceded["number"], conceded["caps"], conceded["serials"]) == ("CON-000001", True, ["CB-1"])
    assert conceded["deviations"][0]["value"] == "0.10"
    certifier = site.browser(web, "certifying_staff")
    assert "CON-000001" in certifier.get(f"/certificates/{paper.id}").text
    assert "Conceded" in certifier.get(f"/cases/{kept.case}/dossier?line=concessions_approved").text
