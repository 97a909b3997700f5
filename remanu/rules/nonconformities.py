"""What may happen to a nonconformity (SM-3, domain.md §3.4): raised, reviewed, decided or conceded, verified, closed.

A row that the reference does not have: an approved concession whose scope names other parts is used for one of them
(no. 8), and what turns out to be as it must be is closed without an action (no. 9).
"""

from __future__ import annotations

from remanu.rules.permissions import OFFICES, ROLES
from remanu.rules.transitions import NEW, Transition, row

DECISIONS = ("rework", "repair", "scrap", "return")
"""What the board may decide beside a concession; a repair leaves the drawing, so it needs approved data."""
OUTCOMES = {"rework": "reworked", "repair": "repaired", "scrap": "scrapped", "return": "returned"}
CONCEDED, UNFOUNDED = "conceded", "unfounded"
REFUSED_BECAUSE = ("function-at-risk", "not-justified", "customer-refuses", "better-repaired")
"""Why a concession is refused; the word stands in the record."""

_ANYBODY = " ".join(sorted(set(ROLES) - OFFICES - {"admin", "supervisor"}))


def _step(no: int, action: str, sources: str, target: str, *, roles: str, guards: str = "") -> Transition:
    return row("SM-3", no, action, sources=sources, target=target, roles=roles, guards=guards)


SM3: tuple[Transition, ...] = (
    _step(1, "raise_nonconformity", NEW, "OPEN", roles=_ANYBODY),
    _step(2, "review_nonconformity", "OPEN", "MRB_REVIEW", roles="mrb quality"),
    _step(
        3,
        "decide_nonconformity",
        "MRB_REVIEW",
        "ACTION",
        roles="mrb quality",
        guards="design_data_approved",
    ),
    _step(
        4,
        "request_concession",
        "MRB_REVIEW",
        "CONCESSION_PENDING",
        roles="mrb quality",
        guards="concession_permitted concession_scoped",
    ),
    _step(
        5,
        "approve_concession",
        "CONCESSION_PENDING",
        "CONCESSION_APPROVED",
        roles="mrb",
        guards="customer_agrees",
    ),
    _step(6, "refuse_concession", "CONCESSION_PENDING", "MRB_REVIEW", roles="mrb", guards="reason_given"),
    _step(
        7,
        "verify_nonconformity",
        "ACTION CONCESSION_APPROVED",
        "CLOSED",
        roles="inspector mrb quality",
        guards="action_seen",
    ),
    _step(
        8,
        "apply_concession",
        "MRB_REVIEW",
        "CONCESSION_APPROVED",
        roles="mrb quality",
        guards="concession_permitted concession_covers",
    ),
    _step(9, "close_nonconformity", "OPEN MRB_REVIEW", "CLOSED", roles="mrb quality"),
)
