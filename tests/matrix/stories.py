"""What happened in the organisation that strangers must not see; grows with what can happen."""

from __future__ import annotations

from datetime import date
from typing import Any

from remanu.accounts import actions as accounts
from remanu.db import Database, Tx
from remanu.ledger import checkpoint, seal
from remanu.ledger.record import Private, begin, record
from remanu.parts import events, queries
from tests import people
from tests.builders import make_item


def tell(database: Database) -> None:
    """Every story, one after the other."""
    for story in (_people, _private_note):
        database.transact(story)
    checkpoint.advance(database)


def _people(tx: Tx) -> None:
    """A tablet, an open invitation, an authorisation."""
    system = accounts.system_actor(people.WORKSHOP, now=tx.now)
    accounts.enrol_device(tx, system, name="Tablet of hall seven")
    accounts.invite(tx, system, roles=("technician",))
    ref = accounts.enrol(
        tx, system, login="authorised.person", name="Quinn Zabriskie", secret=None, roles=("inspector",)
    )
    accounts.authorise(
        tx,
        system,
        ref,
        number="AUTH-ZQ-7719",
        family="*",
        activity="test",
        site="Hall seven",
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
    )


def _private_note(tx: Tx) -> Any:
    """A part with a mark and a note that is sealed."""
    item = queries.subject_of(
        queries.find_item(tx.connection, people.WORKSHOP, make_item(tx, serial="ZQ-4711-E").subject.id)
    )
    body = events.MarkRead(mark=tx.new_id(), kind="plate", text="ZQ-4711-E", words=("zq-4711-e",))
    private = Private(
        key_ref=seal.organisation_key(people.WORKSHOP),
        fields={"note": "Customer Zabriskie is late with paying."},
    )
    return record(
        begin(tx, people.TECHNICIAN, "parts.read_mark"), events.READ_MARK, item, body, private=private
    )
