"""A draft gets its lines one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.errors import BadInput, Conflict, NotFound
from remanu.recognition import actions, queries
from tests.recognition.story import BOARD, LINE, only_stewards, refused, steward

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_lines_are_numbered(office, registry):
    """Whatever the caller says; a number that was struck is not the highest any longer."""
    agreement = office.written()
    office.do(actions.add_line, agreement, line=replace(LINE, no=7))
    assert [one.no for one in queries.lines_of(office.row(agreement))] == [1, 2]
    assert office.holds(registry)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": "L9"}, "level"),
        ({"equivalence": "nearly"}, "equivalence"),
        ({"asks": ("luck",)}, "asks"),
        ({"categories": ()}, "categories"),
        ({"terms": ()}, "terms"),
    ],
)
def test_bad_input(office, changed, field):
    """Codes of closed lists, and at least one product and word."""
    refused(BadInput, field, office, actions.add_line, office.draft(), line=replace(LINE, **changed))


def test_only_drafts_and_only_ones_own(office):
    """What is approved never changes; what is another's is not found."""
    agreement = office.approved()
    refused(Conflict, "not-a-draft", office, actions.add_line, agreement, line=LINE)
    other = steward(org_id=BOARD)
    refused(NotFound, "agreement", office, actions.add_line, agreement, line=LINE, who=other)
    only_stewards(office, actions.add_line, agreement, line=LINE)
