"""One-time links."""

from __future__ import annotations

import hashlib

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Conflict, Forbidden, NotFound


def test_it_works(place, admin):
    """The link leads to the invitation with its roles, and the record names nobody."""
    token = place.link("inspector", "technician", by=admin)
    row = place.ask(queries.invitation, token, now=place.database.clock.now())
    assert queries.roles_of(row) == {"inspector", "technician"}
    assert place.kinds(place.org_id)[-1] == "accounts.invite"


def test_the_store_does_not_hold_it(place):
    """Neither the row nor the record tells the link: its digest alone is kept."""
    token = place.link()
    row = place.ask(queries.invitation, token, now=place.database.clock.now())
    assert token not in str(row)
    assert row.token_digest == hashlib.sha256(token.encode()).hexdigest()


def test_not_by_a_technician(place):
    """Inviting is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.invite, place.actor(place.member()), token="t", roles=("technician",))


def test_not_an_administrator_who_signs(place, admin):
    """I35 holds for invitations as well."""
    with pytest.raises(BadInput):
        place.do(actions.invite, admin, token="t", roles=("admin", "certifying_staff"))


def test_it_ends_after_three_days(place, clock):
    """A link has a short life (ASVS 6.4.1)."""
    token = place.link()
    clock.advance(hours=72)
    with pytest.raises(NotFound):
        place.ask(queries.invitation, token, now=clock.now())


def test_a_link_for_a_lost_password(place, admin):
    """A link may be for a member, and says so."""
    ref = place.member()
    done = place.do(actions.invite, admin, token="t", member=ref)
    assert (done.body.member, done.body.roles) == (ref, ())


def test_no_link_for_a_suspended_member(place, admin):
    """A link is no way round a suspension."""
    ref = place.member()
    place.do(actions.suspend, admin, ref, why="leave")
    with pytest.raises(Conflict):
        place.do(actions.invite, admin, token="t", member=ref)


def test_no_link_for_somebody_elsewhere(admin, place, other):
    """Members of another organisation do not exist here."""
    with pytest.raises(NotFound):
        place.do(actions.invite, admin, token="t", member=other.member("far"))


def test_a_link_that_nobody_made(place):
    """Unknown, used and outlived links read the same."""
    with pytest.raises(NotFound):
        place.ask(queries.invitation, "x" * 48, now=place.database.clock.now())
