"""JSON about parts: one with what may be done, many by words, a case; acts are published from the table of verbs."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.errors import BadInput, InvalidForm, NotFound
from remanu.families.gs1 import dictionary
from remanu.parts import queries
from remanu.parts.queries import CaseView, Row, counting, limited, trees, usage
from remanu.parts.queries import identifiers as held
from remanu.parts.schemas import VERBS
from remanu.parts.schemas.asked import after_of, direction_of, moment_of
from remanu.parts.schemas.evidence import Kept
from remanu.parts.schemas.identifiers import IdentifierOut, PrefixOut
from remanu.parts.schemas.offered import offered
from remanu.parts.schemas.seen import SeenOut, seen_told
from remanu.parts.schemas.told import CountersOut, TraceOut, counters_told, trace_told
from remanu.rules import seen
from remanu.rules.offers import Offer
from remanu.web import acts, uploads
from remanu.web.access import allow
from remanu.web.context import actor, here

_READ = "read:workshop"
_LONGEST = 200


class Item(Schema):
    """A part as the organisation's record has it."""

    id = fields.String()
    code = fields.String()
    uri = fields.String()
    family = fields.String()
    component = fields.String()
    name = fields.String()
    maker = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)
    condition = fields.String()
    origin = fields.String()
    mass_kg = fields.String(allow_none=True)
    life = fields.Integer()
    place = fields.String(allow_none=True)
    simulated = fields.Boolean()
    registered_at = fields.AwareDateTime()


class Mark(Schema):
    """A mark as it was read."""

    id = fields.String()
    kind = fields.String()
    text = fields.String()
    read_at = fields.AwareDateTime()


class Reading(Schema):
    """A counter reading; one that another `corrects` counts no more."""

    id = fields.String()
    counter = fields.String()
    rating = fields.String()
    value = fields.String()
    unit = fields.String()
    origin = fields.String()
    corrects = fields.String(allow_none=True)
    read_at = fields.AwareDateTime()


class Life(Schema):
    """One recorded life."""

    n = fields.Integer()
    opened_at = fields.AwareDateTime(allow_none=True)
    opened_by = fields.String(allow_none=True)
    closed_at = fields.AwareDateTime(allow_none=True)


class Component(Schema):
    """A component of a case; `host_id` is where it sits now."""

    item_id = fields.String()
    code = fields.String()
    position = fields.String()
    name = fields.String()
    serial = fields.String(allow_none=True)
    condition = fields.String()
    found = fields.Boolean()
    disposition = fields.String(allow_none=True)
    replaces = fields.String(allow_none=True)
    host_id = fields.String(allow_none=True)


class Step(Schema):
    """An act of the machine in this state, and what stands against it for the one who asks."""

    kind = fields.String()
    possible = fields.Boolean()
    missing = fields.List(fields.String())
    needs = fields.List(fields.String())
    own_work = fields.Boolean()


class CaseOut(Schema):
    """A case: its state, and what is allowed in it."""

    id = fields.String()
    number = fields.Integer()
    state = fields.String()
    item_id = fields.String()
    life_from = fields.Integer()
    target_class = fields.String(allow_none=True)
    standard = fields.String(allow_none=True)
    edition = fields.String(allow_none=True)
    loops = fields.Integer()
    holds = fields.Integer()
    opened_at = fields.AwareDateTime()
    changed_at = fields.AwareDateTime()
    closed_at = fields.AwareDateTime(allow_none=True)
    allowed = fields.List(fields.Nested(Step))
    components = fields.List(fields.Nested(Component))


class Part(Item):
    """A part with its marks, readings and lives, and the case that it is in."""

    marks = fields.List(fields.Nested(Mark))
    readings = fields.List(fields.Nested(Reading))
    lives = fields.List(fields.Nested(Life))
    case = fields.Nested(CaseOut, allow_none=True)
    offered = fields.List(fields.Nested(Step))


class Showing(Schema):
    """What a counter showed at a moment, and when that was read."""

    counter = fields.String()
    rating = fields.String()
    value = fields.String()
    unit = fields.String()
    read_at = fields.AwareDateTime()


class Sitting(Schema):
    """A part in a tree: in which position of which host, on which level, and what its counters showed."""

    item_id = fields.String()
    host_id = fields.String()
    position = fields.String()
    level = fields.Integer()
    code = fields.String()
    uri = fields.String()
    name = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)
    condition = fields.String(metadata={"description": "As it is today, whatever day was asked for."})
    readings = fields.List(fields.Nested(Showing))


class Tree(Schema):
    """What is in a part at a moment, all levels; `way` leads from it to the outermost assembly it was in."""

    item_id = fields.String()
    at = fields.AwareDateTime()
    on = fields.String(allow_none=True)
    readings = fields.List(fields.Nested(Showing))
    way = fields.List(fields.Dict(keys=fields.String()))
    parts = fields.List(fields.Nested(Sitting))
    complete = fields.Boolean(metadata={"description": "False where the tree has more parts than one answer."})


class Use(Schema):
    """An assembly that a part was in, or a part that an assembly held, and from when to when."""

    item_id = fields.String()
    code = fields.String()
    name = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)
    position = fields.String()
    level = fields.Integer()
    life = fields.Integer(allow_none=True)
    since = fields.AwareDateTime()
    until = fields.AwareDateTime(allow_none=True)
    found = fields.Boolean()
    ended = fields.String(allow_none=True)


class Uses(Schema):
    """Uses, oldest first; `next` is what to send as `after`, or null at the end."""

    items = fields.List(fields.Nested(Use))
    next = fields.String(allow_none=True)


class Page(Schema):
    """Some parts, newest first; `next` is what to send as `after`, or null at the end."""

    items = fields.List(fields.Nested(Item))
    next = fields.String(allow_none=True)


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("parts")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view, method in _ROUTES:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=[method], endpoint=view.__name__)(described)
    return blueprint


@allow(_READ)
def parts() -> dict[str, Any]:
    """Parts by words (`q`), or all of them, a page after the part `after`."""
    asked, after = request.args.get("q", "")[:_LONGEST].strip(), request.args.get("after", "")
    if not after.isprintable():
        raise BadInput("after", "control-character")
    with here().database.reading() as connection:
        found = (
            queries.find(connection, actor().org_id, asked, after=after)
            if asked
            else queries.items(connection, actor().org_id, after=after)
        )
    return {"items": found, "next": found[-1].id if len(found) == queries.PAGE else None}


@allow(_READ)
def part(item_id: str) -> dict[str, Any]:
    """One part with what may be done with it."""
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        case = queries.case_about(connection, actor().org_id, item.id)
        steps, others = _offered(connection, item, case)
        return {
            **_row(item),
            "marks": queries.marks(connection, item.org_id, item.id),
            "readings": queries.counters(connection, item.org_id, item.id),
            "lives": queries.lives(connection, item.org_id, item.id),
            "case": case and _case(connection, case, steps),
            "offered": others,
        }


@allow(_READ)
def counters(item_id: str) -> dict[str, Any]:
    """The counters of a part now or at the end of the day `on`: since new, since the life opened, and what is due."""
    when = moment_of(request.args)
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        found = counting.counted(connection, item, pack_of(connection, item), when.at)
    return counters_told(found, when.on)


@allow(_READ)
def back_to_birth(item_id: str) -> dict[str, Any]:
    """A life-limited part now or on the day `on`: what is left, its installations, where its trace breaks."""
    when = moment_of(request.args)
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        found = limited.limited_parts(connection, item.org_id, [item], pack_of(connection, item), when.at)
        if not found:
            raise NotFound(what="limited life")
        return trace_told(connection, item, found[0], when.on)


@allow(_READ)
def tree(item_id: str) -> dict[str, Any]:
    """What is in a part, all levels, now or at the end of the day `on`, and what the counters showed then."""
    when = moment_of(request.args)
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        rows = trees.tree(connection, item.org_id, item.id, when.at)
        shown = queries.counters_at(
            connection, item.org_id, [item.id, *(row.item_id for row in rows)], when.at
        )
        way = trees.ways_up(connection, item.org_id, [item.id], when.at).get(item.id, [])
    return {
        "item_id": item.id,
        "at": when.at,
        "on": when.on or None,
        "readings": shown.get(item.id, []),
        "way": [{"host_id": step.host_id, "position": step.position} for step in way],
        "parts": [{**_row(row), "readings": shown.get(row.item_id, [])} for row in rows],
        "complete": len(rows) < trees.MOST,
    }


@allow(_READ)
def uses(item_id: str) -> dict[str, Any]:
    """Where a part was used (`direction` up), or what it ever held (down): all levels, other lives, oldest first."""
    way, after = direction_of(request.args), after_of(request.args)
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        found = usage.uses(connection, item.org_id, item.id, way, after=after)
    return {"items": found, "next": found[-1].key if len(found) == usage.PAGE else None}


@allow(_READ)
def identifiers(item_id: str) -> list[Row]:
    """Every identifier that a part ever had beside its code, the standing ones first."""
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        return held.identifiers_of(connection, item.org_id, item.id)


@allow("read:administration")
def prefixes() -> list[Row]:
    """Every GS1 company prefix that was confirmed, the newest first."""
    with here().database.reading() as connection:
        return held.prefixes(connection, actor().org_id)


@allow(_READ)
def case(case_id: str) -> dict[str, Any]:
    """One case: its state, the allowed verbs and what is missing for each."""
    with here().database.reading() as connection:
        found = queries.find_case(connection, actor().org_id, case_id)
        steps, _ = _offered(connection, found.item, found)
        return _case(connection, found, steps)


@allow(_READ)
def scan() -> dict[str, Any]:
    """What a scanned or typed `text` is, and to which parts it leads."""
    found = seen.read(request.args.get("text", ""), here().config.label_hosts, dictionary())
    with here().database.reading() as connection:
        return seen_told(held.recognise(connection, found, actor().org_id), actor().org_id)


@allow("act:parts.attach")
def keep_evidence() -> list[dict[str, Any]]:
    """Keep files (multipart field `file`) and answer what an act needs to cite them, the receipt included."""
    sent = request.files.getlist("file")
    if not sent:
        raise InvalidForm(fields={"file": ["required"]})
    return uploads.keep(sent)


def _offered(
    connection: Connection, item: Row, case_: CaseView | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    now = here().database.clock.now()
    told = offered(connection, actor(), item, case=case_, verbs=acts.all_verbs(), now=now)
    return [_step(one) for one in told.steps], [_step(one) for one in told.others]


def _step(offer: Offer) -> dict[str, Any]:
    return {
        "kind": offer.kind,
        "possible": offer.possible,
        "missing": list(offer.missing),
        "needs": list(offer.needs),
        "own_work": offer.own,
    }


def _case(connection: Connection, found: CaseView, steps: list[dict[str, Any]]) -> dict[str, Any]:
    names = CaseOut._declared_fields.keys() - {"allowed", "components", "item_id"}  # noqa: SLF001 -- marshmallow's list
    return {
        **{name: getattr(found, name) for name in names},
        "item_id": found.item.id,
        "allowed": steps,
        "components": queries.routes(connection, found.org_id, found.id),
    }


def _row(row: Row) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for a row as a mapping


_ROUTES = (
    ("/parts", Page, parts, "GET"),
    ("/parts/<item_id>", Part, part, "GET"),
    ("/parts/<item_id>/counters", CountersOut, counters, "GET"),
    ("/parts/<item_id>/back-to-birth", TraceOut, back_to_birth, "GET"),
    ("/parts/<item_id>/tree", Tree, tree, "GET"),
    ("/parts/<item_id>/uses", Uses, uses, "GET"),
    ("/parts/<item_id>/identifiers", IdentifierOut(many=True), identifiers, "GET"),
    ("/prefixes", PrefixOut(many=True), prefixes, "GET"),
    ("/scan", SeenOut, scan, "GET"),
    ("/cases/<case_id>", CaseOut, case, "GET"),
    ("/evidence", Kept(many=True), keep_evidence, "POST"),
)
