"""JSON of places with a sign."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from remanu.intake import queries
from remanu.intake.queries import Row
from remanu.rules import identity
from remanu.web.access import allow
from remanu.web.context import actor, here

_READERS = "read:workshop"


class PlaceRow(Schema):
    """A place: `payload` is what the symbol on its sign says."""

    id = fields.String()
    code = fields.String()
    name = fields.String()
    payload = fields.String()
    added_at = fields.AwareDateTime()
    retired_at = fields.AwareDateTime(allow_none=True)
    parts = fields.Integer()


class StandingRow(Schema):
    """A part that stands at the place."""

    id = fields.String()
    code = fields.String()
    name = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)


class WholePlace(PlaceRow):
    """The same with at most a hundred of the parts that stand there."""

    standing = fields.List(fields.Nested(StandingRow))


def _told(row: Row, parts: int) -> dict[str, Any]:
    payload = identity.payload(here().config.label_origin, row.code)
    return {**row._mapping, "payload": payload, "parts": parts}  # noqa: SLF001 -- SQLAlchemy's public name


@allow(_READERS)
def places() -> list[dict[str, Any]]:
    """The places in use, by name, with how many parts stand at each."""
    with here().database.reading() as connection:
        rows = queries.places(connection, actor().org_id)
        parts = queries.filled(connection, actor().org_id, [row.name for row in rows])
    return [_told(row, parts.get(row.name, 0)) for row in rows]


@allow(_READERS)
def place(place_id: str) -> dict[str, Any]:
    """One place, in use or not."""
    with here().database.reading() as connection:
        row = queries.find_place(connection, actor().org_id, place_id)
        parts = queries.filled(connection, actor().org_id, [row.name]).get(row.name, 0)
        standing = queries.standing_at(connection, actor().org_id, row.name)
    if row.retired_at is not None:
        # Another place may be called so by now.
        parts, standing = 0, []
    return {**_told(row, parts), "standing": standing}


READS = (
    ("/places", PlaceRow(many=True), places),
    ("/places/<place_id>", WholePlace, place),
)
