"""An accreditation body finds a body competent (SM-6 no. 1, I46)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.rules.accreditation import Area
from tests.certification import checks
from tests.certification.story import ACCREDITOR, BODY, EDITION, FAMILY, HOLDER, SCHEME, accredit, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_covers_what_it_names(told, registry):
    """Category, scheme and edition together, on its days alone (I46)."""
    story = told("accredited")

    def competent(category, edition=EDITION, days=0):
        wanted = Area(category, SCHEME, edition)
        return len(story.ask(queries.competent, BODY, wanted, story.today + timedelta(days=days)))

    assert [competent(FAMILY), competent(FAMILY, "2026"), competent("copier", "2026")] == [1, 0, 1]
    assert [competent("tunnel-boring-machine"), competent(FAMILY, days=-1), competent(FAMILY, days=1001)] == [
        0,
        0,
        0,
    ]
    assert story.holds(registry)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"body": HOLDER}, "body"),
        ({"body": "nobody"}, "body"),
        ({"valid_from": -1}, "valid_from"),
        ({"valid_to": -1}, "valid_to"),
    ],
)
def test_bad_input(told, changed, field):
    """Only a certification body, and not of the past."""
    story = told("scheme")
    given = {
        name: story.today + timedelta(days=value) if isinstance(value, int) else value
        for name, value in changed.items()
    }
    with pytest.raises(BadInput) as refusal:
        accredit(story, **given)
    assert refusal.value.details["field"] == field


def test_a_number_is_given_once(told):
    """By each accreditor."""
    with pytest.raises(BadInput):
        accredit(told("accredited"))


def test_nothing_is_no_scope(told):
    """At least one row."""
    with pytest.raises(GuardFailed):
        accredit(told("scheme"), areas=())


def test_only_an_accreditation_body(told):
    """And its accreditors, with a factor."""
    story = told("scheme")
    with pytest.raises(Conflict):
        accredit(story, actor=who(HOLDER, "accreditor"))
    days = {"valid_from": story.today, "valid_to": story.today}
    given = {"body": BODY, "number": "N", "areas": (Area("*", SCHEME),), **days}
    checks.wants_a_factor(story, actions.grant_accreditation, who(ACCREDITOR, "accreditor"), **given)
    checks.only_its_roles(story, actions.grant_accreditation, ACCREDITOR, **given)
