"""Revoking: a label that must not be trusted."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, NotAllowed, NotFound
from remanu.labelling import actions
from tests import people


def revoke(bench, label, by=None, why="copied"):
    """Withdraw trust from a label."""
    return bench.place.do(actions.revoke, by or bench.officer, label, why=why)


@pytest.mark.parametrize("state", ["reserve", "printed", "applied", "active"])
def test_it_works(bench, state):
    """At any time of its life, with the reason on the row and its place free."""
    label = getattr(bench, state)()
    revoke(bench, label)
    row = bench.label(label)
    assert (row.state, row.why, row.occupies) == ("revoked", "copied", None)


def test_a_lost_one_too(bench):
    """A lost label of which copies turn up."""
    label = bench.printed()
    bench.place.do(actions.report_lost, bench.officer, label)
    revoke(bench, label)
    assert bench.label(label).state == "revoked"


def test_not_twice(bench):
    """Revoked is for good."""
    label = bench.printed()
    revoke(bench, label)
    with pytest.raises(NotAllowed):
        revoke(bench, label)


def test_not_without_a_known_reason(bench):
    """Reasons come from a closed list."""
    with pytest.raises(BadInput):
        revoke(bench, bench.printed(), why="")


def test_not_by_a_technician(bench):
    """Only the label officer revokes."""
    with pytest.raises(Forbidden):
        revoke(bench, bench.printed(), bench.person("technician"))


def test_not_for_others(bench):
    """A label of another organisation does not exist here."""
    with pytest.raises(NotFound):
        revoke(bench, bench.printed(), people.OUTSIDER)
