"""By which family pack a part is worked: the built-in one, or the text that its case froze by digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.models import PackEdition
from remanu.catalogue.queries.reference import editions_in_force
from remanu.db import evidence_of
from remanu.errors import BadInput, Damaged, NotFound
from remanu.families import shelf
from remanu.families.family import Family
from remanu.families.loader import load_all
from remanu.ledger.models import Evidence

_CITED = sa.select(Evidence.digest).where(
    Evidence.org_id == sa.bindparam("org_id"), Evidence.digest == sa.bindparam("digest")
)
_BEGUN = (
    sa.select(PackEdition.family, PackEdition.digest)
    .where(
        PackEdition.org_id == sa.bindparam("org_id"),
        PackEdition.since <= sa.bindparam("on", type_=PackEdition.since.type),
    )
    .order_by(PackEdition.since)
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The pack that a case is opened under now; `digest` is None before the organisation put one in force."""

    family: Family
    digest: str | None


def pack_of(connection: Connection, item: sa.Row[Any]) -> Family:
    """The pack by which a part was last taken into work; a case brings its own, `case.family`.

    An item that froze none, as all did before organisations had packs, goes by the built-in one.
    """
    return pack_by(connection, item.org_id, item.family, digest=item.pack)


def pack_by(connection: Connection, org_id: str, family: str, *, digest: str | None) -> Family:
    """The pack of this digest, None for the built-in one of the family; it usually costs no statement.

    A digest whose text was never kept is that of a former version of the program: then the built-in pack of
    today speaks. Damaged when a text was kept and is not there, for then nobody knows the limits.
    """
    if digest is None:
        return load_all()[family]
    try:
        return shelf.kept(evidence_of(connection), digest)
    except NotFound as error:
        cited = connection.execute(_CITED, {"org_id": org_id, "digest": digest}).first()
        if cited is not None or family not in load_all():
            raise Damaged(what="pack", why="text is missing", digest=digest) from error
        return load_all()[family]


def pack_to_open(connection: Connection, org_id: str, family: str, on: datetime) -> Frozen:
    """What a case of this family freezes when it is opened at a moment; BadInput for a family nobody knows."""
    in_force = editions_in_force(connection, org_id, family, on)
    if in_force is None and family not in load_all():
        raise BadInput("family", "not-a-choice")
    digest = None if in_force is None else in_force.digest
    return Frozen(pack_by(connection, org_id, family, digest=digest), digest)


def packs_to_open(connection: Connection, org_id: str, on: datetime) -> dict[str, Family]:
    """Every family in which the organisation may open a case, by id, each as a case would freeze it."""
    begun = {row.family: row.digest for row in connection.execute(_BEGUN, {"org_id": org_id, "on": on})}
    known = dict.fromkeys(load_all()) | begun
    return {family: pack_by(connection, org_id, family, digest=digest) for family, digest in known.items()}
