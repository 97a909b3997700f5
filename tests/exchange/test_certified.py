"""A certification is suspended or withdrawn: the units that it names hear of it, and what holds them is doubted."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from remanu.certification import actions as certification
from remanu.certification import queries
from remanu.certification.actions.standing import Named
from remanu.certification.queries import coverage, marked
from remanu.exchange import actions as exchange
from remanu.exchange.actions import certified as certified_actions
from remanu.exchange.queries import reached
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Place, Run
from remanu.parts.models import Notice
from remanu.provenance import queries as provenance
from remanu.release.models import ReleaseCertificate, ReleaseReview
from remanu.release.queries import holders
from remanu.rules.certification import Line
from remanu.storage import Folder
from tests.builders import make_item
from tests.certification import story
from tests.exchange.fleet import fit, let_in
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


def notices(told):
    """What was left word of, in the order in which it was said."""
    asked = sa.select(Notice.item_id, Notice.state).order_by(Notice.said_at, Notice.item_id)
    return [tuple(one) for one in told.ask(lambda c: c.execute(asked).all())]


def reviews(told):
    """Reviews by what they are of, why, and how they ended."""
    chosen = sa.select(ReleaseReview.item_id, ReleaseReview.reason, ReleaseReview.result, ReleaseReview.affected)
    return told.ask(lambda c: c.execute(chosen.order_by(ReleaseReview.id)).all())


def suspend(told, **more):
    """The body suspends, for ninety days."""
    given = {"until": told.today + timedelta(days=90), "reason": "safety", **more}
    return story.decide(told, certification.suspend_certification, **given)


def relay(database, config):
    """What waits is heard."""
    exchange.relay(Place(config, database, Folder(config.evidence_dir)))


def add(database, *, serial, part_number="NW-6L-200", n, host="", at=None):
    """One more released unit of the workshop."""

    def work(tx):
        who = story.who(story.HOLDER, "technician")
        item = make_item(tx, who, serial=serial, part_number=part_number, condition="released").subject.id
        released(tx, story.HOLDER, item, at=at or tx.now, n=n)
        if host:
            fit(tx, who, item, host, f"engine-{n}")
        return item

    return database.transact(work)


SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@SQLITE
def test_every_covered_unit_comes_in_doubt_named_or_not(certified, database, config):
    """By model and day, computed; its own claim is kept all the same (domain.md §3.6)."""
    told, unit, host = certified
    suspend(told)
    assert notices(told) == [(unit.subject.id, "suspended")]
    relay(database, config)
    assert [(one.item_id, one.reason) for one in reviews(told)] == [(host.subject.id, "part-certification")]
    (one,) = told.ask(lambda c: coverage.coverings_of(c, story.HOLDER, unit.subject.id, database.clock.now()))
    assert one.claim == "kept"


@SQLITE
def test_units_of_other_lines_and_days_are_left_alone(certified, database):
    """Control: another model of the scope, and a unit that was released before the certificate."""
    told, _unit, _host = certified
    other = add(database, serial="C-8", part_number="NW-8L-300", n=8)
    add(database, serial="C-9", n=9, at=database.clock.now() - timedelta(days=30))
    told.later(1)
    suspend(told, lines=(story.B,))
    assert notices(told) == [(other, "suspended")]


def test_lifting_takes_back_its_own_doubts_and_no_others(certified, database, config):
    """The reduction that came in between still stands, and so does a review that somebody opened by hand."""
    told, unit, host = certified
    suspend(told)
    relay(database, config)
    told.later(1)
    story.decide(told, certification.reduce_scope, reason="model-ended", lines=(story.A,))
    relay(database, config)
    told.later(1)
    story.decide(told, certification.reinstate_certification)
    relay(database, config)
    assert [state for _item, state in notices(told)] == ["suspended", "reduced", "certified"]
    assert [(one.item_id, one.result) for one in reviews(told)] == [
        (host.subject.id, "sound"),
        (host.subject.id, None),
    ]
    assert told.ask(holders.in_doubt, story.HOLDER, unit.subject.id) is False


def test_one_review_names_all_parts_of_an_assembly(certified, database, config):
    """Several parts of one model sit in it: whoever takes one out does not make it sound."""
    told, unit, host = certified
    second = add(database, serial="C-3", n=3, host=host.subject.id)
    told.later(1)
    suspend(told)
    relay(database, config)
    (review,) = reviews(told)
    assert {one["item"] for one in json.loads(review.affected)} == {unit.subject.id, second}


def test_before_the_act_it_says_what_the_act_will_mark(certified, database, config, neighbour):
    """Units, assemblies, records of others: the same numbers as afterwards in the record."""
    told, unit, _host = certified
    place, fitter = neighbour
    theirs, part = let_in(place, fitter, unit.subject.uri)
    place.database.transact(lambda tx: released(tx, place.org_id, theirs, at=tx.now, n=40))
    told.later(1)
    add(database, serial="C-7", n=7)
    told.later(1)
    entry = told.ask(queries.find_entry, told.file, told.today)
    scope = marked.scope_of(entry.row, entry.happened)
    before = told.ask(reached.effect, scope)
    assert (before.units, before.assemblies, before.elsewhere, before.more) == (2, 2, 2, False)
    suspend(told)
    relay(database, config)
    assert len(notices(told)) == before.units + 1
    assert len(reviews(told)) == before.assemblies
    assert (place.org_id, part) in {tuple(one) for one in told.ask(lambda c: c.execute(_WHERE).all())}


_WHERE = sa.select(Notice.org_id, Notice.item_id)


@SQLITE
def test_beyond_a_batch_the_rest_is_a_job_with_progress(certified, database, config, monkeypatch):
    """It says how many of how many, hears what it leaves, and leaves nothing twice when it is cut off."""
    told, unit, _host = certified
    monkeypatch.setattr(certified_actions, "BATCH", 2)
    more = [add(database, serial=f"D-{n}", n=n) for n in range(10, 14)]
    told.later(1)
    done = suspend(told)
    assert len(notices(told)) == 2
    asked = {**exchange.asked_of(done), "after": "zzzz"}
    for _ in range(2):
        job = database.transact(lambda tx: jobs.create(tx, exchange.NAMING, asked, org_id=story.BODY))
        run = Run(Place(config, database, Folder(config.evidence_dir)), jobs.claim(database, job))
        assert exchange.name_the_rest(run) == {"units": 5}
        row = told.ask(jobs.find, story.BODY, job)
        assert (row.done, row.total) == (5, 5)
    assert {item for item, _state in notices(told)} == {unit.subject.id, *more}
    heard = told.ask(lambda c: c.execute(sa.select(Notice.received_at)).scalars().all())
    assert len(heard) == 5
    assert None not in heard


@SQLITE
def test_named_units_of_other_lines_hear_of_it_too(certified, database):
    """A line is suspended, and a serial number of another line is named."""
    told, unit, _host = certified
    add(database, serial="E-1", part_number="NW-8L-300", n=21)
    named = add(database, serial="E-2", part_number="NW-8L-300", n=22)
    told.later(1)
    suspend(told, lines=(story.A,), retro=Named(serials=("E-2",)))
    assert {item for item, _state in notices(told)} == {unit.subject.id, named}


@SQLITE
def test_a_line_with_a_site_reaches_its_units_and_those_of_unknown_site(database):
    """Doubt stays where nobody can tell; a unit of another site is left alone."""
    told, line = story.told(database, "accredited"), Line("NW-6L-200", "Hall 1")
    told.application = story.apply(told, lines=(line,)).subject.id
    told.done.append("applied")
    told.until("reviewed")
    story.grant(told, lines=(line,))
    told.later(1)
    ids = {site: add(database, serial=f"F-{n}", n=n) for n, site in enumerate(("Hall 1", "Hall 2", None), 30)}

    def place(tx):
        for site, item in ids.items():
            chosen = sa.update(ReleaseCertificate).where(ReleaseCertificate.item_id == item)
            tx.execute(chosen.values(site=site))

    database.transact(place)
    told.later(1)
    suspend(told)
    assert {item for item, _state in notices(told)} == {ids["Hall 1"], ids[None]}
