"""A tablet goes out of use."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import Conflict, Forbidden, NotFound


@pytest.fixture
def device(place, admin):
    """An enrolled tablet's id."""
    return place.do(actions.enrol_device, admin, name="Bench 3").subject.id


def test_it_works(place, admin, device):
    """It is listed with the moment of its retirement."""
    place.do(actions.retire_device, admin, device)
    assert place.ask(queries.devices, place.org_id)[0].retired_at == place.database.clock.now()
    assert place.kinds(device) == ["accounts.enrol_device", "accounts.retire_device"]


def test_not_by_a_technician(place, device):
    """Retiring is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.retire_device, place.actor(place.member()), device)


def test_not_twice(place, admin, device):
    """The second is told."""
    place.do(actions.retire_device, admin, device)
    with pytest.raises(Conflict):
        place.do(actions.retire_device, admin, device)


def test_not_of_another_organisation(device, other):
    """A tablet is its organisation's."""
    with pytest.raises(NotFound):
        other.do(actions.retire_device, other.system, device)
