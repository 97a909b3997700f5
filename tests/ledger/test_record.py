"""What the one door costs, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.ledger import seal
from remanu.ledger.kinds import Kind, subject
from remanu.ledger.record import Private, begin, record
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
