"""Back to birth: every installation of a life-limited part, where its trace breaks, and what is left of its life."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.errors import NotFound
from remanu.parts import queries
from remanu.parts.queries import Row, limited
from remanu.parts.queries.limited import Limited
from remanu.parts.schemas.asked import moment_of
from remanu.parts.schemas.lives import CONTROL_WORDS
from remanu.parts.schemas.told import BREAK_WORDS, MARK_WORDS, POLICY_WORDS, left, operator
from remanu.parts.schemas.told import lines as told_lines
from remanu.rules import counters as rules
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here

_CSV = "text/csv; charset=utf-8"


@allow("read:workshop")
def back_to_birth(item_id: str) -> ResponseReturnValue:
    """The back-to-birth page of a life-limited part, as it was on the day that `on` names."""
    asked = moment_of(request.args)
    with here().database.reading() as connection:
        item, found = _find(connection, item_id)
        lines = told_lines(connection, found)
    return render_template(
        "parts/back_to_birth.html",
        item=item,
        asked=asked,
        found=found,
        lines=lines,
        broken=[one for one in found.breaks if not one.span],
        left=left(found),
        break_words=BREAK_WORDS,
        policy_words=POLICY_WORDS,
        mark_words=MARK_WORDS,
        control_words=CONTROL_WORDS,
        share=rules.percent(found.standing.fraction),
        may_enter=bool(actor().roles & PERMISSIONS["parts.trace_installation"]),
        may_control=bool(actor().roles & PERMISSIONS["parts.control_part"]) and _may_be_kept_apart(found),
    )


def _may_be_kept_apart(found: Limited) -> bool:
    """It still exists, and sits in no unit."""
    fitted = any(one.installation is not None and one.span.until is None for one in found.told)
    return found.state != "MUTILATED" and not fitted


def _find(connection: Connection, item_id: str) -> tuple[Row, Limited]:
    item = queries.find_item(connection, actor().org_id, item_id)
    at = moment_of(request.args).at
    found = limited.limited_parts(connection, item.org_id, [item], pack_of(connection, item), at)
    if not found:
        raise NotFound(what="limited life")
    return item, found[0]


@allow("read:workshop")
def back_to_birth_csv(item_id: str) -> Response:
    """The table as CSV: one row a counter of each installation."""
    with here().database.reading() as connection:
        item, found = _find(connection, item_id)
        rows = list(_rows(connection, found))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    writer.writerows([_inert(value) for value in row] for row in rows)
    response = Response(text.getvalue(), content_type=_CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="back-to-birth-{item.code}.csv"'
    return response


_HEADINGS = ("operator", "host", "since", "until", "whose", "counter", "rating", "start", "end", "document", "breaks")


def _rows(connection: Connection, found: Limited) -> Iterator[tuple[str, ...]]:
    for told in found.told:
        span = told.span
        broken = " ".join(one.why for one in found.breaks if one.span == span.id)
        ends = {"part": (span.part_start, span.part_end), "host": (span.host_start, span.host_end)}
        for whose, (start, end) in ends.items():
            for counter, rating in dict.fromkeys((*start, *(end or {}))):
                key = (counter, rating)
                yield (
                    operator(connection, told),
                    span.host,
                    span.since.isoformat(),
                    "" if span.until is None else span.until.isoformat(),
                    whose,
                    counter,
                    rating,
                    _plain(start, key),
                    _plain(end or {}, key),
                    "" if told.row is None else told.row.digest,
                    broken,
                )


def _plain(counts: Mapping[tuple[str, str], Any], key: tuple[str, str]) -> str:
    return rules.plain(counts[key]) if key in counts else ""


def _inert(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


ROUTES = (
    ("/parts/<item_id>/back-to-birth", back_to_birth, ("GET",)),
    ("/parts/<item_id>/back-to-birth.csv", back_to_birth_csv, ("GET",)),
)
