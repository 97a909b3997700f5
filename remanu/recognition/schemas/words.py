"""What people read for the codes of recognition: levels, tails, conditions, reasons why an agreement is suspended."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.words import N_

LEVEL_WORDS: Mapping[str, str] = {
    "L0": N_("L0: no recognition"),
    "L1": N_("L1: evidence accepted; the receiving side attests itself"),
    "L2": N_("L2: certificate accepted with conditions"),
    "L3": N_("L3: certificate equivalent, no further act"),
}
EQUIVALENCE_WORDS: Mapping[str, str] = {
    "identical": N_("Identical"),
    "equivalent": N_("Equivalent"),
    "equivalent_with_differences": N_("Equivalent with differences"),
}
BASIS_WORDS: Mapping[str, str] = {
    "issue": N_("The issuer is accredited on the day of issue"),
    "as_of": N_("The issuer is accredited on the day of issue and on the day of asking"),
}
TAIL_WORDS: Mapping[str, str] = {
    "yes": N_("Certificates issued before stay recognised"),
    "until": N_("Certificates issued before stay recognised until a day"),
    "no": N_("Nothing is recognised any longer"),
}
WHY_WORDS: Mapping[str, str] = {
    "side-asked": N_("One side asked for it"),
    "findings": N_("A peer assessment found faults"),
    "law-changed": N_("The law changed on one side"),
    "review": N_("It is under review"),
}
CONDITION_WORDS: Mapping[str, str] = {
    "label": N_("Words on the label by the law there"),
    "language": N_("A language that is read there"),
    "importer": N_("An importer is named"),
    "substance": N_("Hazardous substances within the limits there"),
    "warranty": N_("Warranty as long as asked there"),
    "notification": N_("The authority was notified"),
    "dual_statement": N_("The release carries the statement for the other side too"),
    "component": N_("Every critical part is recognised as well"),
}
LEVELS_OF_PART: Mapping[str, str] = {"complete": N_("complete product"), "component": N_("component")}
SIDES: Mapping[str, str] = {"production": N_("production release"), "maintenance": N_("maintenance release")}
MAKERS: Mapping[bool, str] = {True: N_("by its maker"), False: N_("not by its maker")}
STATES: Mapping[str, tuple[str, str]] = {
    "draft": ("attention", N_("Draft")),
    "discarded": ("unknown", N_("Given up")),
    "later": ("attention", N_("Approved, not in force yet")),
    "in_force": ("verified", N_("In force")),
    "suspended": ("attention", N_("Suspended")),
    "ended": ("invalid", N_("Ended")),
}


VERDICTS: Mapping[str, tuple[str, str]] = {
    "RECOGNISED": ("verified", N_("Recognised")),
    "DOMESTIC": ("verified", N_("Certified there itself")),
    "EVIDENCE_ACCEPTED": ("attention", N_("Evidence accepted")),
    "CONDITIONAL": ("attention", N_("Recognised under conditions that are open")),
    "UNKNOWN": ("unknown", N_("Not known")),
    "SUSPENDED": ("attention", N_("Suspended")),
    "HISTORY": ("unknown", N_("History")),
    "NOT_RECOGNISED": ("invalid", N_("Not recognised")),
    "INVALID": ("invalid", N_("Not valid")),
}
SENTENCES: Mapping[str, str] = {
    "RECOGNISED": N_(
        "Recognised in %(place)s under agreement %(agreement)s, level %(level)s, %(met)s, checked at %(time)s."
    ),
    "DOMESTIC": N_(
        "Certified in %(place)s itself, so that no agreement is needed, %(met)s, checked at %(time)s."
    ),
    "EVIDENCE_ACCEPTED": N_(
        "%(place)s accepts the evidence under agreement %(agreement)s and still attests itself, checked at %(time)s."
    ),
    "CONDITIONAL": N_(
        "Recognised in %(place)s under agreement %(agreement)s only once this is met: %(open)s. "
        "Checked at %(time)s."
    ),
    "UNKNOWN": N_("Whether it is recognised in %(place)s is not known: %(why)s Checked at %(time)s."),
    "SUSPENDED": N_("At present it is not recognised in %(place)s: %(why)s Checked at %(time)s."),
    "HISTORY": N_("This is history, and says nothing of the part today: %(why)s Checked at %(time)s."),
    "NOT_RECOGNISED": N_("Not recognised in %(place)s: %(why)s Checked at %(time)s."),
    "INVALID": N_("What was handed in does not hold: %(why)s Checked at %(time)s."),
}
NOT_SHOWN = N_("nobody has shown: %(list)s.")
OTHER_REASON = N_("Another reason: %(code)s.")
REASON_WORDS: Mapping[str, str] = {
    "integrity": N_("The certificate does not match its digest, or bears no signature."),
    "certificate": N_("No certificate is recorded for it."),
    "state:release": N_("How the release stands is not recorded."),
    "state:certificate": N_("How the certificate stands is not recorded."),
    "revoked:release": N_("The release was revoked."),
    "superseded:release": N_("The release was replaced."),
    "under_review:release": N_("The release is under review."),
    "suspended:certificate": N_("The product certificate is suspended."),
    "under_review:certificate": N_("The certificate is under review."),
    "revoked:certificate": N_("The certificate was revoked."),
    "withdrawn:certificate": N_("The product certificate was withdrawn."),
    "terminated:certificate": N_("The product certificate ended because its holder asked for it."),
    "expired:certificate": N_("The product certificate expired."),
    "identity": N_("Whether the certificate speaks of this life of the part is not known."),
    "life-closed": N_("The life that the certificate speaks of has ended, or its label is retired."),
    "class": N_("The class %(what)s is not among those that are taken."),
    "model": N_("The model was not in the scope of the certificate on the day of release."),
    "issuer": N_("The body was not accredited on the day of issue, or nobody knows."),
    "own-designation": N_(
        "The designation of the body is recorded by the body itself alone: somebody else has to have looked."
    ),
    "scope": N_("The body is not accredited for products of this kind (%(what)s)."),
    "basis": N_("The agreement does not say when the issuer has to be accredited."),
    "accreditor": N_("The accreditor (%(what)s) did not sign the arrangement that is asked for."),
    "jurisdiction": N_("What the law there asks is not recorded."),
    "agreement": N_("No agreement from the certifying side to this one is recorded."),
    "direction": N_("There is an agreement for the other direction alone."),
    "date": N_("The certificate was issued before the agreement covers it."),
    "agreement-suspended": N_("The agreement is suspended."),
    "agreement-ended": N_("The agreement ended, and certificates issued before are not taken any longer."),
    "tail": N_("The agreement ended, and nobody recorded what becomes of certificates issued before."),
    "category": N_("The agreement does not take products of this kind (%(what)s)."),
    "scheme": N_("The agreement does not take the scheme %(what)s."),
    "edition": N_("The agreement does not take the edition %(what)s."),
    "document": N_("It is recorded from a document, which this agreement does not take."),
    "status": N_("The agreement does not take the status word \u201c%(what)s\u201d."),
    "level": N_("The agreement gives no recognition at this level."),
    "evidence": N_("Whether the test report is at hand is not known."),
    "evidence-missing": N_("The test report is missing, without which the certificate is worth nothing."),
    "parts": N_("Which parts are in it is not known."),
    "component": N_("A critical part in it is not recognised: %(what)s."),
}
STATE_SIGNS: Mapping[str, tuple[str, str]] = {
    "met": ("verified", N_("met")),
    "unmet": ("attention", N_("not met")),
    "unknown": ("unknown", N_("not known")),
}
DIFFERENCE = N_("National difference %(code)s: evidence is asked for")
DETAILS: Mapping[str, str] = {
    "label": N_("the word is \u201c%(what)s\u201d"),
    "language": N_("one of: %(what)s"),
    "warranty": N_("at least %(what)s days"),
    "substance": N_("it is about %(what)s"),
}
PLAIN = N_("%(what)s")
OWN_RECORD = N_("recorded by the workshop itself, which did the work: somebody else has to have looked")
LINKS: Mapping[str, str] = {
    "release": N_("Release of this part"),
    "parts": N_("Critical parts in it"),
    "certificate": N_("Certificate"),
    "body": N_("Body that issued it"),
    "accreditation": N_("Accreditation of the body"),
    "designation": N_("Designation by its government"),
    "arrangement": N_("Arrangement that the accreditor signs"),
    "agreement": N_("Agreement"),
    "jurisdiction": N_("Jurisdiction"),
}
STATE_DATES: Mapping[str, str] = {
    "issued": N_("released on %(day)s"),
    "under_review": N_("under review since %(day)s"),
    "suspended": N_("suspended since %(day)s"),
    "superseded": N_("replaced on %(day)s"),
    "revoked": N_("revoked on %(day)s"),
    "withdrawn": N_("withdrawn on %(day)s"),
}
NONE_RECORDED = N_("none is recorded")
ROWS: Mapping[str, str] = {
    "release": N_("Release certificate"),
    "certificate": N_("Product certificate"),
    "accreditation": N_("Accreditation of the body"),
    "paper-certificate": N_("Certificate recorded from a document"),
    "paper-accreditation": N_("Accreditation recorded from a document"),
    "paper-designation": N_("Designation recorded from a document"),
    "paper-evidence": N_("Evidence recorded from a document"),
    "signature": N_("Signature of an arrangement"),
    "agreement": N_("Recognition agreement"),
    "organisation": N_("Organisation"),
    "part": N_("Released part"),
    "label-words": N_("Rule on label words"),
    "languages": N_("Rule on languages"),
    "warranty": N_("Rule on warranty"),
    "substances": N_("Rule on hazardous substances"),
    "jurisdiction": N_("What the law asks"),
}
ROW_OF = N_("%(what)s: %(name)s")
ROW_FROM = N_("%(row)s, %(since)s")
ASKED_FOR = N_("as of %(day)s")
NO_DATE = N_("no date is recorded")
SINCE = N_("since %(day)s")
FROM_TO = N_("from %(since)s until before %(until)s")
NOT_THE_THING = N_("That the thing in front of you is this part: compare it with its page.")
NOT_PASSED_ON = N_("Any third jurisdiction: recognition is never passed on.")
NOT_THESE_WORDS = N_("Parts released with these words: %(list)s.")
ONLY_THESE = N_("Other classes than %(classes)s, and other products than %(categories)s.")
ONLY_THESE_PRODUCTS = N_("Other products than %(categories)s.")
NOTES: Mapping[str, str] = {
    "certificate-suspended-later": N_(
        "The product certificate was suspended later; it does not name this unit."
    ),
    "certificate-withdrawn-later": N_(
        "The product certificate was withdrawn later; it does not name this unit."
    ),
    "certificate-expired-later": N_("The product certificate expired since."),
    "certificate-terminated-later": N_(
        "The product certificate ended since, because its holder asked for it."
    ),
    "certificate-under_review-later": N_("The certificate is under review since."),
    "recorded-from-document": N_("A link of the chain is recorded from a document that two people saw."),
    "issuer-later": N_("The body is not accredited any longer; on the day of issue it was."),
    "agreement-ended": N_("The agreement has ended; certificates issued before stay recognised."),
}


def offered(words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A closed list as choices of a form."""
    return tuple(words.items())
