"""The closed lists of intake in the words that people read."""

from __future__ import annotations

from remanu.web.words import N_

QUARANTINE_WORDS = {
    "identity_unclear": N_("It is not clear what it is"),
    "ownership_unclear": N_("It is not clear whose it is"),
    "asbestos": N_("Asbestos"),
    "pcb": N_("PCB in oil or capacitors"),
    "radioactive": N_("Radioactive material"),
    "data_storage": N_("A disk that holds data"),
    "battery": N_("A battery"),
    "suspected_unapproved": N_("Suspected unapproved part"),
    "accident": N_("It was in an accident"),
    "fire": N_("It was in a fire"),
    "flood": N_("It was in a flood"),
}
PACKING_WORDS = {
    "stand": N_("On its stand"),
    "crate": N_("In a crate"),
    "pallet": N_("On a pallet"),
    "wrapped": N_("Wrapped"),
    "loose": N_("Loose"),
}
LIVES_WORDS = {
    "none": N_("It was never remanufactured"),
    "unknown": N_("Nobody can say"),
    "known": N_("It was remanufactured before"),
}
RIGHT_WORDS = {
    "owner_order": N_("The owner's order"),
    "bill_of_sale": N_("A bill of sale"),
    "exchange_deposit": N_("A deposit in exchange"),
    "lease": N_("A lease"),
    "court_or_customs": N_("A paper of court or customs"),
}
REJECTED_WORDS = {
    "grade": N_("The grade is too low"),
    "not_economic": N_("It would cost more than it is worth"),
    "no_capacity": N_("There is no capacity for it"),
    "hazard": N_("It holds a hazard that cannot be removed"),
    "owner_withdrew": N_("The owner withdrew it"),
}
OUTCOME_WORDS = {
    "full": N_("Good core"),
    "damaged": N_("Damaged core"),
    "none": N_("Not acceptable"),
}
CUSTODY_WORDS = {
    "announced": N_("Announced"),
    "received": N_("Received"),
    "site": N_("Accepted on site"),
    "returned": N_("Returned to its owner"),
    "recycled": N_("Sent to recycling"),
    "kept": N_("Kept to give its parts"),
}
DEFECT_WORDS = {
    "missing": N_("Missing"),
    "cracked": N_("Cracked"),
    "broken": N_("Broken or holed"),
    "welded": N_("Welded before"),
    "corroded": N_("Rusted or corroded"),
    "burnt": N_("Burnt"),
    "mishandled": N_("Damaged in handling"),
    "dismantled": N_("Taken apart"),
    "contaminated": N_("Contaminated"),
    "wrong_part": N_("Not the right part"),
    "other": N_("Something else"),
}
SPOT_WORDS = {
    "outside": N_("All over"),
    "front": N_("Front"),
    "rear": N_("Rear"),
    "left": N_("Left side"),
    "right": N_("Right side"),
    "top": N_("Top"),
    "bottom": N_("Bottom"),
    "inside": N_("Inside, as far as one sees"),
}
SEVERITY_WORDS = {
    "minor": N_("Minor: on the surface"),
    "major": N_("Major: has to be mended"),
    "critical": N_("Critical: the component is lost"),
}
VOID_WORDS = {
    "spoilt": N_("It is spoilt"),
    "misprinted": N_("It was misprinted"),
    "lost": N_("It is lost"),
    "surplus": N_("It is not needed and was destroyed"),
}
STRUCK_WORDS = {
    "not_there": N_("It is not there"),
    "entered_twice": N_("It was entered twice"),
    "wrong_code": N_("It was entered under the wrong code"),
}
APPEAL_WORDS = {
    "outcome": N_("The outcome is too low"),
    "defect": N_("A defect was not there"),
    "charge": N_("An add-charge is not right"),
    "transport": N_("It was damaged on the way"),
    "identity": N_("It is another part"),
}
BLOCKER_WORDS = {
    "no-record": N_("No part of yours has this code"),
    "blank-tag": N_("A blank tag that no part has yet"),
    "not-installed": N_("It sits in nothing"),
    "no-case": N_("No work is open on it"),
    "wrong-state": N_("It is not at this step"),
    "on-hold": N_("A hold stops it"),
    "nothing-given": N_("It was graded as not acceptable"),
    "hazard-open": N_("A quarantine is open"),
    "appeal-open": N_("An appeal is open"),
    "own-grade": N_("You graded it yourself"),
}
CRITERIA_STATES = {
    "draft": ("attention", N_("Waits for approval")),
    "waiting": ("process", N_("Comes into force")),
    "in-force": ("verified", N_("In force")),
    "ended": ("unknown", N_("Ended")),
    "withdrawn": ("invalid", N_("Withdrawn")),
}
SEALED_WORDS = {
    "owner": N_("Owner"),
    "signed_by": N_("Handed over by"),
    "carrier": N_("Carrier"),
    "consignment": N_("Consignment note"),
    "recycler": N_("Recycler"),
    "finding": N_("What was found"),
    "value": N_("Value"),
    "limit": N_("Up to this one person decides"),
    "note": N_("Note"),
    "site": N_("Site"),
    "permit": N_("Permit to work"),
    "locks": N_("Lock numbers"),
}
