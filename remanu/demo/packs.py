"""Packs that the workshop wrote for itself: one approved and put in force, one that waits for its approver."""

from __future__ import annotations

from datetime import timedelta

from remanu.catalogue import actions as catalogue
from remanu.db import Tx
from remanu.demo.world import Crew
from remanu.families import loader

# The lives of the demonstration are told by the built-in packs; the workshop's own holds for what comes later.
_LATER = timedelta(days=300)
_CHANGED = {
    "diesel-engine": (
        ('edition = "2"', 'edition = "3 of Harbour Renewal Works"'),
        ('repair_min = "64.85"', 'repair_min = "64.86"'),
    ),
    "copier": (
        ('edition = "2"', 'edition = "3 of Harbour Renewal Works"'),
        ('least = "2000"', 'least = "5000"'),
    ),
}


def write(tx: Tx, crew: Crew) -> None:
    """An edition of its own of the diesel pack with narrower limits, and a draft for copiers."""
    engine, _copier = (_draft(tx, crew, family) for family in _CHANGED)
    catalogue.approve_pack(tx, crew.fresh(tx, crew.people["approver"]), engine)
    day = (tx.now + _LATER).date()
    catalogue.put_in_force(tx, crew.people["engineering"], engine, applies_from=day)


def _draft(tx: Tx, crew: Crew, family: str) -> str:
    source = loader.text(family).decode()
    for old, new in _CHANGED[family]:
        source = source.replace(old, new, 1)
    done = catalogue.draft_pack(tx, crew.people["engineering"], source=source, base=family)
    return done.subject.id
