"""Which stage of a life each kind of event belongs to, and which kinds change what anybody may rely on."""

from __future__ import annotations

from collections.abc import Mapping

ORDER: tuple[str, ...] = (
    "entered",
    "announced",
    "received",
    "site-accepted",
    "set-apart",
    "identified",
    "graded",
    "accepted",
    "apart",
    "cleaned",
    "inspected",
    "restored",
    "reassembled",
    "tested",
    "submitted",
    "released",
    "labelled",
    "delivered",
    "in-service",
    "revoked",
    "ended",
)
"""Stages of a life in the order of the process."""

STAGES: Mapping[str, str] = {
    "parts.register": "entered",
    "parts.return_core": "announced",
    "parts.field_event": "in-service",
    "intake.announce": "announced",
    "intake.receive": "received",
    "intake.accept_site": "site-accepted",
    "intake.quarantine": "set-apart",
    "intake.release_from_quarantine": "set-apart",
    "intake.identify": "identified",
    "intake.grade": "graded",
    "intake.regrade": "graded",
    "intake.accept": "accepted",
    "intake.reject": "ended",
    "intake.return_to_owner": "ended",
    "intake.send_to_recycling": "ended",
    "intake.keep_as_donor": "ended",
    "restoration.open_work_order": "accepted",
    "restoration.disassemble": "apart",
    "restoration.record_component": "apart",
    "restoration.clean": "cleaned",
    "inspection.repeat": "inspected",
    "inspection.inspect": "inspected",
    "inspection.dispose": "inspected",
    "inspection.disposition": "inspected",
    "restoration.start_restoration": "restored",
    "restoration.operate": "restored",
    "restoration.replace": "restored",
    "restoration.finish_restoration": "restored",
    "restoration.install": "reassembled",
    "intake.lift_isolation": "reassembled",
    "restoration.reassemble": "reassembled",
    "restoration.start_test": "tested",
    "restoration.pass_test": "tested",
    "restoration.fail_test": "tested",
    "restoration.resume": "restored",
    "restoration.resume_to_assembly": "reassembled",
    "restoration.cannibalise": "ended",
    "restoration.scrap": "ended",
    "release.submit": "submitted",
    "release.send_back": "submitted",
    "release.downgrade": "submitted",
    "release.refuse": "submitted",
    "release.void": "submitted",
    "release.release": "released",
    "release.supersede": "released",
    "release.duplicate_copy": "released",
    "release.state_zero_time": "released",
    "release.review_release": "released",
    "release.lift_review": "released",
    "release.revoke_release": "revoked",
    "release.recall_return": "revoked",
    "labelling.reserve": "labelled",
    "labelling.print": "labelled",
    "labelling.apply": "labelled",
    "labelling.read_back": "labelled",
    "labelling.supersede": "labelled",
    "labelling.report_lost": "labelled",
    "labelling.revoke": "labelled",
    "labelling.destroy": "labelled",
    "labelling.deliver": "delivered",
}
"""What stands at no stage of its own (a hold, a mark, a photo) is told at the stage that the part was in."""

BESIDE: frozenset[str] = frozenset(
    {
        "parts.read_mark",
        "parts.read_counter",
        "parts.read_split",
        "parts.trace_installation",
        "parts.control_part",
        "parts.link_record",
        "parts.add_identifier",
        "parts.mint_identifier",
        "parts.withdraw_identifier",
        "exchange.receive_notice",
        "parts.attach",
        "parts.hold",
        "parts.lift_hold",
        "parts.fit",
        "parts.remove",
        "intake.note_defect",
        "intake.strike_defect",
        "intake.appeal",
        "intake.move",
        "intake.undo_move",
        "restoration.decide_proposal",
        "inspection.set_bench",
        "inspection.raise_nonconformity",
        "inspection.review_nonconformity",
        "inspection.decide_nonconformity",
        "inspection.request_concession",
        "inspection.approve_concession",
        "inspection.refuse_concession",
        "inspection.apply_concession",
        "inspection.deny_approval",
        "inspection.verify_nonconformity",
        "inspection.close_nonconformity",
    }
)

FINDINGS: frozenset[str] = frozenset({"inspection.measure", "inspection.examine", "inspection.condemn"})
"""What was found on a part: as it came, or after work on it, as the body says."""

SAYS: Mapping[str, str] = {
    "parts.register": "in-process",
    "parts.return_core": "in-process",
    "intake.announce": "in-process",
    "intake.receive": "in-process",
    "intake.return_to_owner": "returned",
    "intake.send_to_recycling": "scrapped",
    "intake.keep_as_donor": "scrapped",
    "restoration.scrap": "scrapped",
    "release.release": "released",
    "release.supersede": "released",
    "release.revoke_release": "revoked",
    "release.recall_return": "in-process",
}
_TAKEN_OUT = "restoration.replace"
# What these say stands in their body; the first of them said "released" before it could say anything else.
_IN_BODY = {"release.supersede", "release.review_release", "release.lift_review", "labelling.read_back"}


def says(kind: str, body: Mapping[str, object], subject_id: str) -> str | None:
    """What an event says of its part to everybody; the newest that says anything is what holds."""
    if kind == _TAKEN_OUT:
        return "scrapped" if body.get("old") == subject_id else None
    said = body.get("says") if kind in _IN_BODY else None
    return said if isinstance(said, str) else SAYS.get(kind)


def stage_of(kind: str, body: Mapping[str, object]) -> str | None:
    """The stage that an event belongs to, or None for one that belongs to whichever the part is in."""
    if kind in FINDINGS:
        return "inspected" if body.get("stage") == "as_found" else "restored"
    return STAGES.get(kind)
