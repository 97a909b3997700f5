"""JSON of drawings."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import Schema, fields

from remanu.labelling import queries
from remanu.web.access import allow
from remanu.web.context import actor, here


class DesignRow(Schema):
    """One version of a drawing; its state is draft, approved, superseded or retired."""

    id = fields.String()
    name = fields.String()
    version = fields.Integer()
    kind = fields.String()
    media = fields.String()
    state = fields.String()
    digest = fields.String()
    drafted_at = fields.AwareDateTime()
    approved_at = fields.AwareDateTime(allow_none=True)
    retired_at = fields.AwareDateTime(allow_none=True)


class WholeDesign(DesignRow):
    """The same with the drawing itself: sizes and places in millimetres."""

    drawing = fields.Dict(keys=fields.String())


@allow("read:workshop")
def designs() -> list[queries.Row]:
    """Every version of every drawing of the organisation."""
    with here().database.reading() as connection:
        return queries.all_designs(connection, actor().org_id)


@allow("read:workshop")
def design(design_id: str) -> dict[str, Any]:
    """One version of a drawing, as it can be taken over elsewhere."""
    with here().database.reading() as connection:
        row = queries.find_design(connection, actor().org_id, design_id)
    return {**row._mapping, "drawing": json.loads(row.drawing)}  # noqa: SLF001 -- SQLAlchemy's public name


READS = (
    ("/label-designs", DesignRow(many=True), designs),
    ("/label-designs/<design_id>", WholeDesign, design),
)
