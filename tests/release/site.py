"""The whole application over the test's store, and browsers in which somebody is signed in."""

from __future__ import annotations

from flask import Flask

from remanu.web.context import GUARDED, here
from tests import application, shelf
from tests.accounts.place import PASSWORD


def build(desk) -> Flask:
    """The application."""
    return application.site(desk.place.config, desk.place.database)


def browser(web: Flask, login: str):
    """A browser on our own site in which this person is signed in."""
    web.config["PREFERRED_URL_SCHEME"] = "https"
    client = web.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    def enter() -> str:
        answer = client.post("/sign-in", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return client.get_cookie(GUARDED).value

    with web.app_context():
        database = here().database
    client.set_cookie(GUARDED, shelf.told(database, ("signed in", login), enter), secure=True)
    return client
