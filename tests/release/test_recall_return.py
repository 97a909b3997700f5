"""A unit whose release was revoked comes back: its life ends, and the work can begin again (SM-1 no. 33)."""

from __future__ import annotations

import pytest

from remanu.errors import Forbidden, NotAllowed, NotFound
from remanu.parts import queries as parts
from remanu.release import actions, queries


def test_the_life_ends_at_the_dock(desk):
    """The case is received again and the record names the certificate that was revoked."""
    desk.until("NONCONFORMING")
    (paper,) = desk.place.ask(queries.certificates, desk.yard.org_id, desk.yard.unit)
    done = desk.act("receiving_clerk", "recall_return")

    lives = desk.yard.ask(parts.lives, desk.yard.org_id, desk.yard.unit)
    assert (desk.yard.view().state, done.body.certificate) == ("RECEIVED", paper.id)
    assert desk.yard.row(desk.yard.unit).condition == "as_received"
    assert all(life.closed_at for life in lives)


def test_not_yours_and_not_now(desk, outsider):
    """Only after a revocation, by the dock, in one's own organisation."""
    desk.until("RELEASED")
    with pytest.raises(NotAllowed):
        desk.act("receiving_clerk", "recall_return")
    with pytest.raises(Forbidden):
        desk.act("technician", "recall_return")
    with pytest.raises(NotFound):
        desk.place.do(actions.recall_return, outsider, desk.case)
