"""Notices: what a record says of a part travels to the records that go on from it, and theirs takes note of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from remanu.accounts.queries import find_organisation
from remanu.clock import stamp
from remanu.db import Tx
from remanu.errors import Refusal
from remanu.exchange.actions.cascade import REASONS, Doubt, spread
from remanu.exchange.actions.posting import listeners, tell_people
from remanu.exchange.events import RECEIVE_NOTICE, NoticeReceived
from remanu.exchange.queries.reached import BEGINNING, Part, together
from remanu.jobs.worker import Place
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, going_on, record
from remanu.parts.actions import Word, leave_word, take_word
from remanu.parts.models import Notice
from remanu.parts.queries import find_item, links, subject_of
from remanu.parts.queries.links import UNCERTIFIED
from remanu.release import actions as release
from remanu.rules.actor import Actor
from remanu.rules.permissions import RELAY

AT_ONCE = 50
_SUSPENDED, _HOLDS_AGAIN = "suspended", "certified"
_BASIS = "certified-again"
_log = structlog.get_logger("remanu.exchange")


def relay_actor(org_id: str, zone: str) -> Actor:
    """Whoever takes note of notices for an organisation: nobody, by a role that may add doubts and nothing else."""
    return Actor(org_id, "", RELAY, frozenset({RELAY}), "worker", zone=zone)


def send_notices(tx: Tx, done: Recorded[Any], *, state: str, holders: list[Any]) -> None:
    """Leave word for the records of other organisations that go on from this one, in the act's own transaction."""
    said = Word(
        uri=done.subject.uri, digest=done.commitment.hex(), kind=done.kind, state=state, said_at=done.at
    )
    if holders:
        leave_word(tx, said, [(one.org_id, one.item_id) for one in holders])


def receive_notice(tx: Tx, actor: Actor, item_id: str, *, digest: str) -> Recorded[NoticeReceived] | None:
    """Enter in the part's own record what the other one says; None where that was done before.

    Asked twice it records once. What the notice means for assemblies here follows in the same act.
    """
    act = begin(tx, actor, "exchange.receive_notice")
    row = take_word(tx, actor.org_id, item_id, digest)
    if row is None:
        return None
    item = find_item(tx.connection, actor.org_id, item_id)
    body = NoticeReceived(
        uri=row.uri, digest=row.digest, kind=row.kind, state=row.state, said_at=stamp(row.said_at)
    )
    return record(act, RECEIVE_NOTICE, subject_of(item), body)


def unheard(tx: Tx, org_id: str, item_id: str) -> list[str]:
    """The notices about a part that its record has not heard, by the digests of what was said, the oldest first."""
    chosen = (
        sa.select(Notice.digest)
        .where(Notice.org_id == org_id, Notice.item_id == item_id, Notice.received_at.is_(None))
        .order_by(Notice.said_at, Notice.digest)
    )
    return list(tx.execute(chosen).scalars())


def on_notice(tx: Tx, done: Recorded[NoticeReceived]) -> None:
    """What another record says of a part means something for those who follow it, and for assemblies that hold it."""
    b = done.body
    tell_people(tx, done, state=b.state, people=listeners(tx, done).people)
    if b.state == _HOLDS_AGAIN:
        _lift(tx, done)
    if b.state not in REASONS:
        return
    parts: tuple[str, ...] = (done.subject.id,)
    if b.state in UNCERTIFIED:
        # A body speaks of many parts at once, and several may sit in one assembly.
        parts = together(tx.connection, done.org_id, done.subject.id, b.digest)
    spread(tx, done, Doubt(cause=b.digest, reason=REASONS[b.state], parts=parts, since=BEGINNING))


def _lift(tx: Tx, done: Recorded[NoticeReceived]) -> None:
    """The suspension is lifted: so are the reviews of assemblies that it brought about, and no others."""
    b = done.body
    causes = links.words_before(tx.connection, done.org_id, done.subject.id, uri=b.uri, state=_SUSPENDED)
    release.take_back(going_on(tx, done), causes, part=done.subject.id, basis=_BASIS)


def relay(place: Place) -> None:
    """Take note of what waits, each notice in a unit of work of its own; one that is refused holds up no other."""
    with place.database.reading() as connection:
        waiting = links.waiting(connection, AT_ONCE)
        zones = {one.org_id: find_organisation(connection, one.org_id).zone for one in waiting}
    for one in waiting:
        _hear(place, one, zones[one.org_id])


def hear(place: Place, part: Part, digest: str) -> None:
    """Take note of one notice about a part."""
    with place.database.reading() as connection:
        zone = find_organisation(connection, part[0]).zone
    _hear(place, Heard(org_id=part[0], item_id=part[1], digest=digest), zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Which notice about which part."""

    org_id: str
    item_id: str
    digest: str


def _hear(place: Place, one: Any, zone: str) -> None:
    who = relay_actor(one.org_id, zone)
    try:
        place.database.transact(partial(receive_notice, actor=who, item_id=one.item_id, digest=one.digest))
    except Refusal as refusal:
        _log.warning("notice refused", item=one.item_id, digest=one.digest, code=refusal.code)
