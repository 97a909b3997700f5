"""What the words of inspection say to people; English message ids, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.words import DISPOSITIONS, N_

Words = Mapping[str, str]

ZONES: Mapping[str, tuple[str, str]] = {
    "within_new": ("verified", N_("Within new limits")),
    "between_new_and_service": ("attention", N_("Outside new limits")),
    "beyond_service": ("invalid", N_("Beyond the service limit")),
    "not_tested": ("unknown", N_("Not tested")),
    "not_measurable": ("invalid", N_("Too damaged to measure")),
}
DISPOSITION_WORDS: Words = {
    **DISPOSITIONS,
    "REPLACE": N_("Replace"),
    "NOT_TESTED": N_("Nothing is decided"),
}
BECAUSE: Words = {
    "not-tested": N_("It is not measured yet."),
    "within-new-limits": N_("It is as good as new."),
    "within-service-limits": N_("It may go on serving in the class that is aimed at."),
    "outside-new-limits": N_("Work can bring it back to new limits."),
    "within-size-step": N_("Machining reaches the next size, and its mates follow."),
    "beyond-service-limits": N_("No work brings this back: it is worn too far."),
    "no-rework": N_("Work on this is not permitted."),
    "repair-count-reached": N_("It was repaired as often as it may be."),
    "no-scheme": N_("No repair is known for this."),
    "life-limit-reached": N_("Its life has ended."),
    "cannot-be-measured": N_("Nobody can measure it any more. It can only be replaced."),
}
BASIS: Words = {
    "measured": N_("Decided by the worst result"),
    "mandatory": N_("This is replaced every time and never inspected for reuse."),
    "life": N_("Its life has ended, however well it measures."),
    "by-eye": N_("Nothing has to be measured on this. Look at it, then decide."),
}
STAGE_WORDS: Words = {
    "as_found": N_("as found"),
    "after_operation": N_("after work"),
    "final": N_("final"),
}
RETEST_WORDS: Words = {
    "reading-doubted": N_("I doubt the reading"),
    "instrument-doubted": N_("I doubt the instrument"),
    "cleaned-again": N_("It was cleaned again"),
    "after-work": N_("It was worked on again"),
    "second-opinion": N_("A second person measures"),
}
NOT_TESTED_WORDS: Words = {
    "not-accessible": N_("The place cannot be reached"),
    "no-instrument": N_("No instrument is at hand"),
    "damaged": N_("The part is too damaged"),
    "not-fitted": N_("The part does not have this"),
}
CHANGE_WORDS: Words = {
    "new-result": N_("There is a new result"),
    "mistaken": N_("It was a mistake"),
    "no-replacement": N_("There is no such replacement"),
    "customer-asked": N_("The customer asked for it"),
    "concession-refused": N_("The concession was refused"),
}
RESULT_WORDS: Words = {
    "passed": N_("Passed"),
    "adjusted": N_("Passed after adjustment"),
    "out_of_tolerance": N_("Found out of tolerance, adjusted: recall what it measured"),
    "failed": N_("Failed: not to be used, recall what it measured"),
    "recalled": N_("Recalled"),
}
CAUSE_WORDS: Words = {
    "dimension": N_("A dimension is wrong"),
    "crack": N_("A crack"),
    "damage": N_("Damage"),
    "wrong-part": N_("A wrong part"),
    "process": N_("A step was done wrongly"),
    "test-failed": N_("A test failed"),
    "paper": N_("Papers are missing or wrong"),
    "instrument": N_("An instrument was not reliable"),
    "other": N_("Something else"),
}
OUTCOME_WORDS: Words = {
    "reworked": N_("It was reworked"),
    "repaired": N_("It was repaired"),
    "replaced": N_("It was replaced"),
    "scrapped": N_("It was scrapped"),
    "returned": N_("It went back to where it came from"),
    "conceded": N_("It is used as it is, by a concession"),
    "unfounded": N_("There was nothing wrong"),
    "duplicate": N_("Another nonconformity stands for it"),
}
DECISION_WORDS: Words = {
    "rework": N_("Rework it to the drawing"),
    "repair": N_("Repair it by approved data"),
    "scrap": N_("Scrap it"),
    "return": N_("Send it back to where it came from"),
}
REFUSAL_WORDS: Words = {
    "function-at-risk": N_("It would put the function at risk"),
    "not-justified": N_("The reasons do not suffice"),
    "customer-refuses": N_("The customer does not agree"),
    "better-repaired": N_("It can be repaired instead"),
}
RECALL_WORDS: Words = {
    "out-of-tolerance": N_("It was found out of tolerance"),
    "damaged": N_("It was dropped or damaged"),
    "check-failed": N_("It failed a check against a reference"),
    "certificate-wrong": N_("Its calibration certificate is wrong"),
}
