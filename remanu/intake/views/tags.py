"""Pages of blank tags: batches printed ahead, and one batch as a sheet for the printer."""

from __future__ import annotations

from collections import Counter

from flask import render_template
from flask.typing import ResponseReturnValue

from remanu.drawing.symbol import Symbol, encode
from remanu.errors import NotFound
from remanu.intake import queries
from remanu.intake.schemas import words
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here


@allow("read:workshop")
def tags() -> ResponseReturnValue:
    """Every batch with how many of its tags a part has taken."""
    with here().database.reading() as connection:
        rows = queries.batches(connection, actor().org_id)
    may = bool(actor().roles & PERMISSIONS["intake.issue_tags"])
    return render_template("intake/tags.html", rows=rows, may_issue=may)


@allow("read:workshop")
def tag_batch(batch: str) -> ResponseReturnValue:
    """The tags of a batch, each with its symbol and its code; one that has a part is not printed again."""
    with here().database.reading() as connection:
        rows = queries.tags_of(connection, actor().org_id, batch)
    if not rows:
        raise NotFound(what="batch")
    origin = here().config.label_origin
    drawn = {row.code: _symbol(f"{origin}/{row.code}") for row in rows if not (row.item_id or row.voided_at)}
    may = [verb for verb in ("keep_tags", "void_tags") if actor().roles & PERMISSIONS[f"intake.{verb}"]]
    void = Counter(row.void_why for row in rows if row.voided_at and not row.item_id)
    shown = {"drawn": drawn, "may": may, "void_words": words.VOID_WORDS, "void": void}
    return render_template("intake/tag_batch.html", rows=rows, number=rows[0].number, **shown)


def _symbol(text: str) -> Symbol:
    scheme, _, rest = text.partition("://")
    # Capitals alone make the smaller symbol (labels.md §1).
    return encode(f"{scheme}://{rest.upper()}")


ROUTES = (
    ("/intake/tags", "tags", tags, ("GET",)),
    ("/intake/tags/<batch>", "tag_batch", tag_batch, ("GET",)),
)
