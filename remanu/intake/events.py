"""What can happen in intake."""

from __future__ import annotations

from typing import Any

from remanu.ledger.kinds import Kind

KINDS: tuple[Kind[Any], ...] = ()
