"""JSON of restoration."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields
from sqlalchemy.engine import Connection

from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.restoration import queries
from remanu.restoration.queries import changes as changing
from remanu.restoration.queries import proposals as proposing
from remanu.restoration.queries.proposals import Proposals
from remanu.restoration.schemas import VERBS
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


class ChangeOut(Schema):
    """A change to what units of a family consist of; it counts while its state is approved."""

    id = fields.String()
    number = fields.String()
    what = fields.String()
    family = fields.String()
    component = fields.String()
    part_number = fields.String(allow_none=True)
    instead_of = fields.String(allow_none=True)
    why = fields.String()
    state = fields.String()
    proposed_at = fields.AwareDateTime()
    approved_at = fields.AwareDateTime(allow_none=True)
    withdrawn_at = fields.AwareDateTime(allow_none=True)


class Changes(Schema):
    """Changes, newest first; `next` is what to send as `after`, or null at the end."""

    items = fields.List(fields.Nested(ChangeOut))
    next = fields.String(allow_none=True)


class Parameter(Schema):
    """A setting of an operation."""

    name = fields.String()
    value = fields.String()
    unit = fields.String()


class Operation(Schema):
    """An operation done; kilowatt-hours, litres and kilograms are decimal strings."""

    id = fields.String()
    item = fields.String(attribute="item_id")
    position = fields.String()
    operation = fields.String()
    edition = fields.String()
    special = fields.Boolean()
    authorisation = fields.String(allow_none=True)
    restores = fields.Function(lambda row: row["restores"].split())
    nth = fields.Integer()
    parameters = fields.List(fields.Nested(Parameter))
    energy_kwh = fields.String()
    water_l = fields.String()
    material = fields.String()
    batch = fields.String()
    material_kg = fields.String()
    waste_kg = fields.String()
    done_at = fields.AwareDateTime()


class Point(Schema):
    """A point of a test against its limits; no value is not tested."""

    procedure = fields.String()
    edition = fields.String()
    code = fields.String()
    name = fields.String()
    unit = fields.String()
    low = fields.String(allow_none=True)
    high = fields.String(allow_none=True)
    mandatory = fields.Boolean()
    value = fields.String(allow_none=True)
    verdict = fields.String()


class Test(Schema):
    """A run with its points; state is running, passed or failed."""

    id = fields.String(attribute="run.id")
    rig = fields.String(attribute="run.rig")
    rig_due = fields.String(attribute="run.rig_due")
    state = fields.String(attribute="run.state")
    nonconformity = fields.String(attribute="run.nonconformity", allow_none=True)
    started_at = fields.AwareDateTime(attribute="run.started_at")
    ended_at = fields.AwareDateTime(attribute="run.ended_at", allow_none=True)
    points = fields.List(fields.Nested(Point))


class Built(Schema):
    """What sits in a place of the unit, and how it came there."""

    place = fields.String()
    item = fields.String(attribute="item.id")
    code = fields.String(attribute="item.code")
    uri = fields.String(attribute="item.uri")
    part_number = fields.String(attribute="item.part_number")
    serial = fields.String(attribute="item.serial", allow_none=True)
    origin = fields.String()
    release_reference = fields.String()
    torque_nm = fields.String(allow_none=True)
    tool = fields.String(allow_none=True)
    tool_due = fields.String(allow_none=True)


class Balance(Schema):
    """Where the mass went, in kilograms."""

    came_in = fields.Dict(keys=fields.String(), values=fields.String())
    went_out = fields.Dict(keys=fields.String(), values=fields.String())
    not_weighed = fields.List(fields.String(), attribute="unknown")
    difference = fields.String(allow_none=True)
    share = fields.String(allow_none=True)
    closed = fields.Boolean()


class Estimate(Schema):
    """What the trend of its sensors suggests of a core: cycles left, and the error of the method on known lives."""

    remaining = fields.Integer()
    error = fields.Integer()
    known = fields.Integer(attribute="n")
    grade = fields.String()
    edition = fields.String()
    source = fields.String()
    citation = fields.String()
    inputs = fields.String(attribute="digest")


class Scheme(Schema):
    """Operations that together restore what is worn, with what they leave open and why they are proposed."""

    operations = fields.List(fields.String())
    covers = fields.List(fields.String())
    open = fields.List(fields.String())
    because = fields.List(fields.String())


class Suggested(Schema):
    """What is proposed for one component: salvage by the first scheme, or replace, and why."""

    item = fields.String(attribute="route.item_id")
    position = fields.String(attribute="route.position")
    worn = fields.Function(lambda one: [row.characteristic for row in one.worn])
    choice = fields.String(attribute="proposal.choice")
    because = fields.List(fields.String(), attribute="proposal.because")
    schemes = fields.List(fields.Nested(Scheme), attribute="proposal.schemes")
    inputs = fields.String(attribute="digest")


class Kept(Schema):
    """How many of so many earlier components were kept, with the 95 % limits of the share as decimals."""

    kept = fields.Integer(attribute="of")
    of = fields.Integer(attribute="n")
    low = fields.Function(lambda one: format(round(one.low, 3), "f"))
    high = fields.Function(lambda one: format(round(one.high, 3), "f"))


class Decided(Schema):
    """What a person decided on a proposal."""

    about = fields.String()
    inputs = fields.String()
    method = fields.String()
    decision = fields.String()
    why = fields.String(attribute="reason", allow_none=True)
    at = fields.AwareDateTime(attribute="decided_at")


class Proposed(Schema):
    """Everything that is proposed for a case; decision support, which changes nothing by itself."""

    condition = fields.Nested(Estimate, allow_none=True)
    grade = fields.String(allow_none=True)
    yields = fields.Dict(keys=fields.String(), values=fields.Nested(Kept))
    parts = fields.List(fields.Nested(Suggested))
    decisions = fields.List(fields.Nested(Decided))


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("restoration")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in _READS:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


def _case(connection: Connection, case_id: str) -> CaseView:
    return parts.find_case(connection, actor().org_id, case_id)


@allow(_WORKSHOP)
def changes() -> dict[str, Any]:
    """Changes to what units consist of, newest first, a page after the change `after`."""
    given = request.args.get("after", "")
    with here().database.reading() as connection:
        rows = changing.changes(
            connection, actor().org_id, after=given if given.isprintable() else ""
        )
    told = [
        {**row._mapping, "state": changing.Standing(row).state}  # noqa: SLF001 -- SQLAlchemy's public name
        for row in rows
    ]
    return {"items": told, "next": rows[-1].id if len(rows) == changing.PAGE else None}


@allow(_WORKSHOP)
def operations(case_id: str) -> list[dict[str, Any]]:
    """Every operation done in a case, oldest first."""
    with here().database.reading() as connection:
        case = _case(connection, case_id)
        settings = queries.parameters(connection, case)
        return [
            {**row._mapping, "parameters": settings.get(row.id, [])}  # noqa: SLF001 -- SQLAlchemy's public name
            for row in queries.operations(connection, case)
        ]


@allow(_WORKSHOP)
def tests(case_id: str) -> list[queries.TestRun]:
    """The tests of a case, newest first."""
    with here().database.reading() as connection:
        return queries.tests(connection, _case(connection, case_id))


@allow(_WORKSHOP)
def as_built(case_id: str) -> list[queries.Built]:
    """The unit as it is put together now."""
    with here().database.reading() as connection:
        return queries.as_built(connection, _case(connection, case_id))


@allow(_WORKSHOP)
def mass_balance(case_id: str) -> queries.MassBalance:
    """Where the mass of a case went."""
    with here().database.reading() as connection:
        return queries.mass_balance(connection, _case(connection, case_id))


@allow(_WORKSHOP)
def proposals(case_id: str) -> Proposals:
    """What is proposed for a case, why, and what people decided."""
    with here().database.reading() as connection:
        return proposing.proposals(connection, _case(connection, case_id), here().database.clock.now())


_READS = (
    ("/changes", Changes, changes),
    ("/cases/<case_id>/operations", Operation(many=True), operations),
    ("/cases/<case_id>/tests", Test(many=True), tests),
    ("/cases/<case_id>/as-built", Built(many=True), as_built),
    ("/cases/<case_id>/mass-balance", Balance, mass_balance),
    ("/cases/<case_id>/proposals", Proposed, proposals),
)
