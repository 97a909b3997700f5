"""Which roles may do which kind of act (domain.md §3.9); the matrix test reads this table.

Roles carry duties. The administrator manages people and holds no role that signs (I35); the
supervisor reads and does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

ROLES: tuple[str, ...] = (
    "receiving_clerk",
    "core_inspector",
    "core_manager",
    "planner",
    "technician",
    "inspector",
    "test_operator",
    "quality",
    "certifying_staff",
    "label_officer",
    "logistics",
    "engineering",
    "approver",
    "mrb",
    "evaluator",
    "reviewer",
    "decision_maker",
    "accreditor",
    "steward",
    "admin",
    "supervisor",
)
SIGNING_ROLES = frozenset({"certifying_staff", "approver", "mrb", "decision_maker", "accreditor"})
# The offices of bodies that judge: certification, accreditation, agreements. They touch no part.
OFFICES = frozenset({"evaluator", "reviewer", "decision_maker", "accreditor", "steward"})
_WORKSHOP = frozenset(ROLES) - OFFICES - {"admin", "supervisor"}


def _may(*roles: str) -> frozenset[str]:
    return frozenset(roles)


PERMISSIONS: Mapping[str, frozenset[str]] = {
    # accounts
    "accounts.found": _may("admin"),
    "accounts.invite": _may("admin"),
    "accounts.join": _may("admin"),
    "accounts.assign_roles": _may("admin"),
    "accounts.authorise": _may("admin", "quality"),
    "accounts.withdraw_authorisation": _may("admin", "quality"),
    "accounts.suspend": _may("admin"),
    "accounts.reinstate": _may("admin"),
    "accounts.same_as": _may("admin"),
    "accounts.erase": _may("admin"),
    "accounts.enrol_device": _may("admin"),
    "accounts.retire_device": _may("admin"),
    # catalogue
    "catalogue.add_model": _may("engineering"),
    "catalogue.define_type": _may("engineering"),
    "catalogue.publish_edition": _may("engineering"),
    "catalogue.add_instrument": _may("engineering", "inspector"),
    "catalogue.draft_pack": _may("engineering"),
    "catalogue.approve_pack": _may("approver"),
    "catalogue.put_in_force": _may("engineering", "approver"),
    # parts
    "parts.register": _WORKSHOP,
    "parts.read_mark": _may("receiving_clerk", "technician", "core_inspector", "inspector"),
    "parts.read_counter": _WORKSHOP,
    "parts.read_split": _WORKSHOP,
    "parts.trace_installation": _may("technician", "core_inspector", "inspector", "planner", "quality"),
    "parts.control_part": _may("technician", "inspector", "logistics", "quality"),
    "parts.hold": _may("quality", "planner", "core_manager", "inspector"),
    "parts.lift_hold": _may("quality", "core_manager"),
    "parts.attach": _WORKSHOP,
    "parts.fit": _may("technician", "logistics"),
    "parts.remove": _may("technician", "logistics"),
    # intake, SM-1 no. 1–9
    "intake.announce": _may("planner", "receiving_clerk", "logistics"),
    "intake.receive": _may("receiving_clerk", "logistics"),
    "intake.accept_site": _may("technician", "planner", "quality"),
    "intake.lift_isolation": _may("technician", "test_operator"),
    "intake.quarantine": _may("receiving_clerk", "quality"),
    "intake.release_from_quarantine": _may("quality"),
    "intake.identify": _may("technician", "core_inspector"),
    "intake.note_defect": _may("core_inspector", "receiving_clerk", "technician"),
    "intake.strike_defect": _may("core_inspector"),
    "intake.grade": _may("core_inspector"),
    "intake.appeal": _may("core_manager", "logistics", "planner"),
    "intake.regrade": _may("core_inspector"),
    "intake.accept": _may("core_manager"),
    "intake.reject": _may("core_manager"),
    "intake.return_to_owner": _may("logistics"),
    "intake.send_to_recycling": _may("logistics"),
    "intake.keep_as_donor": _may("logistics", "planner"),
    "intake.move": _may("receiving_clerk", "logistics", "technician", "core_inspector"),
    "intake.issue_tags": _may("receiving_clerk", "label_officer"),
    "intake.draft_criteria": _may("core_manager", "engineering"),
    "intake.approve_criteria": _may("core_manager", "approver"),
    "intake.withdraw_criteria": _may("core_manager", "approver"),
    "intake.open_account": _may("core_manager", "logistics"),
    "intake.note_purchase": _may("core_manager", "logistics"),
    "intake.settle": _may("core_manager"),
    # inspection
    "inspection.calibrate": _may("engineering", "inspector"),
    "inspection.inspect": _may("inspector"),
    "inspection.measure": _may("inspector", "technician"),
    "inspection.examine": _may("inspector", "technician"),
    "inspection.repeat": _may("inspector"),
    "inspection.condemn": _may("inspector"),
    "inspection.set_bench": _may("quality", "engineering"),
    "inspection.dispose": _may("inspector", "mrb"),
    "inspection.disposition": _may("inspector", "mrb"),
    "inspection.raise_nonconformity": _WORKSHOP,
    "inspection.close_nonconformity": _may("quality", "mrb"),
    # inspection, SM-3 no. 2–8
    "inspection.review_nonconformity": _may("quality", "mrb"),
    "inspection.decide_nonconformity": _may("quality", "mrb"),
    "inspection.request_concession": _may("quality", "mrb"),
    "inspection.approve_concession": _may("mrb"),
    "inspection.refuse_concession": _may("mrb"),
    "inspection.apply_concession": _may("quality", "mrb"),
    "inspection.verify_nonconformity": _may("inspector", "mrb", "quality"),
    "inspection.deny_approval": frozenset(ROLES),
    "inspection.recall_instrument": _may("engineering", "inspector", "quality"),
    # restoration
    "restoration.open_work_order": _may("planner"),
    "restoration.disassemble": _may("technician"),
    "restoration.record_component": _may("technician"),
    "restoration.clean": _may("technician"),
    "restoration.propose_change": _may("engineering"),
    "restoration.approve_change": _may("approver"),
    "restoration.withdraw_change": _may("engineering", "approver"),
    "restoration.start_restoration": _may("planner"),
    "restoration.operate": _may("technician"),
    "restoration.replace": _may("technician"),
    "restoration.finish_restoration": _may("technician", "inspector"),
    "restoration.install": _may("technician"),
    "restoration.reassemble": _may("technician"),
    "restoration.start_test": _may("test_operator"),
    "restoration.pass_test": _may("test_operator"),
    "restoration.fail_test": _may("test_operator"),
    "restoration.resume": _may("planner"),
    "restoration.resume_to_assembly": _may("planner"),
    "restoration.cannibalise": _may("planner"),
    "restoration.scrap": _may("quality"),
    "restoration.decide_proposal": _may("planner", "core_inspector", "core_manager", "inspector"),
    # release
    "release.submit": _may("quality"),
    "release.send_back": _may("certifying_staff"),
    "release.downgrade": _may("certifying_staff"),
    "release.release": _may("certifying_staff"),
    "release.supersede": _may("certifying_staff"),
    "release.void": _may("quality"),
    "release.duplicate_copy": _may("certifying_staff"),
    "release.state_zero_time": _may("certifying_staff"),
    "release.revoke_release": _may("certifying_staff"),
    "release.recall_return": _may("receiving_clerk", "logistics"),
    "release.review_release": _may("certifying_staff", "quality"),
    "release.lift_review": _may("certifying_staff"),
    "release.refuse": frozenset(ROLES),
    "release.restore": _may("admin"),
    # labelling
    "labelling.reserve": _may("label_officer"),
    "labelling.print": _may("label_officer"),
    "labelling.apply": _may("label_officer", "technician"),
    "labelling.read_back": _may("label_officer", "technician"),
    "labelling.supersede": _may("label_officer"),
    "labelling.report_lost": _may("label_officer", "technician", "logistics"),
    "labelling.revoke": _may("label_officer"),
    "labelling.destroy": _may("label_officer", "technician"),
    "labelling.deliver": _may("logistics"),
    # after delivery
    "parts.field_event": _may("logistics", "technician"),
    "parts.return_core": _may("logistics", "planner"),
}

READERS: Mapping[str, frozenset[str]] = {
    "workshop": frozenset(ROLES) - {"admin"},
    "certifier": _may("certifying_staff", "quality", "supervisor"),
    "supervision": _may("supervisor", "quality", "certifying_staff"),
    "administration": _may("admin"),
    "deposits": _may("core_manager", "logistics", "supervisor"),
    "qualifications": _may("admin", "quality"),
}
