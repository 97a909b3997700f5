"""Whether a record verifies is computed from the record, and any damage shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from remanu.ledger.models import EventRow, LogCheckpoint, LogEntry, LogNode
from remanu.parts.models import Code, Item, PublicState
from remanu.provenance.queries import lookup, record
from remanu.rules import canonical, merkle
from tests.ledger.spoil import spoil


def test_a_whole_record_verifies(told):
    """Before and after the log is signed, a record that nobody touched is whole."""
    told.labelled()
    assert told.known().verdict.problems == ()
    told.sign()
    known = told.known()
    assert known.verdict.problems == ()
    assert known.verdict.logged == known.verdict.events == known.found.length
    assert known.verdict.chains == 5


def test_what_is_not_signed_yet_is_durable_and_no_damage(told):
    """Events after the checkpoint count as waiting, before and after they are entered in the log."""
    told.released()
    told.sign()
    told.papers.reserve()
    verdict = told.known().verdict
    assert (verdict.problems, verdict.events - verdict.logged) == ((), 1)


def test_the_nodes_of_every_proof_are_fetched(told):
    """Whatever the size of the tree, one statement brings what the proofs of all chains need."""
    told.engine.receive()
    told.engine.take_apart(3)
    for n in range(9):
        told.engine.register("piston", serial=f"X-{n}")
        told.sign()
        with told.database.reading() as connection:
            found = lookup.find(connection, told.code)
            read = record.read(connection, found.org_id, found.item_id)
        newest = {}
        for link in read.links:
            newest[link.subject_id] = max(newest.get(link.subject_id, 0), link.idx)
        wanted = {place for idx in newest.values() for place in merkle.inclusion_nodes(idx, read.head.size)}
        assert wanted <= read.nodes.keys()
        assert told.known().verdict.problems == ()


_THIRD = sa.and_(EventRow.seq == 2, EventRow.kind == "intake.receive")
DAMAGES = {
    "commitment": (
        sa.update(EventRow).values(commitment=b"\1" * 32).where(_THIRD),
        "record-bytes",
    ),
    "kind": (sa.update(EventRow).values(kind="parts.attach").where(_THIRD), "record-columns"),
    "previous": (sa.update(EventRow).values(previous=b"\1" * 32).where(_THIRD), "record-chain"),
    "gap": (sa.delete(EventRow).where(_THIRD), "record-chain"),
    "place": (sa.update(LogEntry).values(position=LogEntry.position + 900), "record-unlogged"),
    "entry": (sa.delete(LogEntry), "record-unlogged"),
    "node": (sa.update(LogNode).values(hash=b"\2" * 32), "record-root"),
    "note": (sa.update(LogCheckpoint).values(note=LogCheckpoint.note + "x\n"), "record-signature"),
    "state": (sa.update(PublicState).values(state="released"), "record-state"),
    "since": (sa.update(PublicState).values(since=datetime(2020, 1, 1, tzinfo=UTC)), "record-state"),
    "no state": (sa.delete(PublicState), "record-state"),
    "uri": (sa.update(Item).values(uri=Item.uri + "X").where(Item.component == "engine"), "record-code"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_seen(told, stranger, damage):
    """Any altered, missing or invented row turns the page red with its reason, and never leaves it green."""
    told.released()
    told.papers.revoke()
    told.sign()
    statement, why = DAMAGES[damage]
    spoil(told.database, statement)
    assert why in told.known().verdict.problems
    page = stranger.get(f"/{told.code}").text
    assert 'class="band is-invalid"' in page
    assert "is-verified" not in page.split("<main")[0]
    document = stranger.get(f"/{told.code}?format=json").json
    assert document["state"]["code"] == "unverified"
    assert document["record"]["verified"] is False
    assert why in document["record"]["problems"]


def test_a_rewritten_chain_is_seen(told):
    """Whoever writes an event anew with all its digests still meets the signed root."""
    told.released()
    told.sign()
    with told.database.reading() as connection:
        newest = sa.select(EventRow.canonical, EventRow.id).order_by(EventRow.position.desc()).limit(1)
        row = connection.execute(newest).one()
    forged = bytes(row.canonical).replace(b"XA-145-07", b"XA-145-99")
    assert forged != row.canonical
    statement = (
        sa.update(EventRow)
        .where(EventRow.id == row.id)
        .values(canonical=forged, commitment=canonical.commitment(forged))
    )
    spoil(told.database, statement)
    assert "record-root" in told.known().verdict.problems


def test_two_codes_that_change_places_are_seen(told):
    """A code that leads to another part than its own is damage, not another part's page."""
    told.released()
    other = told.engine.register("piston", serial="X-1")
    with told.database.reading() as connection:
        own = connection.execute(sa.select(Item.code).where(Item.id == other.id)).scalar_one()
    told.database.transact(
        lambda tx: tx.execute(sa.update(Code).where(Code.code == own).values(item_id=told.engine.subject.id))
    )
    told.code = own
    assert "record-code" in told.known().verdict.problems
