"""One unit of work for one key: whose key it is, is part of what was asked."""

from __future__ import annotations

import pytest

from remanu.errors import KeyReused
from remanu.web.work import perform
from tests import people

ASKED = {"verb": "parts.hold", "target": "1", "values": {"why": "suspect"}}


def ask(database, actor):
    """The same act under the same key, by this person."""
    return perform(database, actor, key="k", asked=ASKED, work=lambda _tx: {"by": actor.ref})


def test_the_same_person_gets_the_same_answer(database):
    """And is told that it was given before."""
    first = ask(database, people.TECHNICIAN)
    again = ask(database, people.TECHNICIAN)
    assert (again.values, first.replayed, again.replayed) == (first.values, False, True)


def test_another_person_does_not_get_the_first_ones_answer(database):
    """He would be told that he did what somebody else did (trust.md G4)."""
    ask(database, people.TECHNICIAN)
    with pytest.raises(KeyReused):
        ask(database, people.CERTIFIER)
