"""What can happen in recognition; here all kinds stand under one name."""

from __future__ import annotations

from remanu.recognition.events import agreements, arrangements

__all__ = ["KINDS", "agreements", "arrangements"]

KINDS = (*arrangements.KINDS, *agreements.KINDS)
