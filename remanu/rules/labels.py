"""What may happen to a label (SM-8, labels.md §8): reserved, printed, applied, active, and how it ends."""

from __future__ import annotations

from remanu.rules.transitions import NEW, Transition, row


def _label(no: int, action: str, sources: str, target: str, *, roles: str, guards: str = "") -> Transition:
    return row("SM-8", no, action, sources=sources, target=target, roles=roles, guards=guards)


_STANDING = "printed applied active"
# A lost label is never superseded: whoever finds it must be warned, not sent on to its replacement.
SM8: tuple[Transition, ...] = (
    _label(1, "reserve", NEW, "reserved", roles="label_officer", guards="placement_free"),
    _label(2, "print", "reserved", "printed", roles="label_officer", guards="text_from_release"),
    _label(3, "apply", "printed", "applied", roles="label_officer technician", guards="photo_attached"),
    _label(4, "read_back", "applied", "active", roles="label_officer technician", guards="scan_matches"),
    _label(
        5,
        "supersede",
        _STANDING,
        "superseded",
        roles="label_officer",
        guards="reason_given replacement_reserved",
    ),
    _label(6, "report_lost", _STANDING, "lost", roles="label_officer technician logistics"),
    _label(
        7, "revoke", f"reserved {_STANDING} lost", "revoked", roles="label_officer", guards="reason_given"
    ),
    _label(
        8,
        "destroy",
        f"{_STANDING} superseded lost revoked",
        "destroyed",
        roles="label_officer technician",
        guards="reason_given",
    ),
)
