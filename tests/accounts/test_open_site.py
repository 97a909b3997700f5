"""A site of the organisation is entered, and a unit's place leads to it."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.accounts import actions
from remanu.accounts.queries import sites
from remanu.errors import BadInput, Conflict, Forbidden

FIRST = date(2026, 3, 1)


def enter(place, admin, name="Hall 9", **more):
    """One more site."""
    given = {"opened_on": FIRST, "usual": False, **more}
    return place.do(actions.open_site, admin, name=name, **given)


def at(place, where, day=FIRST):
    """The site of a place on a day."""
    return place.ask(sites.site_on, place.org_id, where, day)


def test_a_place_belongs_to_a_site(place, admin):
    """By the site's own name or by a place of it, however it is written; any other place has the usual site."""
    done = enter(place, admin, places=("Rack 3", "Dock"))
    assert place.kinds(done.subject.id) == ["accounts.open_site"]
    assert [at(place, where) for where in ("rack 3", "HALL 9", "Yard", None)] == ["Hall 9", "Hall 9", None, None]
    enter(place, admin, "Hall 1", usual=True)
    assert [at(place, where) for where in ("Dock", "Yard", None)] == ["Hall 9", "Hall 1", "Hall 1"]
    assert at(place, "Dock", date(2026, 2, 28)) is None


def test_one_site_is_the_usual_one(place, admin):
    """The newest takes it over."""
    enter(place, admin, "Hall 1", usual=True)
    enter(place, admin, "Hall 2", usual=True)
    assert [(one.name, one.usual) for one in place.ask(sites.sites, place.org_id)] == [
        ("Hall 1", False),
        ("Hall 2", True),
    ]


def test_a_name_or_place_is_of_one_site(place, admin):
    """Otherwise nobody could tell where a unit is."""
    enter(place, admin, places=("Rack 3",))
    for name, places in (("hall 9", ()), ("Hall 2", ("RACK 3",)), ("rack 3", ())):
        with pytest.raises(Conflict):
            enter(place, admin, name, places=places)


def test_not_by_a_technician_and_not_without_a_name(place, admin):
    """It is the administrator's, and has a name."""
    with pytest.raises(Forbidden):
        enter(place, place.actor(place.member()))
    with pytest.raises(BadInput):
        enter(place, admin, " ")
    with pytest.raises(BadInput):
        enter(place, admin, places=[f"Rack {n}" for n in range(51)])
