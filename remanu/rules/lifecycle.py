"""State machines as data: what may happen to a case (SM-1), a release certificate (SM-4) and a label (SM-8).

Rows follow domain.md §3.2; those of nonconformities (SM-3), certificates (SM-4), product certifications (SM-5),
accreditations (SM-6) and labels (SM-8) stand in modules of their own.
A row is found by machine, state and verb. Rows read: number, verb, states it leaves, state it reaches, roles that may
do it, guards. Whose earlier acts bar a person from a verb is said once, in `duties.DIFFERS`.
"""

from __future__ import annotations

from collections.abc import Mapping

from remanu.errors import NotAllowed
from remanu.rules.accreditation import SM6
from remanu.rules.certification import SM5
from remanu.rules.guards import GUARDS, Facts, Guard
from remanu.rules.labels import SM8
from remanu.rules.nonconformities import SM3
from remanu.rules.papers import SM4
from remanu.rules.states import STATES, State
from remanu.rules.transitions import NEW, Machine, Transition, row

__all__ = [
    "BEFORE_RELEASE",
    "GUARDS",
    "MACHINES",
    "NEW",
    "SM1",
    "SM3",
    "SM4",
    "SM5",
    "SM6",
    "SM8",
    "STATES",
    "Facts",
    "Guard",
    "Machine",
    "State",
    "Transition",
    "allowed",
    "find",
    "missing",
]

_BEFORE_RELEASE = (
    "ANNOUNCED RECEIVED SITE_ACCEPTED QUARANTINED IDENTIFIED GRADED ACCEPTED REJECTED IN_WORK DISASSEMBLED CLEANED "
    "INSPECTED DISPOSITIONED IN_RESTORATION RESTORED REASSEMBLED IN_TEST REWORK TEST_PASSED SUBMITTED"
)
BEFORE_RELEASE = frozenset(_BEFORE_RELEASE.split())


def _case(no: int, action: str, sources: str, target: str, *, roles: str, guards: str = "") -> Transition:
    return row("SM-1", no, action, sources=sources, target=target, roles=roles, guards=guards)


SM1: tuple[Transition, ...] = (
    _case(
        1,
        "announce",
        NEW,
        "ANNOUNCED",
        roles="planner receiving_clerk logistics owner",
        guards="owner_known",
    ),
    _case(
        2,
        "receive",
        "- ANNOUNCED",
        "RECEIVED",
        roles="receiving_clerk logistics",
        guards="custody_signed",
    ),
    # Equipment that is rebuilt where it stands never changes hands: its site is accepted instead (domain.md §3.8).
    _case(
        2,
        "accept_site",
        "- ANNOUNCED",
        "SITE_ACCEPTED",
        roles="technician planner quality",
        guards="permit_shown isolated baseline_taken",
    ),
    _case(
        3,
        "quarantine",
        "RECEIVED",
        "QUARANTINED",
        roles="receiving_clerk quality",
        guards="quarantine_reason",
    ),
    _case(4, "release_from_quarantine", "QUARANTINED", "RECEIVED", roles="quality", guards="reason_cleared"),
    _case(
        5,
        "identify",
        "RECEIVED SITE_ACCEPTED",
        "IDENTIFIED",
        roles="technician core_inspector",
        guards="mark_read part_number_known former_life_looked_up right_to_core_shown",
    ),
    _case(
        6,
        "grade",
        "IDENTIFIED",
        "GRADED",
        roles="core_inspector",
        guards="criteria_in_force criteria_answered",
    ),
    # Grading is done again when the owner asks for it; what was accepted stays so.
    _case(
        6,
        "regrade",
        "GRADED REJECTED",
        "GRADED",
        roles="core_inspector",
        guards="appeal_open criteria_answered",
    ),
    _case(
        6,
        "regrade",
        "ACCEPTED",
        "ACCEPTED",
        roles="core_inspector",
        guards="appeal_open criteria_answered",
    ),
    _case(
        7,
        "accept",
        "GRADED",
        "ACCEPTED",
        roles="core_manager",
        guards="grade_acceptable no_open_hazard no_open_appeal",
    ),
    _case(8, "reject", "GRADED", "REJECTED", roles="core_manager", guards="no_open_appeal"),
    _case(
        9,
        "return_to_owner",
        "REJECTED",
        "RETURNED_UNPROCESSED",
        roles="logistics",
        guards="owner_agrees no_open_appeal",
    ),
    _case(
        9,
        "send_to_recycling",
        "REJECTED",
        "RECYCLED",
        roles="logistics",
        guards="owner_agrees waste_recorded no_open_appeal",
    ),
    _case(
        9,
        "keep_as_donor",
        "REJECTED",
        "DONOR",
        roles="logistics planner",
        guards="owner_agrees no_open_appeal",
    ),
    _case(
        10,
        "open_work_order",
        "ACCEPTED",
        "IN_WORK",
        roles="planner",
        guards="routing_frozen standard_frozen class_targeted no_open_appeal",
    ),
    _case(11, "disassemble", "IN_WORK", "DISASSEMBLED", roles="technician", guards="as_found_recorded"),
    _case(
        12,
        "clean",
        "DISASSEMBLED",
        "CLEANED",
        roles="technician",
        guards="method_allowed effluent_booked",
    ),
    _case(
        13,
        "inspect",
        "CLEANED",
        "INSPECTED",
        roles="inspector",
        guards="characteristics_measured instruments_calibrated people_qualified readings_repeated",
    ),
    _case(
        14,
        "disposition",
        "INSPECTED",
        "DISPOSITIONED",
        roles="inspector mrb",
        guards="components_disposed",
    ),
    _case(
        15,
        "start_restoration",
        "DISPOSITIONED",
        "IN_RESTORATION",
        roles="planner",
        guards="operations_planned",
    ),
    _case(
        16,
        "finish_restoration",
        "IN_RESTORATION",
        "RESTORED",
        roles="technician inspector",
        guards="operations_done processes_qualified restored_remeasured",
    ),
    _case(
        17,
        "reassemble",
        "RESTORED DISPOSITIONED",
        "REASSEMBLED",
        roles="technician",
        guards="positions_filled parts_serviceable lives_hold mating_rules_hold torque_calibrated",
    ),
    _case(
        18,
        "start_test",
        "REASSEMBLED",
        "IN_TEST",
        roles="test_operator",
        guards="procedure_frozen rig_in_calibration isolation_lifted",
    ),
    # On site the equipment runs at its owner's load, which the lock-out must not stop.
    _case(
        18,
        "lift_isolation",
        "REASSEMBLED",
        "REASSEMBLED",
        roles="technician test_operator",
        guards="locked_out",
    ),
    _case(
        19,
        "pass_test",
        "IN_TEST",
        "TEST_PASSED",
        roles="test_operator",
        guards="points_within witnessed_if_asked",
    ),
    _case(20, "fail_test", "IN_TEST", "REWORK", roles="test_operator", guards="nonconformity_raised"),
    _case(21, "resume", "REWORK", "IN_RESTORATION", roles="planner", guards="cause_recorded loops_left"),
    _case(
        21,
        "resume_to_assembly",
        "REWORK",
        "REASSEMBLED",
        roles="planner",
        guards="cause_recorded loops_left",
    ),
    _case(
        22,
        "submit",
        "TEST_PASSED",
        "SUBMITTED",
        roles="quality",
        guards="dossier_complete no_open_nonconformity concessions_approved hazards_declared mass_balanced "
        "site_counters_read",
    ),
    _case(23, "send_back", "SUBMITTED", "REWORK", roles="certifying_staff", guards="findings_given"),
    _case(
        24,
        "downgrade",
        "SUBMITTED",
        "SUBMITTED",
        roles="certifying_staff",
        guards="class_reduced owner_told",
    ),
    _case(25, "release", "SUBMITTED", "RELEASED", roles="certifying_staff", guards="certificate_ready"),
    _case(
        26,
        "label",
        "RELEASED",
        "LABELLED",
        roles="label_officer technician",
        guards="label_applied label_read_back",
    ),
    _case(
        27,
        "deliver",
        "LABELLED",
        "IN_SERVICE",
        roles="logistics",
        guards="certification_in_force import_checked",
    ),
    _case(28, "field_event", "IN_SERVICE", "IN_SERVICE", roles="owner logistics technician"),
    _case(
        29,
        "return_core",
        "IN_SERVICE",
        "ANNOUNCED",
        roles="owner logistics planner",
        guards="final_counters",
    ),
    _case(
        30,
        "cannibalise",
        _BEFORE_RELEASE,
        "DONOR",
        roles="planner",
        guards="owner_agrees harvest_recorded",
    ),
    _case(
        31,
        "scrap",
        _BEFORE_RELEASE,
        "SCRAPPED",
        roles="quality",
        guards="second_person_confirmed mutilation_shown",
    ),
    _case(
        32,
        "revoke_release",
        "RELEASED LABELLED IN_SERVICE",
        "NONCONFORMING",
        roles="certifying_staff authority",
        guards="certificate_revoked holders_notified",
    ),
    _case(33, "recall_return", "NONCONFORMING", "RECEIVED", roles="receiving_clerk logistics"),
)

MACHINES: Mapping[str, tuple[Transition, ...]] = {
    "SM-1": SM1,
    "SM-3": SM3,
    "SM-4": SM4,
    "SM-5": SM5,
    "SM-6": SM6,
    "SM-8": SM8,
}


def allowed(machine: str, state: str) -> tuple[Transition, ...]:
    """What the machine permits from this state, in the order of its table."""
    return tuple(step for step in MACHINES[machine] if state in step.sources)


def find(machine: str, state: str, action: str) -> Transition:
    """The step for this verb; NotAllowed lists the verbs that there are from this state."""
    steps = allowed(machine, state)
    for step in steps:
        if step.action == action:
            return step
    raise NotAllowed(action=action, state=state, allowed=[step.action for step in steps])


def missing(transition: Transition, facts: Facts) -> tuple[str, ...]:
    """The names of the guards that fail; a guard that nobody answered fails."""
    return tuple(name for name in transition.guards if not GUARDS[name].holds(facts))
