"""Shapes of what is typed in restoration.

Pages send a row for every place of a list, named in `place`; a row that says nothing of its place is left out.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from remanu.parts.schemas import note
from remanu.parts.schemas.evidence import Evidence
from remanu.parts.schemas.lives import CONTROL_WORDS
from remanu.restoration.actions import Shown, Wanted
from remanu.restoration.events.assembly import Deleted
from remanu.restoration.events.repair import Parameter, Planned
from remanu.restoration.schemas import words
from remanu.rules import units, workshop
from remanu.rules.limited import METHODS
from remanu.web import shape
from remanu.web.rows import Rows, needed
from remanu.web.words import N_

_KWH = {"label": N_("Energy")}
_WATER = {"label": N_("Water")}
_WASTE = {"label": N_("Waste")}


def control_method() -> shape.Choice:
    """What becomes of life-limited parts that go out for good."""
    return shape.Choice(
        *METHODS,
        load_default=None,
        metadata={
            "label": N_("What becomes of the life-limited part"),
            "help": N_("A photo has to show it, unless a record controls the part. A document alone is not enough."),
            "choices": tuple((one, CONTROL_WORDS[one]) for one in METHODS),
        },
    )


def control_record() -> shape.Line:
    """The record, tag or place by which life-limited parts are controlled."""
    return shape.Line(load_default=None, metadata={"label": N_("Number of the record, tag or place")})


def _choices(table: Any) -> tuple[tuple[str, str], ...]:
    return tuple(table.items())


class OpenWorkOrder(shape.Form):
    """What the unit is to become, and by which standard."""

    target_class = shape.Line(required=True, metadata={"label": N_("It is to become"), "widget": "choice"})
    standard = shape.Line(required=True, metadata={"label": N_("Standard")})
    edition = shape.Line(required=True, metadata={"label": N_("Edition of the standard")})


class RecordComponent(shape.Form):
    """What is in a place."""

    position = shape.Line(required=True, metadata={"label": N_("Position"), "widget": "choice"})
    what = shape.Choice(
        *workshop.REPORTS,
        load_default="found",
        metadata={"label": N_("What is here?"), "choices": _choices(words.REPORT_WORDS)},
    )
    part_number = shape.Line(
        load_default=None,
        metadata={"label": N_("Part number"), "help": N_("As it stands on the part."), "widget": "scan"},
    )
    serial = shape.Serial(
        load_default=None,
        metadata={
            "label": N_("Serial number"),
            "help": N_("Leave it empty where the part has none."),
            "widget": "scan",
        },
    )
    maker = shape.Line(
        load_default=None,
        metadata={"label": N_("Maker"), "help": N_("Leave it empty where it is the maker of the unit.")},
    )
    mass_kg = shape.Amount("kg", load_default=None, metadata={"label": N_("Mass")})
    evidence = Evidence()


class Disassemble(shape.Form):
    """Photos of the parts as they were found."""

    evidence = Evidence()


class Clean(shape.Form):
    """How the parts were cleaned, and what it used up."""

    method = shape.Choice(
        *workshop.CLEANING_METHODS,
        required=True,
        metadata={"label": N_("Method"), "choices": _choices(words.METHOD_WORDS)},
    )
    bath = shape.Line(load_default="", metadata={"label": N_("Bath or agent")})
    minutes = shape.Amount("min", required=True, metadata={"label": N_("How long")})
    water_l = shape.Amount("L", required=True, metadata={**_WATER, "help": N_("0 where none was used.")})
    waste_kg = shape.Amount(
        "kg", required=True, metadata={**_WASTE, "help": N_("0 where nothing has to be disposed of.")}
    )
    energy_kwh = shape.Amount("kW.h", load_default="0", metadata=_KWH)
    evidence = Evidence()


class PlanRow(shape.Form):
    """An operation on a component."""

    item_id = shape.Line(load_default=None)
    place = shape.Line(load_default=None)
    operation = shape.Line(load_default=None)

    @post_load
    def _planned(self, values: dict[str, Any], **_: Any) -> Planned | None:
        if values["place"] and not values["operation"]:
            return None
        values["item_id"] = values["item_id"] or values["place"]
        needed(values, "item_id", "operation")
        return Planned(item=values["item_id"], operation=values["operation"])


class StartRestoration(shape.Form):
    """What is done to which component."""

    plan = Rows(PlanRow)


class ParameterRow(shape.Form):
    """A setting of an operation."""

    name = shape.Line(load_default=None, limit=60)
    value = shape.Line(load_default=None, limit=40)
    unit = shape.Line(load_default="1", limit=20)

    @post_load
    def _parameter(self, values: dict[str, Any], **_: Any) -> Parameter | None:
        if not values["name"] and not values["value"]:
            return None
        needed(values, "name", "value")
        return Parameter(**{**values, "unit": units.written(values["unit"])})


class Operate(shape.Form):
    """What was done, by which procedure, and what it used up."""

    operation = shape.Line(required=True, metadata={"label": N_("Operation"), "widget": "choice"})
    edition = shape.Line(
        required=True,
        metadata={"label": N_("Procedure and edition"), "help": N_("As it stands on the work instruction.")},
    )
    parameters = Rows(ParameterRow)
    energy_kwh = shape.Amount("kW.h", load_default="0", metadata=_KWH)
    water_l = shape.Amount("L", load_default="0", metadata=_WATER)
    waste_kg = shape.Amount("kg", load_default="0", metadata=_WASTE)
    material = shape.Line(load_default="", metadata={"label": N_("Material that stays in the part")})
    batch = shape.Line(
        load_default="",
        metadata={"label": N_("Batch"), "widget": "scan", "help": N_("Needed with a material.")},
    )
    material_kg = shape.Amount("kg", load_default="0", metadata={"label": N_("How much of it")})
    evidence = Evidence()


class Replace(shape.Form):
    """The part that comes in."""

    position = shape.Line(load_default=None, metadata={"label": N_("Position"), "widget": "choice"})
    origin = shape.Choice(
        *workshop.ORIGINS,
        required=True,
        metadata={"label": N_("The part that comes in is"), "choices": _choices(words.ORIGIN_WORDS)},
    )
    part_number = shape.Line(required=True, metadata={"label": N_("Part number"), "widget": "scan"})
    serial = shape.Serial(
        load_default=None,
        metadata={
            "label": N_("Serial number"),
            "help": N_("Leave it empty where the part has none."),
            "widget": "scan",
        },
    )
    maker = shape.Line(
        load_default=None,
        metadata={"label": N_("Maker"), "help": N_("Leave it empty where it is the maker of the unit.")},
    )
    release_reference = shape.Line(
        required=True,
        metadata={
            "label": N_("Release certificate or delivery note"),
            "help": N_("The paper that makes it serviceable."),
        },
    )
    size_step = shape.Line(load_default=None, metadata={"label": N_("Size"), "widget": "choice"})
    mass_kg = shape.Amount("kg", load_default=None, metadata={"label": N_("Mass of the part that comes in")})
    old_mass_kg = shape.Amount(
        "kg", load_default=None, metadata={"label": N_("Mass of the part that goes out")}
    )
    control_method = control_method()
    control_record = control_record()
    evidence = Evidence()


class Nothing(shape.Form):
    """An act that asks for nothing but the decision."""


class Install(shape.Form):
    """How the part was fitted."""

    torque_nm = shape.Amount("N.m", load_default=None, metadata={"label": N_("Torque")})
    tool = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Torque tool"),
            "help": N_("Needed with a torque."),
            "widget": "choice",
        },
    )


class DeletedRow(shape.Form):
    """A position that stays empty."""

    position = shape.Line(load_default=None)
    place = shape.Line(load_default=None)
    change = shape.Line(load_default=None)

    @post_load
    def _deleted(self, values: dict[str, Any], **_: Any) -> Deleted | None:
        if values["place"] and not values["change"]:
            return None
        values["position"] = values["position"] or values["place"]
        needed(values, "position", "change")
        return Deleted(position=values["position"], change=values["change"])


class Reassemble(shape.Form):
    """What the finished unit weighs, and which positions stay empty by an approved change."""

    unit_mass_kg = shape.Amount(
        "kg",
        load_default=None,
        metadata={"label": N_("What the unit weighs now"), "help": N_("The mass balance needs it.")},
    )
    deleted = Rows(DeletedRow)
    evidence = Evidence()


class StartTest(shape.Form):
    """The rig, and the procedures that are run."""

    rig = shape.Line(required=True, metadata={"label": N_("Test rig"), "widget": "choice"})
    procedures = fields.List(
        shape.Line(), load_default=(), metadata={"label": N_("Procedures"), "widget": "several"}
    )

    @post_load
    def _frozen(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**values, "procedures": tuple(values["procedures"])}


class PointRow(shape.Form):
    """What a point showed; without a value it was not tested."""

    code = shape.Line(required=True)
    value = shape.Line(load_default=None, limit=40)
    unit = shape.Line(load_default=None, limit=20)
    procedure = shape.Line(load_default=None)
    of = shape.Line(load_default=None, limit=40)

    @post_load
    def _shown(self, values: dict[str, Any], **_: Any) -> Shown:
        return Shown(**values)


class PassTest(shape.Form):
    """What the points showed; all mandatory ones are within their limits."""

    points = Rows(PointRow, required=True)
    evidence = Evidence()


class FailTest(shape.Form):
    """What the points showed, and what else is wrong."""

    points = Rows(PointRow)
    note = note()
    evidence = Evidence()


class Resume(shape.Form):
    """Why it failed."""

    cause = shape.Choice(
        *workshop.CAUSES,
        required=True,
        metadata={"label": N_("Cause"), "choices": _choices(words.CAUSE_WORDS)},
    )
    note = note()


class HarvestRow(shape.Form):
    """A part that is taken; number and serial where it has no record yet."""

    position = shape.Line(load_default=None)
    place = shape.Line(load_default=None)
    part_number = shape.Line(load_default=None)
    serial = shape.Serial(load_default=None)
    mass_kg = shape.Amount("kg", load_default=None)

    @post_load
    def _wanted(self, values: dict[str, Any], **_: Any) -> Wanted | None:
        place = values.pop("place")
        if place and not any(values.values()):
            return None
        needed(values, "position")
        return Wanted(**values)


class Cannibalise(shape.Form):
    """Which parts are taken."""

    harvest = Rows(HarvestRow, required=True)
    owner_agrees = shape.Yes(
        required=True, metadata={"label": N_("The owner agrees that the unit is given up")}
    )


class Scrap(shape.Form):
    """Why the unit ends, what it weighs, and who stands beside."""

    why = shape.Choice(
        *workshop.SCRAP_REASONS,
        required=True,
        metadata={"label": N_("Reason"), "choices": _choices(words.SCRAP_WORDS)},
    )
    mass_kg = shape.Amount("kg", required=True, metadata={"label": N_("Mass that goes to scrap")})
    second_login = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Login of the second person"),
            "help": N_("Needed where the unit holds life-limited parts, or was worth more than the limit."),
        },
    )
    second_factor = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Password of the second person"),
            "help": N_("On a shared tablet: the PIN. The second person types it."),
            "widget": "password",
        },
    )
    second_code_factor = shape.Line(
        load_default=None,
        limit=12,
        metadata={
            "label": N_("One-time code of the second person"),
            "help": N_("Needed where the rules of the organisation ask for more than a password."),
            "widget": "one-time",
        },
    )
    control_method = control_method()
    control_record = control_record()
    evidence = Evidence()
