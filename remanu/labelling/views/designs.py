"""Pages of drawings: all of them, one with its history, and how a real part's label would look while one is made."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from remanu.drawing.fields import LabelFields
from remanu.drawing.media import Media, read_media
from remanu.drawing.png import draw_png
from remanu.drawing.template import Template
from remanu.errors import BadInput
from remanu.labelling import queries
from remanu.labelling.queries import Row
from remanu.labelling.schemas import designs as schemas
from remanu.labelling.schemas import trying
from remanu.labelling.schemas.labels import KIND_WORDS
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here

_READERS = "read:workshop"


@allow(_READERS)
def designs() -> ResponseReturnValue:
    """Every drawing of the organisation, and which of them labels are drawn by."""
    with here().database.reading() as connection:
        rows = queries.all_designs(connection, actor().org_id)
    may = bool(actor().roles & PERMISSIONS["labelling.draft_design"])
    return render_template(
        "labelling/designs.html", rows=rows, states=schemas.STATE_WORDS, kinds=KIND_WORDS, may=may
    )


@allow(_READERS)
def design(design_id: str) -> ResponseReturnValue:
    """One version of a drawing: how it looks in each language, who approved it, what comes next."""
    with here().database.reading() as connection:
        row = queries.find_design(connection, actor().org_id, design_id)
        parts = queries.lately_labelled(connection, row.org_id, row.kind)
        shown = trying.of_design(connection, row, request.args.get("item", ""))
    return render_template(
        "labelling/design.html",
        row=row,
        row_words=schemas.ROW_WORDS,
        **shown,
        parts=parts,
        chosen=request.args.get("item", ""),
        states=schemas.STATE_WORDS,
        words=schemas,
        kinds=KIND_WORDS,
        may=_may(row),
    )


def _may(row: Row) -> dict[str, bool]:
    held = actor().roles
    return {
        "approve": row.state == "draft"
        and row.author != actor().ref
        and bool(held & PERMISSIONS["labelling.approve_design"]),
        "own": row.state == "draft" and row.author == actor().ref,
        "retire": row.state in {"draft", "approved"} and bool(held & PERMISSIONS["labelling.retire_design"]),
        "draft": bool(held & PERMISSIONS["labelling.draft_design"]),
    }


@allow(_READERS)
def design_json(design_id: str) -> Response:
    """The drawing as JSON, to be taken over elsewhere."""
    with here().database.reading() as connection:
        row = queries.find_design(connection, actor().org_id, design_id)
    response = Response(
        json.dumps(json.loads(row.drawing), ensure_ascii=False, indent=1), mimetype="application/json"
    )
    response.headers["Content-Disposition"] = (
        f'attachment; filename="label-design-{row.kind}-{row.media}.json"'
    )
    return response


@allow(_READERS)
def design_png(design_id: str) -> Response:
    """The drawing with the words of a part, or of none, as PNG."""
    with here().database.reading() as connection:
        row = queries.find_design(connection, actor().org_id, design_id)
        said = trying.said(connection, row.kind, request.args.get("item", ""))
    return _png(queries.drawing_of(row), read_media(row.media), said)


@allow("act:labelling.draft_design")
def preview() -> ResponseReturnValue:
    """How the label that is being drawn up looks, in all three languages; what stands against it, in words."""
    with here().database.reading() as connection:
        shown = trying.shown(connection, request.args)
    return render_template("labelling/_preview.html", row_words=schemas.ROW_WORDS, **shown)


@allow("act:labelling.draft_design")
def preview_png() -> Response:
    """One language of it as PNG."""
    asked = trying.asked(request.args)
    with here().database.reading() as connection:
        said = trying.said(connection, asked["kind"], request.args.get("item", ""))
    return _png(*trying.wished(asked), said)


def _png(template: Template, media: Media, said: Sequence[LabelFields]) -> Response:
    wanted = request.args.get("locale", "en")
    found = next((one for one in said if one.locale == wanted), None)
    if found is None:
        raise BadInput("locale", "not-a-choice")
    return Response(draw_png(found, template, media, dpi=trying.DPI), mimetype="image/png")


ROUTES = (
    ("/label-designs", designs),
    ("/label-designs/preview", preview),
    ("/label-designs/preview.png", preview_png),
    ("/label-designs/<design_id>", design),
    ("/label-designs/<design_id>.json", design_json),
    ("/label-designs/<design_id>.png", design_png),
)
