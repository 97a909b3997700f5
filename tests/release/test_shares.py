"""Shares of substances are declared with the dossier, signed with the certificate, and asked by market and day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from remanu.errors import BadInput
from remanu.release import queries
from tests.release import site
from tests.release.desk import DECLARED

TEN = {"Pb": "200", "Hg": "0", "Cd": "20.5", "Cr6+": "5", "PBB": "0", "PBDE": "0"}
TEN |= {"DBP": "1", "DIBP": "1", "BBP": "1", "DEHP": "1500"}
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_shares_are_signed_and_asked_on_both_dates(desk):
    """R19 on a certificate: 0.15 % of DEHP is in order until the ten substances are limited."""
    desk.until("TEST_PASSED")
    desk.submit(shares=TEN)
    record = json.loads(desk.release() and desk.paper().record)
    hazards = record["hazards"]

    assert {"substance": "Cd", "ppm": "20.5", "basis": "homogeneous-material"} in hazards["shares"]
    said = [
        queries.judged(hazards, family="copier", jurisdiction="CN", on=on).state
        for on in (date(2027, 7, 31), date(2027, 8, 1))
    ]
    assert said == ["met", "unmet"]
    assert queries.judged(hazards, family="copier", jurisdiction="EU", on=date(2027, 8, 1)).state == "unknown"


def test_without_shares_every_market_that_asks_is_unknown(desk):
    """I48: a word that nothing is above a limit says nothing of other rules; the record is as it was before."""
    desk.until("SUBMITTED")
    hazards = json.loads(desk.ask(queries.sealed_dossier).hazards)

    assert "shares" not in hazards
    seen = {
        (one.jurisdiction, one.verdict.state)
        for one in queries.outlook(hazards, family="copier", on=date(2026, 3, 1))
    }
    assert ("XB", "unknown") in seen
    assert ("XD", "met") in seen
    assert {
        one.on
        for one in queries.outlook(hazards, family="copier", on=date(2026, 3, 1))
        if one.jurisdiction == "XA"
    } == {
        date(2026, 3, 1),
        date(2027, 8, 1),
    }


@pytest.mark.parametrize(
    ("shares", "more", "field", "why"),
    [
        ({"Unobtainium": "1"}, {}, "shares.Unobtainium", "not-a-choice"),
        ({"Pb": "much"}, {}, "shares.Pb", "not-a-number"),
        ({"Pb": "-1"}, {}, "shares.Pb", "not-a-share"),
        ({"Pb": "1000001"}, {}, "shares.Pb", "not-a-share"),
        ({"Pb": "1001"}, {}, "shares.Pb", "share-contradicts"),
        ({"Pb": "1"}, {"hazards": "some-above", "substances": ("Pb",)}, "shares.Pb", "share-contradicts"),
    ],
)
def test_a_declaration_that_contradicts_itself(desk, shares, more, field, why):
    """In numbers and in words it is one declaration."""
    desk.until("TEST_PASSED")
    with pytest.raises(BadInput) as refused:
        desk.submit(shares=shares, **more)

    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)


def test_on_pages(desk, web):
    """Entries by substance; what is wrong stands beside its own, and the dossier shows each market."""
    desk.until("TEST_PASSED")
    quality = site.browser(web, "quality")
    address = f"/cases/{desk.case}/submit"
    given = {"key": "k", "expected": "TEST_PASSED", **DECLARED}
    wrong = quality.post(address, data={**given, "shares.Pb": "much"})
    right = quality.post(address, data={**given, "key": "l", "shares.Pb": "200", "shares.DEHP": "1500"})
    seen = quality.get(f"/cases/{desk.case}/dossier?line=hazards_declared").text

    assert wrong.status_code == 422
    assert 'id="f-shares-Pb-error"' in wrong.text
    assert right.status_code == 303
    assert "DEHP 1500 ppm, limit 1000 ppm" in seen
    assert "GB 26572-2025" in seen
