"""The states of cases, nonconformities, certificates, accreditations and labels, with whose turn it is in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """A state, the role whose turn it is, and what that means; `turn` is None where nobody is waited for."""

    name: str
    turn: str | None
    meaning: str


_ALL: tuple[State, ...] = (
    # SM-1, a case
    State("ANNOUNCED", "receiving_clerk", "The core is on its way; the receiving clerk awaits it."),
    State("RECEIVED", "core_inspector", "The core is here; the core inspector identifies it."),
    State("SITE_ACCEPTED", "core_inspector", "The equipment stands at its owner's; the core inspector identifies it."),
    State("QUARANTINED", "quality", "The core is set apart; quality clears the reason or ends the case."),
    State("IDENTIFIED", "core_inspector", "The core is known; the core inspector grades it."),
    State("GRADED", "core_manager", "The core is graded; the core manager accepts or rejects it."),
    State("ACCEPTED", "planner", "The core is accepted; the planner opens the work order."),
    State("REJECTED", "logistics", "The core is rejected; logistics returns, recycles or keeps it."),
    State("IN_WORK", "technician", "The work order is open; the technician disassembles."),
    State("DISASSEMBLED", "technician", "The parts found are recorded; the technician cleans them."),
    State("CLEANED", "inspector", "The parts are clean; the inspector measures them."),
    State("INSPECTED", "inspector", "The parts are measured; the inspector decides what becomes of each."),
    State("DISPOSITIONED", "planner", "Every part has its disposition; the planner starts the restoration."),
    State(
        "IN_RESTORATION", "technician", "Parts are being restored; the technician finishes the operations."
    ),
    State("RESTORED", "technician", "The parts are restored; the technician reassembles the unit."),
    State("REASSEMBLED", "test_operator", "The unit is together; the test operator starts the test."),
    State("IN_TEST", "test_operator", "The unit is on test; the test operator says pass or fail."),
    State("REWORK", "planner", "Something failed; the planner records the cause and sends it back to work."),
    State("TEST_PASSED", "quality", "The test is passed; quality compiles the dossier and submits it."),
    State(
        "SUBMITTED", "certifying_staff", "The dossier is complete; certifying staff release or send it back."
    ),
    State(
        "RELEASED",
        "label_officer",
        "The unit is released; the label officer has the label applied and read back.",
    ),
    State("LABELLED", "logistics", "The label is on the part; logistics delivers it."),
    State("IN_SERVICE", "owner", "The part is in service; the owner uses it and returns it one day."),
    State("NONCONFORMING", "logistics", "The release is revoked; logistics takes the part back."),
    State("RETURNED_UNPROCESSED", None, "The core went back to its owner as it came; nobody's turn."),
    State("RECYCLED", None, "The core went to recycling; nobody's turn."),
    State("SCRAPPED", None, "The part is scrapped and never comes back; nobody's turn."),
    State("DONOR", None, "The core gives its parts, each with a record of its own; nobody's turn."),
    # SM-3, a nonconformity
    State("OPEN", "quality", "Something is not as it must be; quality takes it to the review board."),
    State("MRB_REVIEW", "quality", "The board looks at it; quality and design authority decide what is done."),
    State("ACTION", "inspector", "It was decided what is done; when it is done, the inspector verifies it."),
    State(
        "CONCESSION_PENDING",
        "mrb",
        "A concession is asked for; the design authority in the mrb approves or refuses it.",
    ),
    State(
        "CONCESSION_APPROVED",
        "inspector",
        "The concession is approved; the inspector verifies that its terms are kept.",
    ),
    State("CLOSED", None, "Somebody else verified it; nobody's turn."),
    # SM-4, a release certificate
    State("DRAFT", "certifying_staff", "The number is reserved; certifying staff check and issue it."),
    State("ISSUED", None, "The certificate says what was true on its day; nobody's turn."),
    State("SUPERSEDED", None, "Another number replaces the certificate; it stays readable."),
    State("REVOKED", None, "The certificate is revoked for good; it stays readable."),
    State("VOID", None, "The number was reserved and never issued; it stays used."),
    # SM-5, a product certification; SM-6, an accreditation
    State("APPLIED", "reviewer", "An application is here; the reviewer accepts or declines it."),
    State("DECLINED", None, "The application was declined; nobody's turn."),
    State("IN_EVALUATION", "evaluator", "The evaluator judges each clause and collects the reports."),
    State("AWAITING_CLIENT", "evaluator", "The client has to put things right; the evaluator takes his answer."),
    State("IN_REVIEW", "reviewer", "The evaluation is done; a reviewer who took no part in it looks at it."),
    State("DECISION", "decision_maker", "The review is done; a decision maker grants or refuses."),
    State("CERTIFIED", "evaluator", "The certificate is in force; the evaluator surveils it when it is due."),
    State("EXTENDED", None, "The scope of the certification was extended by it; nobody's turn."),
    State("REFUSED", None, "The certification was refused; nobody's turn."),
    State("SUSPENDED", "decision_maker", "Suspended; the decision maker reinstates it when the cause is removed."),
    State("WITHDRAWN", None, "Withdrawn for good; it stays readable."),
    State("TERMINATED", None, "Ended because its holder asked for it; it stays readable."),
    State("EXPIRED", None, "Its last day is over; it stays readable."),
    State("GRANTED", "accreditor", "The accreditation is in force; the accreditor watches over it."),
    State("REDUCED", "accreditor", "In force in a smaller scope; the accreditor watches over it."),
    # SM-8, a label
    State("reserved", "label_officer", "The label has its code; the label officer prints it."),
    State("printed", "label_officer", "The label is on paper; the label officer has it applied."),
    State("applied", "label_officer", "The label is on the part; the label officer has it read back."),
    State("active", None, "The label was read back and speaks for the part; nobody's turn."),
    State("superseded", None, "Another label replaces this one; its code still answers."),
    State(
        "lost", "label_officer", "The label is missing; its code warns, the label officer reserves another."
    ),
    State("revoked", None, "The label must not be trusted; its code warns."),
    State("destroyed", None, "The label is destroyed; a scan of it is a copy."),
)

STATES: Mapping[str, State] = {state.name: state for state in _ALL}
