"""What stopping a certificate would mark, before anybody signs it: units, what holds them, and records of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.engine import Connection

from remanu.certification import queries
from remanu.certification.queries import File, marked
from remanu.certification.schemas import about
from remanu.certification.schemas.fields import SEPARATOR, token
from remanu.errors import BadInput
from remanu.exchange.queries.reached import Effect, effect
from remanu.rules.certification import Line

_ONE_BY_ONE = 12
"""So many lines are counted one by one on a form; longer scopes are asked for line by line on a page of their own."""
_PARTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLine:
    """A line of the scope in words, the text by which it is named, and what stopping it would mark."""

    word: str
    token: str
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What would be marked: counts, and the units one by one, a page at a time."""

    effect: Effect
    line: str
    units: list[Any]
    cursor: str
    zone: str


def stopping(connection: Connection, target: File) -> Mapping[str, Any]:
    """What a form shows above the reasons: the whole effect, and that of each line."""
    said = about.about_file(connection, target)
    if target.row.number is None:
        return said
    scope = _scope(connection, target.id)
    lines = target.now.lines if 1 < len(target.now.lines) <= _ONE_BY_ONE else ()
    each = [
        OfLine(word=about.line_word(one), token=token(one), effect=effect(connection, scope, (one,))) for one in lines
    ]
    return {**said, "effect": effect(connection, scope), "by_line": each, "file_id": target.id}


def listed(connection: Connection, file: File, *, limit: int) -> Listed:
    """The units that would be marked; `line` of the address narrows it to one line. BadInput for one not in scope."""
    lines, after = _line(file, request.args.get("line", "")), request.args.get("after", "")
    scope = _scope(connection, file.id)
    rows = marked.page(connection, scope, lines, after=after, limit=limit + 1)
    return Listed(
        effect=effect(connection, scope, lines),
        line=token(lines[0]) if lines else "",
        units=rows[:limit],
        cursor=rows[limit - 1].id if len(rows) > limit else "",
        zone=scope.zone,
    )


def _scope(connection: Connection, file_id: str) -> marked.Scope:
    entry = queries.find_entry(connection, file_id, about.today())
    return marked.scope_of(entry.row, entry.happened)


def _line(file: File, given: str) -> tuple[Line, ...]:
    if not given:
        return ()
    parts = given.split(SEPARATOR)
    if len(parts) != _PARTS or Line(*parts) not in file.now.lines:
        raise BadInput("line", "not-in-scope")
    return (Line(*parts),)
