"""What somebody wishes of a drawing: the choices, and their words."""

from __future__ import annotations

from marshmallow import fields, validate

from remanu.drawing.arrange import SHARES, SIDES
from remanu.labelling import actions, queries
from remanu.labelling.schemas.labels import KIND_WORDS
from remanu.rules.designs import REQUIRED
from remanu.web import shape
from remanu.web.words import N_

SIDE_WORDS = {"left": N_("On the left"), "right": N_("On the right")}
SHARE_WORDS = {
    "large": N_("As large as it goes"),
    "even": N_("Symbol and words alike"),
    "small": N_("More room for words"),
}
ROW_WORDS = {
    "organisation": N_("Who remanufactured it, or holds it"),
    "part_number": N_("Part number"),
    "serial": N_("Serial number"),
    "life": N_("Life"),
    "date": N_("Day of release, or of receipt"),
    "standard": N_("Standard"),
    "certificate": N_("Number of the certificate"),
}


def media_field() -> shape.Line:
    """The stock, of those that a drawing has room on."""
    choices = queries.design_stocks()
    return shape.Line(
        required=True, limit=40, metadata={"label": N_("Stock"), "widget": "choice", "choices": choices}
    )


def name_field() -> shape.Line:
    """What the drawing is called."""
    return shape.Line(
        required=True,
        limit=60,
        metadata={
            "label": N_("Name of the drawing"),
            "help": N_("The same name again makes the next version of it."),
        },
    )


class Wish(shape.Form):
    """What a drawing is to look like; `rows` are fields in their order, and empty ones are left out."""

    kind = shape.Choice(
        *sorted(REQUIRED), required=True, metadata={"label": N_("For"), "choices": tuple(KIND_WORDS.items())}
    )
    media = media_field()
    side = shape.Choice(
        *SIDES,
        required=True,
        metadata={"label": N_("Where the symbol stands"), "choices": tuple(SIDE_WORDS.items())},
    )
    share = shape.Choice(
        *SHARES,
        required=True,
        metadata={"label": N_("How large it is"), "choices": tuple(SHARE_WORDS.items())},
    )
    rows = fields.List(
        fields.String(validate=validate.OneOf(("", *actions.ROWS), error="not-a-choice")),
        required=True,
        validate=validate.Length(max=len(actions.ROWS), error="too-many"),
        metadata={"label": N_("Rows on it, in their order"), "hidden": True},
    )
