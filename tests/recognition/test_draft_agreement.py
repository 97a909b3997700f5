"""An agreement is written in one direction; a revision begins with the lines of the text it takes the place of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.errors import BadInput, Conflict
from remanu.recognition import actions
from tests.recognition.story import BOARD, OFFICE, only_stewards, refused, steward

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_a_draft(office, registry):
    """It counts for nothing, and only its steward sees it."""
    agreement = office.draft()
    row = office.row(agreement)
    assert (row.state, row.revision, row.lines) == ("draft", 1, "[]")
    assert office.holds(registry)


def test_a_revision_begins_with_the_lines(office):
    """And says what becomes of certificates under the former text."""
    first = office.approved()
    refused(BadInput, "former_tail", office, actions.draft_agreement, basics=office.basics(), base=first)
    second = office.draft(base=first, former_tail="yes")
    row = office.row(second)
    assert (row.revision, row.base, row.lines) == (2, first, office.row(first).lines)


def test_a_code_that_was_given_up_is_free(office):
    """Its number is not taken again."""
    office.do(actions.discard_agreement, office.draft())
    assert office.row(office.draft()).revision == 2


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"there": "XA"}, "there"),
        ({"home": "ZZ"}, "home"),
        ({"basis": "mood"}, "basis"),
        ({"code": " "}, "code"),
    ],
)
def test_bad_input(office, changed, field):
    """The same side twice, no such side, no such policy, no code."""
    refused(BadInput, field, office, actions.draft_agreement, basics=office.basics(**changed))


def test_it_covers_nothing_from_after_its_first_day(office):
    """The day from which certificates are taken in is not later."""
    later = office.basics(covers_from=office.today + timedelta(days=1))
    refused(BadInput, "covers_from", office, actions.draft_agreement, basics=later)


def test_one_draft_a_code(office):
    """And a code belongs to whoever had it first."""
    office.draft()
    refused(Conflict, "agreement-code-taken", office, actions.draft_agreement, basics=office.basics())


def test_only_those_who_keep_agreements(office):
    """A steward of an authority or of a scheme owner."""
    only_stewards(office, actions.draft_agreement, basics=office.basics())
    other = steward(org_id=BOARD)
    refused(Conflict, "not-such-a-body", office, actions.draft_agreement, basics=office.basics(), who=other)
    assert OFFICE != BOARD
