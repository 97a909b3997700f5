"""Words that people read for our stable codes; English here, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.message import N_
from remanu.web.reasons import REASONS

__all__ = [
    "ACTIVITIES",
    "CLASSES",
    "DISPOSITIONS",
    "GATES",
    "LINTS",
    "LINT_ADVICE",
    "N_",
    "PROBLEMS",
    "REASONS",
    "ROLES",
    "SHORTFALLS",
]


PROBLEMS: Mapping[str, tuple[str, str]] = {
    "bad-input": (
        N_("One entry cannot be taken"),
        N_("Correct the marked entry and send again. Nothing was stored."),
    ),
    "invalid-form": (
        N_("Some entries need attention"),
        N_("Correct the marked entries and send again. Nothing was stored."),
    ),
    "malformed-body": (
        N_("The request cannot be read"),
        N_("Send one JSON document in UTF-8. Nothing was stored."),
    ),
    "not-signed-in": (N_("Please sign in"), N_("Sign in again; what you typed is kept.")),
    "forbidden": (
        N_("Your role does not include this"),
        N_("Ask somebody who holds one of the roles named here, or your administrator."),
    ),
    "own-work": (
        N_("You worked on this part yourself"),
        N_("Somebody who did no work on it since intake must do this."),
    ),
    "own-file": (
        N_("You had a part in this yourself"),
        N_("Somebody who had no part in it must do this."),
    ),
    "not-impartial": (
        N_("You are not known to be impartial here"),
        N_("Declare your impartiality in the file first. Whoever has an interest in the client cannot do this."),
    ),
    "not-authorised": (
        N_("Your authorisation does not cover this"),
        N_("Ask your administrator to check its scope and dates."),
    ),
    "factor-needed": (N_("Confirm that it is you"), N_("Give what this page asks for: your password, your one-time code or your passkey.")),
    "signature-refused": (N_("This signature does not hold"), N_("Nothing was signed. Read why, then sign again.")),
    "cross-site": (
        N_("This came from another site"),
        N_("Open the page here and send it again. Nothing was stored."),
    ),
    "not-found": (N_("There is no such page or record"), N_("Check the address, or search for the part.")),
    "unknown-code": (
        N_("No such record"),
        N_(
            "No part is recorded under this code. Do not install the part. Check the characters, or report the label."
        ),
    ),
    "not-allowed": (N_("Not possible in this state"), N_("See what is possible now, and go on from there.")),
    "guard-failed": (N_("Something is still missing"), N_("Do what is listed first, then try again.")),
    "conflict": (N_("This contradicts the record"), N_("Read what is recorded already. Nothing was stored.")),
    "key-reused": (
        N_("This form was sent before with other entries"),
        N_("Open the form again. The first sending counts."),
    ),
    "key-missing": (
        N_("The request has no idempotency key"),
        N_("Send an Idempotency-Key header of your own choice with every act."),
    ),
    "stale": (N_("Somebody was faster"), N_("Read what changed, then decide again. What you typed is kept.")),
    "too-large": (N_("That is too large"), N_("Send less, or a smaller file. Nothing was stored.")),
    "unsafe-file": (
        N_("This file cannot be taken"),
        N_("Send a JPEG, PNG, WebP or PDF file that opens on its own."),
    ),
    "too-many": (N_("Too many tries"), N_("Wait a little, then try again.")),
    "cannot-draw": (
        N_("This cannot be drawn so that it can be read"),
        N_("Choose a larger label or shorter text."),
    ),
    "pack-refused": (
        N_("The family pack has an error"),
        N_("Correct the place named here and load it again."),
    ),
    "issuing-halted": (N_("Issuing is halted"), N_("Ask your quality department when it will go on.")),
    "unavailable": (
        N_("Writing is not possible at the moment"),
        N_("Nothing was changed; reading goes on. Try again shortly."),
    ),
    "outcome-unknown": (
        N_("It is not certain whether this was stored"),
        N_("Send the same form again: it will not be stored twice."),
    ),
    "misconfigured": (N_("The installation is not set up correctly"), N_("Tell your operator.")),
    "damaged": (
        N_("This part of the record does not verify"),
        N_("Do not rely on it. Tell the operator; the record check names the place."),
    ),
    "wrong-method": (N_("This address does not do that"), N_("Use one of the methods it allows.")),
    "not-acceptable": (N_("This is not offered in that form"), N_("Ask for a page or for JSON.")),
    "failed": (
        N_("Something went wrong on our side"),
        N_("Nothing was stored. Try again; if it stays, give the request number to your operator."),
    ),
    "refused": (N_("This was refused"), N_("Nothing was stored.")),
}

# What the next stronger class lacks (rules/classes.py).
SHORTFALLS: Mapping[str, str] = {
    "not-offered": N_("the family is not released in it"),
    "depth": N_("the unit was not taken apart deep enough"),
    "warranty": N_("the warranty is too short"),
    "not-tested": N_("the full test is missing"),
    "faults": N_("not every fault is shown to be removed"),
    "critical-not-measured": N_("a critical characteristic was not measured"),
    "critical-beyond-service": N_("a critical characteristic is beyond its service limit"),
    "critical-outside-new": N_("a critical characteristic is outside new limits"),
    "concession": N_("a concession lies outside new limits"),
    "mandatory-kept": N_("a part that is renewed every time was kept"),
    "warranty-below-new": N_("the warranty is shorter than that of a new unit"),
}

# The parts of a dossier (release/queries/dossier.py).
GATES: Mapping[str, str] = {
    "lives": N_("Limited lives"),
    "identity": N_("Identity"),
    "teardown": N_("Teardown"),
    "measurements": N_("Measurements"),
    "operations": N_("Operations and assembly"),
    "tests": N_("Tests"),
    "concessions": N_("Nonconformities and concessions"),
    "substances": N_("Hazardous substances"),
    "mass_balance": N_("Mass balance"),
}

# What stands against a certificate (rules/lint.py); the block of the form stands beside it.
LINTS: Mapping[str, str] = {
    "block-missing": N_("The block is empty"),
    "number-differs": N_("The number is not the one that was taken"),
    "digest-differs": N_("The record is not what was signed"),
    "dossier-differs": N_("The dossier is not the one that was sealed"),
    "class-unknown": N_("The class is not known"),
    "class-above-dossier": N_("The dossier does not support this class"),
    "vocabulary-unknown": N_("The words of this scheme were not in force on that day"),
    "no-term": N_("No status is named"),
    "unknown-term": N_("The scheme does not have this status"),
    "several-terms": N_("These words do not stand together on one line"),
    "term-of-another-class": N_("The status stands for another class"),
    "word-too-strong": N_("The word claims more than the class"),
    "side-not-allowed": N_("This side of the form may not be signed"),
    "warranty-below-minimum": N_("The warranty is below the least of its class and country"),
    "date-before-dossier": N_("It is dated before its dossier"),
    "authorisation-not-valid": N_("No authorisation of the signer was valid on that day"),
    "evidence-missing": N_("A file of evidence is missing"),
    "worked-places-unnamed": N_("The places of work on site are not named"),
    "corrects-itself": N_("It names itself as what it corrects"),
    "character-missing": N_("This character cannot be printed"),
    "does-not-fit": N_("This text does not fit"),
    "cannot-be-drawn": N_("This cannot be printed"),
}

_OF_THE_PART = N_(
    "It comes from the record of the part. Send the dossier back and have the part recorded in fewer characters, or in"
    " ones that can be printed."
)
_OF_THE_SIGNER = N_("It is the name of whoever signs. Another certifier can sign, or an administrator changes the name.")
_OF_THE_AUTHORISATION = N_("It is the number of your authorisation. Ask an administrator for a shorter one.")
_OF_THE_DOSSIER = N_("It comes from the dossier. Send it back and have it said in fewer or other words.")
# What to do about words that cannot be printed, by the block that they stand in.
LINT_ADVICE: Mapping[str, str] = {
    "4": N_("It is how the organisation is called. An administrator changes its name."),
    **dict.fromkeys(("7", "8", "10", "label"), _OF_THE_PART),
    **dict.fromkeys(("13d", "14d"), _OF_THE_SIGNER),
    **dict.fromkeys(("13c", "14c"), _OF_THE_AUTHORISATION),
    **dict.fromkeys(("5", "11", "11a", "12", "12a", "12b"), _OF_THE_DOSSIER),
    **dict.fromkeys(("16", "17"), N_("It is the address of this installation. Ask the operator for a shorter one.")),
}

ACTIVITIES: Mapping[str, str] = {
    "release": N_("Sign release certificates"),
    "concession": N_("Approve concessions"),
    "special_process": N_("Carry out special processes"),
    "ndt": N_("Sign non-destructive tests"),
    "test": N_("Sign acceptance tests"),
    "measuring": N_("Measure"),
}

CLASSES: Mapping[str, str] = {
    "REUSED": N_("Reused"),
    "REPAIRED": N_("Repaired"),
    "RECONDITIONED": N_("Reconditioned"),
    "OVERHAULED": N_("Overhauled"),
    "REBUILT": N_("Rebuilt"),
    "REMANUFACTURED": N_("Remanufactured"),
}

ROLES: Mapping[str, str] = {
    "receiving_clerk": N_("Receiving clerk"),
    "core_inspector": N_("Core inspector"),
    "core_manager": N_("Core manager"),
    "planner": N_("Planner"),
    "technician": N_("Technician"),
    "inspector": N_("Inspector"),
    "test_operator": N_("Test operator"),
    "quality": N_("Quality"),
    "certifying_staff": N_("Certifying staff"),
    "label_officer": N_("Label officer"),
    "logistics": N_("Logistics"),
    "engineering": N_("Engineering"),
    "approver": N_("Approver"),
    "mrb": N_("Material review board"),
    "evaluator": N_("Evaluator of a certification body"),
    "reviewer": N_("Reviewer of a certification body"),
    "decision_maker": N_("Decision maker of a certification body"),
    "accreditor": N_("Accreditor"),
    "steward": N_("Steward of agreements"),
    "admin": N_("Administrator"),
    "supervisor": N_("Supervisor, reads only"),
}

DISPOSITIONS: Mapping[str, str] = {
    "REUSE_AS_IS": N_("Reuse as it is"),
    "ACCEPT_SERVICE_LIMIT": N_("Reuse within service limits"),
    "SALVAGE": N_("Salvage"),
    "SALVAGE_SIZE_STEP": N_("Salvage to the next size"),
    "REPLACE_NEW": N_("Replace by a new part"),
    "REPLACE_REMAN": N_("Replace by a remanufactured part"),
    "REPLACE_USED_SERVICEABLE": N_("Replace by a used serviceable part"),
    "REPLACE_MANDATORY": N_("Replace, as every time"),
    "CONCESSION_REQUEST": N_("Ask for a concession"),
}
