"""JSON of inspection."""

from __future__ import annotations

import json as plain
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.inspection import queries
from remanu.inspection.api import bench, board, capability
from remanu.inspection.schemas import VERBS, context
from remanu.parts.queries import find_item
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


class Result(Schema):
    """A result with everything that decided it; readings and limits are decimal strings in `unit`."""

    id = fields.String()
    case = fields.String(attribute="case_id")
    seq = fields.Integer()
    characteristic = fields.String()
    criticality = fields.String()
    stage = fields.String()
    unit = fields.String()
    readings = fields.Function(lambda row: plain.loads(row.readings))
    deciding = fields.String(allow_none=True)
    new_min = fields.String(allow_none=True)
    new_max = fields.String(allow_none=True)
    zone = fields.String()
    proposal = fields.String()
    because = fields.String()
    step = fields.String(allow_none=True)
    demonstration = fields.Boolean()
    instrument = fields.String(attribute="instrument_id", allow_none=True)
    calibration_due = fields.String(allow_none=True)
    qualified_by = fields.String()
    day = fields.String()
    measured_at = fields.AwareDateTime()
    superseded_by = fields.String(allow_none=True)
    humidity = fields.String(allow_none=True)
    uncertainty = fields.String(allow_none=True)
    method = fields.String(allow_none=True)


class Instrument(Schema):
    """An instrument with its calibration today; `why` says why it may not measure."""

    id = fields.String()
    number = fields.String()
    instrument_class = fields.String(attribute="class_code")
    name = fields.String()
    calibrated_on = fields.String(allow_none=True)
    due = fields.String(allow_none=True)
    certificate = fields.String(allow_none=True)
    ready = fields.Boolean()
    why = fields.String()


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("inspection")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in (*_READS, *bench.READS, *board.READS, *capability.READS):
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


@allow(_WORKSHOP)
def measurements(item_id: str) -> list[Any]:
    """Every result of a part, newest first, superseded ones among them."""
    with here().database.reading() as connection:
        item = find_item(connection, actor().org_id, item_id)
        return queries.every_result(connection, item.org_id, item.id)


@allow(_WORKSHOP)
def instruments() -> list[queries.Ready]:
    """The organisation's instruments and their calibration today."""
    with here().database.reading() as connection:
        return queries.instruments_on(connection, actor().org_id, context.today())


_READS = (
    ("/parts/<item_id>/measurements", Result(many=True), measurements),
    ("/instruments", Instrument(many=True), instruments),
)
