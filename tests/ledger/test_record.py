"""What the one door costs, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput
from remanu.ledger import seal
from remanu.ledger.kinds import Kind, subject
from remanu.ledger.models import EventRow
from remanu.ledger.record import Private, begin, record
from remanu.rules import canonical as jcs
from tests import people
from tests.provenance.site import statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A body that changes nothing."""

    what: str


SAY = Kind("parts.attach", 1, Said, lambda _tx, _done: None)


def test_an_event_takes_at_most_four_statements(database):
    """The head of the chain, the event, its place in the queue of the log, and what is sealed."""
    who, about = people.TECHNICIAN, subject(people.TECHNICIAN.org_id, "0195a000-0000-7000-8000-00000000000a")
    sealed = Private(seal.organisation_key(who.org_id), {"note": "for us"})

    def work(tx):
        with statements(database) as seen:
            record(begin(tx, who, "parts.attach"), SAY, about, Said(what="one"), private=sealed)
        return len(seen)

    assert database.transact(work) <= 4


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("at", "field", "why"),
    [
        (lambda now: now.replace(tzinfo=None), "at", "naive-time"),
        (lambda now: now + timedelta(days=2), "at", "absurd-time"),
        (lambda _now: datetime(1850, 1, 1, tzinfo=UTC), "at", "absurd-time"),
        (lambda now: now - timedelta(days=2), "reason", "late-entry"),
    ],
)
def test_an_impossible_or_late_time_is_refused(database, at, field, why):
    """No zone, the future, the age of steam; and what is entered late needs a reason (T-R6)."""

    def work(tx):
        begin(tx, people.TECHNICIAN, "parts.attach", at=at(tx.now))

    with pytest.raises(BadInput) as refusal:
        database.transact(work)
    assert (refusal.value.details["field"], refusal.value.details["why"]) == (field, why)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_late_entry_says_why_and_by_which_device(database):
    """Both stand in the bytes for ever."""
    who = replace(people.TECHNICIAN, device="0195a000-0000-7000-8000-0000000000d1")

    def work(tx):
        act = begin(tx, who, "parts.attach", at=tx.now - timedelta(days=2), reason="no network in the yard")
        return record(act, SAY, subject(who.org_id, tx.new_id()), Said(what="one")), tx.now

    done, now = database.transact(work)
    assert (done.reason, done.at) == ("no network in the yard", now - timedelta(days=2))
    with database.reading() as connection:
        said = jcs.decode(connection.execute(sa.select(EventRow.canonical).where(EventRow.id == done.id)).scalar_one())
    assert (said["reason"], said["device"]) == (done.reason, who.device)
