"""Badges."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import actions
from remanu.accounts.models import Credential
from remanu.errors import Forbidden, NotFound
from tests import application


def test_it_works(place, admin):
    """A code of 80 random bits, of which the store keeps a keyed digest alone."""
    code = place.do(actions.issue_badge, admin, place.member())
    kept = place.ask(
        lambda c: c.execute(sa.select(Credential.hash).where(Credential.kind == "badge")).scalar()
    )
    assert len(code) == 16
    assert code.lower() not in kept.lower()


def test_not_by_a_technician(place):
    """Badges come from the administrator."""
    with pytest.raises(Forbidden):
        place.do(actions.issue_badge, place.actor(place.member()), place.member("b"))


def test_not_for_a_stranger(admin, place, other):
    """Members elsewhere do not exist here."""
    with pytest.raises(NotFound):
        place.do(actions.issue_badge, admin, other.member("far"))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_badge_that_is_scanned_as_a_part_is_not_repeated(place, admin):
    """It is half of what lets a person in: the page says what it is, shows nothing of it and looks nothing up.

    Control: another text as long is looked for.
    """
    badge = place.do(actions.issue_badge, admin, place.member())
    browser = application.site(place.config, place.database).test_client()
    for text in (badge, f" {badge.lower()} "):
        answer = browser.get("/scan", query_string={"text": text}, follow_redirects=True)
        assert answer.status_code == 422
        assert "This is a badge of a person" in answer.text
        assert badge not in answer.text.upper()
    assert "This is a badge" not in browser.get("/scan", query_string={"text": "A" * 16}).text
