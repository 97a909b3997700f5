"""The five signs of the pages, and which of them each state of the machines shows with what word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from remanu.web.words import N_

Kind = Literal["verified", "attention", "invalid", "unknown", "process"]
KINDS: Mapping[Kind, str] = {
    "verified": N_("Verified"),
    "attention": N_("Attention"),
    "invalid": N_("Not valid"),
    "unknown": N_("Unknown"),
    "process": N_("In process"),
}
"""Word, icon and colour always stand together; colour is never the only sign (interface.md)."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What a state shows: one of the five kinds and a word, an English message id."""

    kind: Kind
    word: str


_WORDS: Mapping[Kind, Mapping[str, str]] = {
    "process": {
        "ANNOUNCED": N_("Announced"),
        "RECEIVED": N_("Received"),
        "SITE_ACCEPTED": N_("Accepted on site"),
        "IDENTIFIED": N_("Identified"),
        "GRADED": N_("Graded"),
        "ACCEPTED": N_("Accepted for work"),
        "IN_WORK": N_("In work"),
        "DISASSEMBLED": N_("Disassembled"),
        "CLEANED": N_("Cleaned"),
        "INSPECTED": N_("Inspected"),
        "DISPOSITIONED": N_("Dispositions decided"),
        "IN_RESTORATION": N_("In restoration"),
        "RESTORED": N_("Restored"),
        "REASSEMBLED": N_("Reassembled"),
        "IN_TEST": N_("On test"),
        "TEST_PASSED": N_("Test passed"),
        "SUBMITTED": N_("Waits for certification"),
        "DRAFT": N_("Draft"),
        "reserved": N_("Reserved"),
        "printed": N_("Printed"),
        "applied": N_("Applied, not read back"),
        # The condition of an item.
        "as_received": N_("As received"),
        # Product certification and accreditation.
        "APPLIED": N_("Applied for"),
        "IN_EVALUATION": N_("In evaluation"),
        "IN_REVIEW": N_("In review"),
        "DECISION": N_("To be decided"),
        "unreleased": N_("Not released"),
    },
    "verified": {
        "RELEASED": N_("Released"),
        "LABELLED": N_("Released and labelled"),
        "IN_SERVICE": N_("In service"),
        "ISSUED": N_("Issued"),
        "active": N_("Active"),
        "CLOSED": N_("Closed"),
        "serviceable": N_("Serviceable"),
        "released": N_("Released"),
        "ACTIVE": N_("Life left"),
        "CERTIFIED": N_("Certified"),
        "EXTENDED": N_("Scope extended"),
        "GRANTED": N_("Accredited"),
        "REDUCED": N_("Accredited, smaller scope"),
    },
    "attention": {
        "NEAR_LIMIT": N_("Near its limit"),
        "REMOVED_CONTROLLED": N_("Kept apart"),
        "QUARANTINED": N_("In quarantine"),
        "REWORK": N_("Rework"),
        "OPEN": N_("Open"),
        "MRB_REVIEW": N_("Before the review board"),
        "ACTION": N_("Being put right"),
        "CONCESSION_PENDING": N_("Concession asked for"),
        "CONCESSION_APPROVED": N_("Concession approved"),
        "UNDER_REVIEW": N_("Under review"),
        "SUPERSEDED": N_("Superseded"),
        "superseded": N_("Superseded"),
        "lost": N_("Lost"),
        "AWAITING_CLIENT": N_("Waits for the client"),
        "SUSPENDED": N_("Suspended"),
        "EXPIRED": N_("Expired"),
        "recorded": N_("Waits for a second person"),
        "confirmed": N_("Recorded from document"),
    },
    "invalid": {
        "LIMIT_REACHED": N_("Limit reached"),
        "TRACE_BROKEN": N_("Trace broken"),
        "MUTILATED": N_("Made useless"),
        "REJECTED": N_("Rejected"),
        "NONCONFORMING": N_("Release revoked"),
        "RETURNED_UNPROCESSED": N_("Returned without work"),
        "RECYCLED": N_("Recycled"),
        "SCRAPPED": N_("Scrapped"),
        "DONOR": N_("Gives its parts"),
        "REVOKED": N_("Revoked"),
        "VOID": N_("Void"),
        "revoked": N_("Revoked"),
        "destroyed": N_("Destroyed"),
        "scrapped": N_("Scrapped"),
        "donor": N_("Gives its parts"),
        "DECLINED": N_("Declined"),
        "REFUSED": N_("Refused"),
        "WITHDRAWN": N_("Withdrawn by the body"),
        "TERMINATED": N_("Terminated"),
    },
}
SIGNS: Mapping[str, Sign] = {
    state: Sign(kind, word) for kind, words in _WORDS.items() for state, word in words.items()
}


def sign(state: str) -> Sign:
    """The sign of a state; a state without one is unknown, never green."""
    return SIGNS.get(state, Sign("unknown", KINDS["unknown"]))
