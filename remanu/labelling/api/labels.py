"""JSON of labels."""

from __future__ import annotations

from typing import Any, cast

from flask import url_for
from marshmallow import Schema, fields, post_dump

from remanu.errors import NotFound
from remanu.labelling import actions, queries
from remanu.labelling.queries.needed import Kind
from remanu.parts.queries import find_item
from remanu.web.access import allow
from remanu.web.context import actor, here

_FORMS = ("pdf", "svg", "png", "zpl")


class LabelRow(Schema):
    """One physical label; `payload` is the exact printed string, `drawings` are the addresses of what it looks like."""

    id = fields.String()
    item = fields.String(attribute="item_id")
    item_code = fields.String()
    code = fields.String()
    kind = fields.String()
    placement = fields.String()
    life = fields.Integer()
    payload = fields.String()
    template = fields.String()
    media = fields.String()
    locale = fields.String()
    generation = fields.Integer()
    state = fields.String()
    why = fields.String(allow_none=True)
    replaces = fields.String(allow_none=True)
    replaced_by = fields.String(allow_none=True)
    reserved_at = fields.AwareDateTime()
    printed_at = fields.AwareDateTime(allow_none=True)
    applied_at = fields.AwareDateTime(allow_none=True)
    active_at = fields.AwareDateTime(allow_none=True)
    changed_at = fields.AwareDateTime()
    drawings = fields.Dict(keys=fields.String(), values=fields.String())

    @post_dump
    def linked(self, told: dict[str, Any], **_: object) -> dict[str, Any]:
        """The same label in each form that it is drawn in."""
        links = {form: url_for(f"labelling.label_{form}", label_id=told["id"]) for form in _FORMS}
        return {**told, "drawings": links}


@allow("read:workshop")
def label(label_id: str) -> queries.Row:
    """One label."""
    with here().database.reading() as connection:
        return queries.find_label(connection, actor().org_id, label_id)


@allow("read:workshop")
def labels_of_part(item_id: str) -> list[queries.Row]:
    """Every label and tag of a part, newest first."""
    with here().database.reading() as connection:
        item = find_item(connection, actor().org_id, item_id)
        return queries.labels_of(connection, item.org_id, item.id)


class NeedingRow(Schema):
    """A part without what it should carry; `last` is the state of what it carried last, empty where it never did."""

    item = fields.String(attribute="case.item_id")
    code = fields.String(attribute="case.code")
    name = fields.String(attribute="case.name")
    state = fields.String(attribute="case.state")
    since = fields.AwareDateTime(attribute="case.changed_at")
    last = fields.String()


@allow("read:workshop")
def labels_needed(kind: str) -> list[queries.Needing]:
    """Parts that need a `label` or a `tag`, those first that wait longest."""
    if kind not in {"label", "tag"}:
        raise NotFound(what="kind")
    with here().database.reading() as connection:
        return queries.needing(connection, actor().org_id, cast("Kind", kind))


class ReserveMany(Schema):
    """Parts, by id, that are each to be given the label or tag that their pack plans."""

    items = fields.List(fields.String(), required=True)
    media = fields.String(required=True)
    locale = fields.String(required=True)


@allow("act:labelling.reserve")
def reserve_needed(asked: dict[str, Any]) -> list[queries.Row]:
    """Reserve for every one of these parts, or for none; the answer is the labels in the order of the parts."""
    made = here().database.transact(lambda tx: actions.reserve_many(tx, actor(), **asked))
    with here().database.reading() as connection:
        return queries.find_labels(connection, actor().org_id, made)


READS = (
    ("/labels/<label_id>", LabelRow, label),
    ("/labels/needed/<kind>", NeedingRow(many=True), labels_needed),
    ("/parts/<item_id>/labels", LabelRow(many=True), labels_of_part),
)
ASKS = (("/labels/needed", ReserveMany, LabelRow(many=True), reserve_needed),)
