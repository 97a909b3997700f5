"""By which family pack a part is worked: the built-in one, or the text that its case froze by digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.queries.reference import editions_in_force
from remanu.errors import BadInput
from remanu.families.family import Family
from remanu.families.loader import load_all


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


def pack_by(_connection: Connection, _org_id: str, family: str, *, digest: str | None) -> Family:  # noqa: ARG001
    """The pack of this digest, None for the built-in one of the family."""
    return load_all()[family]


def pack_to_open(connection: Connection, org_id: str, family: str, on: datetime) -> Frozen:
    """What a case of this family freezes when it is opened at a moment; BadInput for a family nobody knows."""
    in_force = editions_in_force(connection, org_id, family, on)
    if in_force is None and family not in load_all():
        raise BadInput("family", "not-a-choice")
    digest = None if in_force is None else in_force.digest
    return Frozen(pack_by(connection, org_id, family, digest=digest), digest)


def packs_to_open(connection: Connection, org_id: str, on: datetime) -> dict[str, Family]:  # noqa: ARG001
    """Every family in which the organisation may open a case, by id."""
    return dict(load_all())
