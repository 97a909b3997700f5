"""What people read for the codes of certification: activities, answers, reasons, states, what happened."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.words import N_

ACTIVITY_WORDS: Mapping[str, str] = {
    "selection": N_("Selection"),
    "test": N_("Determination: test"),
    "inspection": N_("Determination: inspection"),
    "audit": N_("Determination: audit"),
    "design_appraisal": N_("Determination: appraisal of the design"),
    "review": N_("Review"),
    "decision": N_("Decision"),
    "attestation": N_("Attestation"),
    "market_sample": N_("Surveillance: sample from the market"),
    "factory_sample": N_("Surveillance: sample from the works"),
    "process_audit": N_("Surveillance: audit of the process"),
    "system_audit": N_("Surveillance: audit of the management system"),
}
STATUS_WORDS: Mapping[str, str] = {
    "comply": N_("Comply"),
    "observation": N_("Observation"),
    "not_comply": N_("Not comply"),
}
STATUS_SIGNS: Mapping[str, str] = {"comply": "verified", "observation": "attention", "not_comply": "invalid"}
WISH_WORDS: Mapping[str, str] = {
    "corrected": N_("We corrected what was found"),
    "suspend": N_("Please suspend the certificate"),
    "reduce": N_("Please take models out of the scope"),
    "terminate": N_("Please end the certificate"),
    "appeal": N_("We appeal against a decision"),
    "complaint": N_("We complain"),
}
ABOUT_WORDS: Mapping[str, str] = {"complaint": N_("Complaint"), "appeal": N_("Appeal against a decision")}
OUTCOME_WORDS: Mapping[str, str] = {
    "upheld": N_("Upheld"),
    "partly": N_("Upheld in part"),
    "rejected": N_("Not upheld"),
}
RESULT_WORDS: Mapping[str, str] = {"ok": N_("In order"), "not_ok": N_("Not in order")}
REASON_WORDS: Mapping[str, str] = {
    "not-accredited": N_("We are not accredited for this"),
    "no-capacity": N_("We have no capacity"),
    "conflict-of-interest": N_("We would not be impartial"),
    "scope-unclear": N_("The scope is not clear"),
    "fees": N_("Fees were not paid"),
    "not-complied": N_("The requirements are not complied with"),
    "evidence-missing": N_("Evidence is missing"),
    "client-withdrew": N_("The client withdrew"),
    "misuse": N_("The mark or certificate was misused"),
    "surveillance-missed": N_("Surveillance was missed"),
    "nonconformities": N_("Nonconformities are open"),
    "client-asks": N_("The holder asked for it"),
    "accreditation-lost": N_("The accreditation does not cover it any longer"),
    "safety": N_("There is a danger"),
    "model-ended": N_("The model is not made any longer"),
    "not-corrected": N_("The cause of the suspension was not removed"),
    "holder-ended": N_("The holder ceased to exist"),
    "surveillance-refused": N_("The body refused surveillance"),
    "body-asks": N_("The body asked for it"),
    "resources-lost": N_("The body lost people or equipment it needs"),
}
KIND_WORDS: Mapping[str, str] = {
    "certificate": N_("Certificate of a product"),
    "accreditation": N_("Accreditation of a body"),
    "register_entry": N_("Entry in a register"),
    "designation": N_("Designation of a body by its government"),
    "evidence": N_("Evidence about one unit for another side"),
}
SAYS_WORDS: Mapping[str, str] = {
    "valid": N_("Valid"),
    "suspended": N_("Suspended"),
    "withdrawn": N_("Withdrawn by the body"),
    "expired": N_("Expired"),
}
VERB_WORDS: Mapping[str, str] = {
    "open_application": N_("Application taken up"),
    "accept_application": N_("Application accepted"),
    "decline_application": N_("Application declined"),
    "raise_findings": N_("Findings sent to the client"),
    "take_answer": N_("Answer of the client taken"),
    "finish_evaluation": N_("Evaluation finished"),
    "finish_review": N_("Review finished"),
    "grant_certification": N_("Certified"),
    "refuse_certification": N_("Refused"),
    "surveil": N_("Surveillance done"),
    "suspend_certification": N_("Suspended"),
    "reinstate_certification": N_("Reinstated"),
    "reduce_scope": N_("Scope reduced"),
    "extend_scope": N_("Scope extended"),
    "withdraw_certification": N_("Withdrawn by the body"),
    "terminate_certification": N_("Ended, because the holder asked for it"),
    "standard_transition": N_("Moved to a new edition of the standard"),
    "grant_accreditation": N_("Accredited"),
    "suspend_accreditation": N_("Suspended"),
    "restore_accreditation": N_("Suspension lifted"),
    "reduce_accreditation": N_("Scope reduced"),
    "withdraw_accreditation": N_("Withdrawn by who granted it"),
}
CLAIM_WORDS: Mapping[str, tuple[str, str]] = {
    "in-force": ("verified", N_("Released under it")),
    "kept": ("attention", N_("Released under it, and it changed since")),
    "named": ("invalid", N_("It does not hold for this unit any longer")),
    "ended": ("attention", N_("Released under it, and it ended since")),
    "unknown": ("unknown", N_("Unknown: the release names no site")),
}
EVERY = "*"
EVERY_WORD = N_("Every one")


def offered(words: Mapping[str, str], codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Codes of a closed list with their words, as choices of a form."""
    return tuple((code, words[code]) for code in codes)
