"""What one record says of a part reaches those that go on from it: at once on their pages, then in their own words."""

from __future__ import annotations

import pytest

from remanu.errors import Forbidden
from remanu.exchange import actions as exchange
from remanu.jobs.worker import Place
from remanu.ledger.record import begin
from remanu.parts.actions import Word, leave_word, link_record
from remanu.parts.models import Notice
from remanu.parts.queries import find_item
from remanu.provenance import queries as provenance
from remanu.release import actions
from remanu.release.models import ReleaseReview
from remanu.storage import Folder
from tests.exchange import fleet
from tests.exchange.fleet import let_in, links, rows
from tests.exchange.test_holders import released
from tests.provenance.site import browser, statements

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def relay(place, config):
    """What the worker does every ten seconds."""
    exchange.relay(Place(config, place.database, Folder(config.evidence_dir)))


def test_a_revocation_crosses_over(yard, neighbour, config):
    """Seen at once on the other page, then recorded there once, with the assembly under review by the relay."""
    place, who = neighbour
    uri = yard.part.yard.view().item.uri
    host, came = let_in(place, who, uri)
    (link,) = links(place)
    assert (link.item_id, link.uri, link.state, link.heard) == (came, uri, "released", None)
    place.database.transact(lambda tx: released(tx, who.org_id, host, at=tx.now))
    stranger = browser(config, place.database)
    code = place.ask(find_item, place.org_id, host).code
    before = stranger.get(f"/{code}")
    assert "Part in doubt" not in before.text

    yard.wait(hours=1)
    done = yard.revoke()
    with statements(place.database) as seen:
        at_once = stranger.get(f"/{code}")
    assert len(seen) == 2
    assert "Part in doubt" in at_once.text
    assert "the release of the part was revoked" in at_once.text
    assert stranger.get(f"/{code}?format=json").json["findings"][0]["sign"] == "attention"
    (waiting,) = rows(place, Notice)
    assert (waiting.item_id, waiting.digest, waiting.state) == (came, done.commitment.hex(), "revoked")

    for _ in range(2):
        relay(place, config)
    assert place.kinds(came)[-1] == "exchange.receive_notice"
    assert place.kinds(came).count("exchange.receive_notice") == 1
    (review,) = rows(place, ReleaseReview)
    assert (review.reason, review.cause, review.item_id) == ("part-revoked", done.commitment.hex(), host)
    (link,) = links(place)
    assert (link.heard, link.heard_digest) == ("revoked", done.commitment.hex())
    own = stranger.get(f"/{place.ask(find_item, place.org_id, came).code}")
    assert "Origin in doubt" in own.text
    assert uri in own.text
    assert yard.place.kinds(yard.part.yard.unit)[-1] == "release.revoke_release"


@SQLITE
def test_who_may_hear_and_what_is_heard_once(yard, neighbour):
    """The relay may do this and nothing else, and nobody else may do it; a notice is heard by its own organisation."""
    place, who = neighbour
    _host, came = let_in(place, who, yard.part.yard.view().item.uri)
    digest = yard.revoke().commitment.hex()
    relayed = exchange.relay_actor(place.org_id, who.zone)
    assert place.do(exchange.unheard, place.org_id, came) == [digest]
    with pytest.raises(Forbidden):
        place.do(exchange.receive_notice, who, came, digest=digest)
    with pytest.raises(Forbidden):
        place.do(lambda tx: begin(tx, relayed, "release.review_release"))
    assert place.do(exchange.receive_notice, relayed, came, digest=digest).body.state == "revoked"
    assert place.do(exchange.unheard, place.org_id, came) == []
    assert place.do(exchange.receive_notice, relayed, came, digest=digest) is None
    other = exchange.relay_actor(yard.place.org_id, who.zone)
    assert place.do(exchange.receive_notice, other, came, digest=digest) is None


@SQLITE
def test_what_is_heard_of_the_part_found_sound(yard, neighbour, config):
    """A review that is lifted travels too; the doubt at the part ends, the assembly waits for its certifier."""
    place, who = neighbour
    host, came = let_in(place, who, yard.part.yard.view().item.uri)
    place.database.transact(lambda tx: released(tx, who.org_id, host, at=tx.now))
    yard.wait(hours=1)
    paper = yard.part.paper()
    review = yard.part.act("quality", "review_release", paper.id, reason="report-received")
    relay(place, config)
    assert [row.reason for row in rows(place, ReleaseReview)] == ["part-under-review"]
    yard.wait(hours=1)
    yard.place.do(actions.lift_review, yard.certifier(), review.body.review, basis="not-affected")
    relay(place, config)
    (link,) = links(place)
    assert link.heard == "released"
    assert [row.lifted_at for row in rows(place, ReleaseReview)] == [None]
    code = place.ask(find_item, place.org_id, came).code
    found = place.ask(provenance.find, code)
    assert found.outside is None
    assert fleet.said(place, found.uri) == "in-process"


@SQLITE
def test_one_notice_that_is_refused_holds_up_no_other(yard, neighbour, config):
    """Word about a part that is not there stays unheard; what comes after it is heard."""
    place, who = neighbour
    _host, came = let_in(place, who, yard.part.yard.view().item.uri)
    said = Word(
        uri="urn:uuid:nothing",
        digest="00" * 32,
        kind="release.revoke_release",
        state="revoked",
        said_at=yard.part.now(),
    )
    place.database.transact(lambda tx: leave_word(tx, said, [(place.org_id, "nothing")]))
    yard.wait(hours=1)
    yard.revoke()
    relay(place, config)
    heard = {row.item_id: row.received_at is not None for row in rows(place, Notice)}
    assert heard == {"nothing": False, came: True}


@SQLITE
def test_a_record_that_is_doubted_already_doubts_what_holds_the_part(yard, neighbour):
    """The part came with paper alone; when its record is found, that says revoked, and the assembly is reviewed."""
    place, who = neighbour
    host, came = let_in(place, who, "Certificate 77 of another house")
    place.database.transact(lambda tx: released(tx, who.org_id, host, at=tx.now))
    yard.revoke()
    yard.wait(hours=1)
    place.do(link_record, who, came, address=yard.part.yard.view().item.uri)
    (link,) = links(place)
    assert link.state == "revoked"
    (review,) = rows(place, ReleaseReview)
    assert (review.reason, review.item_id) == ("part-revoked", host)
