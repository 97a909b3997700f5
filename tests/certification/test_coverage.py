"""Released units and certificates find one another: in the catalogue, on the part's page, at delivery, for verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from remanu.certification.queries.coverage import _FIELD, _ROW, covering
from remanu.rules.certification import Unit

DAY = date(2026, 3, 1)
SPAN = {
    "id": "c-1",
    "number": "PC-000001",
    "state": "CERTIFIED",
    "valid_from": "2026-03-01",
    "valid_to": "2027-02-28",
    "family": "diesel-engine",
    "model": "NW-1",
    "site": "*",
    "claim_class": "*",
    "since": "2026-03-01",
    "until": "",
    "retro": "",
}
UNIT = Unit(family="diesel-engine", model="NW-1", claim_class="REMANUFACTURED", released=DAY, serial="S-1")


def claims(*changed, unit=UNIT, today=DAY):
    """What a unit may say, given these spans."""
    text = _ROW.join(_FIELD.join({**SPAN, **one}.values()) for one in changed)
    return [(one.number, one.state, one.claim) for one in covering(text, unit, today)]


def test_it_is_covered_on_its_days():
    """I44, by text as by rule."""
    assert claims({}) == [("PC-000001", "CERTIFIED", "in-force")]
    assert claims({}, unit=replace(UNIT, released=date(2027, 3, 1))) == []
    assert claims({"until": "2026-03-01"}) == []
    assert claims({}, unit=replace(UNIT, model="NW-2")) == []
    assert claims({"model": "*"}) != []
    assert covering(None, UNIT, DAY) == covering("", UNIT, DAY) == ()


def test_a_scope_with_a_site_covers_its_own_units_alone():
    """Of a release that names no site it is unknown: never green, and never in the way of a line that covers it."""
    here = replace(UNIT, site="Hall 1")
    assert claims({"site": "Hall 1"}, unit=here) == [("PC-000001", "CERTIFIED", "in-force")]
    assert claims({"site": "Hall 2"}, unit=here) == []
    assert claims({"site": "Hall 1"}) == [("PC-000001", "CERTIFIED", "unknown")]
    assert claims({"site": "Hall 1"}, {}) == claims({}, {"site": "Hall 1"}) == [("PC-000001", "CERTIFIED", "in-force")]
    assert claims({"site": "Hall 1", "model": "NW-2"}) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "SUSPENDED", "until": "2026-05-01"}, ("SUSPENDED", "kept")),
        (
            {"state": "SUSPENDED", "until": "2026-05-01", "retro": '{"serials":["S-1"]}'},
            ("SUSPENDED", "named"),
        ),
        (
            {"state": "WITHDRAWN", "until": "2026-05-01", "retro": '{"since":"2026-02-01"}'},
            ("WITHDRAWN", "named"),
        ),
        ({"state": "TERMINATED", "until": "2026-05-01"}, ("TERMINATED", "ended")),
        ({"until": "2026-05-01"}, ("CERTIFIED", "kept")),
    ],
)
def test_what_comes_later_is_said(changed, said):
    """Suspended, named, withdrawn, ended, taken out of the scope."""
    assert claims(changed)[0][1:] == said


def test_after_a_reinstatement_the_claim_is_whole():
    """The span it was released in is closed, another one of the line is open."""
    first, second = {"until": "2026-05-01"}, {"since": "2026-06-01"}
    assert claims(first, second) == [("PC-000001", "CERTIFIED", "in-force")]


def test_expiry_is_by_the_calendar():
    """Nobody has to say so."""
    assert claims({}, today=date(2027, 3, 1))[0][1:] == ("EXPIRED", "ended")
    assert claims({}, today=date(2027, 2, 28))[0][1:] == ("CERTIFIED", "in-force")


def test_two_certificates_may_cover_one_unit():
    """By number."""
    other = {"id": "c-0", "number": "PC-000000"}
    assert [one[0] for one in claims({}, other, unit=replace(UNIT, released=DAY + timedelta(9)))] == [
        "PC-000000",
        "PC-000001",
    ]
