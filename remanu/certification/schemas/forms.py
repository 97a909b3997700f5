"""Shapes of what is typed in certification."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from remanu.accounts.schemas import Day, Signed
from remanu.certification import actions, queries
from remanu.certification.schemas import words
from remanu.certification.schemas.fields import NamesField, Several, Tokens, crossed
from remanu.families.loader import load_all
from remanu.parts.schemas.evidence import Evidence
from remanu.rules.accreditation import Area
from remanu.rules.certification import STATUSES
from remanu.web import shape
from remanu.web.words import CLASSES, N_

_TODAY = "2026-03-01"


def _line(label: str, *, limit: int = 120, tip: str = "", example: str = "Sample") -> shape.Line:
    return shape.Line(required=True, limit=limit, metadata={"label": label, "help": tip, "example": example})


def _choice(label: str) -> shape.Line:
    return shape.Line(required=True, limit=120, metadata={"label": label, "widget": "choice"})


def _day(label: str, tip: str = "") -> Day:
    return Day(required=True, metadata={"label": label, "help": tip, "widget": "day"})


def _days(label: str) -> shape.Whole:
    return shape.Whole(required=True, metadata={"label": label, "example": 180})


def _note(label: str, tip: str = "") -> shape.Note:
    return shape.Note(load_default="", limit=4000, metadata={"label": label, "help": tip})


def _reason(codes: tuple[str, ...]) -> shape.Choice:
    return shape.Choice(
        *codes,
        required=True,
        metadata={"label": N_("Reason"), "choices": words.offered(words.REASON_WORDS, codes)},
    )


class EditionForm(Signed):
    """An edition of the standard."""

    standard = _line(N_("Standard"), tip=N_("Its designation, such as XA 28619."))
    edition = _line(N_("Edition"), limit=40, example="2026")
    applies_from = _day(N_("First day"))


class AddEdition(EditionForm):
    """A new edition, and until when the former one holds."""

    transition_end = _day(
        N_("Last day of the former edition"),
        N_("Certificates that were not moved by then do not hold any longer."),
    )

    @post_load
    def _edition(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        named = {name: values.pop(name) for name in ("standard", "edition", "applies_from")}
        return {**values, "edition": actions.NewEdition(**named)}


class DraftScheme(shape.Form):
    """A scheme as a list of activities."""

    code = _line(N_("Code"), limit=40, tip=N_("It names the scheme to everybody, such as XA-RM."))
    name_en = _line(N_("Name in English"))
    name_zh_hans = _line(N_("Name in Simplified Chinese"))
    name_zh_hant = _line(N_("Name in Traditional Chinese"))
    activities = Several(
        words.ACTIVITY_WORDS,
        required=True,
        metadata={"label": N_("Activities"), "example": ["review", "decision", "audit"]},
    )
    statuses = NamesField(
        required=True,
        metadata={
            "label": N_("Status words"),
            "help": N_("One a line."),
            "widget": "note",
            "example": ["reman"],
        },
    )
    checklist = shape.Choice(
        *queries.checklists(), required=True, metadata={"label": N_("Checklist"), "widget": "choice"}
    )
    surveillance_days = _days(N_("Days between two surveillances"))
    grace_days = _days(N_("Days of grace when one is missed"))
    suspension_days = _days(N_("Days that a suspension lasts at most"))
    retroactive = shape.Yes(
        load_default=False,
        metadata={"label": N_("A suspension may name units that were released before it")},
    )
    standard = _line(N_("Standard"), tip=N_("Its designation, such as XA 28619."))
    edition = _line(N_("Edition"), limit=40, example="2025")
    applies_from = _day(N_("First day"))

    @post_load
    def _scheme(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        names = tuple(values.pop(f"name_{one}") for one in ("en", "zh_hans", "zh_hant"))
        watched = ("surveillance_days", "grace_days", "suspension_days", "retroactive")
        edition = {name: values.pop(name) for name in ("standard", "edition", "applies_from")}
        return {
            **{name: value for name, value in values.items() if name not in watched},
            "names": names,
            "watch": actions.Watch(**{name: values[name] for name in watched}),
            "edition": actions.NewEdition(**edition),
        }


class GrantAccreditation(Signed):
    """Which body is competent for what, and until when."""

    body = _choice(N_("Certification body"))
    number = _line(N_("Number of the accreditation"), limit=40)
    categories = Several(
        {**{one.id: one.names.text("en") for one in load_all().values()}, words.EVERY: words.EVERY_WORD},
        required=True,
        metadata={"label": N_("Product families"), "example": ["diesel-engine"]},
    )
    scheme = _choice(N_("Scheme"))
    edition = shape.Line(
        load_default="*",
        limit=40,
        metadata={"label": N_("Edition of the standard"), "help": N_("Empty covers every edition.")},
    )
    valid_from = _day(N_("First day"))
    valid_to = _day(N_("Last day"))

    @post_load
    def _areas(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        scheme, edition = values.pop("scheme"), values.pop("edition")
        areas = tuple(Area(one, scheme, edition) for one in values.pop("categories"))
        return {**values, "areas": areas}


class SuspendAccreditation(Signed):
    """Why, and which rows; all where none is ticked."""

    reason = _reason(actions.CHANGED_BECAUSE)
    areas = Tokens(
        Area,
        load_default=(),
        metadata={"label": N_("Rows"), "help": N_("None ticked means all."), "example": []},
    )


class ReduceAccreditation(Signed):
    """Why, and which rows leave the scope."""

    reason = _reason(actions.CHANGED_BECAUSE)
    areas = Tokens(
        Area, required=True, metadata={"label": N_("Rows that leave the scope"), "example": ["a|b|c"]}
    )


class WithdrawAccreditation(Signed):
    """Why."""

    reason = _reason(actions.CHANGED_BECAUSE)


class Sign(Signed):
    """Nothing but who decides."""


class Nothing(shape.Form):
    """Nothing but the decision."""


class Apply(shape.Form):
    """What a workshop applies for."""

    body = _choice(N_("Certification body"))
    scheme = _choice(N_("Scheme"))
    family = _choice(N_("Product family"))
    models = NamesField(
        required=True,
        metadata={
            "label": N_("Models"),
            "help": N_("Part numbers as your releases carry them, one a line."),
            "widget": "note",
            "example": ["NW-6L-200"],
        },
    )
    sites = NamesField(
        load_default=(),
        metadata={
            "label": N_("Sites"),
            "help": N_("One a line; empty means every site."),
            "widget": "note",
            "example": ["*"],
        },
    )
    classes = Several(
        CLASSES,
        load_default=(),
        metadata={"label": N_("Classes"), "help": N_("None ticked means every class.")},
    )
    extends = shape.Line(
        load_default=None, limit=60, metadata={"label": N_("Extension of"), "widget": "choice"}
    )
    agreement = shape.Yes(required=True, metadata={"label": N_("The agreement with the body is signed")})
    evidence = Evidence(metadata={"label": N_("Documents")})

    @post_load
    def _lines(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        lines = crossed(values.pop("models"), values.pop("sites"), values.pop("classes"))
        return {**values, "lines": lines}


class Request(shape.Form):
    """What a holder says to his body."""

    wish = shape.Choice(
        *actions.WISHES,
        required=True,
        metadata={"label": N_("What you say"), "choices": words.offered(words.WISH_WORDS, actions.WISHES)},
    )
    note = _note(N_("In your words"), N_("Sealed: it is read in your organisation."))
    clauses = NamesField(
        load_default=(),
        metadata={
            "label": N_("Clauses"),
            "help": N_("One a line, where you answer findings."),
            "widget": "note",
            "example": ["A1"],
        },
    )
    evidence = Evidence(metadata={"label": N_("Documents")})


class Decline(shape.Form):
    """Why an application is declined."""

    reason = _reason(actions.DECLINED_BECAUSE)


class Declare(shape.Form):
    """Whether one is impartial."""

    clear = fields.Boolean(
        required=True,
        truthy={True, "yes", "on"},
        falsy={False, "no"},
        error_messages={"invalid": "wrong-type", "required": "required"},
        metadata={
            "label": N_("I have no interest in this client and did not advise him in the last two years"),
            "widget": "choice",
            "choices": (("yes", N_("Yes, I am free")), ("no", N_("No, I am not"))),
        },
    )


class CheckClauses(shape.Form):
    """What the evaluator says of each clause."""

    clauses = fields.Dict(
        keys=shape.Line(limit=20),
        values=shape.Choice(*STATUSES),
        required=True,
        error_messages={"invalid": "wrong-type", "required": "required"},
        metadata={"hidden": True, "example": {"A1": "comply"}},
    )
    note = _note(N_("Remarks"), N_("Sealed: they are read in your organisation."))
    evidence = Evidence(metadata={"label": N_("Photos and documents")})


class RaiseFindings(shape.Form):
    """Until when the client answers."""

    answer_by = _day(N_("The client answers by"))
    note = _note(N_("Remarks"), N_("Sealed: they are read in your organisation."))


class FinishEvaluation(shape.Form):
    """For which activities the reports are there, and the reports."""

    activities = Several(
        {one: words.ACTIVITY_WORDS[one] for one in sorted(queries.DETERMINATION)},
        required=True,
        metadata={"label": N_("Reports are there of")},
    )
    evidence = Evidence(required=True, metadata={"label": N_("Reports")})


class FinishReview(shape.Form):
    """What the reviewer recommends."""

    recommends = fields.Boolean(
        required=True,
        truthy={True, "yes", "on"},
        falsy={False, "no"},
        error_messages={"invalid": "wrong-type", "required": "required"},
        metadata={
            "label": N_("Do you recommend the certification?"),
            "widget": "choice",
            "choices": (("yes", N_("Yes")), ("no", N_("No"))),
        },
    )
    note = _note(N_("Remarks"), N_("Sealed: they are read in your organisation."))
