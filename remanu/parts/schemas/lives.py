"""Shapes of what is typed of limited lives, and what their forms offer; counters are named by the family's pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request
from marshmallow import ValidationError, fields, post_load
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.clock import stamp
from remanu.families.assembly import Counter
from remanu.families.family import Family
from remanu.parts import queries
from remanu.parts.actions.lives import Counted, Shown
from remanu.parts.queries import Row, counting, limited
from remanu.parts.schemas.evidence import Evidence
from remanu.rules import counters, observed
from remanu.rules import limited as sm9
from remanu.web import acts, shape
from remanu.web.acts import Field, Values
from remanu.web.locale import current
from remanu.web.rows import Rows, needed
from remanu.web.shell import unit
from remanu.web.words import N_

ORIGIN_WORDS = {
    "photo": N_("From a photo"),
    "host": N_("From the machine it was in"),
    "owner": N_("Told by the owner"),
    "instrument": N_("Read on the part"),
}
CONTROL_WORDS = {
    "record": N_("A record that goes with it"),
    "tag": N_("A tag on it"),
    "marking": N_("A mark that comes off again"),
    "permanent_marking": N_("A mark for good"),
    "segregation": N_("A place of its own, locked"),
    "mutilation": N_("It was made useless"),
}


def when() -> shape.Instant:
    """When it was read; empty is now."""
    words = {"label": N_("When"), "help": N_("Leave it empty when it was read just now.")}
    return shape.Instant(load_default=None, metadata=words)


def origin() -> shape.Choice:
    """Where a value comes from."""
    words = {"label": N_("Where the value comes from"), "choices": tuple(ORIGIN_WORDS.items())}
    return shape.Choice(*observed.READING_ORIGINS, required=True, metadata=words)


class Day(fields.Date):
    """A calendar day."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise ValidationError("wrong-type") from error


class SplitRow(shape.Form):
    """One rating and its share; a rating at which nothing was typed is left out."""

    rating = shape.Line(load_default="", limit=40)
    value = shape.Line(load_default=None, limit=40)

    @post_load
    def _shown(self, values: dict[str, Any], **_: Any) -> Shown | None:
        return Shown(**values) if values["value"] else None


class ReadSplit(shape.Form):
    """A counter with all its ratings, and the total that was read with them."""

    counter = shape.Line(required=True, metadata={"label": N_("Counter"), "widget": "choice"})
    splits = Rows(SplitRow, metadata={"label": N_("By rating")})
    total = shape.Line(
        required=True,
        limit=40,
        metadata={
            "label": N_("Total"),
            "widget": "amount",
            "help": N_("As it stands in the log. The ratings must sum to it."),
        },
    )
    unit = shape.Line(load_default=None, limit=20, metadata={"hidden": True})
    origin = origin()
    at = when()
    why = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Why it is entered late"),
            "help": N_("Needed when it was read more than a day ago. Anybody may read this."),
        },
    )
    evidence = Evidence()


class CountedRow(shape.Form):
    """A counter of the part or of its host at both ends; a row in which nothing was typed is left out."""

    whose = shape.Choice("item", "host", load_default="item")
    counter = shape.Line(load_default=None, limit=60)
    rating = shape.Line(load_default="", limit=40)
    start = shape.Line(load_default=None, limit=40)
    end = shape.Line(load_default=None, limit=40)
    unit = shape.Line(load_default=None, limit=20)

    @post_load
    def _counted(self, values: dict[str, Any], **_: Any) -> Counted | None:
        if not values["start"] and not values["end"]:
            return None
        needed(values, "counter", "start", "end")
        return Counted(**values)


class TraceInstallation(shape.Form):
    """One installation of the part, as its document tells it."""

    host = shape.Line(required=True, metadata={"label": N_("Serial number of what it was in")})
    operator = shape.Line(
        required=True,
        metadata={"label": N_("Operator"), "help": N_("Only your own organisation can read it.")},
    )
    since = Day(required=True, metadata={"label": N_("Installed on"), "widget": "day"})
    until = Day(required=True, metadata={"label": N_("Removed on"), "widget": "day"})
    counted = Rows(CountedRow, metadata={"label": N_("Counters")})
    corrects = shape.Line(
        load_default=None,
        metadata={
            "label": N_("It takes the place of a wrong line"),
            "help": N_("The wrong one stays in the record and counts no more."),
            "widget": "choice",
        },
    )
    why = shape.Line(
        load_default=None,
        metadata={"label": N_("Why the other one was wrong"), "help": N_("Anybody may read this.")},
    )
    evidence = Evidence(required=True, metadata={"label": N_("The document that tells it")})


class ControlPart(shape.Form):
    """How a removed part is kept apart."""

    method = shape.Choice(
        *sm9.CONTROLS,
        required=True,
        metadata={
            "label": N_("How it is kept from being fitted by mistake"),
            "choices": tuple((one, CONTROL_WORDS[one]) for one in sm9.CONTROLS),
        },
    )
    reference = shape.Line(required=True, metadata={"label": N_("Number of the record, tag or place")})
    evidence = Evidence()


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of inputs: what is counted, at which rating, in which unit, and what was read last."""

    counter: str
    rating: str
    words: str
    unit: str
    last: str = ""


def split_counters(pack: Family) -> list[Counter]:
    """The counters of a family that are split by rating; where one rating alone is told, the rest has no name."""
    return [one for one in pack.counters if len(one.ratings) > 1]


def split_fields(connection: Connection, item: Row, schema: type[shape.Form]) -> Sequence[Field]:
    """Everything but the counter, which the address of the form names, and whose unit the total has."""
    chosen = _chosen(split_counters(pack_of(connection, item)))
    unit = "" if chosen is None else chosen.unit
    return [
        replace(one, unit=unit if one.name == "total" else one.unit)
        for one in acts.plain_fields(schema)
        if one.name != "counter"
    ]


def _chosen(split: list[Counter]) -> Counter | None:
    asked = request.values.get("counter")
    return next((one for one in split if one.code == asked), split[0] if split else None)


def split_context(connection: Connection, item: Row) -> Values:
    """The counter that the address or the form names, else the first; its ratings with what each showed last."""
    pack, language = pack_of(connection, item), current()
    split = split_counters(pack)
    chosen = _chosen(split)
    known = counting.readings(queries.counters(connection, item.org_id, item.id), pack)
    last = {(one.counter, one.rating): one for one in counters.standing(known)}
    ratings = () if chosen is None else chosen.ratings
    rows = [_row(chosen, one.code, one.names.text(language), last) for one in ratings if chosen is not None]
    return {
        "tabs": [(one.code, one.names.text(language)) for one in split],
        "chosen": chosen,
        "rows": rows,
        "suggested": {"origin": "instrument"},
    }


def _row(counter: Counter, rating: str, words: str, last: Any) -> Asked:
    shown = last.get((counter.code, rating))
    return Asked(counter.code, rating, words, counter.unit, "" if shown is None else counters.plain(shown.value))


def trace_fields(connection: Connection, item: Row, schema: type[shape.Form]) -> Sequence[Field]:
    """A line to correct only where the address names one."""
    asked = request.values.get("corrects", "")
    rows = [row for row in limited.traced(connection, item.org_id, item.id) if row.id == asked]
    choices = [(row.id, f"{row.host} · {row.since} – {row.until}") for row in rows]
    absent = set() if rows else {"corrects", "why"}
    return [
        replace(one, choices=choices if one.name == "corrects" else one.choices)
        for one in acts.plain_fields(schema)
        if one.name not in absent
    ]


def trace_context(connection: Connection, item: Row) -> Values:
    """What is asked of part and host: the counters that limit the life, by rating."""
    pack, language = pack_of(connection, item), current()
    codes = dict.fromkeys(one.counter for one in pack.life_limits if one.component == item.component)
    rows = [row for code in codes for row in _rows(pack.counter(code), language)]
    return {"rows": rows, "suggested": {"corrects": request.args.get("corrects", "")}}


def _rows(counter: Counter | None, language: str) -> list[Asked]:
    if counter is None:
        return []
    names = counter.names.text(language)
    if not counter.ratings:
        return [Asked(counter.code, "", names, counter.unit)]
    return [
        Asked(counter.code, one.code, f"{names} · {one.names.text(language)}", counter.unit) for one in counter.ratings
    ]


def asked_counter(connection: Connection, item: Row) -> Values:
    """The counter that the address names, and what it showed last: so that one sees what the next reading follows."""
    pack = pack_of(connection, item)
    named = {name: request.args.get(name, "") for name in ("counter", "rating", "corrects")}
    if pack.counter(named["counter"]) is None:
        named["counter"] = pack.counters[0].code if len(pack.counters) == 1 else ""
    known = counters.standing(counting.readings(queries.counters(connection, item.org_id, item.id), pack))
    shown = [one for one in known if (one.counter, one.rating) == (named["counter"], named["rating"])]
    last = shown[-1] if shown else None
    found = pack.counter(named["counter"])
    return {
        "suggested": {"origin": "instrument", **{name: value for name, value in named.items() if value}},
        "last": None if last is None else {"value": counters.plain(last.value), "at": stamp(last.at), "when": last.at},
        "last_unit": "" if found is None else unit(found.unit),
    }
