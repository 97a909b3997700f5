"""Linking the record of a part to the one that it goes on from, by its address and the digest of what that one says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import queries
from remanu.parts.events.links import LINK_RECORD, RecordLinked
from remanu.parts.models import Notice
from remanu.parts.queries import Row, links
from remanu.rules import identity, text
from remanu.rules.actor import Actor

_LIMIT = 300
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[!-~]+", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


def link_record(
    tx: Tx, actor: Actor, item_id: str, *, address: str, digest: str | None = None
) -> Recorded[RecordLinked]:
    """Say that this part has another record, which ours goes on from.

    One that is kept here is looked up, and what it says is noted with the digest of the event behind it. For one that
    is kept elsewhere the digest is given: that of its newest event, or of its bundle.
    """
    act = begin(tx, actor, "parts.link_record")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    found = _found(tx, address)
    if found is None:
        body = RecordLinked(uri=_elsewhere(address), digest=_digest(digest))
    elif found.org_id == actor.org_id:
        raise BadInput("address", "own-record")
    else:
        body = _body(found)
    if body.uri in {one.uri for one in links.links_of(tx.connection, actor.org_id, item.id)}:
        raise Conflict(why="already-linked")
    return record(act, LINK_RECORD, queries.subject_of(item), body)


def note_link(act: Act, about: Subject, reference: str | None) -> Recorded[RecordLinked] | None:
    """Link a part that is let in by a reference which is the address of its record at another organisation here.

    Conflict where that record says that it must not be relied on: such a part is not let in at all. Any other text is
    the number of a paper, and links nothing.
    """
    found = _found(act.tx, reference) if reference else None
    if found is None or found.org_id == about.org_id:
        return None
    if found.state in links.DOUBTED:
        raise Conflict(why="origin-doubted")
    if any(one.uri == found.uri for one in links.links_of(act.tx.connection, about.org_id, about.id)):
        return None
    return record(act, LINK_RECORD, about, _body(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What is said under an address: by which event, of which kind, since when, and in what state that leaves it."""

    uri: str
    digest: str
    kind: str
    state: str
    said_at: datetime


def leave_word(tx: Tx, said: Word, items: Iterable[tuple[str, str]]) -> None:
    """Leave word for these parts of any organisation, by organisation and id; none is left the same word twice."""
    wanted = set(items)
    told = sa.select(Notice.org_id, Notice.item_id).where(
        Notice.digest == said.digest, Notice.item_id.in_([item for _, item in wanted])
    )
    before = {(one.org_id, one.item_id) for one in tx.execute(told)} if wanted else set()
    rows = [{"org_id": org, "item_id": item, **asdict(said)} for org, item in sorted(wanted - before)]
    if rows:
        tx.execute(sa.insert(Notice), rows)


def take_word(tx: Tx, org_id: str, item_id: str, digest: str) -> Row | None:
    """Take a word that waits, so that nobody else takes it; None where none waits."""
    mine = (Notice.org_id == org_id, Notice.item_id == item_id, Notice.digest == digest)
    taken = sa.update(Notice).where(*mine, Notice.received_at.is_(None)).values(received_at=tx.now)
    return tx.execute(taken.returning(*Notice.__table__.c)).first()


def _body(found: Any) -> RecordLinked:
    return RecordLinked(uri=found.uri, digest=found.digest, state=found.state)


def _found(tx: Tx, address: str) -> Any | None:
    """The part of an address of ours; None where the text is something else."""
    hosts = frozenset(one.partition("://")[2] for one in (tx.label_origin, *tx.label_aliases))
    try:
        code = identity.parse_scan(address, hosts).item
    except BadInput:
        return None
    return links.said_under(tx.connection, code)


def _elsewhere(address: str) -> str:
    given = text.clean_line("address", address, limit=_LIMIT)
    if not _ADDRESS.fullmatch(given):
        raise BadInput("address", "not-an-address")
    return given


def _digest(given: str | None) -> str:
    if not given:
        raise BadInput("digest", "required")
    if not _DIGEST.fullmatch(given.strip().lower()):
        raise BadInput("digest", "digest-malformed")
    return given.strip().lower()
