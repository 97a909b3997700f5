"""Pages of identifiers: those of one part, and the company prefixes under which keys are minted."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from remanu.parts import queries
from remanu.parts.queries import identifiers as held
from remanu.parts.schemas.identifiers import SCHEME_WORDS, WHY_WORDS
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here


@allow("read:workshop")
def identifiers(item_id: str) -> ResponseReturnValue:
    """By which identifiers a part is known, ours first, and those that were withdrawn."""
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        rows = held.identifiers_of(connection, item.org_id, item.id)
    return render_template(
        "parts/identifiers.html",
        item=item,
        rows=rows,
        schemes=SCHEME_WORDS,
        reasons=WHY_WORDS,
        may={verb: bool(actor().roles & PERMISSIONS[f"parts.{verb}_identifier"]) for verb in _VERBS},
    )


_VERBS = ("add", "mint", "withdraw")


@allow("read:administration")
def prefixes() -> ResponseReturnValue:
    """Every company prefix that was confirmed, and the way to confirm one."""
    with here().database.reading() as connection:
        rows = held.prefixes(connection, actor().org_id)
    return render_template("parts/prefixes.html", rows=rows)


ROUTES = (("/parts/<item_id>/identifiers", identifiers, ("GET",)), ("/prefixes", prefixes, ("GET",)))
