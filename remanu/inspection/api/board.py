"""JSON of nonconformities, of their concessions, and of what an instrument was used for."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from remanu.clock import stamp
from remanu.inspection import queries
from remanu.inspection.schemas import boarded, used
from remanu.ledger import body as bodies
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


class NonconformityRow(Schema):
    """A nonconformity with the part it is about; `state` is that of SM-3."""

    id = fields.String()
    state = fields.String()
    cause = fields.String()
    decision = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True)
    item = fields.String(attribute="item_id")
    code = fields.String()
    name = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)
    case = fields.String(attribute="case_id")
    work_order = fields.Integer(attribute="case_number")
    raised_at = fields.AwareDateTime()
    closed_at = fields.AwareDateTime(allow_none=True)
    concession = fields.String(attribute="concession_id", allow_none=True)
    recall = fields.String(attribute="recall_id", allow_none=True)


class NonconformityPage(Schema):
    """A page of them, newest first; `next` is the `before` of the next one, empty at the end."""

    nonconformities = fields.List(fields.Nested(NonconformityRow))
    next = fields.String()


class Offer(Schema):
    """What SM-3 allows next; `reason` says why it is not for whoever asks."""

    verb = fields.String()
    reason = fields.String()


class NonconformityAnswer(Schema):
    """One nonconformity: its state, its concession as it was asked for, what was done, and what comes next."""

    id = fields.String(attribute="row.id")
    state = fields.String(attribute="row.state")
    cause = fields.String(attribute="row.cause")
    decision = fields.String(attribute="row.decision", allow_none=True)
    design_data = fields.String(attribute="row.design_data", allow_none=True)
    outcome = fields.String(attribute="row.outcome", allow_none=True)
    item = fields.String(attribute="row.item_id")
    case = fields.String(attribute="row.case_id")
    raised_at = fields.AwareDateTime(attribute="row.raised_at")
    closed_at = fields.AwareDateTime(attribute="row.closed_at", allow_none=True)
    recall = fields.String(attribute="row.recall_id", allow_none=True)
    concession = fields.Dict(keys=fields.String(), allow_none=True)
    done = fields.List(fields.Dict(keys=fields.String()))
    next = fields.List(fields.Nested(Offer))


class UseRow(Schema):
    """One use of an instrument: a reading, a torque or a test run, with the case and the release that rest on it."""

    kind = fields.String()
    id = fields.String()
    at = fields.String()
    what = fields.String(allow_none=True)
    value = fields.String(allow_none=True)
    unit = fields.String(allow_none=True)
    superseded_by = fields.String(attribute="replaced", allow_none=True)
    item = fields.String(attribute="item_id")
    code = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)
    case = fields.String(attribute="case_id")
    state = fields.String(attribute="case_state")
    certificate = fields.String(allow_none=True)
    under_review = fields.Boolean(attribute="doubted")


class FollowedPart(Schema):
    """A part, or what held it."""

    code = fields.String()
    name = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)


class FollowedRow(Schema):
    """A case in which the instrument was not used, but a part is that it measured; `path` goes from it upwards."""

    case = fields.String(attribute="row.case_id")
    work_order = fields.Integer(attribute="row.number")
    state = fields.String(attribute="row.state")
    certificate = fields.String(attribute="row.certificate", allow_none=True)
    under_review = fields.Boolean(attribute="row.doubted")
    path = fields.List(fields.Nested(FollowedPart))


class UsesPage(Schema):
    """A page of uses, newest first, how many there are, and the `after` of the next page, empty at the end.

    `followed` are the assemblies that held a measured part since the reading, with the way of the part.
    """

    since = fields.String()
    until = fields.String()
    counted = fields.Dict(keys=fields.String(), values=fields.Integer())
    uses = fields.List(fields.Nested(UseRow), attribute="rows")
    next = fields.String()
    followed = fields.List(fields.Nested(FollowedRow))


@allow(_WORKSHOP)
def nonconformities() -> dict[str, Any]:
    """Nonconformities, newest first: the open ones, or by `state` and `cause`, below `before`."""
    with here().database.reading() as connection:
        rows = queries.listed(connection, actor().org_id, **used.filters())
    return {
        "nonconformities": rows,
        "next": rows[-1].id if len(rows) == queries.NONCONFORMITY_PAGE else "",
    }


@allow(_WORKSHOP)
def nonconformity(nonconformity_id: str) -> dict[str, Any]:
    """One nonconformity with what was done and what may be done next."""
    who = actor()
    with here().database.reading() as connection:
        row = queries.find_nonconformity(connection, who.org_id, nonconformity_id)
        return {
            "row": row,
            "concession": _concession(connection, row),
            "done": [_done(one) for one in queries.told(connection, row)],
            "next": boarded.offered(connection, who, row),
        }


def _done(one: Any) -> dict[str, Any]:
    return {"kind": one.kind, "event": one.id, "at": stamp(one.occurred_at)}


def _concession(connection: Any, row: Any) -> dict[str, Any] | None:
    if row.concession_id is None:
        return None
    held = queries.find_concession(connection, row.org_id, row.concession_id)
    return {"state": held.state, **bodies.encode(queries.terms_of(held))}


@allow(_WORKSHOP)
def uses(instrument_id: str) -> used.Used:
    """What an instrument was used for, by `since` and `until`; else what its newest recall puts in doubt."""
    with here().database.reading() as connection:
        one = queries.find_instrument(connection, actor().org_id, instrument_id)
        return used.used(connection, one)


READS = (
    ("/nonconformities", NonconformityPage(), nonconformities),
    ("/nonconformities/<nonconformity_id>", NonconformityAnswer(), nonconformity),
    ("/instruments/<instrument_id>/uses", UsesPage(), uses),
)
