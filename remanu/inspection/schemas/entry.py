"""Shapes of what is typed at the bench: readings, tests, second readings, what is past measuring."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from remanu.accounts.schemas import Day
from remanu.inspection.schemas import spoken, words
from remanu.parts.schemas.evidence import Evidence
from remanu.rules import findings, ndt
from remanu.web import shape
from remanu.web.rows import Rows, needed
from remanu.web.words import N_

_REASONS: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "required",
    "null": "required",
    "invalid": "wrong-type",
}
_MOST_POINTS = 100
_LONGEST = 60
_TYPED = 40


class Readings(fields.List[Any]):
    """One reading a sample point, as text; on pages fields named `values.0`, `values.1` and so on."""

    default_error_messages = _REASONS

    def __init__(self, **options: Any) -> None:
        """A list of decimal strings."""
        most = validate.Length(max=_MOST_POINTS, error="too-long")
        super().__init__(shape.Line(limit=_LONGEST), validate=most, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **more))


class _Taken(shape.Form):
    """What every reading has: of which characteristic, with what, on which day."""

    characteristic = shape.Line(required=True, limit=60)
    instrument = shape.Line(load_default=None, limit=40, metadata={"label": N_("Instrument")})
    measured_on = Day(
        load_default=None,
        metadata={
            "label": N_("Measured on"),
            "widget": "day",
            "help": N_("Leave empty for today."),
        },
    )
    late = shape.Choice(
        *findings.LATE_REASONS,
        load_default=None,
        metadata={"label": N_("Why only now?"), "choices": tuple(spoken.LATE_WORDS.items())},
    )


class _Read(_Taken):
    """Readings at the points of a characteristic, and what was so around them."""

    unit = shape.Line(required=True, limit=20)
    values = Readings(load_default=(), metadata={"label": N_("Readings")})
    temperature = shape.Line(load_default=None, limit=_TYPED, metadata={"label": N_("Temperature")})
    humidity = shape.Line(load_default=None, limit=_TYPED, metadata={"label": N_("Relative humidity")})
    sure = Readings(load_default=(), metadata={"label": N_("Confirmed")})


class Measure(_Read):
    """Readings of one characteristic; without readings `why` says the reason, and it counts as not tested."""

    uncertainty = shape.Line(load_default=None, limit=_TYPED, metadata={"label": N_("Uncertainty")})
    why = shape.Choice(
        *findings.RETEST_REASONS,
        *findings.NOT_TESTED_REASONS,
        load_default=None,
        metadata={
            "label": N_("Reason"),
            "choices": tuple({**words.RETEST_WORDS, **words.NOT_TESTED_WORDS}.items()),
        },
    )


class Repeat(_Read):
    """The same, by a second person."""


class IndicationRow(shape.Form):
    """Something that a test showed."""

    kind = shape.Line(load_default=None, limit=30)
    position = shape.Line(load_default=None, limit=_TYPED)
    length = shape.Line(load_default=None, limit=_TYPED)

    @post_load
    def _seen(self, values: dict[str, Any], **_: Any) -> ndt.Seen | None:
        if not any(values.values()):
            return None
        needed(values, "kind", "position", "length")
        return ndt.Seen(**values)


class Examine(_Taken):
    """A non-destructive test: how it was done and what it showed."""

    method = shape.Choice(
        *ndt.METHODS,
        required=True,
        metadata={"label": N_("Method"), "choices": tuple(spoken.METHOD_WORDS.items())},
    )
    procedure = shape.Line(
        required=True, limit=60, metadata={"label": N_("Procedure"), "widget": "code"}
    )
    procedure_edition = shape.Line(
        required=True, limit=60, metadata={"label": N_("Edition of the procedure"), "widget": "code"}
    )
    sensitivity = shape.Line(
        required=True,
        limit=60,
        metadata={
            "label": N_("Sensitivity"),
            "help": N_("As the reference piece showed it, such as level 3 or 0.5 mm notch."),
        },
    )
    found = shape.Choice(
        *ndt.FOUND,
        required=True,
        metadata={"label": N_("What did it show?"), "choices": tuple(spoken.FOUND_WORDS.items())},
    )
    indications = Rows(IndicationRow)
    why = shape.Choice(
        *findings.RETEST_REASONS,
        load_default=None,
        metadata={"label": N_("Reason"), "choices": tuple(words.RETEST_WORDS.items())},
    )


class Condemn(shape.Form):
    """Why a component cannot be measured any more, and a photo of it."""

    why = shape.Choice(
        *findings.CONDEMN_REASONS,
        required=True,
        metadata={"label": N_("What is wrong with it?"), "choices": tuple(spoken.CONDEMN_WORDS.items())},
    )
    evidence = Evidence(required=True)


class SetBench(shape.Form):
    """How is measured from now on."""

    entry = shape.Choice(
        *findings.ENTRIES,
        required=True,
        metadata={"label": N_("Limits while measuring"), "choices": tuple(spoken.ENTRY_WORDS.items())},
    )
    second = shape.Choice(
        *findings.SECONDS,
        required=True,
        metadata={"label": N_("Read by a second person"), "choices": tuple(spoken.SECOND_WORDS.items())},
    )
    qualified = shape.Choice(
        *findings.QUALIFIED,
        required=True,
        metadata={"label": N_("Who may measure"), "choices": tuple(spoken.QUALIFIED_WORDS.items())},
    )
