"""Acts of intake: one function a verb; here all of them stand under one name."""

from remanu.intake.actions.arrival import Core, Counted, announce, receive
from remanu.intake.actions.ending import keep_as_donor, reject, return_to_owner, send_to_recycling
from remanu.intake.actions.judgement import Mark, accept, grade, identify
from remanu.intake.actions.quarantine import REASONS, quarantine, release_from_quarantine

__all__ = [
    "REASONS",
    "Core",
    "Counted",
    "Mark",
    "accept",
    "announce",
    "grade",
    "identify",
    "keep_as_donor",
    "quarantine",
    "receive",
    "reject",
    "release_from_quarantine",
    "return_to_owner",
    "send_to_recycling",
]
