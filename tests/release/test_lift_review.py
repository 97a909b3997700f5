"""Lifting a review: the release is sound, and its page says again what it said before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.errors import BadInput, Conflict, FactorNeeded, Forbidden, NotFound, OwnWork
from remanu.release import actions, queries
from tests.release.test_review_release import said


def test_it_says_again_what_it_said(desk):
    """Only when the last review is lifted, by a person who did no work in the case (I32), with a fresh factor."""
    desk.until("RELEASED")
    paper = desk.paper()
    first, second = (
        desk.act("quality", "review_release", paper.id, reason=why).body.review
        for why in ("part-suspect", "instrument-recalled")
    )
    both = desk.both_hands()
    with pytest.raises(OwnWork):
        desk.place.do(actions.lift_review, both, first, basis="not-affected")
    with pytest.raises(Forbidden):
        desk.act("quality", "lift_review", first, basis="not-affected")
    with pytest.raises(BadInput):
        desk.act("certifying_staff", "lift_review", first, basis="mood")
    stale = replace(desk.certifier, fresh_until=None)
    with pytest.raises(FactorNeeded):
        desk.place.do(actions.lift_review, stale, first, basis="not-affected")

    desk.act("certifying_staff", "lift_review", first, basis="not-affected", note="Another unit.")
    assert said(desk) == "under-review"
    desk.act("certifying_staff", "lift_review", second, basis="measured-again")
    assert said(desk) == "released"
    assert desk.place.ask(queries.standing_reviews, desk.place.org_id, paper.id) == []
    with pytest.raises(Conflict) as told:
        desk.act("certifying_staff", "lift_review", second, basis="measured-again")
    assert told.value.details["why"] == "not-under-review"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_reviews_come_page_by_page_and_one_that_is_not_there_is_not_found(desk):
    """The newest first, below the last of the page before; another organisation's are nobody's here."""
    desk.until("RELEASED")
    paper = desk.paper()
    first, second = (
        desk.act("quality", "review_release", paper.id, reason=why).body.review
        for why in ("part-suspect", "instrument-recalled")
    )
    ask, org_id = desk.place.ask, desk.place.org_id
    assert [one.id for one in ask(queries.reviews, org_id)] == [second, first]
    assert [one.id for one in ask(queries.reviews, org_id, before=second)] == [first]
    for org, review in ((org_id, "nothing"), ("elsewhere", first)):
        with pytest.raises(NotFound):
            ask(queries.find_review, org, review)
    assert ask(queries.own_work, desk.certifier, []) == frozenset()
