"""JSON of the bench: second readings, indications of tests, findings past measuring, and how is measured."""

from __future__ import annotations

import json as plain
from dataclasses import asdict
from typing import Any

from marshmallow import Schema, fields

from remanu.inspection import queries
from remanu.parts.queries import find_case, find_item
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


class SecondReading(Schema):
    """What a second person read; `drift` is the greatest difference at one point, in `unit`."""

    id = fields.String()
    measurement = fields.String(attribute="measurement_id")
    readings = fields.Function(lambda row: plain.loads(row.readings))
    deciding = fields.String()
    unit = fields.String()
    zone = fields.String()
    proposal = fields.String()
    drift = fields.String()
    agrees = fields.Boolean()
    instrument = fields.String(attribute="instrument_id")
    qualified_by = fields.String()
    day = fields.String()
    measured_at = fields.AwareDateTime()


class Indicated(Schema):
    """Something that a test showed, in millimetres from the datum."""

    measurement = fields.String(attribute="measurement_id")
    n = fields.Integer()
    kind = fields.String()
    position = fields.String()
    length = fields.String()


class Finding(Schema):
    """A component that is too damaged to measure."""

    id = fields.String()
    item = fields.String(attribute="item_id")
    why = fields.String()
    day = fields.String()
    found_at = fields.AwareDateTime()


class HowMeasured(Schema):
    """How is measured; `of` says whose rule it is: the case's, the organisation's, or nobody's."""

    entry = fields.String()
    second = fields.String()
    qualified = fields.String()
    of = fields.String()


@allow(_WORKSHOP)
def second_readings(item_id: str) -> list[Any]:
    """The second readings of a part in its newest case."""
    with here().database.reading() as connection:
        item = find_item(connection, actor().org_id, item_id)
        at = queries.bench(connection, item.org_id, item.id)
        every = queries.repeats(connection, item.org_id, at.case_id)
    return [row for row in every.values() if row.item_id == item_id]


@allow(_WORKSHOP)
def indications(item_id: str) -> list[Any]:
    """Everything that tests showed on a part, in all its lives here."""
    with here().database.reading() as connection:
        item = find_item(connection, actor().org_id, item_id)
        tested = [row.id for row in queries.every_result(connection, item.org_id, item.id) if row.method]
        found = queries.indications(connection, item.org_id, tested)
    return [row for rows in found.values() for row in rows]


@allow(_WORKSHOP)
def condemnations(case_id: str) -> list[Any]:
    """The components of a case that are too damaged to measure."""
    with here().database.reading() as connection:
        case = find_case(connection, actor().org_id, case_id)
        return list(queries.condemnations(connection, case.org_id, case.id).values())


@allow(_WORKSHOP)
def bench_rule() -> dict[str, Any]:
    """How is measured in the organisation."""
    with here().database.reading() as connection:
        return asdict(queries.rule_of(connection, actor().org_id))


READS = (
    ("/parts/<item_id>/second_readings", SecondReading(many=True), second_readings),
    ("/parts/<item_id>/indications", Indicated(many=True), indications),
    ("/cases/<case_id>/condemnations", Finding(many=True), condemnations),
    ("/bench", HowMeasured, bench_rule),
)
