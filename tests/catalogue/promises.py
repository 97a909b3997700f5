"""What every act of reference data owes."""

from __future__ import annotations

import pytest

from remanu.errors import Forbidden
from remanu.rules.permissions import PERMISSIONS, ROLES
from tests import people


def only_its_roles(hall, verb, work):
    """Everybody without one of its roles is refused, and nothing is written."""
    for role in sorted(set(ROLES) - PERMISSIONS[f"catalogue.{verb}"]):
        with pytest.raises(Forbidden):
            hall.do(work, people.BY_ROLE[role])
    assert hall.events() == 0
