"""A workshop with an engine on the bench, and its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from remanu.accounts import actions as accounts
from tests import shelf
from tests.accounts.place import WORKSHOP, founded
from tests.inspection import board as boards
from tests.inspection import pages, shop

NDT = {
    "number": "XA-NDT-0001",
    "family": "diesel-engine",
    "activity": "ndt",
    "site": "Hall 1",
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2026, 12, 31),
}


@pytest.fixture
def place(database, config):
    """Workshop One with its people."""
    return founded(database, config)


@pytest.fixture
def inspector(place):
    """An inspector who may sign non-destructive tests."""

    def enter() -> str:
        admin = place.actor(place.member("boss", "admin"))
        ref = place.member("inspector", "inspector")
        place.do(accounts.authorise, admin, ref, **NDT)
        return ref

    return place.actor(shelf.told(place.database, "inspector", enter))


@pytest.fixture
def technician(place):
    """A technician without authorisations."""
    enter = partial(place.member, "technician", "technician")
    return place.actor(shelf.told(place.database, "technician", enter))


@pytest.fixture
def bench(database, inspector, technician):
    """The engine, taken apart and cleaned."""
    return shop.build(database, inspector=inspector, technician=technician)


@pytest.fixture
def web(config, database):
    """The pages of inspection and what they stand on."""
    return pages.build(config, database)


@pytest.fixture
def browser(web, bench):
    """The inspector's browser, signed in."""
    return pages.signed_in(web, "inspector")


@pytest.fixture
def other_browser(web, database, config):
    """An inspector's browser of another workshop."""
    other = founded(database, config, replace(WORKSHOP, name_en="Workshop Two"))
    other.member("stranger", "inspector")
    return pages.signed_in(web, "stranger")


@pytest.fixture
def board(place, bench):
    """The review board."""
    return boards.seated(place, bench)
