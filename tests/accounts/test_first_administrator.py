"""The one-time command by which an installation begins."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import Conflict
from tests.accounts.place import WORKSHOP, Place


def begin(database):
    """Run the command; returns the token of its link."""
    return database.transact(
        lambda tx: actions.first_administrator(
            tx, organisation=WORKSHOP, login="admin-one", name="Administrator One"
        )
    )


def test_it_works(database, config):
    """The link sets the password of an administrator of a new organisation."""
    token = begin(database)
    row = database.transact(lambda tx: queries.organisation_named(tx.connection, "Workshop One"))
    place = Place(database, row.org_id, config)
    live = place.live(place.redeem(token, "ignored"))
    assert live.actor.roles == {"admin"}
    assert place.live(place.sign_in("admin-one"))


def test_not_twice(database):
    """Once there is an administrator, the command is over (ASVS 6.3.2)."""
    begin(database)
    with pytest.raises(Conflict):
        begin(database)


def test_again_when_the_last_one_was_erased(place, admin):
    """An organisation that lost its administrators gets a new one, and stays the same organisation."""
    place.do(actions.erase, place.system, admin.ref)
    place.database.transact(
        lambda tx: actions.first_administrator(
            tx, organisation=WORKSHOP, login="admin-two", name="Administrator Two"
        )
    )
    assert len(place.ask(queries.administrators, place.org_id)) == 1
