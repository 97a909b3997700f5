"""The words in which process capability is told, and its shape for programs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import request
from marshmallow import Schema, fields

from remanu.errors import NotFound
from remanu.inspection.queries.capability import AS_FOUND, AS_LEFT, STAGES, Process
from remanu.rules.capability import Capability
from remanu.web.words import N_

STAGE_WORDS: Mapping[str, str] = {AS_LEFT: N_("As work left it"), AS_FOUND: N_("As cores came in")}
SHORTAGE_WORDS: Mapping[str, str] = {
    "too-few": N_("Too few readings for an index."),
    "no-spread": N_("All readings are the same: the instrument is too coarse to show the process."),
    "no-limits": N_("The pack gives no new limits to compare with."),
}
SIGNAL_WORDS: Mapping[str, str] = {
    "beyond-limits": N_("Beyond the control limits"),
    "run-on-one-side": N_("Eight or more in a row on one side"),
}
_FIGURES = Decimal("0.001")


def stage_asked() -> str:
    """How parts were left by work, unless the address asks how cores came in; NotFound for anything else."""
    stage = request.args.get("stage", AS_LEFT)
    if stage not in STAGES:
        raise NotFound(what="stage")
    return stage


def figure(value: Decimal | None, places: Decimal = _FIGURES) -> str | None:
    """A computed figure as it is shown: to three places."""
    return None if value is None else format(value.quantize(places), "f")


def unfold(found: Process) -> dict[str, Any]:
    """A process as programs get it."""
    index = found.capability if isinstance(found.capability, Capability) else None
    made = found.chart
    return {
        "unit": found.unit,
        "new_min": found.new_min,
        "new_max": found.new_max,
        "demonstration": found.demonstration,
        "left_out": found.left_out,
        "readings": [
            {"item": row.code, "value": row.deciding, "at": row.measured_at, "day": row.day} for row in found.rows
        ],
        "signals": [] if made is None else [{"at": n, "why": why} for n, why in made.signals],
        "centre": None if made is None else figure(made.centre),
        "lower": None if made is None else figure(made.lower),
        "upper": None if made is None else figure(made.upper),
        "cp": None if index is None else figure(index.cp),
        "cpk": None if index is None else figure(index.cpk),
        "cpk_low": None if index is None else figure(index.cpk_low),
        "cpk_high": None if index is None else figure(index.cpk_high),
        "missing": None if index is not None else str(found.capability),
    }


class Known(Schema):
    """A characteristic with enough readings for a chart."""

    family = fields.String()
    component = fields.String()
    characteristic = fields.String()
    readings = fields.Integer(attribute="n")


class Reading(Schema):
    """One reading of a process; the value is a decimal string."""

    item = fields.String()
    value = fields.String()
    day = fields.String()
    at = fields.AwareDateTime()


class Signal(Schema):
    """A reading, by its place from 0, that says that the process is not steady."""

    at = fields.Integer()
    why = fields.String()


class ProcessShown(Schema):
    """A process: readings oldest first, control limits, Cp and Cpk with its 95 % limits; figures are decimal strings.

    `missing` says why there is no index: too-few, no-spread, no-limits.
    """

    unit = fields.String()
    new_min = fields.String(allow_none=True)
    new_max = fields.String(allow_none=True)
    demonstration = fields.Boolean()
    left_out = fields.Integer()
    readings = fields.List(fields.Nested(Reading))
    signals = fields.List(fields.Nested(Signal))
    centre = fields.String(allow_none=True)
    lower = fields.String(allow_none=True)
    upper = fields.String(allow_none=True)
    cp = fields.String(allow_none=True)
    cpk = fields.String(allow_none=True)
    cpk_low = fields.String(allow_none=True)
    cpk_high = fields.String(allow_none=True)
    missing = fields.String(allow_none=True)
