"""JSON of the basket: what lies in it, put one in, take some out, and act on all of it or on nothing."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.intake import actions, queries
from remanu.intake.schemas import bulk, desk
from remanu.intake.schemas.bulk import Values
from remanu.rules import basket as rules
from remanu.rules import identity
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


class Row(Schema):
    """A code that was scanned, with the part behind it where there is one."""

    code = fields.String()
    item = fields.String(attribute="item_id", allow_none=True)
    case = fields.String(attribute="case_id", allow_none=True)
    name = fields.String(allow_none=True)
    state = fields.String(allow_none=True)
    times = fields.Integer()


class Basket(Schema):
    """The rows, and for each act what stands against it: codes by reason."""

    rows = fields.List(fields.Nested(Row))
    blockers = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String()))


class Out(Schema):
    """How many rows left the basket."""

    count = fields.Integer()


class DoneAll(Schema):
    """How many parts were acted on, and by which events."""

    count = fields.Integer()
    events = fields.List(fields.String())


@allow(_WORKSHOP)
def basket() -> Values:
    """What lies in one's basket, and what stands against each act."""
    with here().database.reading() as connection:
        rows = queries.basket_of(connection, actor())
    seen = [one.seen for one in rows]
    found = {act: {one.reason: list(one.codes) for one in rules.blockers(act, seen)} for act in bulk.ACTS}
    return {"rows": [one.row for one in rows], "blockers": found}


@allow(_WORKSHOP)
def put(values: Values) -> Any:
    """Put one scanned or typed text into the basket; `times` counts how often it was scanned."""
    code = identity.parse_own_scan(values["text"], here().config.label_hosts).item
    return here().database.transact(lambda tx: actions.put(tx, actor(), code)[0])


@allow(_WORKSHOP)
def take_out(values: Values) -> Values:
    """Take codes out of the basket."""
    return {"count": here().database.transact(lambda tx: actions.take_out(tx, actor(), values["codes"]))}


@allow("act:intake.receive")
def receive_all(values: Values) -> Values:
    """Receive every announced core of the basket, or none."""
    return bulk.do_all("receive", values, key=request.headers.get("Idempotency-Key"))


@allow("act:intake.accept")
def accept_all(values: Values) -> Values:
    """Accept every graded core of the basket, or none."""
    return bulk.do_all("accept", values, key=request.headers.get("Idempotency-Key"))


@allow("act:intake.move")
def move_all(values: Values) -> Values:
    """Move every part of the basket to one place, or none."""
    return bulk.do_all("move", values, key=request.headers.get("Idempotency-Key"))


@allow("act:parts.remove")
def remove_all(values: Values) -> Values:
    """Take every part of the basket out of its position, or none."""
    return bulk.do_all("remove", values, key=request.headers.get("Idempotency-Key"))


_WRITES = (
    ("/basket/put", desk.Scan, Row, put),
    ("/basket/take_out", desk.TakeOut, Out, take_out),
    ("/basket/receive", desk.ReceiveAll, DoneAll, receive_all),
    ("/basket/accept", desk.AcceptAll, DoneAll, accept_all),
    ("/basket/move", desk.MoveAll, DoneAll, move_all),
    ("/basket/remove", desk.RemoveAll, DoneAll, remove_all),
)
READS = (("/basket", Basket, basket),)


def publish(blueprint: Blueprint) -> None:
    """Every route that writes."""
    for path, given, answered, view in _WRITES:
        described = blueprint.arguments(given)(blueprint.response(200, answered)(view))
        blueprint.route(path, methods=["POST"], endpoint=f"basket_{view.__name__}")(described)
