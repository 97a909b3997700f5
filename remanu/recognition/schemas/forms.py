"""Shapes of what is typed about arrangements and agreements."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from remanu.accounts.schemas import Day, Signed
from remanu.certification.schemas.fields import NamesField, Several
from remanu.recognition import actions, queries
from remanu.recognition.events.agreements import Line, TermRule
from remanu.recognition.schemas import words
from remanu.recognition.schemas.fields import DifferencesField, Number, TermsField
from remanu.rules.agreements import ANY, CONDITIONS
from remanu.web import shape
from remanu.web.words import CLASSES, N_

_NAMES = ("en", "zh_hans", "zh_hant")


def _line(label: str, *, limit: int = 120, tip: str = "", example: str = "Sample") -> shape.Line:
    return shape.Line(required=True, limit=limit, metadata={"label": label, "help": tip, "example": example})


def _day(label: str, tip: str = "") -> Day:
    return Day(required=True, metadata={"label": label, "help": tip, "widget": "day"})


def _maybe_day(label: str, tip: str = "") -> Day:
    return Day(load_default=None, metadata={"label": label, "help": tip, "widget": "day"})


def _side(label: str) -> shape.Choice:
    return shape.Choice(
        *queries.jurisdictions(), required=True, metadata={"label": label, "widget": "choice"}
    )


def _names(label: str, *, tip: str, example: list[str], **options: Any) -> NamesField:
    return NamesField(metadata={"label": label, "help": tip, "widget": "note", "example": example}, **options)


def _choice(label: str, said: Any, **options: Any) -> shape.Choice:
    return shape.Choice(*said, metadata={"label": label, "choices": words.offered(said)}, **options)


class Named(shape.Form):
    """A code, names and where it stands."""

    code = _line(N_("Code"), limit=40, tip=N_("It names the text to everybody, such as XA-XB-RM."))
    name_en = _line(N_("Name in English"))
    name_zh_hans = _line(N_("Name in Simplified Chinese"))
    name_zh_hant = _line(N_("Name in Traditional Chinese"))
    source = _line(N_("Source"), limit=400, tip=N_("Where the text can be read."))


def _called(values: dict[str, Any]) -> dict[str, Any]:
    """The same with the three names as one."""
    names = tuple(values.pop(f"name_{one}") for one in _NAMES)
    return {**values, "names": names}


class RecordArrangement(Named):
    """An arrangement of accreditors."""

    @post_load
    def _named(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        return _called(values)


class RecordSignatory(shape.Form):
    """Who signs an arrangement."""

    accreditor = shape.Line(
        required=True,
        limit=120,
        metadata={
            "label": N_("Accreditor"),
            "help": N_("Of those that keep their record here."),
            "widget": "choice",
            "example": "Accreditation Board",
        },
    )
    schemes = _names(
        N_("Schemes"), tip=N_("Codes, one a line; * is every scheme."), example=["XA-RM"], required=True
    )
    since = _day(N_("First day"))
    until = _maybe_day(N_("Ends before"), N_("Empty while it signs."))
    source = _line(N_("Source"), limit=400, tip=N_("Where the text can be read."))

    @post_load
    def _signs(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = {name: values.pop(name) for name in ("accreditor", "schemes", "since", "until")}
        return {**values, "signs": actions.Signs(**given)}


class EndSignatory(Signed):
    """From which day on it signs no longer."""

    until = _day(N_("Signs no longer from"))


class DraftAgreement(Named):
    """An agreement in one direction, beside its lines."""

    home = _side(N_("Jurisdiction that certifies"))
    there = _side(N_("Jurisdiction that recognises"))
    in_force = _day(N_("In force from"))
    covers_from = _maybe_day(
        N_("Covers certificates issued from"), N_("Empty: those issued since it is in force.")
    )
    basis = _choice(N_("Competence of the issuer"), words.BASIS_WORDS, load_default="issue")
    documents = shape.Yes(
        load_default=False,
        metadata={"label": N_("A certificate that is recorded from a document suffices")},
    )
    former_tail = _choice(
        N_("What becomes of certificates under the former text"),
        {one: words.TAIL_WORDS[one] for one in ("yes", "no")},
        load_default=None,
    )
    base = shape.Line(
        load_default=None,
        limit=60,
        metadata={
            "label": N_("Lines copied from"),
            "help": N_("A revision begins with the lines of the text that it takes the place of."),
            "widget": "choice",
        },
    )

    @post_load
    def _basics(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        base = values.pop("base")
        return {"basics": actions.Basics(**_called(values)), "base": base}


class AddLine(shape.Form):
    """One line of an agreement."""

    categories = _names(
        N_("Product categories"),
        tip=N_("One a line, such as diesel-engine; * is every one."),
        example=["diesel-engine"],
        required=True,
    )
    scheme = _line(N_("Scheme"), limit=40, tip=N_("Its code on the certifying side."))
    editions = _names(N_("Editions"), tip=N_("One a line; * is every edition."), example=["*"], required=True)
    scheme_there = _line(N_("Counterpart"), limit=40, tip=N_("The scheme or standard on the receiving side."))
    edition_there = _line(N_("Its edition"), limit=40, example="2010")
    equivalence = _choice(N_("Equivalence"), words.EQUIVALENCE_WORDS, required=True)
    level = _choice(N_("Level of recognition"), words.LEVEL_WORDS, required=True)
    classes = Several(
        CLASSES,
        load_default=(),
        metadata={"label": N_("Classes"), "help": N_("None ticked means every class.")},
    )
    accepted = TermsField(
        accepted=True,
        load_default=(),
        metadata={
            "label": N_("Status words that are taken"),
            "help": N_(
                "One a line, such as: rebuilt, complete, production, by maker. Empty takes every word."
            ),
            "widget": "note",
            "example": ["repaired"],
        },
    )
    excluded = TermsField(
        accepted=False,
        load_default=(),
        metadata={
            "label": N_("Status words that are excluded"),
            "help": N_("They win over what is taken."),
            "widget": "note",
            "example": ["rebuilt, component"],
        },
    )
    arrangements = _names(
        N_("Arrangements that accreditors have to sign"),
        tip=N_("Codes, one a line; * is any. Empty asks a designation by the government."),
        example=["*"],
        load_default=(),
    )
    asks = Several(
        {one: words.CONDITION_WORDS[one] for one in CONDITIONS},
        load_default=(),
        metadata={"label": N_("Conditions")},
    )
    differences = DifferencesField(
        load_default=(),
        metadata={
            "label": N_("National differences"),
            "help": N_("One a line: a code, its first day, and the day it ends before, if it does."),
            "widget": "note",
            "example": ["noise-test 2025-01-01"],
        },
    )

    @post_load
    def _line(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        taken, excluded = values.pop("accepted"), values.pop("excluded")
        everything = () if taken else (TermRule(term=ANY, accepted=True),)
        return {
            "line": Line(
                no=0,
                terms=(*everything, *taken, *excluded),
                **{**values, "classes": values["classes"] or (ANY,)},
            )
        }


class StrikeLine(shape.Form):
    """The number of the line."""

    no = Number(required=True, metadata={"label": N_("Line"), "widget": "choice", "example": 1})


class Sign(Signed):
    """Nothing but who decides."""


class Nothing(shape.Form):
    """Nothing but the act."""


class SuspendAgreement(Signed):
    """From when, and why."""

    since = _day(N_("Suspended from"))
    why = _choice(N_("Reason"), words.WHY_WORDS, required=True)


class ResumeAgreement(Signed):
    """From when."""

    since = _day(N_("Recognises again from"))


class EndAgreement(Signed):
    """When it ends, and what becomes of certificates issued before."""

    ends = _day(N_("Ends on"), N_("On this day it recognises nothing new any longer."))
    tail = _choice(N_("Certificates issued before"), words.TAIL_WORDS, required=True)
    tail_until = _maybe_day(N_("They stay recognised until"), N_("Only where they stay until a day."))
