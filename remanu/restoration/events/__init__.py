"""What can happen in restoration; here all of it stands under one name."""

from __future__ import annotations

from typing import Any

from remanu.ledger.kinds import Kind
from remanu.restoration.events import assembly, changes, ends, proposals, repair, teardown, trial

KINDS: tuple[Kind[Any], ...] = (
    *teardown.KINDS,
    *repair.KINDS,
    *assembly.KINDS,
    *trial.KINDS,
    *ends.KINDS,
    *changes.KINDS,
    *proposals.KINDS,
)
