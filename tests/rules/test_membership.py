"""Which roles go together, and what an organisation may be."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.rules import membership
from remanu.rules.permissions import ROLES, SIGNING_ROLES


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_stand_alone(role):
    """Every role that there is can be given."""
    membership.check_roles((role,))


@pytest.mark.parametrize("signing", sorted(SIGNING_ROLES))
def test_an_administrator_holds_no_role_that_signs(signing):
    """I35: who manages people signs nothing."""
    with pytest.raises(BadInput) as refusal:
        membership.check_roles(("admin", signing))
    assert refusal.value.details["why"] == "admin-signs"


def test_a_supervisor_reads_only():
    """The supervisor's role goes with no other."""
    with pytest.raises(BadInput) as refusal:
        membership.check_roles(("supervisor", "quality"))
    assert refusal.value.details["why"] == "supervisor-reads"


@pytest.mark.parametrize("roles", [(), ("wizard",), ("inspector", "wizard")])
def test_unknown_or_missing_roles_are_refused(roles):
    """A closed list, and at least one of it."""
    with pytest.raises(BadInput):
        membership.check_roles(roles)


def test_it_takes_an_organisation():
    """A workshop in a fictional country."""
    membership.check_organisation("XA", ("workshop", "owner"))


@pytest.mark.parametrize(
    ("country", "roles"),
    [
        ("xa", ("workshop",)),
        ("XAB", ("workshop",)),
        ("1A", ("workshop",)),
        ("ＸＡ", ("workshop",)),
        ("XA", ()),
        ("XA", ("bank",)),
    ],
)
def test_it_refuses_an_odd_organisation(country, roles):
    """Countries are two capital letters, roles come from the list."""
    with pytest.raises(BadInput):
        membership.check_organisation(country, roles)


@pytest.mark.parametrize(
    ("activity", "scope", "level", "why"),
    [
        ("cooking", None, None, ("activity", "not-a-choice")),
        ("release", "ET", None, ("scope", "not-for-this")),
        ("ndt", "XX", None, ("scope", "not-a-choice")),
        ("test", None, "2", ("level", "not-for-this")),
        ("ndt", "ET", "9", ("level", "not-a-choice")),
    ],
)
def test_a_qualification_that_cannot_be_is_refused(activity, scope, level, why):
    """Each refusal names its field."""
    with pytest.raises(BadInput) as refused:
        membership.check_qualification(activity, scope, level)
    assert (refused.value.details["field"], refused.value.details["why"]) == why


@pytest.mark.parametrize("activity", membership.ACTIVITIES)
def test_every_activity_may_be_certified_at_large(activity):
    """Without a method and without a level."""
    membership.check_qualification(activity, None, None)
