"""What may happen to a unit release certificate (SM-4, domain.md §3.5): drafted, issued, superseded, revoked, void."""

from __future__ import annotations

from remanu.rules.transitions import NEW, Transition, row


def _paper(no: int, action: str, sources: str, target: str, *, roles: str, guards: str = "") -> Transition:
    return row("SM-4", no, action, sources=sources, target=target, roles=roles, guards=guards)


SM4: tuple[Transition, ...] = (
    _paper(1, "draft", NEW, "DRAFT", roles="quality certifying_staff"),
    _paper(2, "issue", "DRAFT", "ISSUED", roles="certifying_staff", guards="certificate_ready"),
    _paper(
        3,
        "supersede",
        "ISSUED",
        "SUPERSEDED",
        roles="certifying_staff",
        guards="reason_given successor_issued",
    ),
    _paper(4, "revoke", "ISSUED", "REVOKED", roles="certifying_staff authority", guards="reason_given"),
    _paper(5, "void", "DRAFT", "VOID", roles="quality", guards="reason_given"),
    _paper(
        6,
        "duplicate_copy",
        "ISSUED",
        "ISSUED",
        roles="certifying_staff",
        guards="reason_given state_unchanged",
    ),
)
