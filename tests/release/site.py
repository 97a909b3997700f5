"""The whole application over the test's store, and browsers in which somebody is signed in."""

from __future__ import annotations

from flask import Flask

from tests import application
from tests.accounts.place import PASSWORD


def build(desk) -> Flask:
    """The application."""
    return application.site(desk.place.config, desk.place.database)


def browser(web: Flask, login: str):
    """A browser on our own site in which this person is signed in."""
    web.config["PREFERRED_URL_SCHEME"] = "https"
    client = web.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    answer = client.post("/sign-in", data={"login": login, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client
