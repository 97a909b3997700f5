"""The outbox as its supervisor sees it: what was sent, what waits, what could not be sent, and in which words."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, make_response, render_template, request
from sqlalchemy.engine import Connection

from remanu.exchange.queries import listening
from remanu.exchange.views.letters import About, links, subject_of, written
from remanu.release.queries import holders
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.words import N_

STATES = {
    "waiting": ("process", N_("Waits")),
    "sending": ("process", N_("On its way")),
    "sent": ("verified", N_("Sent")),
    "failed": ("attention", N_("Could not be sent")),
}
KINDS = {
    "confirm": N_("Asks for confirmation"),
    "changed": N_("Tells of a change"),
    "reminder": N_("Reminds of a day"),
}


@allow("read:supervision")
def outbox() -> Response:
    """A page of messages, the newest first; the addresses stay sealed."""
    before = request.args.get("before", "")
    with here().database.reading() as connection:
        rows = listening.outbox(connection, actor().org_id, before=before)
        items = holders.named(connection, actor().org_id, {row.item_id for row in rows})
        texts = {row.id: _text(connection, row, items) for row in rows} if here().config.demonstration else {}
    return make_response(
        render_template(
            "exchange/outbox.html",
            rows=rows,
            items=items,
            texts=texts,
            states=STATES,
            kinds=KINDS,
            before=before,
            numbers={row.id: json.loads(row.says)["number"] for row in rows if row.kind == "reminder"},
            more=rows[-1].id if len(rows) == listening.PAGE else "",
        )
    )


def _text(connection: Connection, row: Any, items: dict[str, Any]) -> str:
    """What a message of a demonstration says, its links included: nobody gets it by mail."""
    subscription = listening.find_subscription(connection, row.subscription_id)
    if subscription is None or (row.item_id not in items and row.item_id != row.org_id):
        return ""
    part, uri = subject_of(connection, row, here().config.label_origin)
    about = About(message=row, subscription=subscription, address="", part=part, uri=uri)
    ways = links(here().database.keyring, here().config.label_origin, subscription.id)
    return "\n\n".join(written(about, ways))
