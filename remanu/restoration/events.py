"""What can happen in restoration."""

from __future__ import annotations

from typing import Any

from remanu.ledger.kinds import Kind

KINDS: tuple[Kind[Any], ...] = ()
