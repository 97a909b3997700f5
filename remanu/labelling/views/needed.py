"""What needs a label: the list, and the one act that reserves for everything ticked."""

from __future__ import annotations

from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from remanu.errors import BadInput, Refusal
from remanu.labelling import actions, queries
from remanu.labelling.queries.needed import Kind
from remanu.parts.queries import cursor
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import NAMES, current
from remanu.web.strict import ticked
from remanu.web.words import N_

KIND_WORDS = {"label": N_("Released, without a label"), "tag": N_("In process, without a tag")}


@allow("read:workshop")
def needed() -> ResponseReturnValue:
    """Parts without what they should carry, those first that wait longest."""
    return _page(_kind(request.args.get("kind", "label")), after=request.args.get("after", ""))


def _kind(asked: str) -> Kind:
    if asked not in KIND_WORDS:
        raise BadInput("kind", "not-a-choice")
    return cast("Kind", asked)


def _page(kind: Kind, *, after: str = "", problem: Refusal | None = None) -> str:
    with here().database.reading() as connection:
        rows = queries.needing(connection, actor().org_id, kind, after=after if after.isprintable() else "")
    return render_template(
        "labelling/needed.html",
        kind=kind,
        kinds=KIND_WORDS,
        rows=rows,
        following=cursor(rows[-1].case) if len(rows) == queries.PAGE else "",
        stocks=queries.stocks(),
        languages_of=tuple(NAMES.items()),
        spoken=current(),
        may=bool(actor().roles & PERMISSIONS["labelling.reserve"]),
        ticked=request.form.getlist("items"),
        problem=problem,
    )


@allow("act:labelling.reserve")
def reserve_needed() -> ResponseReturnValue:
    """Reserve for every ticked part, or for none; then to the labels that wait to be printed."""
    try:
        given = ticked()
        here().database.transact(
            lambda tx: actions.reserve_many(
                tx, actor(), given.getlist("items"), media=given.get("media", ""), locale=given.get("locale", "")
            )
        )
    except Refusal as problem:
        if problem.status not in {409, 422}:
            raise
        return _page(_kind(request.form.get("kind", "label")), problem=problem), problem.status
    return redirect(url_for("labelling.labels", state="reserved"), 303)


ROUTES = (
    ("/labels/needed", needed, ["GET"]),
    ("/labels/needed", reserve_needed, ["POST"]),
)
