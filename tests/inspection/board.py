"""A nonconformity on its way through the review board."""

from __future__ import annotations

from remanu.inspection import actions


def decided(tx, board, nonconformity: str, decision: str = "rework") -> None:
    """Reviewed, and what is to be done is decided."""
    actions.review_nonconformity(tx, board, nonconformity)
    data = "SB-72-0123 rev. 2" if decision == "repair" else None
    actions.decide_nonconformity(tx, board, nonconformity, decision=decision, data=data)


def settled(tx, board, checker, nonconformity: str, note: str | None = None) -> None:
    """Decided to be reworked, and seen to be done by somebody else."""
    decided(tx, board, nonconformity)
    actions.verify_nonconformity(tx, checker, nonconformity, seen=True, note=note)
