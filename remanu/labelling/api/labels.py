"""JSON of labels."""

from __future__ import annotations

from marshmallow import Schema, fields

from remanu.labelling import queries
from remanu.parts.queries import find_item
from remanu.web.access import allow
from remanu.web.context import actor, here


class LabelRow(Schema):
    """One physical label; `payload` is the exact printed string."""

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


READS = (
    ("/labels/<label_id>", LabelRow, label),
    ("/parts/<item_id>/labels", LabelRow(many=True), labels_of_part),
)
