"""What the public page says: one sentence a state, a stage, a kind of event. English here, translated when shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remanu.web.signs import Kind
from remanu.web.words import N_


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader must know: its sign, one word, and a sentence with `who`, `day`, `code`, `other`."""

    kind: Kind
    word: str
    sentence: str


RELEASED: Mapping[str, str] = {
    "REMANUFACTURED": N_("Remanufactured by %(who)s, released %(day)s."),
    "REBUILT": N_("Rebuilt by %(who)s, released %(day)s."),
    "OVERHAULED": N_("Overhauled by %(who)s, released %(day)s."),
    "RECONDITIONED": N_("Reconditioned by %(who)s, released %(day)s."),
    "REPAIRED": N_("Repaired by %(who)s, released %(day)s."),
    "REUSED": N_("Checked for reuse by %(who)s, released %(day)s."),
}
# Worst first: the first that applies is the band, the others stand below it.
FINDINGS: Mapping[str, Finding] = {
    "unverified": Finding(
        "invalid",
        N_("Does not verify"),
        N_("This part of the record does not verify. Do not rely on it, and tell %(who)s."),
    ),
    "label-not-issued": Finding(
        "invalid",
        N_("Not our label"),
        N_("This label was not issued by us: it may be a copy or made up. Do not rely on the part that carries it."),
    ),
    "revoked": Finding(
        "invalid",
        N_("Release revoked"),
        N_("%(who)s revoked the release on %(day)s. Do not install or use this part."),
    ),
    "scrapped": Finding(
        "invalid",
        N_("Scrapped"),
        N_("This part was given up on %(day)s and must not be used. What carries its label is not fit for use."),
    ),
    "label-revoked": Finding(
        "invalid",
        N_("Label revoked"),
        N_("This label was revoked on %(day)s. Do not rely on the part that carries it."),
    ),
    "label-destroyed": Finding(
        "invalid",
        N_("Label destroyed"),
        N_(
            "The label with this code was recorded as destroyed on %(day)s. What you scanned may be a copy: do not "
            "rely on it."
        ),
    ),
    "label-lost": Finding(
        "attention",
        N_("Label lost"),
        N_("This label was reported lost on %(day)s. It may sit on another part: compare carefully."),
    ),
    "label-superseded": Finding(
        "attention",
        N_("Label replaced"),
        N_("This label was replaced on %(day)s. The part should carry label %(other)s."),
    ),
    "label-inactive": Finding(
        "attention",
        N_("Label not in use"),
        N_("This label was drawn, but nobody has yet read it back on the part. It does not speak for the part."),
    ),
    "label-former-life": Finding(
        "attention",
        N_("Label of a former life"),
        N_("This label belongs to a former life of the part, not to the present one."),
    ),
    "under-review": Finding(
        "attention",
        N_("Under review"),
        N_("%(who)s is reviewing this release since %(day)s: %(why)s. Ask before you install the part."),
    ),
    "outside-doubt": Finding(
        "attention",
        N_("Part in doubt"),
        N_("The record of another organisation says since %(day)s: %(why)s. Ask %(who)s before you install the part."),
    ),
    "origin-doubt": Finding(
        "attention",
        N_("Origin in doubt"),
        N_("The record that this part came with says: %(why)s. Ask %(who)s before you install the part."),
    ),
    "superseded": Finding(
        "attention",
        N_("Superseded"),
        N_(
            "Certificate %(other)s replaced the former one on %(day)s: %(why)s. "
            "What stands on the part may still say what the former one said."
        ),
    ),
    "returned": Finding(
        "attention",
        N_("Not released"),
        N_("The part went back to its owner without work on %(day)s. It is not released."),
    ),
    "fitted": Finding(
        "unknown",
        N_("Piece of a unit"),
        N_("%(who)s fitted this piece in a unit on %(day)s. It has no release of its own: read the label of the unit."),
    ),
    "in-process": Finding(
        "process",
        N_("In process, not released"),
        N_("The part is in work at %(who)s. It is not released: do not install it."),
    ),
    "unknown": Finding("unknown", N_("Unknown"), N_("The record does not say what state this part is in.")),
    "released": Finding("verified", N_("Released"), N_("Released by %(who)s on %(day)s.")),
}
# What another organisation's record says of a part, as it stands within the sentences above.
DOUBTS: Mapping[str, str] = {
    "revoked": N_("the release of the part was revoked"),
    "under-review": N_("the release of the part is under review"),
    "scrapped": N_("the part was given up"),
    "suspended": N_("the product certification of the part is suspended"),
    "withdrawn": N_("the product certification of the part was withdrawn"),
    "reduced": N_("the product certification does not cover this model any longer"),
}
PROBLEMS: Mapping[str, str] = {
    "record-bytes": N_("An event is not what was committed to."),
    "record-columns": N_("An event and the row it stands in contradict each other."),
    "record-chain": N_("Events of a chain are missing or out of order."),
    "record-unlogged": N_("An event has no place in the log."),
    "record-signature": N_("The newest checkpoint is not signed by the log's key."),
    "record-root": N_("An event does not lead to the root that was signed."),
    "record-code": N_("The code belongs to another part than the record says."),
    "record-state": N_("The state is not the one that the events say."),
    "record-certificate": N_("The certificate is not the one that was signed."),
}
STAGES: Mapping[str, str] = {
    "entered": N_("Entered in the record"),
    "announced": N_("Announced"),
    "received": N_("Received"),
    "site-accepted": N_("Accepted on site"),
    "set-apart": N_("Set apart and cleared"),
    "identified": N_("Identified"),
    "graded": N_("Graded"),
    "accepted": N_("Accepted for work"),
    "apart": N_("Taken apart"),
    "cleaned": N_("Cleaned"),
    "inspected": N_("Measured and decided"),
    "restored": N_("Restored"),
    "reassembled": N_("Put together"),
    "tested": N_("Tested"),
    "submitted": N_("Checked before release"),
    "released": N_("Released"),
    "labelled": N_("Labelled"),
    "delivered": N_("Delivered"),
    "in-service": N_("In service"),
    "revoked": N_("Release revoked"),
    "ended": N_("Ended without release"),
}
EVENTS: Mapping[str, str] = {
    "parts.register": N_("Entered in the record"),
    "parts.read_mark": N_("Mark read"),
    "parts.read_counter": N_("Counter read"),
    "parts.read_split": N_("Counter read by ratings"),
    "parts.trace_installation": N_("Earlier installation entered from its document"),
    "parts.control_part": N_("Kept apart from parts that may be fitted"),
    "parts.add_identifier": N_("Another identifier read"),
    "parts.mint_identifier": N_("A GS1 key was given to it"),
    "parts.withdraw_identifier": N_("An identifier was withdrawn"),
    "parts.link_record": N_("Linked to the record that it goes on from"),
    "exchange.receive_notice": N_("Heard what another record says of the part"),
    "parts.attach": N_("Evidence added"),
    "parts.hold": N_("Put on hold"),
    "parts.lift_hold": N_("Hold lifted"),
    "parts.fit": N_("A part was fitted into it"),
    "parts.remove": N_("A part was taken out of it"),
    "parts.field_event": N_("Reported from service"),
    "parts.return_core": N_("Came back as a core"),
    "intake.announce": N_("Core announced"),
    "intake.receive": N_("Core received"),
    "intake.accept_site": N_("Site accepted, energies locked out"),
    "intake.lift_isolation": N_("Lock-out lifted"),
    "intake.quarantine": N_("Set apart in quarantine"),
    "intake.release_from_quarantine": N_("Cleared from quarantine"),
    "intake.identify": N_("Identified by its marks"),
    "intake.note_defect": N_("Defect noted"),
    "intake.strike_defect": N_("Defect struck out"),
    "intake.grade": N_("Graded by acceptance criteria"),
    "intake.appeal": N_("The owner appealed against the grade"),
    "intake.regrade": N_("Graded again after an appeal"),
    "intake.move": N_("Moved to another place"),
    "intake.undo_move": N_("The move was taken back"),
    "intake.accept": N_("Accepted"),
    "intake.reject": N_("Rejected"),
    "intake.return_to_owner": N_("Returned to the owner"),
    "intake.send_to_recycling": N_("Sent to recycling"),
    "intake.keep_as_donor": N_("Kept as donor of parts"),
    "restoration.open_work_order": N_("Work order opened"),
    "restoration.disassemble": N_("Taken apart"),
    "restoration.record_component": N_("Component recorded"),
    "restoration.clean": N_("Cleaned"),
    "inspection.measure": N_("Measured"),
    "inspection.examine": N_("Tested without destruction"),
    "inspection.repeat": N_("Read by a second person"),
    "inspection.condemn": N_("Found too damaged to measure"),
    "inspection.set_bench": N_("Set how it is measured"),
    "inspection.inspect": N_("Measuring finished"),
    "inspection.dispose": N_("Decided what becomes of it"),
    "inspection.disposition": N_("All decisions made"),
    "inspection.raise_nonconformity": N_("Nonconformity raised"),
    "inspection.review_nonconformity": N_("Nonconformity before the review board"),
    "inspection.decide_nonconformity": N_("Decided how the nonconformity is put right"),
    "inspection.request_concession": N_("Concession asked for"),
    "inspection.approve_concession": N_("Concession approved"),
    "inspection.refuse_concession": N_("Concession refused"),
    "inspection.deny_approval": N_("An approval was refused"),
    "inspection.apply_concession": N_("Used under an approved concession"),
    "inspection.verify_nonconformity": N_("Verified that the nonconformity is settled"),
    "inspection.close_nonconformity": N_("Nonconformity closed"),
    "restoration.start_restoration": N_("Restoration started"),
    "restoration.decide_proposal": N_("Decided on a proposal"),
    "restoration.operate": N_("Operation done"),
    "restoration.replace": N_("Replaced"),
    "restoration.finish_restoration": N_("Restoration finished"),
    "restoration.install": N_("Fitted in its position"),
    "restoration.reassemble": N_("Put together"),
    "restoration.start_test": N_("Test started"),
    "restoration.pass_test": N_("Test passed"),
    "restoration.fail_test": N_("Test failed"),
    "restoration.resume": N_("Back to work after a failure"),
    "restoration.resume_to_assembly": N_("Back to assembly after a failure"),
    "restoration.cannibalise": N_("Gave its parts"),
    "restoration.scrap": N_("Scrapped"),
    "release.submit": N_("Dossier submitted"),
    "release.send_back": N_("Dossier sent back with findings"),
    "release.downgrade": N_("Class lowered"),
    "release.refuse": N_("A signature was refused"),
    "release.void": N_("Certificate number voided"),
    "release.release": N_("Released"),
    "release.supersede": N_("Certificate corrected by a new one"),
    "release.duplicate_copy": N_("Certificate printed again"),
    "release.state_zero_time": N_("Zero time stated"),
    "release.review_release": N_("Release put under review"),
    "release.lift_review": N_("Review lifted: the release is sound"),
    "release.revoke_release": N_("Release revoked"),
    "release.recall_return": N_("Came back after the recall"),
    "labelling.reserve": N_("Label drawn"),
    "labelling.print": N_("Label printed"),
    "labelling.apply": N_("Label put on the part"),
    "labelling.read_back": N_("Label read back on the part"),
    "labelling.supersede": N_("Label replaced"),
    "labelling.report_lost": N_("Label reported lost"),
    "labelling.revoke": N_("Label revoked"),
    "labelling.destroy": N_("Label destroyed"),
    "labelling.deliver": N_("Delivered"),
}
AMOUNTS: Mapping[str, str] = {
    "energy": N_("Energy"),
    "water": N_("Water"),
    "material": N_("Material added"),
    "waste": N_("Waste"),
}
STATES: Mapping[str, str] = {
    "ISSUED": N_("The certificate has not been changed since."),
    "SUPERSEDED": N_("Replaced by %(other)s on %(day)s."),
    "REVOKED": N_("Revoked on %(day)s."),
}
UNDER_REVIEW = N_("Since %(day)s.")
HOLDS = N_("in it since %(day)s")
HELD = N_("in it from %(since)s, taken out %(until)s")
MISMATCHES: Mapping[str, str] = {
    "serial": N_("The serial number is different"),
    "mark": N_("A mark is different or missing"),
    "mass": N_("The mass is different"),
    "looks": N_("The part looks different from the photo"),
    "label": N_("The label looks copied or tampered with"),
    "found": N_("I found this part, or it is offered where it should not be"),
    "suspect": N_("The part seems not to be what it is said to be"),
    "other": N_("Something else"),
}
ORIGINS: Mapping[str, str] = {
    "new": N_("new"),
    "reman": N_("remanufactured"),
    "used_serviceable": N_("used, serviceable"),
}
VERDICTS: Mapping[str, str] = {"pass": N_("passed"), "fail": N_("failed"), "not_tested": N_("not tested")}
STEPS: tuple[str, ...] = (
    N_("Compare the part with this page: serial number, marks, mass. A record cannot see the part in your hand."),
    N_("Take %(events)s and compute the SHA-256 of each; every event names the one before it."),
    N_(
        "Each stage above links its proofs. They lead to the %(head)s, which is signed with this %(key)s. "
        "Ask another holder of the log whether he saw the same checkpoint."
    ),
)
VERIFIED = N_("Record verified at %(time)s.")
# Chinese sentences follow each other without a space.
TWO_SENTENCES = N_("%(first)s %(second)s")
UNVERIFIED = N_("The record does not verify.")
SERIAL = N_("Serial number on the data plate")
SERIAL_NUMBER = N_("Serial number")
PART_NUMBER = N_("Part number")
MARK = N_("Mark on the part")
MASS = N_("Mass")
MASSES = {
    "intake": N_("Mass as it came in, not weighed since"),
    "reassembly": N_("Mass, weighed when it was reassembled"),
}
REPLACED_SINCE = N_("this part was replaced")
MAKER = N_("Maker")
LIFE = N_("Life %(n)s")
ORIGINAL = N_("Original life")
SINCE = N_("since %(day)s")
UNTIL = N_("until %(day)s")
UNHEARD = N_("Another entry: %(kind)s")
RELAYED = N_("from the other record")
ALL_EVENTS = N_("all events")
HEAD = N_("newest checkpoint")
KEY = N_("key")

POLICIES: Mapping[str, str] = {
    "fraction-sum": N_("Linear damage: the shares at all ratings are added up (%(mark)s)."),
    "first-reached": N_("Whichever comes first: each limit stands alone (%(mark)s)."),
    "summed": N_("Summed: the shares of all counters are added up (%(mark)s)."),
}
MARKS: Mapping[str, str] = {
    "V": N_("verified"),
    "P": N_("weak source"),
    "M": N_("method from memory, to be checked before use"),
    "I": N_("illustrative"),
}
"""Life policies of packs, and how far a method or a limit is known."""
