"""Shapes of what is typed in intake."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load

from remanu.intake import actions
from remanu.intake.events import Reading
from remanu.intake.schemas import words
from remanu.parts.schemas import MARK_WORDS, note
from remanu.parts.schemas.evidence import Evidence
from remanu.web import shape
from remanu.web.words import N_

MAPPING: dict[str, Any] = {"invalid": "wrong-type", "null": "required", "required": "required"}


def choice(table: dict[str, str], label: str, *, required: bool = False, tip: str = "") -> shape.Choice:
    """A control with the words of a closed list."""
    shown = {"label": label, "choices": tuple(table.items()), "help": tip}
    if required:
        return shape.Choice(*table, required=True, metadata=shown)
    return shape.Choice(*table, load_default=None, metadata=shown)


def line(label: str, *, limit: int = 120, tip: str = "", **meta: Any) -> shape.Line:
    """A control with one line that may be left empty."""
    return shape.Line(limit=limit, load_default=None, metadata={"label": label, "help": tip, **meta})


class Claimed(shape.Form):
    """What is claimed of a core that has no case yet; `core` carries it to the act."""

    known = shape.Line(metadata={"hidden": True})
    tag = shape.Line(limit=40, metadata={"hidden": True})
    part_type = shape.Line(metadata={"hidden": True})
    family = shape.Line(metadata={"hidden": True})
    name = shape.Line(metadata={"label": N_("What it is called")})
    maker = shape.Line(metadata={"label": N_("Maker")})
    part_number = shape.Line(metadata={"label": N_("Part number")})
    serial = shape.Serial(metadata={"label": N_("Serial number"), "widget": "serial"})

    @post_load
    def _packed(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = {name: values.pop(name) for name in CORE if name in values}
        return {**values, "core": actions.Core(**given) if given else None}


CORE = ("known", "tag", "part_type", "family", "name", "maker", "part_number", "serial")


class Announce(Claimed):
    """A core that is on its way."""

    owner = line(N_("Owner"), tip=N_("Only your own organisation can read it."))
    packing = choice(words.PACKING_WORDS, N_("How it travels"))
    note = note()


class CounterShown(shape.Form):
    """What a counter shows; without a unit it is the family's own."""

    value = shape.Line(required=True, limit=40)
    unit = shape.Line(load_default=None, limit=20)

    @post_load
    def _shown(self, values: dict[str, Any], **_: Any) -> actions.Counted:
        return actions.Counted(**values)


class ConditionRead(shape.Form):
    """One value of the as-received condition, a decimal string with its unit."""

    name = shape.Line(required=True, limit=60)
    value = shape.Amount("1", required=True)
    unit = shape.Line(required=True, limit=20)

    @post_load
    def _read(self, values: dict[str, Any], **_: Any) -> Reading:
        return Reading(**values)


class Receive(Claimed):
    """A core that is here: who handed it over, how it came, what its counters show, and at least one photo."""

    evidence = Evidence(metadata={"label": N_("Photos"), "help": N_("The whole core, its data plate, its counter.")})
    signed_by = line(
        N_("Handed over by"), tip=N_("Who signed for it. Only your own organisation can read it.")
    )
    owner = line(N_("Owner"), tip=N_("Only your own organisation can read it."))
    carrier = line(N_("Carrier"))
    packing = choice(words.PACKING_WORDS, N_("How it came"))
    mass_kg = shape.Amount("kg", load_default=None, metadata={"label": N_("Weight as it came")})
    place = line(N_("Where it stands now"), limit=60)
    counters = fields.Dict(
        keys=shape.Line(limit=40),
        values=fields.Nested(CounterShown),
        load_default=dict,
        error_messages=MAPPING,
        metadata={"hidden": True},
    )
    condition = fields.List(
        fields.Nested(ConditionRead), load_default=list, error_messages=MAPPING, metadata={"hidden": True}
    )
    at = shape.Instant(
        load_default=None,
        metadata={"label": N_("When"), "help": N_("Leave it empty when it happened just now.")},
    )
    why = line(
        N_("Why it is entered late"),
        tip=N_("Needed when it happened more than a day ago. Anybody may read this."),
    )


class Quarantine(shape.Form):
    """Why a core is set apart, and where it stands."""

    reason = choice(words.QUARANTINE_WORDS, N_("Reason"))
    place = shape.Line(required=True, limit=60, metadata={"label": N_("Where it stands now")})
    evidence = Evidence()
    note = note()


class ReleaseFromQuarantine(shape.Form):
    """What cleared the reason."""

    finding = shape.Note(
        limit=2000,
        load_default=None,
        metadata={"label": N_("What was found"), "help": N_("Only your own organisation can read it.")},
    )
    cleared = shape.Yes(load_default=False, metadata={"label": N_("The reason is cleared")})
    evidence = Evidence()


class Identify(shape.Form):
    """What stands on the core, what it is, whether it had a life before, and what shows the right to it."""

    mark_kind = choice(MARK_WORDS, N_("Where its mark stands"))
    mark = line(
        N_("The mark, character by character"), tip=N_("Copy it as it stands there, or scan it."), widget="scan"
    )
    maker = line(N_("Maker"))
    part_number = line(N_("Part number"))
    serial = shape.Serial(load_default=None, metadata={"label": N_("Serial number"), "widget": "serial"})
    earlier_lives = choice(words.LIVES_WORDS, N_("Earlier lives"))
    former_reference = line(
        N_("Where its former life is recorded"), tip=N_("An address or the number of a certificate.")
    )
    right_shown = choice(words.RIGHT_WORDS, N_("What shows the right to this core"))
    evidence = Evidence(metadata={"label": N_("Photo of the mark")})

    @post_load
    def _marked(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        kind, text = values.pop("mark_kind"), values.pop("mark")
        if text is not None and kind is None:
            raise ValidationError("required", "mark_kind")
        return {**values, "mark": None if text is None else actions.Mark(kind=kind, text=text)}


class Grade(shape.Form):
    """The answer to each criterion of an edition in force, by its code; `criteria` is a set of one's own."""

    criteria = shape.Line(limit=40, load_default=None, metadata={"hidden": True})
    answers = fields.Dict(
        keys=shape.Line(limit=60),
        values=shape.Line(limit=60),
        load_default=dict,
        error_messages=MAPPING,
        metadata={"hidden": True},
    )
    evidence = Evidence()


class Regrade(shape.Form):
    """The answers of another person, by the criteria that the first one used."""

    answers = fields.Dict(
        keys=shape.Line(limit=60),
        values=shape.Line(limit=60),
        load_default=dict,
        error_messages=MAPPING,
        metadata={"hidden": True},
    )
    evidence = Evidence()


class Accept(shape.Form):
    """What the core is worth, where somebody knows."""

    value = shape.Amount("1", load_default=None, metadata={"label": N_("What the core is worth")})
    note = note()


class Reject(shape.Form):
    """Why the core is not taken."""

    reason = choice(words.REJECTED_WORDS, N_("Reason"), required=True)
    note = note()


class _Agreed(shape.Form):
    owner_agrees = shape.Yes(load_default=False, metadata={"label": N_("The owner agrees")})


class ReturnToOwner(_Agreed):
    """With what the core goes back."""

    consignment = line(N_("Consignment note"), limit=60)
    carrier = line(N_("Carrier"))
    evidence = Evidence()


class SendToRecycling(_Agreed):
    """The waste record of the core."""

    waste_code = line(N_("Waste code"), limit=40)
    waste_record = line(N_("Number of the waste record"), limit=60)
    mass_kg = shape.Amount("kg", load_default=None, metadata={"label": N_("Weight")})
    recycler = line(N_("Recycler"), tip=N_("Only your own organisation can read it."))
    evidence = Evidence()


class KeepAsDonor(_Agreed):
    """Where the donor is kept."""

    place = line(N_("Where it is kept"), limit=60)
