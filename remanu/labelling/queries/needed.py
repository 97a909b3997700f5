"""Parts that need a label: released ones without a label, and parts in process without a tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.labelling.events import LIVE
from remanu.labelling.models import Label
from remanu.labelling.queries.rows import PAGE, Row
from remanu.parts.models import Case, Item
from remanu.parts.queries import cases_in
from remanu.rules.lifecycle import BEFORE_RELEASE

Kind = Literal["label", "tag"]
STATES = {"label": frozenset({"RELEASED", "LABELLED"}), "tag": BEFORE_RELEASE - {"ANNOUNCED"}}
"""In which states of its case a part is here and carries this: what was delivered is out of reach."""


@dataclass(frozen=True, slots=True)
class Needing:
    """A part without what it should carry; `last` is the state of what it carried last, empty where it never did."""

    case: Row
    last: str


def needing(connection: Connection, org_id: str, kind: Kind, *, after: str = "") -> list[Needing]:
    """Parts without a live label or tag in this life, longest first, a page after the `cursor` of the last seen."""
    rows = cases_in(connection, org_id, STATES[kind], after=after, limit=PAGE, also=[_without(kind)])
    last = _last(connection, org_id, kind, [row.item_id for row in rows])
    return [Needing(row, last.get(row.item_id, "")) for row in rows]


def _without(kind: Kind) -> sa.ColumnElement[bool]:
    carried = sa.select(Label.id).join(Item, sa.and_(Item.org_id == Label.org_id, Item.id == Label.item_id))
    return ~carried.where(
        Label.org_id == Case.org_id,
        Label.item_id == Case.item_id,
        Label.kind == kind,
        Label.life == Item.life,
        Label.state.in_(LIVE),
    ).exists()


def _last(connection: Connection, org_id: str, kind: Kind, items: list[str]) -> dict[str, str]:
    """The state of the newest label of each of these parts."""
    chosen = (
        sa.select(Label.item_id, Label.state)
        .where(Label.org_id == org_id, Label.kind == kind, Label.item_id.in_(items))
        .order_by(Label.id)
    )
    return {row.item_id: row.state for row in connection.execute(chosen)}
