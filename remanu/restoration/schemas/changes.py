"""Shapes of what is typed when a change is proposed, and the verbs about changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import request, url_for
from sqlalchemy.engine import Connection

from remanu.catalogue import queries as catalogue
from remanu.ledger.kinds import Recorded
from remanu.parts.schemas import note
from remanu.restoration.actions import changes as actions
from remanu.restoration.queries import changes as queries
from remanu.restoration.queries.rows import Row
from remanu.restoration.schemas.forms import Nothing
from remanu.rules.workshop import CHANGE_REASONS, CHANGES
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.words import N_

CHANGE_WORDS = {
    "substitute": N_("Another part number may come in"),
    "delete": N_("Units may go without it"),
}
REASON_WORDS = {
    "obsolete": N_("The part is not made any more"),
    "improved": N_("A better part takes its place"),
    "shortage": N_("The part cannot be had in time"),
    "equivalent": N_("The same part under another number"),
    "variant": N_("This variant of the unit has none"),
    "safety": N_("Safety asks for it"),
    "other": N_("Another reason"),
}
STATE_WORDS = {
    "proposed": ("attention", N_("Waits for approval")),
    "approved": ("verified", N_("Approved")),
    "withdrawn": ("unknown", N_("Withdrawn")),
}


class ProposeChange(shape.Form):
    """What units of a family may consist of otherwise, and why."""

    number = shape.Line(
        required=True,
        limit=40,
        metadata={"label": N_("Number of the change"), "help": N_("As your own list of changes has it.")},
    )
    what = shape.Choice(
        *CHANGES,
        required=True,
        metadata={"label": N_("What changes"), "choices": tuple(CHANGE_WORDS.items())},
    )
    family = shape.Line(required=True, metadata={"label": N_("Product family"), "widget": "choice"})
    component = shape.Line(required=True, metadata={"label": N_("Component"), "widget": "choice"})
    instead_of = shape.Line(
        load_default=None,
        metadata={"label": N_("Part number until now"), "help": N_("Only where another one may come in.")},
    )
    part_number = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Part number that may come in"),
            "help": N_("Only where another one may come in."),
        },
    )
    why = shape.Choice(
        *CHANGE_REASONS,
        required=True,
        metadata={"label": N_("Reason"), "choices": tuple(REASON_WORDS.items())},
    )
    note = note()


def _fields(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    packs = catalogue.packs_to_open(connection, actor().org_id, here().database.clock.now())
    language = current()
    asked = packs.get(request.args.get("family", ""))
    components = [
        (one.code, f"{one.names.text(language)} ({pack.names.text(language)})")
        for pack in (packs.values() if asked is None else (asked,))
        for one in pack.positions
        if one.parent is not None
    ]
    offered = {
        "family": [(one.id, one.names.text(language)) for one in packs.values()],
        "component": list(dict(components).items()),
    }
    return [replace(one, choices=offered.get(one.name, one.choices)) for one in acts.plain_fields(schema)]


def _nothing(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that begins something has nothing to find."""


def _list(_target: Any) -> str:
    return url_for("restoration.changes")


def _then(_target: Any, _answer: Values) -> str:
    return url_for("restoration.changes")


def _proposed(done: Recorded[Any]) -> Values:
    return {"change": done.subject.id}


def _said(connection: Connection, row: Row) -> Values:
    """What the change says, above the decision."""
    pack = catalogue.packs_to_open(connection, row.org_id, here().database.clock.now()).get(row.family)
    names = {} if pack is None else {one.code: one.names.text(current()) for one in pack.positions}
    return {
        "component": names.get(row.component, row.component),
        "what": gettext(CHANGE_WORDS[row.what]),
        "because": gettext(REASON_WORDS[row.why]),
    }


ON_NEW_CHANGE = On("changes", _nothing, lambda _row: "", _list)
ON_CHANGE = On(
    "changes/<target_id>",
    queries.find_change,
    lambda row: queries.Standing(row).state,
    _list,
    chain=lambda row: str(row.id),
)
VERBS: tuple[Verb, ...] = (
    Verb(
        "restoration.propose_change",
        N_("Propose a change"),
        ON_NEW_CHANGE,
        ProposeChange,
        actions.propose_change,
        fields=_fields,
        then=_then,
        answer=_proposed,
    ),
    Verb(
        "restoration.approve_change",
        N_("Approve the change"),
        ON_CHANGE,
        Nothing,
        actions.approve_change,
        context=_said,
        then=_then,
    ),
    Verb(
        "restoration.withdraw_change",
        N_("Withdraw the change"),
        ON_CHANGE,
        Nothing,
        actions.withdraw_change,
        context=_said,
        then=_then,
    ),
)
