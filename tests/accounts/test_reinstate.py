"""A suspended member may act again."""

from __future__ import annotations

import pytest

from remanu.accounts import actions
from remanu.errors import Conflict, Forbidden


@pytest.fixture
def ref(place, admin):
    """Somebody suspended."""
    one = place.member()
    place.do(actions.suspend, admin, one, why="leave")
    return one


def test_it_works(place, admin, ref):
    """He signs in again; sessions of before stay ended."""
    place.do(actions.reinstate, admin, ref)
    assert place.live(place.sign_in()).actor.ref == ref


def test_not_by_a_technician(place, ref):
    """Reinstating is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.reinstate, place.actor(place.member("b")), ref)


def test_not_twice(place, admin, ref):
    """Only somebody suspended can be reinstated."""
    place.do(actions.reinstate, admin, ref)
    with pytest.raises(Conflict):
        place.do(actions.reinstate, admin, ref)


def test_not_after_erasing(place, admin, ref):
    """Nothing brings an erased person back."""
    place.do(actions.erase, admin, ref)
    with pytest.raises(Conflict):
        place.do(actions.reinstate, admin, ref)
