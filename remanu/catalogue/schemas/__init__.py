"""Shapes of what is typed in reference data, and its table of verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import request, url_for
from marshmallow import fields, post_load
from sqlalchemy.engine import Connection

from remanu.accounts.schemas import Day, confirm
from remanu.catalogue import actions, queries
from remanu.catalogue.schemas import packs
from remanu.families.family import Family
from remanu.families.loader import load_all
from remanu.ledger.kinds import Recorded
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.context import actor, here
from remanu.web.locale import current
from remanu.web.words import N_

ENGINE_WORDS = {
    "none": N_("No engine"),
    "reciprocating": N_("Reciprocating"),
    "turboprop": N_("Turboprop"),
    "turboshaft": N_("Turboshaft"),
    "turbojet": N_("Turbojet"),
    "turbofan": N_("Turbofan"),
    "ramjet": N_("Ramjet"),
    "two-cycle": N_("Two-stroke"),
    "four-cycle": N_("Four-stroke"),
    "unknown": N_("Unknown"),
    "electric": N_("Electric"),
    "rotary": N_("Rotary"),
}


class OneModel(shape.Form):
    """One row of a published list."""

    code = shape.Line(required=True, limit=40, metadata={"label": N_("Code in the list")})
    maker = shape.Line(required=True, metadata={"label": N_("Maker")})
    model = shape.Line(required=True, metadata={"label": N_("Model")})
    kind = shape.Choice(
        *ENGINE_WORDS, required=True, metadata={"label": N_("Kind"), "choices": tuple(ENGINE_WORDS.items())}
    )
    horsepower = shape.Whole(load_default=None, metadata={"label": N_("Horsepower")})
    thrust_lbf = shape.Whole(load_default=None, metadata={"label": N_("Thrust in pounds-force")})

    @post_load
    def _model(self, values: dict[str, Any], **_: Any) -> actions.NewModel:
        return actions.NewModel(**values)


class AddModel(shape.Form):
    """A batch of at most 500 rows of one list; the page adds one."""

    list_id = shape.Line(
        required=True,
        limit=40,
        metadata={"label": N_("List"), "help": N_("A short name, such as faa-engines.")},
    )
    title = shape.Line(required=True, metadata={"label": N_("Title of the list")})
    source = shape.Line(required=True, limit=400, metadata={"label": N_("Where it comes from")})
    models = fields.List(
        fields.Nested(OneModel),
        required=True,
        error_messages={"invalid": "wrong-type", "required": "required"},
        metadata={"hidden": True},
    )


class DefineType(shape.Form):
    """What the organisation takes in: a component of a family, its names, and the model it is."""

    family = shape.Line(required=True, metadata={"label": N_("Product family"), "widget": "choice"})
    component = shape.Line(
        required=True, limit=60, metadata={"label": N_("Component"), "widget": "choice"}
    )
    name_en = shape.Line(required=True, metadata={"label": N_("Name in English")})
    name_zh_hans = shape.Line(required=True, metadata={"label": N_("Name in Simplified Chinese")})
    name_zh_hant = shape.Line(required=True, metadata={"label": N_("Name in Traditional Chinese")})
    maker = shape.Line(load_default=None, metadata={"label": N_("Maker")})
    part_number = shape.Line(load_default=None, metadata={"label": N_("Part number")})
    reference = shape.Line(
        load_default=None,
        limit=90,
        metadata={
            "label": N_("Model of a shared list"),
            "help": N_("List and code, such as faa-engines/52041."),
        },
    )


class PublishEdition(shape.Form):
    """From which day the family's present edition is in force."""

    family = shape.Line(required=True, metadata={"label": N_("Product family"), "widget": "choice"})
    applies_from = Day(required=True, metadata={"label": N_("First day"), "widget": "day"})


class AddInstrument(shape.Form):
    """An instrument, tool or rig."""

    number = shape.Line(
        required=True,
        limit=40,
        metadata={"label": N_("Number"), "help": N_("As it stands on the instrument."), "widget": "scan"},
    )
    instrument_class = shape.Line(
        required=True, limit=60, metadata={"label": N_("What it is"), "widget": "choice"}
    )
    name = shape.Line(required=True, metadata={"label": N_("Name"), "help": N_("Maker and type, for people.")})


def _packs(connection: Connection) -> Mapping[str, Family]:
    return queries.packs_to_open(connection, actor().org_id, here().database.clock.now())


def _families(connection: Connection) -> list[tuple[str, str]]:
    return [(one.id, one.names.text(current())) for one in _packs(connection).values()]


def _model_fields(_connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    row = [replace(one, name=f"models.0.{one.name}") for one in acts.plain_fields(OneModel)]
    return [*acts.plain_fields(schema), *row]


def _type_fields(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    family = _packs(connection).get(request.args.get("family", ""))
    positions = () if family is None else family.positions
    offered = {
        "family": _families(connection),
        "component": [(one.code, one.names.text(current())) for one in positions],
    }
    return [replace(one, choices=offered.get(one.name, one.choices)) for one in acts.plain_fields(schema)]


def _about_type(connection: Connection, _target: Any) -> Mapping[str, Any]:
    list_id, _, code = request.args.get("reference", "").partition("/")
    model = queries.find_model(connection, list_id, code) if code else None
    family = request.args.get("family", "")
    given = {"family": family, "reference": request.args.get("reference", "")}
    if model is not None:
        given |= {"maker": model.maker, "part_number": model.model}
        given |= dict.fromkeys(("name_en", "name_zh_hans", "name_zh_hant"), f"{model.maker} {model.model}")
    pack = _packs(connection).get(family)
    if pack is not None:
        given |= {"component": pack.root.code}
    return {"prefilled": given, "families": _families(connection), "ready": pack is not None, "model": model}


def _edition_fields(_connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    offered = {"family": [(one.id, f"{one.names.text(current())} ({one.edition})") for one in load_all().values()]}
    return [replace(one, choices=offered.get(one.name, one.choices)) for one in acts.plain_fields(schema)]


def _instrument_fields(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    classes = sorted(
        (names.text(current()), code) for code, names in queries.instrument_classes(connection, actor().org_id).items()
    )
    offered = {"instrument_class": [(code, name) for name, code in classes]}
    return [replace(one, choices=offered.get(one.name, one.choices)) for one in acts.plain_fields(schema)]


def _nothing(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that begins something has nothing to find."""


def _on(path: str, endpoint: str) -> On:
    return On(path, _nothing, lambda _row: "", lambda _row: url_for(endpoint))


def _id(done: Recorded[Any]) -> Values:
    return {"id": done.subject.id}


def _added(done: Recorded[Any]) -> Values:
    return {"list": done.body.list_id, "models": len(done.body.models)}


VERBS: tuple[Verb, ...] = (
    Verb(
        "catalogue.add_model",
        N_("Add a model to a list"),
        _on("catalogue/models", "catalogue.models"),
        AddModel,
        actions.add_model,
        fields=_model_fields,
        answer=_added,
    ),
    Verb(
        "catalogue.define_type",
        N_("Define a part type"),
        _on("catalogue/types", "catalogue.types"),
        DefineType,
        actions.define_type,
        fields=_type_fields,
        context=_about_type,
        answer=_id,
    ),
    Verb(
        "catalogue.publish_edition",
        N_("Put an edition in force"),
        _on("catalogue/editions", "catalogue.editions"),
        PublishEdition,
        actions.publish_edition,
        fields=_edition_fields,
        answer=_id,
    ),
    Verb(
        "catalogue.add_instrument",
        N_("Add an instrument"),
        _on("instruments", "inspection.instruments"),
        AddInstrument,
        actions.add_instrument,
        fields=_instrument_fields,
        answer=_id,
    ),
    Verb(
        "catalogue.draft_pack",
        N_("Write a family pack"),
        packs.ON_PACKS,
        packs.DraftPack,
        actions.draft_pack,
        context=packs.drafting,
        then=packs.page_of_draft,
        answer=packs.drafted,
    ),
    Verb(
        "catalogue.approve_pack",
        N_("Approve a family pack"),
        packs.ON_PACK,
        packs.ApprovePack,
        actions.approve_pack,
        prepare=confirm,
        context=packs.to_approve,
    ),
    Verb(
        "catalogue.put_in_force",
        N_("Put a family pack in force"),
        packs.ON_PACK,
        packs.PutInForce,
        actions.put_in_force,
        context=packs.about_pack,
    ),
)
