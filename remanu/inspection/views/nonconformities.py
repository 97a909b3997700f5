"""Pages of what is not as it must be: the list, and one nonconformity with what was done and what comes next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.accounts.queries import names_of
from remanu.catalogue.queries import pack_of
from remanu.inspection import queries
from remanu.inspection.queries import Row
from remanu.inspection.schemas import boarded
from remanu.inspection.schemas.used import STATES, filters
from remanu.ledger import seal
from remanu.parts import queries as parts
from remanu.web.access import allow
from remanu.web.acts import Values, all_verbs
from remanu.web.context import actor, here
from remanu.web.locale import gettext
from remanu.web.shell import role
from remanu.web.words import N_

_WORKSHOP = "read:workshop"
_NOBODY = N_("Name erased")


@allow(_WORKSHOP)
def nonconformities() -> ResponseReturnValue:
    """What nobody has closed, newest first; other states and causes by the address."""
    given = filters()
    with here().database.reading() as connection:
        rows = queries.listed(connection, actor().org_id, **given)
    kept = {name: value for name, value in given.items() if value and name != "before"}
    more = urlencode({**kept, "before": rows[-1].id}) if len(rows) == queries.NONCONFORMITY_PAGE else ""
    return render_template(
        "inspection/nonconformities.html",
        rows=rows,
        given=given,
        states=STATES,
        more=more,
        first=urlencode(kept),
        **boarded.WORDS,
    )


@allow(_WORKSHOP)
def nonconformity(nonconformity_id: str) -> ResponseReturnValue:
    """One nonconformity: what was raised, what deviates, the concession, what was done, and what comes next."""
    who = actor()
    with here().database.reading() as connection:
        row = queries.find_nonconformity(connection, who.org_id, nonconformity_id)
        offers = boarded.offered(connection, who, row)
        shown = boarded.board(connection, row)
        return render_template(
            "inspection/nonconformity.html",
            row=row,
            case=parts.find_case(connection, who.org_id, row.case_id),
            told=told(connection, row),
            first=_action(offers[0]) if offers else None,
            others=[_action(one) for one in offers[1:]],
            family=pack_of(connection, shown["item"]),
            **shown,
        )


def _action(one: Values) -> Values:
    return {"href": one["href"], "label": gettext(all_verbs()[one["kind"]].title), "reason": one["reason"]}


def told(connection: Connection, row: Any) -> list[Values]:
    """What happened to it, oldest first: the act, by whom in which role, and the words beside it."""
    events = queries.told(connection, row)
    keyring, org_id = here().database.keyring, row.org_id
    names = names_of(connection, keyring, org_id, sorted({one.actor_ref for one in events}))
    return [_line(one, names, seal.open_sealed(connection, keyring, org_id=org_id, event_id=one.id)) for one in events]


def _line(event: Row, names: Mapping[str, str], private: Any) -> Values:
    said = private or {}
    acting = role(json.loads(event.canonical)["by"]["role"])
    by = dict.fromkeys((names.get(event.actor_ref, gettext(_NOBODY)), acting))
    return {
        "at": event.occurred_at,
        "words": gettext(all_verbs()[event.kind].title),
        "who": " · ".join(by),
        "note": str(said.get("note", "")),
        "paper": str(said.get("customer_reference", "")),
    }


ROUTES = (
    ("/nonconformities", nonconformities),
    ("/nonconformities/<nonconformity_id>", nonconformity),
)
