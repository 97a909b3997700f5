"""Chains of subjects: no gap, no fork, each event naming the one before it, positions in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.ledger import raw
from remanu.ledger.checks import events
from remanu.ledger.models import EventRow
from remanu.ledger.report import Problem

_COLUMNS = ("position", "org_id", "id", "subject_id", "seq", "commitment", "previous")


def check(connection: Connection, *where: sa.ColumnElement[bool]) -> Iterator[Problem]:
    """What is wrong with the chains, each named by the event at which it shows."""
    table = raw.stored(EventRow)
    keys = [raw.order(connection, table.c[name]) for name in ("org_id", "subject_id", "seq")]
    chosen = sa.select(*raw.columns(connection, table, _COLUMNS)).where(*where).order_by(*keys)
    for _, chain in groupby(raw.rows(connection, chosen), lambda row: (row["org_id"], row["subject_id"])):
        yield from _links(chain)


def _links(chain: Iterable[raw.Row]) -> Iterator[Problem]:
    last: raw.Row = {"seq": -1, "commitment": None, "position": events.FIRST}
    for row in chain:
        yield from (Problem("event", events.key(row), what, why) for what, why in _faults(last, row))
        last = row


def _faults(last: raw.Row, row: raw.Row) -> Iterator[tuple[str, str]]:
    seq, before = int(str(row["seq"])), int(str(last["seq"]))
    if seq != before + 1:
        yield "seq", f"{seq} follows {before}: events before it are missing"
    elif row["previous"] != last["commitment"]:
        yield "previous", "does not name the event before it"
    if int(str(row["position"])) <= int(str(last["position"])) and before >= 0:
        yield (
            "position",
            f"{raw.shown(row['position'])} is not after {raw.shown(last['position'])}, the one before",
        )
