"""What a body may hold, by name."""

from __future__ import annotations

from remanu.ledger import body
from remanu.restoration.events.teardown import Cleaned


def test_names_of_nested_bodies_are_known_too():
    """The step inside it, and what it cites."""
    known = body.names(Cleaned)
    assert {"bath", "step", "digest", "case"} <= known
    assert "note" not in known
