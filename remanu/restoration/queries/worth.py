"""What a core was worth when it was taken into work, which is sealed for the organisation's own eyes."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.intake import queries as intake
from remanu.keys import Keyring
from remanu.ledger.models import EventRow
from remanu.parts.queries import CaseView


def worth(connection: Connection, keyring: Keyring, case: CaseView) -> Decimal | None:
    """The value at which the core was accepted; None where nobody said one, or where it can be read no more."""
    accepted = connection.execute(
        sa.select(EventRow.id)
        .where(
            EventRow.org_id == case.org_id,
            EventRow.subject_id == case.item.id,
            EventRow.kind == "intake.accept",
            EventRow.recorded_at >= case.opened_at,
        )
        .order_by(EventRow.seq.desc())
        .limit(1)
    ).scalar()
    if accepted is None:
        return None
    said = intake.private_of(connection, keyring, case.org_id, accepted).get("value")
    try:
        return None if said is None else Decimal(said)
    except InvalidOperation:
        return None
