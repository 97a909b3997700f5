"""Shapes of documents of bodies that keep no record here, and of complaints and appeals."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from remanu.accounts.schemas import Day, Signed
from remanu.certification import actions, queries
from remanu.certification.schemas import words
from remanu.certification.schemas.fields import NamesField
from remanu.parts.schemas.evidence import Evidence
from remanu.web import shape
from remanu.web.words import N_


def _line(label: str, *, tip: str = "", limit: int = 120) -> shape.Line:
    return shape.Line(required=True, limit=limit, metadata={"label": label, "help": tip})


class RecordOutside(shape.Form):
    """What the document says, where it was seen and when."""

    kind = shape.Choice(
        *queries.OUTSIDE_KINDS,
        required=True,
        metadata={
            "label": N_("What the document is"),
            "choices": words.offered(words.KIND_WORDS, queries.OUTSIDE_KINDS),
        },
    )
    number = _line(N_("Number"))
    issuer = _line(N_("Who issued it"))
    country = shape.Line(
        required=True,
        limit=2,
        metadata={"label": N_("Country of the issuer"), "help": N_("Two letters."), "example": "XB"},
    )
    about = _line(N_("About whom"), tip=N_("The holder of a certificate; the body that is accredited."))
    scheme = _line(N_("Scheme"))
    edition = _line(N_("Edition of the standard"))
    family = _line(N_("Product family"), tip=N_("Such as diesel-engine."))
    models = NamesField(
        load_default=(),
        metadata={
            "label": N_("Models"),
            "help": N_("One a line."),
            "widget": "note",
            "example": ["NW-6L-200"],
        },
    )
    says = shape.Choice(
        *queries.SAYS,
        required=True,
        metadata={"label": N_("What it says"), "choices": words.offered(words.SAYS_WORDS, queries.SAYS)},
    )
    valid_from = Day(required=True, metadata={"label": N_("First day"), "widget": "day"})
    valid_to = Day(load_default=None, metadata={"label": N_("Last day"), "widget": "day"})
    source = _line(N_("Where you saw it"), tip=N_("The address of the register or of the paper."), limit=400)
    seen_on = Day(required=True, metadata={"label": N_("When you saw it"), "widget": "day"})
    evidence = Evidence(required=True, metadata={"label": N_("The document")})

    @post_load
    def _document(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        kept = {name: values.pop(name) for name in ("source", "seen_on", "evidence")}
        return {"document": actions.Document(**values), **kept}


class ConfirmOutside(Signed):
    """The digest of the document that was looked at."""

    digest = shape.Line(required=True, limit=64, metadata={"hidden": True})


class RaiseComplaint(shape.Form):
    """What was said."""

    about = shape.Choice(
        *actions.ABOUT,
        required=True,
        metadata={"label": N_("What it is"), "choices": words.offered(words.ABOUT_WORDS, actions.ABOUT)},
    )
    note = shape.Note(
        required=True,
        limit=4000,
        metadata={"label": N_("What was said"), "help": N_("Sealed: it is read in your organisation.")},
    )


class AnswerComplaint(shape.Form):
    """What became of it."""

    outcome = shape.Choice(
        *actions.OUTCOMES,
        required=True,
        metadata={"label": N_("Outcome"), "choices": words.offered(words.OUTCOME_WORDS, actions.OUTCOMES)},
    )
    note = shape.Note(
        required=True,
        limit=4000,
        metadata={"label": N_("Answer"), "help": N_("Sealed: it is read in your organisation.")},
    )
