"""The whole of intake in one go."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.intake import queries
from remanu.ledger.models import EventRow
from tests import people
from tests.intake import story


def test_a_core_goes_from_the_gate_into_work(hall):
    """Received, identified, graded, accepted; and the views are what the events say."""
    case = hall.do(story.until, "accepted")
    assert hall.case(case).state == "ACCEPTED"
    assert hall.kinds(case) == [
        "parts.register",
        "intake.receive",
        "parts.read_mark",
        "intake.identify",
        "intake.grade",
        "intake.accept",
    ]
    assert hall.holds()


def test_the_owner_is_sealed_and_found(hall, keyring):
    """No event says who owns the core; the organisation's key opens it."""
    case = hall.do(story.until, "received")
    assert hall.ask(queries.owner_of, keyring, people.WORKSHOP, case) == "Aster Haulage"
    written = hall.ask(lambda connection: connection.execute(sa.select(EventRow.canonical)).scalars().all())
    assert not any(b"Aster" in one or b"Ren Ito" in one for one in written)
