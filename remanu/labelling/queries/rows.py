"""Label rows: one by its codes, those of a part, those that wait, and the guards that they answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification import queries as certification
from remanu.errors import NotFound
from remanu.labelling.events import LIVE
from remanu.labelling.models import Delivery, Label, PrintedOrigin
from remanu.parts.models import Item
from remanu.parts.queries import CaseView, case_about
from remanu.reads import once
from remanu.release import queries as release
from remanu.rules.lifecycle import BEFORE_RELEASE

Row = sa.Row[Any]
PAGE = 50
ASKED = frozenset(
    {"photo_attached", "scan_matches", "reason_given", "replacement_reserved", "import_checked"}
)
"""Guards that the form of the act itself answers."""

_NAMED = sa.select(Label.__table__, Item.name).join(
    Item, sa.and_(Item.org_id == Label.org_id, Item.id == Label.item_id)
)
_FIND = _NAMED.where(Label.org_id == sa.bindparam("org_id"), Label.id == sa.bindparam("id"))
_BY_CODE = sa.select(Label.__table__).where(
    Label.item_code == sa.bindparam("item_code"), Label.code == sa.bindparam("code")
)
_OF_ITEM = (
    sa.select(Label.__table__)
    .where(Label.org_id == sa.bindparam("org_id"), Label.item_id == sa.bindparam("item_id"))
    .order_by(Label.id.desc())
)


def find_label(connection: Connection, org_id: str, label_id: str) -> Row:
    """One label of the organisation with its part's name; NotFound otherwise, and for others' labels alike."""
    row = connection.execute(_FIND, {"org_id": org_id, "id": label_id}).first()
    if row is None:
        raise NotFound(what="label")
    return row


def find_labels(connection: Connection, org_id: str, label_ids: Sequence[str]) -> list[Row]:
    """These labels of the organisation in this order; NotFound where one is missing, and for others' labels alike."""
    found = {
        row.id: row
        for row in connection.execute(_NAMED.where(Label.org_id == org_id, Label.id.in_(label_ids)))
    }
    if len(found) < len(set(label_ids)):
        raise NotFound(what="label")
    return [found[one] for one in label_ids]


def find_by_code(connection: Connection, item_code: str, label_code: str) -> Row | None:
    """The label behind the two codes of a printed address, whoever's it is; None when nobody issued it."""
    return connection.execute(_BY_CODE, {"item_code": item_code, "code": label_code}).first()


@once
def labels_of(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Every label and tag that the part ever had, newest first."""
    return list(connection.execute(_OF_ITEM, {"org_id": org_id, "item_id": item_id}))


def labels_in(connection: Connection, org_id: str, states: frozenset[str], *, after: str = "") -> list[Row]:
    """Labels in these states with the name of their part, oldest first, a page after the id `after` (keyset)."""
    if not states:
        return []
    # Each state gives its own first page by the index, so that a page costs the same however many labels there are.
    pages = [
        sa.select(Label.id)
        .where(Label.org_id == org_id, Label.state == state, Label.id > after)
        .order_by(Label.id)
        .limit(PAGE)
        .subquery()
        for state in sorted(states)
    ]
    either = sa.union_all(*(sa.select(page.c.id) for page in pages)).subquery()
    chosen = _NAMED.where(Label.org_id == org_id, Label.id.in_(sa.select(either.c.id)))
    return list(connection.execute(chosen.order_by(Label.id).limit(PAGE)))


def holder(
    connection: Connection, org_id: str, item_id: str, *, life: int, kind: str, placement: str
) -> Row | None:
    """The live label of this kind that has the placement in this life, if there is one (I54)."""
    place = f"{item_id}|{life}|{kind}|{placement}"
    return connection.execute(
        sa.select(Label.__table__).where(Label.org_id == org_id, Label.occupies == place)
    ).first()


def standing(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Labels of the part that are printed and not withdrawn: what a scan of the part may meet."""
    found = LIVE - {"reserved"}
    return [row for row in labels_of(connection, org_id, item_id) if row.state in found]


def kind_for(connection: Connection, item: Row) -> str:
    """What the part can carry now: a tag while it is in process, else a label."""
    case = case_about(connection, item.org_id, item.id)
    return "tag" if case is not None and case.state in BEFORE_RELEASE else "label"


def printed_origins(connection: Connection, org_id: str) -> frozenset[str]:
    """Scheme and host of every address that the organisation has printed."""
    rows = connection.execute(sa.select(PrintedOrigin.origin).where(PrintedOrigin.org_id == org_id))
    return frozenset(rows.scalars())


def lost_origins(connection: Connection, kept: Iterable[str]) -> list[str]:
    """Scheme and host that stand on labels of anybody here and lead here no more (labels.md §1.4)."""
    printed = connection.execute(sa.select(PrintedOrigin.origin).distinct()).scalars()
    return sorted(set(printed) - set(kept))


def deliveries(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """When the part was delivered and how long each warranty runs, newest first."""
    return list(
        connection.execute(
            sa.select(Delivery.__table__)
            .where(Delivery.org_id == org_id, Delivery.item_id == item_id)
            .order_by(Delivery.id.desc())
        )
    )


def facts(connection: Connection, case: CaseView, now: datetime) -> dict[str, bool]:
    """The guards of labelling and delivery that this case's labels and certificate answer."""
    mine = [
        row.state
        for row in labels_of(connection, case.org_id, case.item.id)
        if row.kind == "label" and row.life == case.item.life and row.case_id == case.id
    ]
    certificate = release.certificate_of(connection, case.org_id, case.item.id)
    return {
        "label_applied": bool({"applied", "active"} & set(mine)),
        "label_read_back": "active" in mine,
        "certification_in_force": certificate is not None
        and certificate.state == "ISSUED"
        and certification.in_force(connection, case.org_id, case.item.id, now),
    }
