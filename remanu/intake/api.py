"""JSON of intake: what waits at the gate, and what was recorded of one core."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.intake import queries
from remanu.intake.schemas import VERBS
from remanu.parts import queries as parts
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


class CustodyRow(Schema):
    """A core changed hands; owner, signer and carrier are private and stand on the page alone."""

    event = fields.String(attribute="event_id")
    act = fields.String()
    at = fields.AwareDateTime()
    owner_named = fields.Boolean()
    signed = fields.Boolean()
    packing = fields.String(allow_none=True)
    mass_kg = fields.String(allow_none=True)
    waste_code = fields.String(allow_none=True)
    waste_record = fields.String(allow_none=True)


class ConditionRow(Schema):
    """One value of the as-received condition."""

    name = fields.String()
    value = fields.String()
    unit = fields.String()
    simulated = fields.Boolean()


class QuarantineRow(Schema):
    """A quarantine, open while it has no `cleared_at`."""

    id = fields.String()
    reason = fields.String()
    place = fields.String()
    placed_at = fields.AwareDateTime()
    cleared_at = fields.AwareDateTime(allow_none=True)


class IdentificationRow(Schema):
    """What the core was found to be."""

    former_case = fields.String(allow_none=True)
    earlier_lives = fields.String()
    former_reference = fields.String(allow_none=True)
    right_shown = fields.String()
    at = fields.AwareDateTime()


class AnswerRow(Schema):
    """The answer to one criterion."""

    criterion = fields.String()
    answer = fields.String()
    outcome = fields.String()


class GradeRow(Schema):
    """The grade by an edition of the criteria."""

    family = fields.String()
    edition = fields.String()
    outcome = fields.String()
    at = fields.AwareDateTime()
    answers = fields.List(fields.Nested(AnswerRow))


class DecisionRow(Schema):
    """Whether the core was taken."""

    decision = fields.String()
    reason = fields.String(allow_none=True)
    at = fields.AwareDateTime()


class IntakeRecord(Schema):
    """What intake recorded of a case."""

    case = fields.String()
    item = fields.String()
    code = fields.String()
    state = fields.String()
    custody = fields.List(fields.Nested(CustodyRow))
    condition = fields.List(fields.Nested(ConditionRow))
    quarantines = fields.List(fields.Nested(QuarantineRow))
    identification = fields.Nested(IdentificationRow, allow_none=True)
    grade = fields.Nested(GradeRow, allow_none=True)
    decision = fields.Nested(DecisionRow, allow_none=True)


class Waiting(Schema):
    """A core that intake has not finished with."""

    case = fields.String(attribute="id")
    number = fields.Integer()
    item = fields.String(attribute="item_id")
    code = fields.String()
    name = fields.String()
    maker = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)
    state = fields.String()
    since = fields.AwareDateTime(attribute="changed_at")


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("intake")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in _READS:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


@allow(_WORKSHOP)
def gate() -> list[queries.Row]:
    """Every core that intake has not finished with, the longest waiting first."""
    with here().database.reading() as connection:
        return queries.waiting(connection, actor().org_id, frozenset(queries.GATE))


@allow(_WORKSHOP)
def record(case_id: str) -> dict[str, Any]:
    """What intake recorded of a case, without what is sealed."""
    with here().database.reading() as connection:
        case = parts.find_case(connection, actor().org_id, case_id)
        told = queries.intake_of(connection, case.org_id, case.id)
    graded = told.grade and {**told.grade._mapping, "answers": told.answers}  # noqa: SLF001 -- SQLAlchemy's public name
    return {
        "case": case.id,
        "item": case.item.id,
        "code": case.item.code,
        "state": case.state,
        "custody": told.custody,
        "condition": told.condition,
        "quarantines": told.quarantines,
        "identification": told.identification,
        "grade": graded,
        "decision": told.decision,
    }


_READS = (
    ("/intake", Waiting(many=True), gate),
    ("/cases/<case_id>/intake", IntakeRecord, record),
)
