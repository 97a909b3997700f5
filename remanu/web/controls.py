"""The controls of a form, as they follow from its shape, and how a form asks for a signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import fields
from sqlalchemy.engine import Connection

from remanu.db import Database
from remanu.errors import Refusal
from remanu.rules.actor import Actor
from remanu.web import shape

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One control of a form; `label` and `help` are English message ids.

    `public` says beside it that what is typed stands in the public record.
    """

    name: str
    label: str
    widget: str = "text"
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    unit: str = ""
    help: str = ""
    public: bool = False


Fields = Callable[[Connection, Any, type[shape.Form]], Sequence[Field]]


@dataclass(frozen=True, slots=True)
class Signing:
    """How acts ask for a signature: which controls a person is shown, and what is kept of one that did not hold."""

    controls: Callable[[Connection, str, Sequence[Field]], Sequence[Field]]
    failed: Callable[[Database, Actor, str, Refusal], None]


def plain_fields(schema: type[shape.Form]) -> list[Field]:
    """The controls that follow from a shape alone."""
    return [_field(name, one) for name, one in schema().fields.items() if not one.metadata.get("hidden")]


def _field(name: str, one: fields.Field[Any]) -> Field:
    meta = one.metadata
    choices = tuple((word, word) for word in getattr(one, "choices", ()))
    return Field(
        name=name,
        label=str(meta.get("label", name.replace("_", " ").capitalize())),
        widget=str(meta.get("widget", _widget(one))),
        required=one.required,
        choices=tuple(meta.get("choices", choices)),
        unit=getattr(one, "unit", ""),
        help=str(meta.get("help", "")),
    )


def _widget(one: fields.Field[Any]) -> str:
    for kind, widget in _WIDGETS:
        if isinstance(one, kind):
            return widget
    return "text"


_WIDGETS: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (shape.Note, "note"),
    (shape.Choice, "choice"),
    (shape.Amount, "amount"),
    (shape.Instant, "instant"),
    (shape.Yes, "yes"),
    (shape.Whole, "whole"),
)
