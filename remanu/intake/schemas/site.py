"""What is typed when the site of equipment is accepted, and the words of energies (domain.md §3.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from marshmallow import fields, post_load, validate
from sqlalchemy.engine import Connection

from remanu.catalogue import queries as catalogue
from remanu.intake import actions, queries
from remanu.intake.events import Reading
from remanu.intake.schemas import shown
from remanu.intake.schemas.shapes import MAPPING, Claimed, CounterShown, line
from remanu.parts.queries import CaseView
from remanu.parts.schemas.evidence import Evidence
from remanu.rules import units
from remanu.web import shape
from remanu.web.acts import Field, Values
from remanu.web.context import actor, here
from remanu.web.rows import Rows, needed
from remanu.web.words import N_

ENERGY_WORDS: Mapping[str, str] = {
    "electrical": N_("Electrical"),
    "hydraulic": N_("Hydraulic"),
    "pneumatic": N_("Compressed air or gas"),
    "mechanical": N_("Moving parts and springs"),
    "thermal": N_("Heat and steam"),
    "chemical": N_("Chemicals"),
    "gravity": N_("Raised loads"),
}
BASELINE_ROWS = 6
"""So many rows of a baseline stand on the page; programs may send more."""
_SEALED = N_("Only your own organisation can read it.")
_ON_SITE = "on-site"


class BaselineRow(shape.Form):
    """One value that the equipment showed in place before any work."""

    name = shape.Line(load_default=None, limit=60)
    value = shape.Amount("1", load_default=None)
    unit = shape.Line(load_default=None, limit=20)

    @post_load
    def _read(self, values: dict[str, Any], **_: Any) -> Reading | None:
        if not values["name"] and not values["value"]:
            return None
        needed(values, "name", "value", "unit")
        return Reading(**{**values, "unit": units.written(values["unit"])})


class AcceptSite(Claimed):
    """A site that may be worked on: permit, lock-out, what the equipment showed, and the surroundings."""

    evidence = Evidence(metadata={"label": N_("Photos"), "help": N_("The equipment, its data plate, the locks.")})
    energies = fields.List(
        shape.Choice(*actions.ENERGIES),
        load_default=list,
        error_messages=MAPPING,
        validate=validate.Length(max=len(actions.ENERGIES), error="too-long"),
        metadata={
            "label": N_("Isolated and locked out"),
            "choices": tuple(ENERGY_WORDS.items()),
            "widget": "several",
        },
    )
    permit = line(N_("Permit to work"), tip=_SEALED)
    locks = line(N_("Lock numbers"), tip=_SEALED)
    site = line(N_("Site"), tip=_SEALED)
    owner = line(N_("Owner"), tip=_SEALED)
    temperature = shape.Amount("Cel", load_default=None, metadata={"label": N_("Temperature")})
    humidity = shape.Amount("%", load_default=None, metadata={"label": N_("Relative humidity")})
    baseline = Rows(BaselineRow)
    counters = fields.Dict(
        keys=shape.Line(limit=40),
        values=fields.Nested(CounterShown),
        load_default=dict,
        error_messages=MAPPING,
        metadata={"hidden": True},
    )


class LiftIsolation(shape.Form):
    """Nothing more is asked: the lock-out of the record ends."""


def accepting(connection: Connection, case: CaseView | None, schema: type[shape.Form]) -> Sequence[Field]:
    """What is asked at a site, with the counters of the family, which go on counting while work is done."""
    must = {"energies", "permit", "temperature", "humidity", "evidence"}
    return [replace(one, required=one.name in must) for one in shown.counted(connection, case, schema, before="owner")]


def beginning(connection: Connection, case: CaseView | None) -> Mapping[str, Any]:
    """What equipment may be worked on in place: families and types whose packs know work on site."""
    found = dict(shown.beginning(connection, case))
    packs = catalogue.packs_to_open(connection, actor().org_id, here().database.clock.now())
    able = {one.id for one in packs.values() if _ON_SITE in one.modes}
    types = {row.id for row in catalogue.part_types(connection, actor().org_id) if row.family in able}
    return {
        **found,
        "families": [one for one in found["families"] if one[0] in able],
        "types": [one for one in found["types"] if one[0] in types],
        "rows": BASELINE_ROWS,
    }


def locked(connection: Connection, case: CaseView) -> Values:
    """For `lift_isolation`: what is locked out."""
    site = queries.site_of(connection, case)
    return {"site": site, "energies": [] if site is None else [ENERGY_WORDS[one] for one in site.energies.split()]}
