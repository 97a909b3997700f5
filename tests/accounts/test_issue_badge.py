"""Badges."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import actions
from remanu.accounts.models import Credential
from remanu.errors import Forbidden, NotFound


def test_it_works(place, admin):
    """A code of 80 random bits, of which the store keeps a keyed digest alone."""
    code = place.do(actions.issue_badge, admin, place.member())
    kept = place.ask(
        lambda c: c.execute(sa.select(Credential.hash).where(Credential.kind == "badge")).scalar()
    )
    assert len(code) == 16
    assert code.lower() not in kept.lower()


def test_not_by_a_technician(place):
    """Badges come from the administrator."""
    with pytest.raises(Forbidden):
        place.do(actions.issue_badge, place.actor(place.member()), place.member("b"))


def test_not_for_a_stranger(admin, place, other):
    """Members elsewhere do not exist here."""
    with pytest.raises(NotFound):
        place.do(actions.issue_badge, admin, other.member("far"))
