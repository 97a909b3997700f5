"""A label that nobody finds: it warns, and its place is free."""

from __future__ import annotations

import pytest

from remanu.errors import Forbidden, NotAllowed, NotFound
from remanu.labelling import actions
from tests import people


def report_lost(bench, label, by=None):
    """Say that a label is missing."""
    return bench.place.do(actions.report_lost, by or bench.person("logistics"), label)


@pytest.mark.parametrize("state", ["printed", "applied", "active"])
def test_it_works(bench, state):
    """From then on the state is lost; the row and its code stay."""
    label = getattr(bench, state)()
    report_lost(bench, label)
    assert (bench.label(label).state, bench.label(label).occupies) == ("lost", None)


def test_not_one_that_was_never_printed(bench):
    """What does not exist is not lost."""
    with pytest.raises(NotAllowed):
        report_lost(bench, bench.reserve())


def test_not_twice(bench):
    """It is lost already."""
    label = bench.printed()
    report_lost(bench, label)
    with pytest.raises(NotAllowed):
        report_lost(bench, label)


def test_not_by_an_inspector(bench):
    """Those who handle labels report."""
    with pytest.raises(Forbidden):
        report_lost(bench, bench.printed(), bench.person("inspector"))


def test_not_for_others(bench):
    """A label of another organisation does not exist here."""
    with pytest.raises(NotFound):
        report_lost(bench, bench.printed(), people.OUTSIDER)
