"""Acts of drawings: draft from a wish, take over from elsewhere, approve what somebody else drafted, retire."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from remanu.accounts.queries import person_of
from remanu.db import Tx
from remanu.drawing.arrange import SHARES, SIDES, Wish, arranged
from remanu.drawing.media import read_media
from remanu.drawing.template import Template, template_of
from remanu.errors import BadInput, Conflict, OwnWork
from remanu.labelling import queries
from remanu.labelling.events import designs as events
from remanu.labelling.queries import Row
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import text
from remanu.rules.actor import Actor
from remanu.rules.designs import REQUIRED

ROWS = ("organisation", "part_number", "serial", "life", "date", "standard", "certificate")
"""What may stand in the rows of a drawing; all else has its place."""
LONGEST = 40_000
_NAME = 60


def draft_design(
    tx: Tx, actor: Actor, *, name: str, kind: str, media: str, side: str, share: str, rows: Sequence[str]
) -> Recorded[events.DesignDrafted]:
    """Draw a label up from a wish: next version of its name. It draws nothing before somebody else approves it.

    BadInput names what is lacking (rules.designs), CannotDraw what has no room, in which language.
    """
    act = begin(tx, actor, "labelling.draft_design")
    wished = wish(kind=kind, side=side, share=share, rows=rows)
    values = arranged(wished, read_media(queries.known_media(media)))
    body = _drafted(act, name, media, values, side=side, share=share, rows=wished.rows)
    return record(act, events.DRAFT_DESIGN, subject(actor.org_id, tx.new_id()), body)


def wish(*, kind: str, side: str, share: str, rows: Sequence[str]) -> Wish:
    """What was asked for, checked; BadInput for a word that is no choice and for a row that stands twice."""
    for field, said, choices in (("kind", kind, REQUIRED), ("side", side, SIDES), ("share", share, SHARES)):
        if said not in choices:
            raise BadInput(field, "not-a-choice")
    chosen = tuple(one for one in rows if one)
    if set(chosen) - set(ROWS):
        raise BadInput("rows", "not-a-choice")
    if len(set(chosen)) < len(chosen):
        raise BadInput("rows", "given-twice")
    return Wish(kind=kind, side=side, share=share, rows=chosen)  # type: ignore[arg-type]


def import_design(
    tx: Tx, actor: Actor, *, name: str, media: str, drawing: str
) -> Recorded[events.DesignDrafted]:
    """Take a drawing over that another installation, or a person, wrote as JSON; checked like any other."""
    act = begin(tx, actor, "labelling.import_design")
    values = _decoded(drawing)
    body = _drafted(act, name, queries.known_media(media), values)
    return record(act, events.IMPORT_DESIGN, subject(actor.org_id, tx.new_id()), body)


def _decoded(drawing: str) -> Mapping[str, Any]:
    """The values of the text; whole numbers and decimals are all that it may hold beside words."""
    if len(drawing) > LONGEST:
        raise BadInput("drawing", "too-long")
    try:
        values = json.loads(drawing, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadInput("drawing", "not-json") from error
    if not isinstance(values, dict):
        raise BadInput("drawing", "not-json")
    return values


def _no_number(word: str) -> float:
    raise ValueError(word)


def _drafted(
    act: Act, name: str, media: str, values: Mapping[str, Any], **wished: Any
) -> events.DesignDrafted:
    tx, called = act.tx, text.clean_line("name", name, limit=_NAME)
    drawing = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    template = template_of(called, values)
    _check(tx, template, media, field="rows" if wished else "drawing")
    return events.DesignDrafted(
        name=called,
        version=queries.latest_version(tx.connection, act.actor.org_id, called) + 1,
        kind=template.kind,
        media=media,
        drawing=drawing,
        digest=hashlib.sha256(drawing.encode()).hexdigest(),
        **wished,
    )


def _check(tx: Tx, template: Template, media: str, *, field: str) -> None:
    """Refuse what lacks a field or says too much, and what has no room for words as long as they are in earnest."""
    found = queries.faults_of(template)
    if found:
        raise BadInput(field, found[0].why, of=list(found[0].of))
    stock = read_media(media)
    if len(template.codes) != stock.symbols:
        raise BadInput(field, "design-symbols", symbols=stock.symbols)
    queries.check_room(template, stock, tx.label_origin.partition("://")[2].upper())


def approve_design(tx: Tx, actor: Actor, design_id: str) -> Recorded[events.DesignApproved]:
    """Let labels be drawn so from now on; OwnWork for whoever drafted it, whatever he signs in as."""
    act = begin(tx, actor, "labelling.approve_design")
    row = queries.find_design(tx.connection, actor.org_id, design_id)
    if row.state != "draft":
        raise Conflict(why="design-not-draft")
    author, approver = (person_of(tx.connection, actor.org_id, one) for one in (row.author, actor.ref))
    if author == approver:
        raise OwnWork(acts=["draft_design"])
    # Words and stocks are data that changes: what was in order when it was drafted is looked at once more.
    _check(tx, queries.drawing_of(row), row.media, field="design")
    before = queries.approved_design(tx.connection, actor.org_id, row.kind, row.media)
    body = events.DesignApproved(
        digest=row.digest, kind=row.kind, media=row.media, replaces=None if before is None else before.id
    )
    return record(act, events.APPROVE_DESIGN, subject(actor.org_id, row.id), body)


def retire_design(tx: Tx, actor: Actor, design_id: str) -> Recorded[events.DesignRetired]:
    """Draw nothing so any longer: labels on this stock are drawn by the built-in drawing again."""
    act = begin(tx, actor, "labelling.retire_design")
    row: Row = queries.find_design(tx.connection, actor.org_id, design_id)
    if row.state not in {"draft", "approved"}:
        raise Conflict(why="design-ended")
    return record(
        act, events.RETIRE_DESIGN, subject(actor.org_id, row.id), events.DesignRetired(digest=row.digest)
    )
