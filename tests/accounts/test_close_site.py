"""A site is closed: nothing is released there from that day on."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.accounts import actions
from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.ledger import rebuild
from tests.accounts.test_open_site import FIRST, at, enter

LAST = date(2026, 6, 1)


def test_it_ends_before_the_day(place, admin, registry):
    """The day before it is still one; its name is free again."""
    site = enter(place, admin, usual=True).subject.id
    place.do(actions.close_site, admin, site, closed_on=LAST)
    assert (at(place, None, date(2026, 5, 31)), at(place, None, LAST)) == ("Hall 9", None)
    enter(place, admin, opened_on=LAST)
    assert not rebuild.check(place.database, registry).problems


def test_not_twice_and_not_before_it_began(place, admin):
    """What is closed stays closed."""
    site = enter(place, admin).subject.id
    with pytest.raises(BadInput):
        place.do(actions.close_site, admin, site, closed_on=date(2026, 2, 28))
    place.do(actions.close_site, admin, site, closed_on=FIRST)
    with pytest.raises(Conflict):
        place.do(actions.close_site, admin, site, closed_on=LAST)


def test_not_by_a_technician_and_not_another_ones(place, admin):
    """It is the administrator's of this organisation."""
    site = enter(place, admin).subject.id
    with pytest.raises(Forbidden):
        place.do(actions.close_site, place.actor(place.member()), site, closed_on=LAST)
    with pytest.raises(NotFound):
        place.do(actions.close_site, admin, "nowhere", closed_on=LAST)
