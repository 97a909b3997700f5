"""Trees of parts as pages: what sits in what, now or on a day, and where a part was used."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.clock import stamp
from remanu.parts import queries
from remanu.parts.queries import Row, finding, trees, usage
from remanu.parts.queries.usage import Direction, Use
from remanu.parts.schemas.asked import Moment, after_of, direction_of, moment_of
from remanu.parts.schemas.counted import counter_names, named
from remanu.parts.schemas.trees import WHY_WORDS
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here

FOLDED = 200
"""How many parts of the second level a page brings along; what is more comes when its assembly is opened."""
_READ = "read:workshop"
_LONGEST = 200
_WHO = ("direction", "level", "position", "part", "code", "part_number", "serial")
_COLUMNS = (*_WHO, "life", "from", "to", "how", "why")


@allow(_READ)
def tree(item_id: str) -> ResponseReturnValue:
    """What sits in a part, all levels, now or at the end of a day; folded, a page of each level at a time."""
    when, after, asked = moment_of(request.args), after_of(request.args), _asked()
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        page = _level(connection, item, when, after)
        if request.args.get("inner"):
            return render_template("parts/_tree.html", item=item, when=when, **page)
        page |= _around(connection, item, when)
        page |= _found(connection, item, when, asked)
        page["counters"] = _counters(connection, item, [row.item_id for row in page["rows"]], when)
    roles = actor().roles
    may = {verb: bool(roles & PERMISSIONS[f"parts.{verb}"]) for verb in ("fit", "remove")}
    return render_template("parts/tree.html", item=item, when=when, asked=asked, after=after, may=may, **page)


def _asked() -> str:
    return request.args.get("q", "")[:_LONGEST].strip()


def _level(connection: Connection, item: Row, when: Moment, after: str) -> dict[str, Any]:
    rows = trees.children(connection, item.org_id, item.id, when.at, after=after)
    room, opened = FOLDED, []
    for row in rows:
        if 0 < row.holds <= room:
            opened.append(row.item_id)
            room -= row.holds
    inner = trees.within(connection, item.org_id, opened, when.at) if opened else {}
    return {
        "rows": rows,
        "inner": inner,
        "following": rows[-1].position if len(rows) == trees.PAGE else "",
    }


def _around(connection: Connection, item: Row, when: Moment) -> dict[str, Any]:
    """The way up from the part, from the outermost assembly inwards, and how much is in it."""
    way = trees.ways_up(connection, item.org_id, [item.id], when.at).get(item.id, [])
    hosts = [(queries.find_item(connection, item.org_id, step.host_id), step.position) for step in reversed(way)]
    count, levels = trees.size(connection, item.org_id, item.id, when.at)
    return {"hosts": hosts, "count": count, "levels": levels}


def _found(connection: Connection, item: Row, when: Moment, asked: str) -> dict[str, Any]:
    """Parts of the tree that were searched for, each with the positions that lead to it."""
    wanted = finding.carrying(item.org_id, asked) if asked else None
    if wanted is None:
        return {"found": [], "ways": {}, "further": ""}
    more = request.args.get("more", "")
    rows = trees.find_in(
        connection, item.org_id, item.id, when.at, wanted=wanted, after=more if more.isprintable() else ""
    )
    ways = trees.ways_up(connection, item.org_id, [row.item_id for row in rows], when.at)
    return {
        "found": rows,
        "ways": {one: _inside(way, item.id) for one, way in ways.items()},
        "further": rows[-1].item_id if len(rows) == trees.PAGE else "",
    }


def _inside(way: list[trees.Step], top: str) -> list[str]:
    """The positions from the top of this page's tree down to the part."""
    below = []
    for step in way:
        below.append(step.position)
        if step.host_id == top:
            break
    return below[::-1]


def _counters(connection: Connection, item: Row, others: list[str], when: Moment) -> dict[str, Any]:
    shown = queries.counters_at(connection, item.org_id, [item.id, *others], when.at)
    return {"shown": shown, "named": partial(named, counter_names(pack_of(connection, item)))}


@allow(_READ)
def uses(item_id: str) -> ResponseReturnValue:
    """Where a part was used, or what it ever held: all levels, other assemblies and other lives, oldest first."""
    way, after = direction_of(request.args), after_of(request.args)
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        rows = usage.uses(connection, item.org_id, item.id, way, after=after)
    following = rows[-1].key if len(rows) == usage.PAGE else ""
    page = {"rows": rows, "direction": way, "after": after, "following": following, "why_words": WHY_WORDS}
    return render_template("parts/uses.html", item=item, **page)


@allow(_READ)
def uses_csv(item_id: str) -> ResponseReturnValue:
    """The same in both directions and to the end, for a spreadsheet."""
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
    lines = stream_with_context(_lines(item))
    named = {"Content-Disposition": f'attachment; filename="uses-{item.code}.csv"'}
    return Response(lines, mimetype="text/csv", headers=named)


def _lines(item: Row) -> Iterator[str]:
    yield _line(_COLUMNS)
    ways: tuple[Direction, Direction] = ("up", "down")
    with here().database.reading() as connection:
        for way in ways:
            for one in usage.all_uses(connection, item.org_id, item.id, way):
                yield _line(_cells(way, one))


def _cells(way: str, one: Use) -> tuple[str, ...]:
    told = (way, str(one.level), one.position, one.name, one.code, one.part_number, one.serial or "")
    life = "" if one.life is None else str(one.life)
    until = "" if one.until is None else stamp(one.until)
    return (*told, life, stamp(one.since), until, "found" if one.found else "fitted", one.ended or "")


def _line(cells: tuple[str, ...]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow([_plain(cell) for cell in cells])
    return held.getvalue()


def _plain(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula (CWE-1236)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


ROUTES = (
    ("/parts/<item_id>/tree", tree, ("GET",)),
    ("/parts/<item_id>/uses", uses, ("GET",)),
    ("/parts/<item_id>/uses.csv", uses_csv, ("GET",)),
)
