"""The page of changes to what units consist of."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from remanu.catalogue import queries as catalogue
from remanu.restoration.queries import changes as queries
from remanu.restoration.queries.changes import Standing
from remanu.restoration.schemas.changes import CHANGE_WORDS, REASON_WORDS, STATE_WORDS
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current


@allow("read:workshop")
def changes() -> ResponseReturnValue:
    """Other part numbers that may come in, and components that units may go without; newest first."""
    given = request.args.get("after", "")
    after = given if given.isprintable() else ""
    with here().database.reading() as connection:
        rows = queries.changes(connection, actor().org_id, after=after)
        packs = catalogue.packs_to_open(connection, actor().org_id, here().database.clock.now())
    language = current()
    names = {
        (pack.id, one.code): f"{one.names.text(language)} · {pack.names.text(language)}"
        for pack in packs.values()
        for one in pack.positions
    }
    return render_template(
        "restoration/changes.html",
        rows=[Standing(row) for row in rows],
        names=names,
        after=after,
        following=rows[-1].id if len(rows) == queries.PAGE else "",
        what_words=CHANGE_WORDS,
        reason_words=REASON_WORDS,
        state_words=STATE_WORDS,
        may={
            verb: bool(actor().roles & PERMISSIONS[f"restoration.{verb}"])
            for verb in ("propose_change", "approve_change", "withdraw_change")
        },
    )
