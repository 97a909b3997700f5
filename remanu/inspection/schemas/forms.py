"""Shapes of what is typed in inspection."""

from __future__ import annotations

from remanu.accounts.schemas import Day
from remanu.inspection.schemas import words
from remanu.rules import findings
from remanu.rules.dispositions import DISPOSITIONS
from remanu.web import shape
from remanu.web.words import N_

_NOTE = {"label": N_("Note"), "help": N_("Only your own organisation can read it.")}


class Nothing(shape.Form):
    """Acts that need no more than the decision."""


class Calibrate(shape.Form):
    """A calibration as its certificate says it."""

    calibrated_on = Day(required=True, metadata={"label": N_("Calibrated on"), "widget": "day"})
    result = shape.Choice(
        *findings.CALIBRATION_RESULTS,
        required=True,
        metadata={"label": N_("Result"), "choices": tuple(words.RESULT_WORDS.items())},
    )
    due = Day(
        load_default=None,
        metadata={
            "label": N_("Last day of use"),
            "widget": "day",
            "help": N_("Leave empty where the instrument failed."),
        },
    )
    certificate = shape.Line(
        required=True, limit=60, metadata={"label": N_("Number of the certificate"), "widget": "code"}
    )


class Dispose(shape.Form):
    """What becomes of one component; `why` only where a former disposition changes."""

    disposition = shape.Choice(
        *DISPOSITIONS,
        required=True,
        metadata={"label": N_("Disposition"), "choices": tuple(words.DISPOSITION_WORDS.items())},
    )
    why = shape.Choice(
        *findings.CHANGE_REASONS,
        load_default=None,
        metadata={"label": N_("Reason"), "choices": tuple(words.CHANGE_WORDS.items())},
    )


class Raise(shape.Form):
    """What is not as it must be."""

    cause = shape.Choice(
        *findings.NONCONFORMITY_CAUSES,
        required=True,
        metadata={"label": N_("What is wrong"), "choices": tuple(words.CAUSE_WORDS.items())},
    )
    note = shape.Note(load_default=None, limit=2000, metadata=_NOTE)


class Close(shape.Form):
    """Why nothing is done about it."""

    outcome = shape.Choice(
        *findings.CLOSED_BECAUSE,
        required=True,
        metadata={
            "label": N_("Why nothing is done about it"),
            "choices": tuple((one, words.OUTCOME_WORDS[one]) for one in findings.CLOSED_BECAUSE),
        },
    )
    note = shape.Note(load_default=None, limit=2000, metadata=_NOTE)
