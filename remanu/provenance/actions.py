"""What readers leave behind: counted scans, and reports that a part does not match its record.

Neither is an event: nobody is asked who he is, so nothing here may enter the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import BadInput, TooMany
from remanu.provenance.models import Mismatch, ScanDay
from remanu.rules import text

WHATS: tuple[str, ...] = ("serial", "mark", "mass", "looks", "label", "other")
_NOTE = 500
_A_DAY = 50
_WAIT = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a reader says of the part in his hand, and of which label; `address` is where he sent it from."""

    org_id: str
    item_id: str
    label: str
    what: str
    note: str
    address: str


def count_scans(tx: Tx, seen: Mapping[tuple[str, str, str, str], int]) -> None:
    """Add scans to the day's numbers: organisation, part, label and day, with how many."""
    for (org_id, item_id, label, day), many in sorted(seen.items()):
        mine = (
            ScanDay.org_id == org_id,
            ScanDay.item_id == item_id,
            ScanDay.label == label,
            ScanDay.day == day,
        )
        more = sa.update(ScanDay).where(*mine).values(scans=ScanDay.scans + many)
        if tx.execute(more).rowcount == 0:
            row = {"org_id": org_id, "item_id": item_id, "label": label, "day": day, "scans": many}
            tx.execute(sa.insert(ScanDay).values(**row))


def report(tx: Tx, said: Complaint) -> str:
    """Keep a report of mismatch; the same words from the same sender on the same day are one report.

    BadInput for an unknown `what` or a note that cannot be kept; TooMany beyond fifty a part and day.
    """
    if said.what not in WHATS:
        raise BadInput("what", "not-a-choice")
    note = text.clean_note("note", said.note, limit=_NOTE) if said.note.strip() else ""
    day = f"{tx.now:%Y-%m-%d}"
    sender = tx.keyring.mac("mismatch", f"{day}:{said.address}".encode()).hex()[:16]
    mine = (Mismatch.org_id == said.org_id, Mismatch.item_id == said.item_id, Mismatch.day == day)
    today = tx.execute(sa.select(Mismatch.id, Mismatch.sender, Mismatch.what, Mismatch.note).where(*mine)).all()
    again = [row.id for row in today if (row.sender, row.what, row.note) == (sender, said.what, note)]
    if again:
        return str(again[0])
    if len(today) >= _A_DAY:
        raise TooMany(retry_after=_WAIT)
    return _keep(tx, said, note=note, sender=sender, day=day)


def _keep(tx: Tx, said: Complaint, *, note: str, sender: str, day: str) -> str:
    report_id = tx.new_id()
    tx.execute(
        sa.insert(Mismatch).values(
            org_id=said.org_id,
            id=report_id,
            item_id=said.item_id,
            label=said.label,
            what=said.what,
            note=note,
            sender=sender,
            day=day,
            at=tx.now,
        )
    )
    return report_id
