"""Linking a record to the one that it goes on from: looked up where it is kept here, by a digest where it is not."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.parts import actions as parts
from remanu.parts.queries import find_item
from remanu.release.models import ReleaseReview
from tests.exchange import fleet
from tests.exchange.fleet import let_in, links, rows
from tests.exchange.test_holders import released

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def yard(database, config):
    """A released engine of one workshop."""
    return fleet.told(database, config)


@pytest.fixture
def neighbour(database, config):
    """Another organisation on the same installation."""
    return fleet.neighbour(database, config)


def test_a_part_in_doubt_is_not_let_in(yard, neighbour):
    """Its own record says so, whatever its paper looks like."""
    place, who = neighbour
    yard.revoke()
    with pytest.raises(Conflict, match="origin-doubted"):
        let_in(place, who, yard.part.yard.view().item.uri)
    assert links(place) == []
    let_in(place, who, "8130-3 no. 4711")
    assert links(place) == []


def test_linking_by_hand(yard, neighbour):
    """A part that was there before; one that is in doubt already puts its assembly under review in the same act."""
    place, who = neighbour
    host, came = let_in(place, who, "by lorry")
    place.database.transact(lambda tx: released(tx, who.org_id, host, at=tx.now))
    yard.wait(hours=1)
    yard.revoke()
    item = yard.part.yard.view().item

    def link(**given):
        return place.do(parts.link_record, who, came, **given)

    with pytest.raises(BadInput, match="own-record"):
        link(address=place.ask(find_item, place.org_id, host).uri)
    with pytest.raises(BadInput, match="not-an-address"):
        link(address="the supplier")
    with pytest.raises(BadInput, match="required"):
        link(address="https://elsewhere.example/X/1")
    with pytest.raises(BadInput, match="digest-malformed"):
        link(address="https://elsewhere.example/X/1", digest="ABC")
    supervisor = place.actor(place.member("onlooker", "supervisor"))
    with pytest.raises(Forbidden):
        place.do(parts.link_record, supervisor, came, address=item.uri)
    with pytest.raises(NotFound):
        place.do(parts.link_record, who, item.id, address=item.uri)
    assert link(address="https://elsewhere.example/X/1", digest="AB" * 32).body.state is None
    assert link(address=item.code).body.state == "revoked"
    with pytest.raises(Conflict, match="already-linked"):
        link(address=item.uri)
    assert [row.item_id for row in rows(place, ReleaseReview)] == [host]
