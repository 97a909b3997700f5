"""What every act of intake owes, whichever it is: roles, organisations and states."""

from __future__ import annotations

import pytest

from remanu.errors import Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.rules import lifecycle
from remanu.rules.permissions import PERMISSIONS, ROLES
from tests import people


def only_its_roles(hall, verb, work):
    """Everybody without one of its roles is refused, and nothing is written."""
    before = hall.events()
    for role in sorted(set(ROLES) - PERMISSIONS[f"intake.{verb}"]):
        with pytest.raises(Forbidden):
            hall.do(work, people.BY_ROLE[role])
    assert hall.events() == before


def only_its_organisation(hall, work):
    """For somebody else's organisation the case is not there."""
    before = hall.events()
    with pytest.raises(NotFound):
        hall.do(work, people.OUTSIDER)
    assert hall.events() == before


def only_from(hall, verb, case, work):
    """From this state there is no such step; the refusal names the state and what there is."""
    state, before = hall.case(case).state, hall.events()
    with pytest.raises(NotAllowed) as refused:
        hall.do(work)
    assert refused.value.details["action"] == verb
    assert refused.value.details["state"] == state
    assert refused.value.details["allowed"] == [one.action for one in lifecycle.allowed("SM-1", state)]
    assert hall.events() == before


def misses(hall, work, *guards):
    """These guards stand against it, and no others; nothing is written."""
    before = hall.events()
    with pytest.raises(GuardFailed) as refused:
        hall.do(work)
    assert set(refused.value.details["missing"]) == set(guards)
    assert hall.events() == before
