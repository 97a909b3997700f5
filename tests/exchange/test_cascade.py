"""A part in doubt: every assembly that holds it or held it comes under review, with which part, where, since when."""

from __future__ import annotations

import json

import pytest

from remanu.errors import Conflict
from remanu.exchange import actions as exchange
from remanu.jobs import rows
from remanu.jobs.worker import Place, Run
from remanu.ledger.record import going_on
from remanu.release import actions
from remanu.storage import Folder
from tests.exchange.test_holders import opened

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def affected(review):
    """The parts because of which a release is under review."""
    return [(one["item"], tuple(one["path"]), one["until"] is None) for one in json.loads(review.affected)]


def test_a_revoked_part_puts_its_assembly_under_review(yard):
    """Now: amber for everybody, with the part and its place; lifted by a certifier, who is held to the record (I40)."""
    module = yard.item(serial="M-1", component="module")
    yard.fit(module, yard.assembly.yard.unit, "module-1")
    yard.fit(yard.part.yard.unit, module)
    yard.wait(days=1)
    done = yard.revoke()

    (review,) = yard.reviews()
    assert (review.number, review.reason) == (yard.assembly.paper().number, "part-revoked")
    assert review.cause == done.commitment.hex()
    assert affected(review) == [(yard.part.yard.unit, ("module-1", "engine-1"), True)]
    assert yard.said(yard.assembly) == "under-review"

    def lift(basis):
        return yard.place.do(actions.lift_review, yard.certifier(), review.id, basis=basis)

    with pytest.raises(Conflict, match="part-still-in"):
        lift("part-replaced")
    with pytest.raises(Conflict, match="part-still-doubted"):
        lift("part-cleared")
    yard.take_out(yard.part.yard.unit)
    lift("part-replaced")
    assert (yard.said(yard.assembly), yard.reviews()) == ("released", [])


@SQLITE
def test_held_then_counts_and_held_before_does_not(yard):
    """A part that left after the release was relied on concerns it, one that left before does not."""
    yard.fit(yard.part.yard.unit, yard.assembly.yard.unit)
    yard.wait(days=2)
    yard.take_out(yard.part.yard.unit)
    yard.wait(days=1)
    yard.revoke()
    (review,) = yard.reviews()
    assert affected(review) == [(yard.part.yard.unit, ("engine-1",), False)]


@SQLITE
def test_a_review_is_followed_once(yard):
    """A review of the part itself goes up, that of an assembly because of it goes no second way."""
    yard.fit(yard.part.yard.unit, yard.assembly.yard.unit)
    paper = yard.part.paper()
    yard.part.act("quality", "review_release", paper.id, reason="report-received")
    found = {one.number: one.reason for one in yard.reviews()}
    assert found == {paper.number: "report-received", yard.assembly.paper().number: "part-under-review"}


@SQLITE
def test_beyond_a_batch_the_rest_is_a_job(yard, config, database):
    """Under the same act; one that is run again finds nothing left to do."""
    yard.fit(yard.part.yard.unit, yard.assembly.yard.unit)
    database.reactions = {}
    done = yard.revoke()
    assert yard.reviews() == []
    doubt = database.transact(lambda tx: exchange.doubt_of(tx, done, "part-revoked"))
    assert database.transact(lambda tx: exchange.reach(going_on(tx, done), doubt, limit=0)) is True
    asked = exchange.job_of(done, doubt)
    for _ in range(2):
        job = database.transact(lambda tx: rows.create(tx, exchange.JOB, asked, org_id=yard.place.org_id))
        run = Run(Place(config, database, Folder(config.evidence_dir)), rows.claim(database, job))
        assert exchange.doubt_holders(run) == {"batches": 1}
    (review,) = yard.reviews()
    assert review.cause == done.commitment.hex()


@SQLITE
def test_a_unit_in_work_gets_a_nonconformity(yard, database):
    """So that it is not released before somebody looked; one that the part has left gets none (I22)."""
    host, former = yard.item(serial="W-1"), yard.item(serial="W-2")
    for n, one in enumerate((host, former)):
        database.transact(
            lambda tx, one=one, n=n: opened(tx, yard.place.org_id, one, at=tx.now, n=900 + n, state="IN_TEST")
        )
    yard.fit(yard.part.yard.unit, former)
    yard.wait(hours=1)
    yard.take_out(yard.part.yard.unit)
    yard.fit(yard.part.yard.unit, host)
    yard.wait(hours=1)
    yard.revoke()
    assert yard.place.kinds(host)[-1] == "inspection.raise_nonconformity"
    assert "inspection.raise_nonconformity" not in yard.place.kinds(former)
