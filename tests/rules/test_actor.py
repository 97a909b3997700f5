"""Who may do which kind of act, and when a signature wants a fresh factor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from remanu.errors import FactorNeeded, Forbidden
from remanu.rules.actor import Actor, require, require_fresh

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


def actor(*roles, fresh_until=None):
    """A person of the first organisation."""
    return Actor("org", "person", "ref", frozenset(roles), "web", fresh_until=fresh_until)


def test_the_role_that_permits_is_named():
    """The first by name where several do, so that the record is the same each time."""
    assert require(actor("quality", "receiving_clerk"), "intake.quarantine") == "quality"


@pytest.mark.parametrize("kind", ["intake.grade", "intake.unheard_of"])
def test_without_a_role_it_is_forbidden(kind):
    """Also for a kind that nobody was permitted: the default is no."""
    with pytest.raises(Forbidden) as refusal:
        require(actor("technician"), kind)
    assert refusal.value.details["action"] == kind


@pytest.mark.parametrize("left", [None, timedelta(seconds=-1)])
def test_a_stale_factor_signs_nothing(left):
    """Neither without one nor after its end (T-R8)."""
    with pytest.raises(FactorNeeded):
        require_fresh(actor(fresh_until=left and NOW + left), NOW)


def test_a_fresh_factor_signs():
    """Up to its last moment, and the same person by another door."""
    signer = actor(fresh_until=NOW)
    require_fresh(signer, NOW)
    require_fresh(signer.by("api"), NOW)
    assert (signer.by("api").source, signer.source) == ("api", "web")
