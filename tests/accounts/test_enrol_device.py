"""A shared tablet is admitted."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Forbidden
from remanu.rules import tokens


def test_it_works(place, admin, keyring):
    """The tablet's token leads to it, and no table holds the token."""
    done = place.do(actions.enrol_device, admin, name="Bench 3")
    token = tokens.make(keyring.mac, "device", done.subject.id)
    assert place.ask(queries.device_of, keyring, token).name == "Bench 3"
    assert place.kinds(done.subject.id) == ["accounts.enrol_device"]


def test_not_by_a_technician(place):
    """Admitting is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.enrol_device, place.actor(place.member()), name="Bench 3")


def test_not_without_a_name(place, admin):
    """A tablet has a name that people know it by."""
    with pytest.raises(BadInput):
        place.do(actions.enrol_device, admin, name=" ")


def test_a_link_is_no_tablet(place, keyring):
    """Tokens are for one purpose (ASVS 9.2.3)."""
    assert place.ask(queries.device_of, keyring, place.link()) is None
