"""Closed lists are closed."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.rules import observed

LISTS = (observed.MARK_KINDS, observed.READING_ORIGINS, observed.HOLD_REASONS, observed.FIELD_EVENTS)


@pytest.mark.parametrize("words", LISTS)
def test_every_word_of_a_list_is_taken(words):
    """And comes back as it is."""
    assert [observed.check_word("why", word, words) for word in words] == list(words)


@pytest.mark.parametrize("words", LISTS)
def test_no_other_word_is(words):
    """The refusal names the field."""
    with pytest.raises(BadInput) as refusal:
        observed.check_word("why", "because", words)
    assert refusal.value.details == {"field": "why", "why": "not-a-choice"}


@pytest.mark.parametrize(
    ("name", "shows"),
    [("IMG_0001_plate.jpg", "data plate"), ("Typplate.png", ""), ("铭牌.png", "data plate"), ("platen.jpg", "")],
)
def test_a_name_may_say_that_a_file_shows_the_plate(name, shows):
    """The word alone counts, in either language."""
    assert observed.shown_in(name) == shows
