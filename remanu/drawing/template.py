"""Label templates: which words and symbols stand where, as data in millimetres, read from `labels/templates/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import marshmallow as ma
from marshmallow import fields, validate

from remanu.drawing import stock
from remanu.drawing.display import Box, Ink
from remanu.drawing.faces import FAMILIES, Locale, Weight
from remanu.drawing.fields import PRINTED

SMALLEST = 5.0  # points; smaller type is not read beside a machine
Kind = Literal["label", "tag"]
Words = Mapping[Locale, str]


@dataclass(frozen=True, slots=True)
class Code:
    """A square in which the symbol and its quiet zone are drawn as large as whole dots allow."""

    box: Box
    min_module: float


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled rectangle, drawn always or only where the field `when` is not empty."""

    box: Box
    ink: Ink
    when: str


@dataclass(frozen=True, slots=True)
class Text:
    """A field or fixed words in a box: shrunk from `size` to `min_size` points, then cut where that is allowed."""

    box: Box
    field: str
    words: Words
    when: str
    size: float
    min_size: float
    lines: int
    weight: Weight
    align: Literal["left", "center", "right"]
    valign: Literal["top", "middle"]
    ink: Ink
    cut: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its caption and its field."""

    field: str
    caption: Words
    cut: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of caption and value in one size of type; a row whose field is empty is closed up."""

    box: Box
    caption: float
    size: float
    min_size: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A drawing of one size; `kind` tells the tag of a part in process from the label of a released one."""

    name: str
    kind: Kind
    width: float
    height: float
    codes: tuple[Code, ...]
    areas: tuple[Filled, ...]
    texts: tuple[Text, ...]
    tables: tuple[Table, ...]


@lru_cache(maxsize=128)
def read_template(name: str) -> Template:
    """The template of this name; CannotDraw `unknown-template` or `template-refused`."""
    return parse_template(name, stock.read("templates", name))


def parse_template(name: str, text: str) -> Template:
    """The template that this TOML describes; CannotDraw `template-refused` names what is wrong."""
    return _made(name, stock.parse(_Template(), text, file=f"{name}.toml", why="template-refused"))


def template_of(name: str, drawing: Mapping[str, Any]) -> Template:
    """The template that these values describe, those of a file in another writing; CannotDraw `template-refused`."""
    return _made(name, stock.checked(_Template(), drawing, file=name, why="template-refused"))


def _made(name: str, values: Mapping[str, Any]) -> Template:
    return Template(
        name=name,
        kind=values["kind"],
        width=values["width"],
        height=values["height"],
        codes=tuple(values["codes"]),
        areas=tuple(values["areas"]),
        texts=tuple(values["texts"]),
        tables=tuple(values["tables"]),
    )


def template_names() -> tuple[str, ...]:
    """Every template there is."""
    return stock.names("templates")


_POSITIVE = validate.Range(min=0, min_inclusive=False)


def _points(missing: float) -> fields.Float:
    return fields.Float(load_default=missing, validate=validate.Range(min=SMALLEST))


def _field() -> fields.String:
    return fields.String(load_default="", validate=validate.OneOf(PRINTED))


def _choice(*choices: str) -> fields.String:
    return fields.String(load_default=choices[0], validate=validate.OneOf(choices))


class _Words(fields.Dict):
    """The same words in all three languages, or none."""

    def __init__(self) -> None:
        spoken = validate.ContainsOnly(tuple(FAMILIES)), validate.Length(equal=len(FAMILIES))
        super().__init__(keys=fields.String(), values=fields.String(), validate=spoken, load_default=dict)


class _Placed(ma.Schema):
    x = fields.Float(required=True, validate=validate.Range(min=0))
    y = fields.Float(required=True, validate=validate.Range(min=0))
    w = fields.Float(required=True, validate=_POSITIVE)
    h = fields.Float(required=True, validate=_POSITIVE)

    @staticmethod
    def boxed(values: dict[str, Any]) -> dict[str, Any]:
        """The values with their four measures gathered into one box."""
        box = Box(*(values[key] for key in "xywh"))
        return {"box": box, **{key: one for key, one in values.items() if key not in "xywh"}}


class _Code(ma.Schema):
    x = fields.Float(required=True, validate=validate.Range(min=0))
    y = fields.Float(required=True, validate=validate.Range(min=0))
    size = fields.Float(required=True, validate=_POSITIVE)
    min_module = fields.Float(required=True, validate=_POSITIVE)

    @ma.post_load
    def made(self, values: dict[str, Any], **_: object) -> Code:
        return Code(Box(values["x"], values["y"], values["size"], values["size"]), values["min_module"])


class _Filled(_Placed):
    ink = _choice("black", "white")
    when = _field()

    @ma.post_load
    def made(self, values: dict[str, Any], **_: object) -> Filled:
        return Filled(**self.boxed(values))


class _Text(_Placed):
    field = _field()
    words = _Words()
    when = _field()
    size = _points(8)
    min_size = _points(SMALLEST)
    lines = fields.Integer(load_default=1, strict=True, validate=validate.Range(min=1, max=6))
    weight = _choice("Regular", "SemiBold")
    align = _choice("left", "center", "right")
    valign = _choice("middle", "top")
    ink = _choice("black", "white")
    cut = fields.Boolean(load_default=False)

    @ma.post_load
    def made(self, values: dict[str, Any], **_: object) -> Text:
        if bool(values["field"]) == bool(values["words"]):
            raise ma.ValidationError("needs either field or words")
        return Text(**self.boxed(values))


class _Row(ma.Schema):
    field = fields.String(required=True, validate=validate.OneOf(PRINTED))
    caption = _Words()
    cut = fields.Boolean(load_default=False)

    @ma.post_load
    def made(self, values: dict[str, Any], **_: object) -> Row:
        return Row(**values)


class _Table(_Placed):
    caption = fields.Float(load_default=0.0, validate=validate.Range(min=0))
    size = _points(8)
    min_size = _points(SMALLEST)
    rows = fields.List(fields.Nested(_Row), required=True, validate=validate.Length(min=1))

    @ma.post_load
    def made(self, values: dict[str, Any], **_: object) -> Table:
        return Table(**self.boxed({**values, "rows": tuple(values["rows"])}))


class _Template(ma.Schema):
    kind = fields.String(required=True, validate=validate.OneOf(("label", "tag")))
    width = fields.Float(required=True, validate=_POSITIVE)
    height = fields.Float(required=True, validate=_POSITIVE)
    codes = fields.List(fields.Nested(_Code), required=True, data_key="qr", validate=validate.Length(min=1))
    areas = fields.List(fields.Nested(_Filled), load_default=list, data_key="rect")
    texts = fields.List(fields.Nested(_Text), load_default=list, data_key="text")
    tables = fields.List(fields.Nested(_Table), load_default=list, data_key="table")
