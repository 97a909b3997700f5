"""JSON of reference data: models of shared lists, part types, editions in force."""

from __future__ import annotations

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.catalogue import queries
from remanu.catalogue.schemas import VERBS
from remanu.rules import text
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


class ModelRow(Schema):
    """A model of a shared list."""

    list = fields.String(attribute="list_id")
    code = fields.String()
    maker = fields.String()
    model = fields.String()
    kind = fields.String()
    horsepower = fields.Integer(allow_none=True)
    thrust_lbf = fields.Integer(allow_none=True)


class TypeRow(Schema):
    """A part type of the organisation."""

    id = fields.String()
    family = fields.String()
    component = fields.String()
    name_en = fields.String()
    name_zh_hans = fields.String()
    name_zh_hant = fields.String()
    maker = fields.String(allow_none=True)
    part_number = fields.String(allow_none=True)
    reference_list = fields.String(allow_none=True)
    reference_code = fields.String(allow_none=True)


class EditionRow(Schema):
    """An edition that was put in force; the last one whose `since` has passed is the one in force."""

    id = fields.String()
    family = fields.String()
    edition = fields.String()
    digest = fields.String()
    since = fields.AwareDateTime()


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("catalogue")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in _READS:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


@allow(_WORKSHOP)
def models() -> list[queries.Row]:
    """Models by words (`q`), 50 at a time; `after` is list/code of the last one seen."""
    words = text.search_words(request.args.get("q", "")[:80])
    with here().database.reading() as connection:
        return queries.models(connection, words, after=request.args.get("after", ""))


@allow(_WORKSHOP)
def types() -> list[queries.Row]:
    """Part types, 50 at a time; `after` is the id of the last one seen."""
    with here().database.reading() as connection:
        return queries.part_types(connection, actor().org_id, after=request.args.get("after", ""))


@allow(_WORKSHOP)
def editions() -> list[queries.Row]:
    """Every edition that the organisation put in force."""
    with here().database.reading() as connection:
        return queries.editions(connection, actor().org_id)


_READS = (
    ("/catalogue/models", ModelRow(many=True), models),
    ("/catalogue/types", TypeRow(many=True), types),
    ("/catalogue/editions", EditionRow(many=True), editions),
)
