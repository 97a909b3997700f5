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
    "returned": N_("Returned to its owner"),
    "recycled": N_("Sent to recycling"),
    "kept": N_("Kept to give its parts"),
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
}
