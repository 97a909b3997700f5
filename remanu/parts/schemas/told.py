"""How counters and limited lives are told, on pages and as JSON: figures as text, breaks in words, methods marked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask import url_for
from marshmallow import Schema, fields
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.ledger import seal
from remanu.parts.queries import Row, limited
from remanu.parts.queries.counting import Counters, Due
from remanu.parts.queries.limited import Limited
from remanu.parts.queries.spans import Flat, Told
from remanu.rules import counters as rules
from remanu.rules.trace import Break
from remanu.web.context import here
from remanu.web.locale import current, gettext
from remanu.web.shell import unit
from remanu.web.words import N_

POLICY_WORDS = {
    "none": N_("No limited life"),
    "fraction-sum": N_("Linear damage: the shares at all ratings are added up"),
    "first-reached": N_("Whichever comes first: each limit stands alone"),
    "summed": N_("Summed: the shares of all counters are added up"),
}
MARK_WORDS = {
    "V": N_("verified"),
    "P": N_("weak source"),
    "M": N_("method from memory, to be checked before use"),
    "I": N_("illustrative"),
}
BREAK_WORDS = {
    "no-trace": N_("No installation is on record, and the part did not come new."),
    "no-birth": N_("The first line does not begin at nothing: what came before is not told."),
    "unread": N_("A counter that limits the life was not read at one end."),
    "falls": N_("A counter falls over the installation."),
    "backwards": N_("It was removed before it was installed."),
    "overlap": N_("It was in two units at once."),
    "open": N_("It was installed elsewhere before it was removed."),
    "gap": N_("It does not go on where the line before ended."),
    "delta": N_("The part did not count what its host counted."),
    "unaccounted": N_("The part shows more, or less, than its lines account for."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: where the part was, from when to when, what both showed, and where that is from."""

    id: str
    host: str
    host_item: str | None
    operator: str
    since: date
    until: date | None
    part: tuple[tuple[str, str, str], ...]
    host_counters: tuple[tuple[str, str, str], ...]
    document: str
    breaks: tuple[str, ...]


def due_line(one: Due) -> dict[str, Any]:
    """A due interval as a page and JSON show it; counts in the interval's unit."""
    interval = one.interval
    return {
        "code": interval.code,
        "words": interval.names.text(current()),
        "unit": interval.unit,
        "interval": interval.interval,
        "factored": rules.plain(one.equivalent.factored),
        "actual": rules.plain(one.equivalent.actual),
        "factor": "" if one.equivalent.factor is None else f"{float(one.equivalent.factor):.4f}",
        "stretched": one.stretched,
        "left": one.left,
        "share": rules.percent(one.fraction),
        "since_life": one.since_life,
        "weighted": any(weight.weight != "1" for weight in interval.weights),
        "unweighed": {code: rules.plain(value) for code, value in one.unweighed.items()},
        "source": interval.source.text,
        "tag": interval.source.tag,
        "due": one.fraction >= 1,
    }




def counters_told(found: Counters, on: str) -> dict[str, Any]:
    """The counters of a part as JSON."""
    return {
        "at": found.at,
        "on": on or None,
        "counters": [
            {
                "counter": one.code,
                "unit": one.unit,
                "total": rules.plain(found.now[one.code].total),
                "ratings": {code: rules.plain(value) for code, value in found.now[one.code].ratings.items()},
                "unsplit": rules.plain(found.now[one.code].unsplit) if one.ratings else "0",
                "since_life": rules.plain(found.since[one.code].total) if one.code in found.since else None,
            }
            for one in found.family.counters
            if one.code in found.now
        ],
        "due": [due_line(one) for one in found.due],
        "policy": found.family.life_policy,
        "share": rules.percent(found.fraction),
    }




def left(found: Limited) -> list[dict[str, str]]:
    """What is left at each limit, with what was used of it and where the limit comes from."""
    return [
        {
            "counter": limit.counter,
            "rating": limit.rating,
            "words": words_of(found, limit.counter, limit.rating),
            "limit": limit.limit,
            "used": rules.plain(one.used),
            "remaining": str(one.remaining),
            "unit": _unit(found, limit.counter),
            "source": limit.source.text,
            "tag": limit.source.tag,
        }
        for limit, one in zip(found.limits, found.standing.left, strict=True)
    ]


def words_of(found: Limited, counter: str, rating: str) -> str:
    """A counter and its rating as the pack calls them."""
    known = found.family.counter(counter)
    if known is None:
        return counter
    names = known.names.text(current())
    named = next((one.names.text(current()) for one in known.ratings if one.code == rating), rating)
    return f"{names} · {named}" if named else names


def _unit(found: Limited, counter: str) -> str:
    known = found.family.counter(counter)
    return "" if known is None else known.unit


def lines(connection: Connection, found: Limited) -> list[Line]:
    """The back-to-birth table, oldest first."""
    return [_line(connection, found, one) for one in found.told]


def _line(connection: Connection, found: Limited, told: Told) -> Line:
    span = told.span
    return Line(
        id=span.id,
        host=span.host,
        host_item=told.host_item,
        operator=operator(connection, told),
        since=span.since,
        until=span.until,
        part=_counts(found, dict(span.part_start), dict(span.part_end or {})),
        host_counters=_counts(found, dict(span.host_start), dict(span.host_end or {})),
        document="" if told.row is None else told.row.digest,
        breaks=tuple(break_said(found, one) for one in found.breaks if one.span == span.id),
    )


def operator(connection: Connection, told: Told) -> str:
    """Who operated the host, where a document said so and its seal can still be opened."""
    if told.row is None:
        return ""
    row = told.row
    words = seal.open_sealed(connection, here().database.keyring, org_id=row.org_id, event_id=row.event_id)
    return str(words.get("operator", "")) if words else ""


def _counts(found: Limited, start: Flat, end: Flat) -> tuple[tuple[str, str, str], ...]:
    keys = dict.fromkeys((*start, *end))
    return tuple((_short(found, *key), _shown(found, start, key), _shown(found, end, key)) for key in keys)


def _short(found: Limited, counter: str, rating: str) -> str:
    """The rating alone where there is one: the table has no room for more."""
    known = found.family.counter(counter)
    named = [one.names.text(current()) for one in known.ratings if one.code == rating] if known else []
    return named[0] if named else words_of(found, counter, rating)


def _shown(found: Limited, counts: Flat, key: tuple[str, str]) -> str:
    value = counts.get(key)
    return "" if value is None else f"{rules.plain(value)} {unit(_unit(found, key[0]))}".strip()


def break_said(found: Limited, one: Break) -> str:
    """A break in words, with the counter and by how much it is off."""
    said = gettext(BREAK_WORDS[one.why])
    if not one.counter or not one.amount:
        return said
    off = f"{rules.plain(one.amount)} {unit(_unit(found, one.counter))}".strip()
    return f"{said} {words_of(found, one.counter, one.rating)}: {off}"


def status(connection: Connection, item: Row) -> dict[str, Any]:
    """What the part's own page shows of its limited life; nothing for other parts."""
    pack = pack_of(connection, item)
    if not pack.is_limited(item.component):
        return {}
    found = limited.limited_parts(connection, item.org_id, [item], pack, here().database.clock.now())[0]
    return {
        "limited": found,
        "left": left(found),
        "share": rules.percent(found.standing.fraction),
        "policy_words": POLICY_WORDS,
        "mark_words": MARK_WORDS,
        "href": url_for("parts.back_to_birth", item_id=item.id),
    }


def trace_told(connection: Connection, item: Row, found: Limited, on: str) -> dict[str, Any]:
    """A life-limited part and its back-to-birth table as JSON."""
    return {
        "item_id": item.id,
        "on": on or None,
        "state": found.state,
        "life": found.life,
        "why": found.why or None,
        "policy": found.family.life_policy,
        "mark": found.policy.mark,
        "share": rules.percent(found.standing.fraction),
        "limits": left(found),
        "doubts": list(found.standing.doubts),
        "installations": [asdict(one) for one in lines(connection, found)],
        "breaks": [
            {
                "why": one.why,
                "span": one.span or None,
                "counter": one.counter or None,
                "rating": one.rating or None,
                "amount": rules.plain(one.amount),
            }
            for one in found.breaks
        ],
    }


class CountersOut(Schema):
    """The counters of a part at a moment: totals, ratings, since the life opened, and what is due."""

    at = fields.AwareDateTime()
    on = fields.String(allow_none=True)
    counters = fields.List(fields.Dict(keys=fields.String()))
    due = fields.List(fields.Dict(keys=fields.String()))
    policy = fields.String()
    share = fields.String()


class Ends(Schema):
    """One installation of a back-to-birth table."""

    id = fields.String()
    host = fields.String()
    host_item = fields.String(allow_none=True)
    operator = fields.String()
    since = fields.Date()
    until = fields.Date(allow_none=True)
    part = fields.List(fields.List(fields.String()))
    host_counters = fields.List(fields.List(fields.String()))
    document = fields.String()
    breaks = fields.List(fields.String())


class TraceOut(Schema):
    """A life-limited part: its state, what is left, its installations and where its trace breaks."""

    item_id = fields.String()
    on = fields.String(allow_none=True)
    state = fields.String()
    life = fields.String()
    why = fields.String(allow_none=True)
    policy = fields.String()
    mark = fields.String()
    share = fields.String()
    limits = fields.List(fields.Dict(keys=fields.String()))
    doubts = fields.List(fields.String())
    installations = fields.List(fields.Nested(Ends))
    breaks = fields.List(fields.Dict(keys=fields.String()))
