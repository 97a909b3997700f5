"""A new edition of the scheme's standard, as several tests need it."""

from __future__ import annotations

from datetime import timedelta

from remanu.certification import actions
from tests.certification.story import OWNER, who


def add_edition(story, days):
    """The 2026 edition is in force from tomorrow; the old one so many days more."""
    edition = actions.NewEdition(
        standard="XA 28619", edition="2026", applies_from=story.today + timedelta(days=1)
    )
    end = story.today + timedelta(days=days)
    return story.do(
        actions.add_edition, who(OWNER, "steward"), story.scheme, edition=edition, transition_end=end
    )
