"""JSON of reference data: models of shared lists, part types, editions in force."""

from __future__ import annotations

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.catalogue import queries
from remanu.catalogue.schemas import VERBS
from remanu.families.difference import Change, differences
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


class PackRow(Schema):
    """A family pack that the organisation wrote; `base` is what it was copied from."""

    id = fields.String()
    family = fields.String()
    edition = fields.String()
    digest = fields.String()
    state = fields.String()
    base = fields.String(allow_none=True)
    drafted_at = fields.AwareDateTime()
    approved_at = fields.AwareDateTime(allow_none=True)


class PackText(Schema):
    """A family pack with its whole text."""

    family = fields.String(attribute="family.id")
    edition = fields.String(attribute="family.edition")
    digest = fields.String()
    text = fields.Function(lambda found: found.content.decode())


class ValueChanged(Schema):
    """One value of a row before and after; an empty text is none."""

    path = fields.String()
    before = fields.String()
    after = fields.String()


class ChangeRow(Schema):
    """One row of a pack that came, went or changed."""

    what = fields.String()
    table = fields.String()
    key = fields.String()
    unit = fields.String()
    values = fields.List(fields.Nested(ValueChanged))


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


@allow(_WORKSHOP)
def packs() -> list[queries.Row]:
    """Packs that the organisation wrote, newest first, 50 at a time; `after` is the id of the last one seen."""
    with here().database.reading() as connection:
        return queries.own_packs(connection, actor().org_id, after=request.args.get("after", ""))


@allow(_WORKSHOP)
def pack(pack_id: str) -> queries.Written:
    """One pack with its text: by the id of an own one, a built-in family, or the digest of an edition."""
    with here().database.reading() as connection:
        return queries.read_pack(connection, actor().org_id, pack_id)


@allow(_WORKSHOP)
def differences_of(pack_id: str) -> list[Change]:
    """What this pack says otherwise than the one named by `from`, else than what it was copied from."""
    with here().database.reading() as connection:
        new = queries.read_pack(connection, actor().org_id, pack_id)
        old = queries.compared(connection, actor().org_id, new, request.args.get("from", ""))
    return list(differences(old.family, new.family))


_READS = (
    ("/catalogue/models", ModelRow(many=True), models),
    ("/catalogue/types", TypeRow(many=True), types),
    ("/catalogue/editions", EditionRow(many=True), editions),
    ("/catalogue/packs", PackRow(many=True), packs),
    ("/catalogue/packs/<pack_id>", PackText, pack),
    ("/catalogue/packs/<pack_id>/differences", ChangeRow(many=True), differences_of),
)
