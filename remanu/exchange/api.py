"""JSON of exchange: the outbox, and what other records say of a part."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.exchange.queries import listening
from remanu.exchange.schemas import VERBS
from remanu.parts.queries import find_item, links
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here


class MessageRow(Schema):
    """A message: what it is about and what became of it; to whom it goes is told to nobody."""

    id = fields.String()
    kind = fields.String()
    item = fields.String(attribute="item_id")
    state = fields.String()
    attempts = fields.Integer()
    created_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime()
    sent_at = fields.AwareDateTime(allow_none=True)
    problem = fields.String(allow_none=True)


class LinkRow(Schema):
    """Another record of the part: what it said when the two were linked, and what was heard since."""

    uri = fields.String()
    digest = fields.String()
    state = fields.String(allow_none=True)
    linked_at = fields.AwareDateTime()
    heard = fields.String(allow_none=True)
    heard_digest = fields.String(allow_none=True)
    heard_at = fields.AwareDateTime(allow_none=True)


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("exchange")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in _READS:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


@allow("read:supervision")
def outbox() -> list[Any]:
    """A page of messages, the newest first, below `before`."""
    with here().database.reading() as connection:
        return listening.outbox(connection, actor().org_id, before=request.args.get("before", ""))


@allow("read:workshop")
def other_records(item_id: str) -> list[Any]:
    """The other records that a part's own goes on from."""
    with here().database.reading() as connection:
        item = find_item(connection, actor().org_id, item_id)
        return links.links_of(connection, item.org_id, item.id)


_READS = (
    ("/outbox", MessageRow(many=True), outbox),
    ("/parts/<item_id>/other-records", LinkRow(many=True), other_records),
)
