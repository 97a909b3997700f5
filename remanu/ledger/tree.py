"""The stored tree of a log: how large it is, which nodes it has, what it proves."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import Damaged
from remanu.ledger.models import LogEntry, LogNode
from remanu.rules import merkle

_SIZE = sa.select(sa.func.coalesce(sa.func.max(LogEntry.idx) + 1, 0)).where(
    LogEntry.log_id == sa.bindparam("log_id")
)
_NODES = sa.select(LogNode.level, LogNode.idx, LogNode.hash).where(
    LogNode.log_id == sa.bindparam("log_id"),
    sa.tuple_(LogNode.level, LogNode.idx).in_(sa.bindparam("places", expanding=True)),
)


def size(connection: Connection, log_id: str) -> int:
    """How many events the log has taken in."""
    return int(connection.execute(_SIZE, {"log_id": log_id}).scalar_one())


def reader(connection: Connection, log_id: str, places: Iterable[merkle.Place]) -> merkle.Get:
    """The complete nodes at these places, fetched by one statement; asking for a missing one is Damaged."""
    wanted = list(places)
    rows = connection.execute(_NODES, {"log_id": log_id, "places": wanted}) if wanted else ()
    known: dict[merkle.Place, bytes] = {(row.level, row.idx): row.hash for row in rows}

    def get(level: int, idx: int) -> bytes:
        try:
            return known[level, idx]
        except KeyError:
            raise Damaged(what="log_node", why="missing", log=log_id, level=level, idx=idx) from None

    return get


def root(connection: Connection, log_id: str, at: int) -> bytes:
    """The root over the first `at` entries; Damaged where the log is shorter."""
    return merkle.root_from_nodes(at, reader(connection, log_id, merkle.edge(at)))


def inclusion(connection: Connection, log_id: str, index: int, *, at: int) -> tuple[bytes, ...]:
    """The hashes that lead from entry `index` to the root over the first `at` entries."""
    get = reader(connection, log_id, merkle.inclusion_nodes(index, at))
    return merkle.inclusion_proof(index, at, get)


def consistency(connection: Connection, log_id: str, old: int, *, at: int) -> tuple[bytes, ...]:
    """The hashes that show the first `old` entries to be the beginning of the first `at`."""
    get = reader(connection, log_id, merkle.consistency_nodes(old, at))
    return merkle.consistency_proof(old, at, get)
