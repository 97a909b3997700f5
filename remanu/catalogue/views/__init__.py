"""Pages of reference data: models of shared lists, part types, editions in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from remanu.catalogue import queries
from remanu.catalogue.schemas import ENGINE_WORDS, VERBS
from remanu.catalogue.views import packs
from remanu.families.family import Family
from remanu.rules import text
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.acts import publish_pages
from remanu.web.context import actor, here
from remanu.web.locale import current

_WORKSHOP = "read:workshop"
_QUERY = 80


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("catalogue", __name__)
    publish_pages(VERBS, blueprint)
    for path, view in _PAGES:
        blueprint.add_url_rule(path, view.__name__, view)
    return blueprint


def _may(kind: str) -> bool:
    return bool(actor().roles & PERMISSIONS[kind])


def _page(rows: list[queries.Row]) -> tuple[list[queries.Row], bool]:
    """The rows of one page, and whether there are more."""
    return rows[: queries.PAGE], len(rows) > queries.PAGE


@allow(_WORKSHOP)
def models() -> ResponseReturnValue:
    """Models of the shared lists, found by words of maker, model or code."""
    asked, after = request.args.get("q", "")[:_QUERY], request.args.get("after", "")
    with here().database.reading() as connection:
        found = queries.models(connection, text.search_words(asked), after=after, limit=queries.PAGE + 1)
        lists = queries.lists(connection)
    rows, more = _page(found)
    return render_template(
        "catalogue/models.html",
        rows=rows,
        lists=lists,
        asked=asked,
        after=after,
        cursor=f"{rows[-1].list_id}/{rows[-1].code}" if more else "",
        kinds=ENGINE_WORDS,
        may_define=_may("catalogue.define_type"),
        may_add=_may("catalogue.add_model"),
    )


@allow(_WORKSHOP)
def types() -> ResponseReturnValue:
    """The organisation's part types."""
    after = request.args.get("after", "")
    with here().database.reading() as connection:
        found = queries.part_types(connection, actor().org_id, after=after, limit=queries.PAGE + 1)
        known = queries.packs_to_open(connection, actor().org_id, here().database.clock.now())
    rows, more = _page(found)
    return render_template(
        "catalogue/types.html",
        rows=[(row, _type_name(row), *_place_of(known, row)) for row in rows],
        after=after,
        cursor=rows[-1].id if more else "",
        may_define=_may("catalogue.define_type"),
    )


def _type_name(row: Any) -> str:
    names = {"en": row.name_en, "zh-Hans": row.name_zh_hans, "zh-Hant": row.name_zh_hant}
    return str(names[current()])


def _place_of(known: Mapping[str, Family], row: Any) -> tuple[str, str]:
    """Family and component of a type in words; a later edition may have dropped the component."""
    pack = known[row.family]
    places = {one.code: one.names.text(current()) for one in pack.positions}
    return pack.names.text(current()), places.get(row.component, row.component)


@allow(_WORKSHOP)
def editions() -> ResponseReturnValue:
    """By which edition of each family pack the organisation works, and since when."""
    now = here().database.clock.now()
    with here().database.reading() as connection:
        rows = queries.editions(connection, actor().org_id)
        known = queries.packs_to_open(connection, actor().org_id, max([now, *(row.since for row in rows)]))
    shown = [
        (pack, pack.names.text(current()), [row for row in rows if row.family == pack.id])
        for pack in known.values()
    ]
    return render_template(
        "catalogue/editions.html", packs=shown, now=now, may_publish=_may("catalogue.publish_edition")
    )


_PAGES = (
    ("/catalogue", models),
    ("/catalogue/types", types),
    ("/catalogue/editions", editions),
    *packs.ROUTES,
)
