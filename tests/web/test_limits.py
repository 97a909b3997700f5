"""Rates by address, declared beside views."""

from __future__ import annotations

import pytest
from flask import Flask

from remanu.errors import TooMany
from remanu.web import limits


@pytest.fixture
def client():
    """A view that bears two requests a minute, and one that bears any number."""
    app = Flask("limits")
    app.register_error_handler(TooMany, lambda refusal: (str(refusal.details["retry_after"]), 429))
    limits.install(app)
    app.add_url_rule("/held", "held", limits.at_most(2)(lambda: "held"))
    app.add_url_rule("/free", "free", lambda: "free")
    return app.test_client()


def test_it_works(client):
    """The third request within a minute is refused, with the seconds to wait."""
    assert [client.get("/held").status_code for _ in range(3)] == [200, 200, 429]
    assert 1 <= int(client.get("/held").text) <= 60


def test_other_addresses_are_not_held(client):
    """Each address has a rate of its own."""
    for _ in range(3):
        client.get("/held")
    assert client.get("/held", environ_base={"REMOTE_ADDR": "198.51.100.1"}).status_code == 200


def test_what_is_dear_has_a_limit_inside_its_view(client):
    """The view itself goes on for whoever does not ask for it."""
    client.application.add_url_rule("/dear", "dear", lambda: limits.hold("dear", 1) or "dear")
    assert [client.get("/dear").status_code for _ in range(2)] == [200, 429]
    assert client.get("/free").status_code == 200


def test_views_without_a_rate_are_free(client):
    """Nothing is counted there, nor for addresses that do not exist."""
    assert {client.get("/free").status_code for _ in range(20)} == {200}
    assert client.get("/nowhere").status_code == 404


def test_the_window_moves():
    """A minute after the first of two requests one more passes, and only one; refusals do not count."""
    asked = limits.Asked()
    times = (0.0, 30.0, 59.5, 60.0, 60.5, 90.0)
    assert [asked.wait("view", "a", 2, now=now) for now in times] == [0, 0, 1, 0, 30, 0]


def test_a_flood_of_addresses_does_not_fill_the_memory(monkeypatch):
    """Old addresses go first; when all are recent, the count starts anew."""
    monkeypatch.setattr(limits, "_MANY", 3)
    asked = limits.Asked()
    for number in range(3):
        asked.wait("view", str(number), 1, now=float(number))
    assert asked.wait("view", "late", 1, now=61.5) == 0
    assert len(asked._seen) == 2
    for number in range(10):
        asked.wait("view", f"flood {number}", 1, now=61.5)
    assert len(asked._seen) <= 3
