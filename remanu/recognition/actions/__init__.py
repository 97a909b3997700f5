"""Doing recognition: here all acts stand under one name."""

from __future__ import annotations

from remanu.recognition.actions.agreements import (
    BASES,
    EQUIVALENCES,
    TAILS,
    WHY_SUSPENDED,
    Basics,
    add_line,
    approve_agreement,
    discard_agreement,
    draft_agreement,
    end_agreement,
    resume_agreement,
    strike_line,
    suspend_agreement,
)
from remanu.recognition.actions.arrangements import (
    Signs,
    confirm_signatory,
    end_signatory,
    record_arrangement,
    record_signatory,
)
from remanu.recognition.actions.looking import LOOK, ask_preview, look_ahead
from remanu.recognition.actions.storing import (
    BATCH,
    JOB,
    keep,
    on_agreement,
    on_certification,
    on_unit,
    recompute,
)

__all__ = [
    "BASES",
    "BATCH",
    "EQUIVALENCES",
    "JOB",
    "LOOK",
    "TAILS",
    "WHY_SUSPENDED",
    "Basics",
    "Signs",
    "add_line",
    "approve_agreement",
    "ask_preview",
    "confirm_signatory",
    "discard_agreement",
    "draft_agreement",
    "end_agreement",
    "end_signatory",
    "keep",
    "look_ahead",
    "on_agreement",
    "on_certification",
    "on_unit",
    "recompute",
    "record_arrangement",
    "record_signatory",
    "resume_agreement",
    "strike_line",
    "suspend_agreement",
]
