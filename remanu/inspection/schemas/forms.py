"""Shapes of what is typed in inspection."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from remanu.accounts.schemas import Day
from remanu.inspection.schemas import words
from remanu.rules import findings
from remanu.rules.dispositions import DISPOSITIONS
from remanu.web import shape
from remanu.web.words import N_

_NOTE = {"label": N_("Note"), "help": N_("Only your own organisation can read it.")}
_REASONS: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "required",
    "null": "required",
    "invalid": "wrong-type",
}
_MOST_POINTS = 100
_LONGEST = 60


class Readings(fields.List[Any]):
    """One reading a sample point, as text; on pages fields named `values.0`, `values.1` and so on."""

    default_error_messages = _REASONS

    def __init__(self, **options: Any) -> None:
        """A list of decimal strings."""
        most = validate.Length(max=_MOST_POINTS, error="too-long")
        super().__init__(shape.Line(limit=_LONGEST), validate=most, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **more))


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


class Measure(shape.Form):
    """Readings of one characteristic; without readings `why` says the reason, and it counts as not tested."""

    characteristic = shape.Line(required=True, limit=60)
    unit = shape.Line(required=True, limit=20)
    values = Readings(load_default=(), metadata={"label": N_("Readings")})
    instrument = shape.Line(load_default=None, limit=40, metadata={"label": N_("Instrument")})
    temperature = shape.Amount("Cel", load_default=None, metadata={"label": N_("Temperature")})
    why = shape.Choice(
        *findings.RETEST_REASONS,
        *findings.NOT_TESTED_REASONS,
        load_default=None,
        metadata={
            "label": N_("Reason"),
            "choices": tuple({**words.RETEST_WORDS, **words.NOT_TESTED_WORDS}.items()),
        },
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
