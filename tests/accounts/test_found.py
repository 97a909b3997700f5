"""An organisation enters the record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Forbidden
from tests.accounts.place import WORKSHOP


def test_it_works(place):
    """Names, country, zone and roles stand as they were given."""
    row = place.ask(queries.find_organisation, place.org_id)
    assert (row.name_en, row.name_zh_hant, row.country, row.zone) == (
        "Workshop One",
        "一號車間",
        "XA",
        "Asia/Shanghai",
    )
    assert queries.roles_of(row) == {"workshop"}
    assert place.kinds(place.org_id) == ["accounts.found"]


def test_not_by_a_technician(place):
    """Only an administrator, or the operator, founds."""
    with pytest.raises(Forbidden):
        place.do(actions.found, place.actor(place.member()), organisation=WORKSHOP)


def test_not_twice(place):
    """An organisation is founded once."""
    with pytest.raises(IntegrityError):
        place.do(actions.found, place.system, organisation=WORKSHOP)


@pytest.mark.parametrize(
    "odd", [{"zone": "Mars/Olympus"}, {"country": "xa"}, {"roles": ("bank",)}, {"name_en": ""}]
)
def test_not_with_odd_values(place, odd):
    """Each value is checked before anything is stored."""
    with pytest.raises(BadInput):
        place.do(actions.found, place.system, organisation=replace(WORKSHOP, **odd))
