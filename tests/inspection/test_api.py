"""JSON of inspection."""

from __future__ import annotations

from tests.inspection import shop

MAIN = "main-journal-diameter"


def send(browser, bench, key="k", **odd):
    """Measure by JSON."""
    body = {
        "characteristic": MAIN,
        "unit": "mm",
        "values": list(shop.JOURNALS),
        "instrument": bench.tools["outside-micrometer"],
    } | odd
    where = f"/api/v1/parts/{bench.parts['crankshaft']}/measure"
    return browser.post(where, json=body, headers={"Idempotency-Key": key})


def test_measure_and_read_back(browser, bench):
    """The answer says what it means; the list has everything that decided it."""
    done = send(browser, bench)
    assert (done.status_code, done.json["more"]["zone"], done.json["more"]["proposal"]) == (
        200,
        "within_new",
        "REUSE_AS_IS",
    )
    told = browser.get(f"/api/v1/parts/{bench.parts['crankshaft']}/measurements").json
    assert [(one["id"], one["readings"], one["new_max"]) for one in told] == [
        (done.json["more"]["measurement"], list(shop.JOURNALS), "64.985")
    ]


def test_the_same_key_measures_once(browser, bench):
    """A repeated sending gets the same answer; another body under the key is refused."""
    assert send(browser, bench).json == send(browser, bench).json
    assert send(browser, bench, unit="cm").json["code"] == "key-reused"


ODD = [
    ({"values": [64.97] * 7}, "invalid-form"),
    ({"values": "64.97"}, "invalid-form"),
    ({"values": ["64.97"] * 101}, "invalid-form"),
    ({"values": ["NaN"] * 7}, "bad-input"),
    ({"values": ["64.97"]}, "bad-input"),
    ({"unit": "kg"}, "bad-input"),
    ({"stage": "final"}, "invalid-form"),
    ({"why": "bored"}, "invalid-form"),
    ({"instrument": "x" * 41}, "invalid-form"),
    ({"temperature": "hot"}, "bad-input"),
    ({"characteristic": None}, "invalid-form"),
]


def test_odd_bodies_are_refused(browser, bench):
    """Shape first, then meaning; nothing is stored."""
    for odd, code in ODD:
        answer = send(browser, bench, **odd)
        assert (answer.status_code, answer.json["code"]) == (422, code), odd
    assert bench.results("crankshaft") == {}


def test_naked_infinity_is_no_json(browser, bench):
    """T21."""
    answer = browser.post(
        f"/api/v1/parts/{bench.parts['crankshaft']}/measure",
        data='{"characteristic":"main-journal-diameter","unit":"mm","values":[Infinity]}',
        content_type="application/json",
        headers={"Idempotency-Key": "k"},
    )
    assert answer.json["code"] == "malformed-body"


def test_instruments(browser):
    """With their calibration today."""
    told = browser.get("/api/v1/instruments").json
    assert [(one["number"], one["ready"], one["due"]) for one in told][:1] == [
        ("bore-gauge-1", True, "2027-01-31")
    ]


def test_strangers_find_nothing(other_browser, bench):
    """404 for another workshop's part, and their own empty list of instruments."""
    path = f"/api/v1/parts/{bench.parts['crankshaft']}/measurements"
    assert other_browser.get(path).json["code"] == "not-found"
    assert other_browser.get("/api/v1/instruments").json == []
