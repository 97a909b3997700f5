"""What must be true before a part, a certificate or a label moves on: one named fact a guard (domain.md §3.2).

Who may act is not a guard: roles, authorisations and duties are refused with errors of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Facts = Mapping[str, bool]
"""Answers by guard name; a guard that nobody answered counts as not fulfilled."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A named condition; `meaning` tells a person what has to be true."""

    name: str
    meaning: str

    def holds(self, facts: Facts) -> bool:
        """Whether the facts say so."""
        return facts.get(self.name) is True


_SENTENCES: Mapping[str, str] = {
    # every step of a case
    "not_on_hold": "No hold stops the case.",
    # intake
    "owner_known": "The owner is named.",
    "custody_signed": "The transfer of custody is signed.",
    "permit_shown": "The permit to work was shown.",
    "isolated": "Every energy is isolated and locked out.",
    "baseline_taken": "What the equipment showed in place before any work was measured.",
    "locked_out": "The equipment is locked out.",
    "isolation_lifted": "The lock-out is lifted, where work was done on site.",
    "site_counters_read": "Counters were read at the beginning and at the end of work on site.",
    "quarantine_reason": "The reason for quarantine is named.",
    "reason_cleared": "The reason for quarantine is cleared.",
    "mark_read": "A mark was read on the part.",
    "part_number_known": "The part number is known.",
    "former_life_looked_up": "The former life was looked up.",
    "right_to_core_shown": "The right to the core was shown.",
    "criteria_in_force": "The core acceptance criteria were in force on that day.",
    "criteria_answered": "Every criterion is answered.",
    "grade_acceptable": "The grade can be accepted.",
    "no_open_hazard": "No hazard is open.",
    "appeal_open": "The owner asked for another grading.",
    "no_open_appeal": "No appeal is open.",
    "owner_agrees": "The owner agrees.",
    "waste_recorded": "The waste record is there.",
    # inspection and restoration
    "routing_frozen": "The revision of the routing is frozen.",
    "standard_frozen": "Standard and edition are frozen.",
    "class_targeted": "The targeted class is named.",
    "as_found_recorded": "The parts found are recorded to the depth that the class demands.",
    "method_allowed": "The cleaning method is allowed for the material.",
    "effluent_booked": "Water and waste of cleaning are booked.",
    "characteristics_measured": "Every required characteristic has an as-found result (I13).",
    "instruments_calibrated": "Every instrument was in calibration on that day (I14).",
    "people_qualified": "Everybody was qualified on that day (I14).",
    "readings_repeated": "What is read twice was read by two people, and both agree.",
    "components_disposed": "Every component has exactly one disposition (I15).",
    "operations_planned": "Operations are planned for each component to be restored.",
    "operations_done": "All planned operations are done.",
    "processes_qualified": "Special processes had a qualified procedure and person.",
    "restored_remeasured": "What was restored is measured again, and within new limits (I18).",
    "positions_filled": "Every position is filled, or deleted by an approved change (I20).",
    "parts_serviceable": "Every installed part is serviceable.",
    "lives_hold": "Every life-limited part has life left and is traced back to birth (I5, I10).",
    "mating_rules_hold": "Size steps agree between mating parts (I17).",
    "torque_calibrated": "Torques were set with tools in calibration.",
    # test
    "procedure_frozen": "The edition of the test procedure is frozen.",
    "rig_in_calibration": "The test rig is in calibration.",
    "points_within": "All mandatory points are within their criteria.",
    "witnessed_if_asked": "The witness that the scheme asks for was there.",
    "nonconformity_raised": "A nonconformity is raised for the failure (I21).",
    # nonconformities and concessions
    "design_data_approved": "Approved data says how it is done, where it departs from the drawing.",
    "concession_permitted": "Nothing safety-critical and no life-limited part is conceded.",
    "concession_scoped": "The concession names serial numbers or a quantity, and its last day.",
    "concession_covers": "The concession is in force and covers this part and its deviations.",
    "customer_agrees": "The customer agrees, where the contract asks for it.",
    "action_seen": "Somebody saw that what was decided is done.",
    "cause_recorded": "The cause of the failure is recorded.",
    "loops_left": "Another rework loop is permitted (I24).",
    # release
    "dossier_complete": "The dossier holds everything that class, family and scheme ask for.",
    "no_open_nonconformity": "No nonconformity is open (I22).",
    "concessions_approved": "Every concession is approved (I22).",
    "hazards_declared": "The declaration of hazardous substances is current.",
    "mass_balanced": "The mass balance is closed or its exception explained (I25).",
    "findings_given": "The findings are named.",
    "class_reduced": "The new class is lower than the targeted one.",
    "owner_told": "The owner was told.",
    "certificate_ready": "The certificate passed every check before signing.",
    "certificate_revoked": "The release certificate is revoked.",
    "holders_notified": "The holders are notified.",
    "reason_given": "The reason is named.",
    "successor_issued": "The certificate that replaces this one is issued.",
    "state_unchanged": "Nothing happened to the part since the certificate was issued.",
    # product certification and accreditation
    "scheme_open": "The scheme is approved and takes applications.",
    "agreement_signed": "The client signed the certification agreement.",
    "body_accredited": "The body is accredited for scheme, edition and category on that day (I46).",
    "findings_open": "At least one clause is not complied with.",
    "client_answered": "The client said what he did about it.",
    "evaluation_complete": "Every clause is judged, none is left not complied with, and every report is there.",
    "edition_in_force": "The edition of the standard is in force on that day.",
    "scope_named": "What it is about is named, and is part of what there is.",
    "cause_removed": "The cause is removed.",
    "client_asked": "The client asked for it.",
    # labels, delivery and after
    "placement_free": "No other live label has this placement (I54).",
    "text_from_release": "The text comes from the release (I57).",
    "photo_attached": "A photo shows the label on the part.",
    "scan_matches": "The label was scanned on the part and names it.",
    "label_applied": "The label is on the part.",
    "label_read_back": "The label was read back by a scan.",
    "replacement_reserved": "The label that replaces this one is reserved.",
    "certification_in_force": "The product certification is in force, where the claim needs one.",
    "import_checked": "Import conditions are checked.",
    "final_counters": "The final counters are read.",
    # ends
    "harvest_recorded": "Each harvested part has its own record.",
    "second_person_confirmed": "A second person confirmed, where the part is of high value or life-limited.",
    "mutilation_shown": "Mutilation is proved, where the part is life-limited (I11).",
}

GUARDS: Mapping[str, Guard] = {name: Guard(name, meaning) for name, meaning in _SENTENCES.items()}
