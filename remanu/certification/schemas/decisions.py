"""Shapes of decisions: grant, refuse, extend, surveil, suspend, reduce, withdraw, move to an edition."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from remanu.accounts.schemas import Day, Signed
from remanu.certification import actions, queries
from remanu.certification.schemas import words
from remanu.certification.schemas.fields import NamesField, Several, Tokens
from remanu.parts.schemas.evidence import Evidence
from remanu.rules.certification import Line
from remanu.web import shape
from remanu.web.words import N_

_TODAY = "2026-03-01"


def _choice(label: str) -> shape.Line:
    return shape.Line(required=True, limit=120, metadata={"label": label, "widget": "choice"})


def _day(label: str, tip: str = "") -> Day:
    return Day(required=True, metadata={"label": label, "help": tip, "widget": "day"})


def _reason(codes: tuple[str, ...]) -> shape.Choice:
    return shape.Choice(
        *codes,
        required=True,
        metadata={"label": N_("Reason"), "choices": words.offered(words.REASON_WORDS, codes)},
    )


class Grant(Signed):
    """Scope and days of the certificate."""

    lines = Tokens(Line, required=True, metadata={"label": N_("Scope"), "example": ["NW-6L-200|*|*"]})
    valid_from = _day(N_("First day"))
    valid_to = _day(N_("Last day"))


class Extend(Signed):
    """Which lines join the scope."""

    lines = Tokens(Line, required=True, metadata={"label": N_("Scope"), "example": ["NW-6L-200|*|*"]})


class Refuse(Signed):
    """Why a certification is refused."""

    reason = _reason(actions.REFUSED_BECAUSE)


class Surveil(shape.Form):
    """What was done, and what came of it."""

    activities = Several(
        {one: words.ACTIVITY_WORDS[one] for one in queries.SURVEILLANCE},
        required=True,
        metadata={"label": N_("What was done")},
    )
    result = shape.Choice(
        *actions.RESULTS,
        required=True,
        metadata={"label": N_("Result"), "choices": words.offered(words.RESULT_WORDS, actions.RESULTS)},
    )
    evidence = Evidence(metadata={"label": N_("Reports")})


def _since() -> Day:
    return Day(
        load_default=None,
        metadata={
            "label": N_("It also speaks of units released from"),
            "help": N_("Empty, as a rule: units released before keep their claim."),
            "widget": "day",
        },
    )


def _until() -> Day:
    return Day(load_default=None, metadata={"label": N_("until"), "widget": "day"})


def _serials() -> NamesField:
    metadata = {"label": N_("and of these serial numbers"), "help": N_("One a line."), "widget": "note"}
    return NamesField(load_default=(), metadata={**metadata, "example": ["S-1"]})


class _Retro(Signed):
    """Which earlier releases it names too; the fields stand in each form, after what they are about."""

    @validates_schema
    def _whole(self, values: dict[str, Any], **_: Any) -> None:
        if values.get("retro_until") is not None and values.get("retro_since") is None:
            raise ValidationError("required", "retro_since")

    @post_load
    def _named(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        named = {one: values.pop(f"retro_{one}") for one in ("since", "until", "serials")}
        retro = actions.Named(**named) if any(named.values()) else None
        return {**values, "retro": retro}


class Suspend(_Retro):
    """Why, what, until when, and whether earlier units are named."""

    reason = _reason(actions.SUSPENDED_BECAUSE)
    lines = Tokens(
        Line,
        load_default=(),
        metadata={"label": N_("What is suspended"), "help": N_("None ticked means the whole scope."), "example": []},
    )
    until = _day(N_("At most until"))
    retro_since, retro_until, retro_serials = _since(), _until(), _serials()


class Reduce(Signed):
    """Why, and what leaves the scope."""

    reason = _reason(actions.REDUCED_BECAUSE)
    lines = Tokens(Line, required=True, metadata={"label": N_("What leaves the scope"), "example": ["a|*|*"]})


class Withdraw(_Retro):
    """Why, and whether earlier units are named."""

    reason = _reason(actions.WITHDRAWN_BECAUSE)
    retro_since, retro_until, retro_serials = _since(), _until(), _serials()


class Transition(Signed):
    """Which edition the certificate rests on from now on."""

    edition = _choice(N_("Edition of the standard"))
