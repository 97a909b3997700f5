"""Engines in engines: what sits in what is recorded as any part is, whatever a pack would say to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa

from remanu.ledger.record import record
from remanu.parts import actions as part_actions
from remanu.parts import events as part_events
from remanu.parts import queries as parts
from remanu.parts.actions import Unrecorded
from remanu.parts.models import PublicState, RecordLink
from remanu.release import actions, queries
from tests import shelf
from tests.accounts.place import WORKSHOP, founded
from tests.builders import make_item
from tests.ledger import history
from tests.release import desk as desks
from tests.release.recalled import another


@dataclass(slots=True)
class Fleet:
    """The desk of the part, that of the assembly, and the organisation that has both."""

    part: desks.Desk
    assembly: desks.Desk

    @property
    def place(self):
        """The organisation."""
        return self.part.place

    @property
    def database(self):
        """The store."""
        return self.place.database

    def wait(self, **parts_of_time) -> None:
        """Time passes."""
        self.database.clock.advance(**parts_of_time)

    def fit(self, item: str, host: str, position: str = "engine-1") -> None:
        """A part goes into another."""
        self.database.transact(lambda tx: fit(tx, self.who, item, host, position))

    def take_out(self, item: str) -> None:
        """A part leaves the one that it is in."""

        def work(tx):
            row = parts.find_item(tx.connection, self.place.org_id, item)
            body = part_events.Removed(
                installation="", host="", position="", why="exchange", condition=row.condition
            )
            record(history.act(tx, self.who), part_events.REMOVE, parts.subject_of(row), body)

        self.database.transact(work)

    @property
    def who(self):
        """The technician."""
        return self.part.yard.who["technician"]

    def item(self, **changes) -> str:
        """One more part."""
        return self.place.do(make_item, self.who, **changes).subject.id

    def certifier(self):
        """The certifier, a factor just confirmed."""
        return replace(self.part.certifier, fresh_until=self.part.now() + timedelta(minutes=5))

    def said(self, desk: desks.Desk) -> str:
        """What everybody is told of a unit."""
        return said(self.place, desk.yard.view().item.uri)

    def reviews(self):
        """The reviews that stand in the organisation."""
        return self.place.ask(queries.reviews, self.place.org_id)

    def revoke(self, desk: desks.Desk | None = None):
        """The certifier revokes the part's release."""
        target = desk or self.part
        return self.place.do(
            actions.revoke_release, self.certifier(), target.case, reason="part-suspect", holders_notified=True
        )


def said(place, uri: str) -> str:
    """What everybody is told under an address."""
    return place.ask(lambda c: c.execute(sa.select(PublicState.state).filter_by(uri=uri)).scalar())


def fit(tx, who, item: str, host: str, position: str = "engine-1") -> None:
    """A part goes into another."""
    row = parts.find_item(tx.connection, who.org_id, item)
    body = part_events.Fitted(installation=tx.new_id(), host=host, position=position)
    record(history.act(tx, who), part_events.FIT, parts.subject_of(row), body)


def told(database, config) -> Fleet:
    """Both engines, released; told once for all tests that begin there."""
    desk = desks.opened(founded(database, config))
    yard = desk.yard

    def tell():
        one = another(desk, "4D-77131", "TEST_PASSED")
        two = another(desk, "4D-77132", "TEST_PASSED")
        return one.yard.case, one.yard.unit, two.yard.case, two.yard.unit

    case, unit, other_case, other_unit = shelf.told(database, "exchange fleet", tell)
    part = desks.Desk(replace(yard, serial="4D-77131", case=case, unit=unit))
    return Fleet(part, desks.Desk(replace(yard, serial="4D-77132", case=other_case, unit=other_unit)))


def neighbour(database, config):
    """A neighbour with a technician."""
    place = founded(database, config, replace(WORKSHOP, name_en="Workshop Two"))
    return place, place.actor(place.member("fitter", "technician"))


def let_in(place, who, uri, **more):
    """A host of the neighbour's and the part in it that came with this paper."""

    def work(tx):
        host = make_item(tx, who, serial="H-9", condition="serviceable").subject.id
        new = Unrecorded(part_number="PN-9", serial="S-9", name="Engine from outside", origin="reman")
        done = part_actions.fit(tx, who, host, position="engine-1", new=new, papers=uri, **more)
        return host, done.subject.id

    return place.do(work)


def links(place):
    """The links of an organisation's parts."""
    asked = sa.select(RecordLink.__table__).where(RecordLink.org_id == place.org_id)
    return place.ask(lambda c: c.execute(asked).all())


def rows(place, model):
    """Everything in a table that belongs to an organisation."""
    return place.ask(lambda c: c.execute(sa.select(model.__table__).where(model.org_id == place.org_id)).all())
