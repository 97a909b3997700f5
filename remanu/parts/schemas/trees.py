"""Shapes of what is typed when a part is fitted into another or taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from marshmallow import ValidationError, post_load
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.db import Tx
from remanu.errors import BadInput
from remanu.ledger.kinds import Recorded
from remanu.parts import actions, queries
from remanu.parts.actions import Read, Unrecorded
from remanu.parts.actions.trees import ORIGINS
from remanu.parts.events import Fitted
from remanu.parts.queries import Row, trees, usage
from remanu.rules import genealogy, identity
from remanu.rules.actor import Actor
from remanu.web import shape
from remanu.web.context import here, shown
from remanu.web.locale import current
from remanu.web.rows import Rows, needed
from remanu.web.words import N_

WHY_WORDS = {
    "fault": N_("It failed"),
    "wear": N_("It is worn"),
    "scheduled": N_("Its time is up"),
    "access": N_("Only to make way; it goes back in"),
    "exchange": N_("It is exchanged for another"),
    "upgrade": N_("A newer part takes its place"),
    "mistake": N_("It was fitted by mistake"),
    "other": N_("Another reason"),
}
ORIGIN_WORDS = {
    "core": N_("Found in it"),
    "new": N_("New"),
    "reman": N_("Remanufactured"),
    "used_serviceable": N_("Used, serviceable"),
}
_LATE = {
    "label": N_("Why it is entered late"),
    "help": N_("Needed when it happened more than a day ago. Anybody may read this."),
}
_WHEN = {"label": N_("When"), "help": N_("Leave it empty when it happened just now.")}


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of the form on which a counter may be read: of the part or of what it sits in."""

    whose: str
    counter: str
    rating: str
    unit: str
    name: str


class ReadRow(shape.Form):
    """What one counter shows now; a row without a value was not read."""

    whose = shape.Choice("item", "host", load_default="item")
    counter = shape.Line(load_default=None, limit=60)
    rating = shape.Line(load_default="", limit=60)
    value = shape.Line(load_default=None, limit=40)
    unit = shape.Line(load_default=None, limit=20)

    @post_load
    def _read(self, values: dict[str, Any], **_: Any) -> Read | None:
        if not values["value"]:
            return None
        needed(values, "counter")
        return Read(**values)


class Scanned(shape.Line):
    """The code of a part, typed or scanned."""

    def _clean(self, name: str, value: str) -> str:
        try:
            return identity.parse_own_scan(super()._clean(name, value), here().config.label_hosts).item
        except BadInput as refused:
            raise ValidationError(str(refused.details["why"])) from refused


class Fit(shape.Form):
    """Which part goes into which position; one with a record by its code, another by what stands on it."""

    position = shape.Line(
        required=True,
        limit=60,
        metadata={
            "label": N_("Position"),
            "help": N_("Where it sits, as the drawing names it: motor-03. No two parts share one."),
        },
    )
    code = Scanned(
        load_default=None,
        limit=200,
        metadata={
            "label": N_("Code of the part"),
            "help": N_("Scan its label or tag. Leave it empty where the part has no record yet."),
            "widget": "scan",
        },
    )
    part_number = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Part number"),
            "help": N_("For a part without a record, as it stands on it."),
            "widget": "scan",
        },
    )
    serial = shape.Serial(
        load_default=None,
        metadata={
            "label": N_("Serial number"),
            "help": N_("Leave it empty where the part has none."),
            "widget": "scan",
        },
    )
    name = shape.Line(load_default=None, metadata={"label": N_("What it is")})
    maker = shape.Line(
        load_default=None,
        metadata={"label": N_("Maker"), "help": N_("Leave it empty where it is the maker of the unit.")},
    )
    mass_kg = shape.Amount("kg", load_default=None, metadata={"label": N_("Mass")})
    origin = shape.Choice(
        *ORIGINS,
        load_default="core",
        metadata={"label": N_("A part without a record is"), "choices": tuple(ORIGIN_WORDS.items())},
    )
    papers = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Release certificate or delivery note"),
            "help": N_("Needed for a part without a record that comes from outside."),
        },
    )
    readings = Rows(ReadRow)
    at = shape.Instant(load_default=None, metadata=_WHEN)
    why = shape.Line(load_default=None, metadata=_LATE)


class Remove(shape.Form):
    """Why a part leaves its position, and by which document."""

    why = shape.Choice(
        *genealogy.REMOVALS,
        required=True,
        metadata={"label": N_("Why it is taken out"), "choices": tuple(WHY_WORDS.items())},
    )
    papers = shape.Line(
        load_default=None,
        metadata={"label": N_("Work order or other document"), "help": N_("Its number. Anybody may read this.")},
    )
    readings = Rows(ReadRow)
    at = shape.Instant(load_default=None, metadata=_WHEN)
    late = shape.Line(load_default=None, metadata=_LATE)


def fit(
    tx: Tx,
    actor: Actor,
    host_id: str,
    *,
    position: str,
    code: str | None = None,
    part_number: str | None = None,
    serial: str | None = None,
    name: str | None = None,
    maker: str | None = None,
    mass_kg: str | None = None,
    origin: str = "core",
    papers: str | None = None,
    readings: tuple[Read, ...] = (),
    at: datetime | None = None,
    why: str | None = None,
) -> Recorded[Fitted]:
    """Put a part into a position of another one: one with a record by its code, another by its part number."""
    new = None
    if part_number and not code:
        new = Unrecorded(
            part_number=part_number, serial=serial, maker=maker, name=name, origin=origin, mass_kg=mass_kg
        )
    return actions.fit(
        tx,
        actor,
        host_id,
        position=position,
        code=code,
        new=new,
        papers=papers,
        readings=readings,
        at=at,
        why=why,
    )


def counted(connection: Connection, item: Row) -> Mapping[str, Any]:
    """The counters that may be read while a part goes into this one; the part itself where it was scanned first."""
    scanned = shown(request.args.get("code", "")[:200])
    lines = {"counters": _lines(connection, item, "item", "host"), "where": None}
    return {**lines, "suggested": {"code": scanned} if scanned else {}}


def leaving(connection: Connection, item: Row) -> Mapping[str, Any]:
    """Where the part sits, and the counters that may be read while it leaves."""
    sits = usage.sits(connection, item.org_id, item.id)
    host = None if sits is None else queries.find_item(connection, item.org_id, sits.host_id)
    holds = len(trees.inside(connection, item.org_id, item.id))
    return {"counters": _lines(connection, item, "item", "host"), "where": sits, "host": host, "holds": holds}


def _lines(connection: Connection, item: Row, *whose: str) -> list[Counted]:
    language = current()
    return [
        Counted(who, one.code, rating, one.unit, one.names.text(language) + (f" {name}" if name else ""))
        for who in whose
        for one in pack_of(connection, item).counters
        for rating, name in [(r.code, r.names.text(language)) for r in one.ratings] or [("", "")]
    ]
