"""What is odd about readings is answered and closed by the owner: with a reason, for what was seen and no more."""

from __future__ import annotations

import pytest

from remanu.bench.engine import begin_engine
from remanu.provenance.queries.oddities import SIGNS
from remanu.provenance.views.oddities import SIGN_WORDS
from remanu.rules.reports import state_on
from tests.accounts.place import founded
from tests.provenance.test_place import FAR, SAID
from tests.provenance.test_supervision import _signed_in

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("noted", "day", "state"),
    [
        ((), "2026-03-02", "open"),
        ((("answered", "2026-03-02"),), "2026-03-02", "answered"),
        ((("answered", "2026-03-02"), ("closed", "2026-03-02")), "2026-03-02", "closed"),
        ((("closed", "2026-03-02"),), "2026-03-03", "open"),
        ((("closed", "2026-03-02"), ("answered", "2026-03-03")), "2026-03-03", "answered"),
    ],
)
def test_what_came_after_a_note_is_open(noted, day, state):
    """A note speaks of what was seen up to its day."""
    assert state_on(noted, day) == state


def test_each_sign_has_its_words():
    """Nothing odd is shown by its name in the program."""
    assert set(SIGN_WORDS) == set(SIGNS)


def _listed(browser, state="open"):
    return browser.get(f"/readings?state={state}", headers=JSON).json["readings"]


def _read(rotor, stranger, clock):
    stranger.get(f"/{rotor.code}/ABCDEF").close()
    clock.advance(seconds=61)
    stranger.get(f"/{rotor.code}").close()


@pytest.fixture
def place(database, config):
    """A workshop with people."""
    return founded(database, config)


@pytest.fixture
def rotor(place):
    """An engine of the workshop."""
    return begin_engine(place.database, place.actor(place.member("worker", "receiving_clerk")))


def test_answered_closed_and_open_again(place, config, rotor, stranger, clock):
    """Steps with reasons and names of nobody; gone from Supervision once closed; back when it is read again."""
    _read(rotor, stranger, clock)
    browser = _signed_in(place, config, "supervisor")
    (one,) = _listed(browser)
    assert (one["code"], one["label"], one["sign"], one["many"], one["steps"]) == (
        rotor.code,
        "?",
        "never-issued",
        1,
        [],
    )
    assert "never issued" in browser.get("/supervision").text
    said = {name: one[name] for name in ("item_id", "label", "sign", "day")} | {"why": "A <slip> in typing."}
    for wrong, status in (
        ({"to": "closed", "why": ""}, 422),
        ({"to": "gone"}, 422),
        ({"to": "closed", "sign": "x"}, 404),
    ):
        assert browser.post("/readings", data=said | wrong).status_code == status, wrong
    late = browser.post("/readings", data=said | {"to": "closed", "day": "2026-02-28"}, headers=JSON)
    assert (late.status_code, late.json["code"]) == (409, "conflict")
    assert browser.post("/readings", data=said | {"to": "answered"}).status_code == 303
    assert browser.post("/readings", data=said | {"to": "closed"}, headers=JSON).json == {"state": "closed"}
    assert browser.post("/readings", data=said | {"to": "closed"}).status_code == 409
    (closed,) = _listed(browser, "closed")
    assert [(step["state"], step["why"], bool(step["by"])) for step in closed["steps"]] == [
        ("answered", "A <slip> in typing.", True),
        ("closed", "A <slip> in typing.", True),
    ]
    page = browser.get("/readings?state=closed").text
    assert "A &lt;slip&gt; in typing." in page
    assert "Name of supervisor" in page
    assert "never issued" not in browser.get("/supervision").text
    clock.advance(days=1)
    _read(rotor, stranger, clock)
    (again,) = _listed(_signed_in(place, config, "quality"))
    assert (again["many"], len(again["steps"])) == (2, 2)
    clock.advance(days=40)
    browser = _signed_in(place, config, "certifying_staff")
    assert _listed(browser) == []
    assert [(kept["many"], kept["state"]) for kept in _listed(browser, "closed")] == [(0, "closed")]


def test_places_too_far_apart(place, config, rotor, stranger):
    """They are answered as readings are; once closed they leave Supervision."""
    for said in (SAID, FAR):
        assert stranger.post(f"/{rotor.code}/place", data=said).status_code == 200
    browser = _signed_in(place, config, "supervisor")
    (one,) = _listed(browser)
    assert (one["sign"], one["label"]) == ("far-apart", "ABCDEF")
    assert "too far apart" in browser.get("/supervision").text
    said = {name: one[name] for name in ("item_id", "label", "sign", "day")} | {"to": "closed", "why": "A slip."}
    assert browser.post("/readings", data=said).status_code == 303
    assert "too far apart" not in browser.get("/supervision").text


def test_nobody_elses(place, config, told, stranger, clock):
    """Another organisation's readings are none; others may neither read nor answer."""
    _read(told, stranger, clock)
    browser = _signed_in(place, config, "quality")
    assert _listed(browser) == []
    said = {"item_id": told.engine.subject.id, "label": "?", "sign": "never-issued", "day": "2026-03-01"}
    said |= {"to": "closed", "why": "No."}
    assert browser.post("/readings", data=said, headers=JSON).status_code == 404
    assert stranger.get("/readings").status_code == 401
    assert _signed_in(place, config, "technician").post("/readings", data=said).status_code == 403
