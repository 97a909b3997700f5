"""JSON of intake: what waits at the gate, and what was recorded of one core."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields
from sqlalchemy.engine import Connection

from remanu.intake import queries
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
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


class DefectRow(Schema):
    """A coded defect seen on the core."""

    id = fields.String()
    code = fields.String()
    component = fields.String()
    spot = fields.String()
    severity = fields.String()
    photo = fields.String()
    noted_at = fields.AwareDateTime()


class JudgedRow(DefectRow):
    """A defect with what it left open at a grading, and the add-charge that it brought."""

    outcome = fields.String()
    charge = fields.String(allow_none=True)


class GradeRow(Schema):
    """A grade by an edition of criteria; `criteria` is a set of one's own, `appeal` what asked for another grading."""

    id = fields.String()
    family = fields.String()
    edition = fields.String()
    criteria = fields.String(allow_none=True)
    appeal = fields.String(allow_none=True)
    appeal_until = fields.String(allow_none=True)
    outcome = fields.String()
    at = fields.AwareDateTime()
    answers = fields.List(fields.Nested(AnswerRow))
    defects = fields.List(fields.Nested(JudgedRow))


class AppealRow(Schema):
    """The owner's appeal, open while it has no `answered_by`."""

    id = fields.String()
    grade = fields.String(attribute="grade_id")
    reason = fields.String()
    photo = fields.String()
    at = fields.AwareDateTime()
    answered_by = fields.String(allow_none=True)
    answered_at = fields.AwareDateTime(allow_none=True)


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
    grades = fields.List(fields.Nested(GradeRow))
    defects = fields.List(fields.Nested(DefectRow))
    appeals = fields.List(fields.Nested(AppealRow))
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
        grades = _grades(connection, case)
        defects = queries.defects_of(connection, case.org_id, case.id)
        appeals = queries.appeals_of(connection, case.org_id, case.id)
    return {
        "case": case.id,
        "item": case.item.id,
        "code": case.item.code,
        "state": case.state,
        "custody": told.custody,
        "condition": told.condition,
        "quarantines": told.quarantines,
        "identification": told.identification,
        "grade": grades[0] if grades else None,
        "grades": grades,
        "defects": defects,
        "appeals": appeals,
        "decision": told.decision,
    }


def _grades(connection: Connection, case: CaseView) -> list[dict[str, Any]]:
    rows = queries.grades_of(connection, case.org_id, case.id)
    judged = queries.judged_defects(connection, case.org_id, [row.id for row in rows])
    return [
        {
            **row._mapping,  # noqa: SLF001 -- SQLAlchemy's public name
            "answers": queries.grade_answers(connection, case.org_id, row.id),
            "defects": [one for one in judged if one.grade_id == row.id],
        }
        for row in rows
    ]


READS = (
    ("/intake", Waiting(many=True), gate),
    ("/cases/<case_id>/intake", IntakeRecord, record),
)
