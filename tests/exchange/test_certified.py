"""A certification is suspended or withdrawn: the units that it names hear of it, and what holds them is doubted."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from remanu.certification import actions as certification
from remanu.certification.actions.standing import Named
from remanu.exchange import actions as exchange
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Place, Run
from remanu.parts.models import Notice
from remanu.provenance import queries as provenance
from remanu.release.models import ReleaseReview
from remanu.storage import Folder
from tests.builders import make_item
from tests.certification import story
from tests.exchange.fleet import fit
from tests.exchange.test_holders import released


@pytest.fixture
def certified(database):
    """A unit that the certification covers, in an assembly that it does not cover."""
    told = story.told(database, "granted")
    who = story.who(story.HOLDER, "technician")

    def work(tx):
        unit = make_item(tx, who, serial="C-1", condition="released")
        host = make_item(tx, who, serial="C-2", part_number="OTHER")
        for n, one in enumerate((unit, host)):
            released(tx, story.HOLDER, one.subject.id, at=tx.now, n=n)
        fit(tx, who, unit.subject.id, host.subject.id)
        return unit, host

    told.later(1)
    unit, host = database.transact(work)
    told.later(1)
    return told, unit, host


def test_named_units_are_doubted_and_their_assemblies(certified, database, config):
    """In the record of the workshop, by the relay; at once on the page; a word when it holds again."""
    told, unit, host = certified
    given = {"until": told.today + timedelta(days=90), "reason": "safety"}
    story.decide(told, certification.suspend_certification, retro=Named(serials=("C-1",)), **given)
    (notice,) = told.ask(lambda c: c.execute(sa.select(Notice.__table__)).all())
    assert (notice.org_id, notice.item_id, notice.state) == (story.HOLDER, unit.subject.id, "suspended")
    for one in (unit, host):
        assert told.ask(provenance.find, one.body.code).outside[0] == "suspended"
    exchange.relay(Place(config, database, Folder(config.evidence_dir)))
    (review,) = told.ask(lambda c: c.execute(sa.select(ReleaseReview.__table__)).all())
    assert (review.item_id, review.reason) == (host.subject.id, "part-certification")
    told.later(1)
    story.decide(told, certification.reinstate_certification)
    exchange.relay(Place(config, database, Folder(config.evidence_dir)))
    states = told.ask(lambda c: c.execute(sa.select(Notice.state).order_by(Notice.said_at)).scalars().all())
    assert states == ["suspended", "certified"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_comes_later_takes_nothing_back(certified, database, config):
    """Without naming units a suspension doubts none that was released before (domain.md §3.6)."""
    told, _unit, _host = certified
    given = {"until": told.today + timedelta(days=90), "reason": "safety"}
    done = story.decide(told, certification.suspend_certification, **given)
    assert told.ask(lambda c: c.execute(sa.select(Notice.__table__)).all()) == []
    asked = {**exchange.asked_of(done), "after": "zzzz"}
    for _ in range(2):
        job = database.transact(lambda tx: jobs.create(tx, exchange.NAMING, asked))
        run = Run(Place(config, database, Folder(config.evidence_dir)), jobs.claim(database, job))
        assert exchange.name_the_rest(run) == {"batches": 1}
    assert told.ask(lambda c: c.execute(sa.select(Notice.__table__)).all()) == []
