"""A new edition of the standard; the old one holds until its transition ends (SM-5 no. 16)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict
from tests.certification import checks
from tests.certification.story import OWNER, SCHEME, draft, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def add(story, *, edition="2026", begins=10, ends=40, **more):
    """The next edition, from so many days on."""
    new = actions.NewEdition(
        standard="XA 28619", edition=edition, applies_from=story.today + timedelta(days=begins)
    )
    given = {"edition": new, "transition_end": story.today + timedelta(days=ends), **more}
    return story.do(actions.add_edition, who(OWNER, "steward"), story.scheme, **given)


def test_both_hold_meanwhile(told, registry):
    """The old one until the last day of the transition, that day included."""
    story = told("scheme")
    add(story)
    days = [story.today + timedelta(days=n) for n in (0, 10, 40, 41)]
    held = [
        [one for one in ("2025", "2026") if story.ask(queries.edition_valid, SCHEME, one, day)]
        for day in days
    ]
    assert held == [["2025"], ["2025", "2026"], ["2025", "2026"], ["2026"]]
    assert story.holds(registry)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"edition": "2025"}, "edition"), ({"begins": -5000}, "applies_from"), ({"ends": 9}, "transition_end")],
)
def test_bad_input(told, changed, field):
    """Known already, before the former one, over before it begins."""
    with pytest.raises(BadInput) as refusal:
        add(told("scheme"), **changed)
    assert refusal.value.details["field"] == field


def test_a_draft_has_no_editions_to_add(begin):
    """Approve it first."""
    begin.scheme = draft(begin).subject.id
    with pytest.raises(Conflict):
        add(begin)


def test_it_is_a_signature(told):
    """And not for everybody."""
    story = told("scheme")
    new = actions.NewEdition(standard="S", edition="2027", applies_from=date(2027, 1, 1))
    given = {"edition": new, "transition_end": date(2028, 1, 1)}
    checks.wants_a_factor(story, actions.add_edition, who(OWNER, "steward"), story.scheme, **given)
    checks.only_its_roles(story, actions.add_edition, OWNER, story.scheme, **given)
