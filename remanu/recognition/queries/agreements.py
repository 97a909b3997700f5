"""Agreements as they stand: a steward's drafts, and the public register of what was approved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.errors import NotFound
from remanu.ledger import body as bodies
from remanu.ledger.models import EventRow
from remanu.recognition.events.agreements import Line, Text
from remanu.recognition.models import Agreement

Row = sa.Row[Any]
PAGE = 50
_WRITING = ("recognition.draft_agreement", "recognition.add_line", "recognition.strike_line")
_NAMED = (
    Organisation.name_en.label("steward_en"),
    Organisation.name_zh_hans.label("steward_zh_hans"),
    Organisation.name_zh_hant.label("steward_zh_hant"),
)
_TEXT = (
    "code",
    "revision",
    "name_en",
    "name_zh_hans",
    "name_zh_hant",
    "source",
    "home",
    "there",
    "in_force",
    "covers_from",
    "basis",
    "documents",
    "base",
    "former_tail",
)


def find_agreement(connection: Connection, org_id: str, agreement_id: str) -> Row:
    """One agreement of the organisation, drafts too; NotFound otherwise."""
    chosen = sa.select(Agreement.__table__).where(Agreement.org_id == org_id, Agreement.id == agreement_id)
    return _one(connection, chosen)


def read_agreement(connection: Connection, agreement_id: str) -> Row:
    """One approved agreement, whoever keeps it, with its steward's names; NotFound for a draft."""
    chosen = sa.select(Agreement.__table__, *_NAMED).join(
        Organisation, Organisation.org_id == Agreement.org_id
    )
    return _one(connection, chosen.where(Agreement.id == agreement_id, Agreement.state == "approved"))


def agreements(
    connection: Connection, *, home: str = "", there: str = "", after: str = "", limit: int = PAGE
) -> list[Row]:
    """Approved agreements of everybody, newest first, a page after an id; of one side or both where they are named."""
    chosen = sa.select(Agreement.__table__, *_NAMED).join(
        Organisation, Organisation.org_id == Agreement.org_id
    )
    chosen = chosen.where(Agreement.state == "approved")
    for wanted, is_ in ((home, Agreement.home), (there, Agreement.there)):
        chosen = chosen.where(is_ == wanted) if wanted else chosen
    chosen = chosen.where(Agreement.id < after) if after else chosen
    return list(connection.execute(chosen.order_by(Agreement.id.desc()).limit(limit)))


def drafts(connection: Connection, org_id: str) -> list[Row]:
    """Drafts of the organisation, newest first."""
    chosen = sa.select(Agreement.__table__).where(Agreement.org_id == org_id, Agreement.state == "draft")
    return list(connection.execute(chosen.order_by(Agreement.id.desc()).limit(PAGE)))


def newest(connection: Connection, code: str) -> Row | None:
    """The newest revision under a code that was not given up, whoever's it is."""
    chosen = sa.select(Agreement.__table__).where(Agreement.code == code, Agreement.state != "discarded")
    return connection.execute(chosen.order_by(Agreement.revision.desc()).limit(1)).first()


def next_revision(connection: Connection, code: str) -> int:
    """The number of the next text under a code; those that were given up keep theirs."""
    chosen = sa.select(sa.func.max(Agreement.revision)).where(Agreement.code == code)
    return 1 + int(connection.execute(chosen).scalar() or 0)


def in_place_of(connection: Connection, row: Row) -> Row | None:
    """The approved revision before this one that has not ended: the one whose place it takes."""
    chosen = sa.select(Agreement.__table__).where(
        Agreement.org_id == row.org_id,
        Agreement.code == row.code,
        Agreement.state == "approved",
        Agreement.ends.is_(None),
        Agreement.revision < row.revision,
    )
    return connection.execute(chosen.order_by(Agreement.revision.desc()).limit(1)).first()


def writers(connection: Connection, row: Row) -> Iterator[tuple[str, str]]:
    """Who wrote a part of the draft: pseudonym and verb of each event that did."""
    chosen = sa.select(EventRow.actor_ref, EventRow.kind).where(
        EventRow.org_id == row.org_id, EventRow.subject_id == row.id, EventRow.kind.in_(_WRITING)
    )
    for ref, kind in connection.execute(chosen.distinct()):
        yield ref, kind.rpartition(".")[2]


def lines_of(row: Row) -> tuple[Line, ...]:
    """The lines of an agreement in their order."""
    return tuple(bodies.decode(Line, one) for one in json.loads(row.lines))


def text_of(row: Row) -> Text:
    """What an agreement says beside its lines."""
    return Text(**{name: getattr(row, name) for name in _TEXT})


def _one(connection: Connection, chosen: sa.Select[Any]) -> Row:
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(what="agreement")
    return row
