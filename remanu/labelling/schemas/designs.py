"""Shapes of what is typed of drawings, and their verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from sqlalchemy.engine import Connection

from remanu.errors import Refusal
from remanu.labelling import actions, queries
from remanu.labelling.queries import Row
from remanu.labelling.schemas import trying
from remanu.labelling.schemas.labels import Nothing
from remanu.labelling.schemas.wish import ROW_WORDS, SHARE_WORDS, SIDE_WORDS, Wish, media_field, name_field
from remanu.ledger.kinds import Recorded
from remanu.web import shape
from remanu.web.acts import On, Values, Verb
from remanu.web.context import actor
from remanu.web.words import N_

__all__ = ["ROW_WORDS", "SHARE_WORDS", "SIDE_WORDS", "STATE_WORDS", "VERBS"]

STATE_WORDS = {
    "draft": ("process", N_("Waits for approval")),
    "approved": ("verified", N_("Labels are drawn so")),
    "superseded": ("unknown", N_("A later drawing took its place")),
    "retired": ("unknown", N_("Retired")),
}
_USUAL = {
    "label": ("organisation", "part_number", "serial", "life", "date", "standard", "certificate"),
    "tag": ("part_number", "serial", "date", "organisation"),
}
_STOCK = "roll-70x40"


class DraftDesign(Wish):
    """A drawing with its name."""

    name = name_field()


class ImportDesign(shape.Form):
    """A drawing that was written elsewhere."""

    name = name_field()
    media = media_field()
    drawing = shape.Note(
        required=True,
        limit=40_000,
        metadata={
            "label": N_("The drawing as JSON"),
            "help": N_("As another installation gives it out: sizes and places in millimetres."),
        },
    )


def usual(kind: str) -> dict[str, str]:
    """What a new drawing begins with, by the names of the form."""
    rows = {f"rows.{no}": one for no, one in enumerate(_USUAL[kind])}
    return {"kind": kind, "media": _STOCK, "side": "left", "share": "large", **rows}


def wished(design: Row) -> dict[str, str]:
    """What a design was wished as, for its next version; one that came from elsewhere begins as usual."""
    begun = usual(design.kind) | {"name": design.name, "media": design.media}
    if not design.side:
        return begun
    rows = {f"rows.{no}": one for no, one in enumerate(design.rows.split(","))}
    plain = {name: value for name, value in begun.items() if not name.startswith("rows.")}
    return {**plain, "side": design.side, "share": design.share, **rows}


def _drafting(connection: Connection, _target: Any) -> Values:
    """What was chosen so far comes back in the address, so that the page shows it without script too."""
    asked = request.args.to_dict()
    if "from" in asked:
        begun = wished(queries.find_design(connection, actor().org_id, asked["from"]))
    else:
        begun = usual("tag" if asked.get("kind") == "tag" else "label") if "side" not in asked else {}
        begun = {**begun, **asked}
    parts = queries.lately_labelled(connection, actor().org_id, begun.get("kind", "label"))
    words = {
        "row_words": ROW_WORDS,
        "slots": range(len(actions.ROWS)),
        "parts": parts,
        "chosen": asked.get("item", ""),
    }
    return {"suggested": begun, **words, **_shown(connection, {**begun, "item": asked.get("item", "")})}


def _shown(connection: Connection, begun: Mapping[str, str]) -> Values:
    """How it looks so far; nothing where what came in the address is no drawing."""
    try:
        return trying.shown(connection, begun)
    except Refusal:
        return {"tried": [], "lacks": []}


def _approving(connection: Connection, design: Row) -> Values:
    """What is approved is seen with it: the drawing in each language."""
    return trying.of_design(connection, design)


def _to_new(_target: Any, answer: Values) -> str:
    return url_for("labelling.design", design_id=answer["more"]["design"])


def _own_id(done: Recorded[Any]) -> Values:
    return {"design": done.subject.id, "version": done.body.version}


NEW_DESIGN = On(
    "label-designs", lambda *_: None, lambda _: "", lambda _: url_for("labelling.designs"), travels=False
)
ON_DESIGN = On(
    "label-designs/<target_id>",
    queries.find_design,
    lambda one: str(one.state),
    lambda one: url_for("labelling.design", design_id=one.id),
    travels=False,
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "labelling.draft_design",
        N_("Draw up a label"),
        NEW_DESIGN,
        DraftDesign,
        actions.draft_design,
        context=_drafting,
        then=_to_new,
        answer=_own_id,
    ),
    Verb(
        "labelling.import_design",
        N_("Take over a drawing"),
        NEW_DESIGN,
        ImportDesign,
        actions.import_design,
        then=_to_new,
        answer=_own_id,
    ),
    Verb(
        "labelling.approve_design",
        N_("Approve the drawing"),
        ON_DESIGN,
        Nothing,
        actions.approve_design,
        context=_approving,
    ),
    Verb("labelling.retire_design", N_("Retire the drawing"), ON_DESIGN, Nothing, actions.retire_design),
)
