"""Destroying: from then on a scan is a scan of a copy."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, NotAllowed, NotFound
from remanu.labelling import actions
from tests import people


def destroy(bench, label, by=None, why="removed"):
    """Record that a label is no more."""
    return bench.place.do(actions.destroy, by or bench.person("technician"), label, why=why)


@pytest.mark.parametrize("state", ["printed", "applied", "active"])
def test_it_works(bench, state):
    """The row stays with its reason."""
    label = getattr(bench, state)()
    destroy(bench, label)
    assert (bench.label(label).state, bench.label(label).why) == ("destroyed", "removed")


def test_what_was_withdrawn_before(bench):
    """A superseded label that is scraped off keeps the name of its successor."""
    label = bench.printed()
    new = bench.place.do(actions.supersede, bench.officer, label, why="misprinted").body.replacement
    destroy(bench, label)
    assert bench.label(label).replaced_by == new.label


def test_not_one_that_was_never_printed(bench):
    """What does not exist cannot be destroyed."""
    with pytest.raises(NotAllowed):
        destroy(bench, bench.reserve())


def test_not_twice(bench):
    """It is gone already."""
    label = bench.printed()
    destroy(bench, label)
    with pytest.raises(NotAllowed):
        destroy(bench, label)


def test_not_without_a_known_reason(bench):
    """Reasons come from a closed list."""
    with pytest.raises(BadInput):
        destroy(bench, bench.printed(), why="fire")


def test_not_by_logistics(bench):
    """Those who put labels on take them off."""
    with pytest.raises(Forbidden):
        destroy(bench, bench.printed(), bench.person("logistics"))


def test_not_for_others(bench):
    """A label of another organisation does not exist here."""
    with pytest.raises(NotFound):
        destroy(bench, bench.printed(), people.OUTSIDER)
