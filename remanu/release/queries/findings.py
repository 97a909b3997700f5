"""Why a dossier was sent back: the findings of certifying staff, for whoever mends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.keys import Keyring
from remanu.ledger import seal
from remanu.parts.queries import CaseView
from remanu.release.models import Dossier, Finding

Row = sa.Row[Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: the gate it concerns and its words, which are empty once their key was destroyed."""

    gate: str
    words: str
    at: datetime


def findings(connection: Connection, keyring: Keyring, case: CaseView) -> list[Found]:
    """What stands against the newest dossier of the case that was sent back; nothing once it is submitted again."""
    newest = connection.execute(
        sa.select(Dossier.state)
        .where(Dossier.org_id == case.org_id, Dossier.case_id == case.id)
        .order_by(Dossier.seq.desc())
        .limit(1)
    ).scalar()
    if newest != "sent_back":
        return []
    rows = _rows(connection, case)
    last = max((row.found_at for row in rows), default=None)
    return [_opened(connection, keyring, row) for row in rows if row.found_at == last]


def _rows(connection: Connection, case: CaseView) -> list[Row]:
    chosen = (
        sa.select(Finding.__table__)
        .where(Finding.org_id == case.org_id, Finding.case_id == case.id)
        .order_by(Finding.found_at, Finding.id)
    )
    return list(connection.execute(chosen))


def _opened(connection: Connection, keyring: Keyring, row: Row) -> Found:
    sealed: Any = seal.open_sealed(connection, keyring, org_id=row.org_id, event_id=row.event_id) or {}
    return Found(row.gate, str(sealed.get(row.gate, "")), row.found_at)
