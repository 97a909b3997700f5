"""Something is not as it must be."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.inspection import actions, queries
from remanu.ledger import seal
from remanu.ledger.record import begin
from remanu.parts.queries import find_item, subject_of
from tests import people
from tests.builders import make_item


def complain(bench, position="crankshaft", by=None, **odd):
    """Raise one about a component."""
    given = {"cause": "crack", "note": "Fillet of journal 3"} | odd
    return bench.do(actions.raise_nonconformity, by or bench.technician, bench.parts[position], **given)


def test_it_works(bench):
    """It is open, it stops the release, and its words are sealed."""
    done = complain(bench)
    row = bench.ask(queries.open_nonconformities, bench.org_id, bench.case)[0]
    assert (row.id, row.cause, row.item_id) == (done.body.nonconformity, "crack", bench.parts["crankshaft"])
    facts = bench.facts()
    assert (facts["no_open_nonconformity"], facts["nonconformity_raised"]) == (False, True)
    sealed = bench.ask(seal.open_sealed, bench.database.keyring, org_id=bench.org_id, event_id=row.raised_in)
    assert sealed == {"note": "Fillet of journal 3"}


def test_without_a_note(bench):
    """The cause alone says enough."""
    assert complain(bench, note=None).sealed_key is None


def test_within_another_act(bench, database):
    """A failed test raises one in the act in which it fails (I21)."""

    def work(tx):
        item = find_item(tx.connection, bench.org_id, bench.unit)
        act = begin(tx, bench.technician, "parts.attach")
        return act.id, actions.note_nonconformity(
            act, subject_of(item), case_id=bench.case, cause="test-failed"
        )

    act_id, done = database.transact(work)
    assert (done.act_id, done.kind) == (act_id, "inspection.raise_nonconformity")


def test_not_with_another_cause(bench):
    """Causes come from a closed list; what else there is to say goes into the note."""
    with pytest.raises(BadInput):
        complain(bench, cause="bad luck")


def test_not_with_hidden_characters(bench):
    """T22."""
    with pytest.raises(BadInput) as told:
        complain(bench, note="fine\u202eenif")
    assert told.value.details["why"] == "control-character"


def test_not_where_no_work_is_open(bench, database):
    """It belongs to a case."""
    loose = database.transact(lambda tx: make_item(tx, bench.technician))
    with pytest.raises(Conflict):
        bench.do(actions.raise_nonconformity, bench.technician, loose.subject.id, cause="crack")


def test_not_by_the_administrator(bench):
    """Anybody in the workshop may, but not who only manages people."""
    with pytest.raises(Forbidden):
        complain(bench, by=people.member("boss", "admin", org_id=bench.org_id))


def test_not_of_another_workshop(bench):
    """Their parts do not exist here."""
    with pytest.raises(NotFound):
        complain(bench, by=people.OUTSIDER)
