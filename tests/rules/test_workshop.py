"""When work on components is possible, and what may come in for what."""

from __future__ import annotations

import pytest

from remanu.errors import NotAllowed
from remanu.rules import lifecycle, workshop
from remanu.rules.dispositions import DISPOSITIONS
from remanu.rules.offers import SENSIBLE
from remanu.rules.states import STATES

VERBS = ("record_component", "operate", "replace", "install")


@pytest.mark.parametrize("verb", VERBS)
def test_every_state_answers(verb):
    """Possible, or refused with the steps that there are."""
    for state in {state for step in lifecycle.SM1 for state in step.sources} & STATES.keys():
        if workshop.is_possible(verb, state):
            workshop.check_state(verb, state)
        else:
            with pytest.raises(NotAllowed) as refused:
                workshop.check_state(verb, state)
            assert refused.value.details["state"] == state


@pytest.mark.parametrize("verb", VERBS)
def test_offers_agree(verb):
    """Pages offer it in those states and in no others."""
    assert {state for state in STATES if workshop.is_possible(verb, state)} == SENSIBLE[f"restoration.{verb}"]


@pytest.mark.parametrize("said", [None, *DISPOSITIONS])
def test_what_is_renewed_every_time_is_new(said):
    """I16, whatever was decided."""
    assert [origin for origin in workshop.ORIGINS if workshop.fits(origin, said, mandatory=True)] == ["new"]


@pytest.mark.parametrize(
    ("said", "origins"),
    [
        ("REPLACE_NEW", ["new"]),
        ("REPLACE_MANDATORY", ["new"]),
        ("REPLACE_REMAN", ["new", "reman"]),
        ("REPLACE_USED_SERVICEABLE", ["new", "reman", "used_serviceable"]),
        ("SALVAGE", ["new", "reman", "used_serviceable"]),
        (None, ["new", "reman", "used_serviceable"]),
    ],
)
def test_a_stronger_part_meets_a_weaker_order(said, origins):
    """Never the other way round."""
    assert [one for one in workshop.ORIGINS if workshop.fits(one, said, mandatory=False)] == origins
