"""Label stock: rolls and sheets with their measures in millimetres, read from `labels/media/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import marshmallow as ma
from marshmallow import fields, validate

from remanu.drawing import stock

_SIZE = validate.Range(min=0, min_inclusive=False)
_LARGEST_DPI = 2400


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's page and the places of its labels: `left` and `top` of the first, pitch from one to the next."""

    page_width: float
    page_height: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def places(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def origin(self, place: int) -> tuple[float, float]:
        """Left and top of a place, counted from 0 along the rows."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


@dataclass(frozen=True, slots=True)
class Media:
    """One stock: a label's size, the device's dots per inch, the smallest module it holds; a grid on sheets.

    `symbols` is how often its drawings carry the symbol: twice for harsh places (labels.md §5.2).
    """

    name: str
    title: str
    width: float
    height: float
    dpi: int
    min_module: float
    symbols: int = 1
    material: str = ""
    grid: Grid | None = None

    @property
    def dot(self) -> float:
        """Width of one dot."""
        return 25.4 / self.dpi


@lru_cache(maxsize=128)
def read_media(name: str) -> Media:
    """The stock of this name; CannotDraw `unknown-media` or `media-refused`."""
    return parse_media(name, stock.read("media", name))


def parse_media(name: str, text: str) -> Media:
    """The stock that this TOML describes; CannotDraw `media-refused` names what is wrong."""
    values = stock.parse(_Media(), text, file=f"{name}.toml", why="media-refused")
    grid = values.pop("grid", None)
    return Media(name=name, grid=Grid(**grid) if grid else None, **values)


def media_names() -> tuple[str, ...]:
    """Every stock there is."""
    return stock.names("media")


class _Grid(ma.Schema):
    page_width = fields.Float(required=True, validate=_SIZE)
    page_height = fields.Float(required=True, validate=_SIZE)
    columns = fields.Integer(required=True, strict=True, validate=_SIZE)
    rows = fields.Integer(required=True, strict=True, validate=_SIZE)
    left = fields.Float(required=True, validate=validate.Range(min=0))
    top = fields.Float(required=True, validate=validate.Range(min=0))
    pitch_x = fields.Float(required=True, validate=_SIZE)
    pitch_y = fields.Float(required=True, validate=_SIZE)


class _Media(ma.Schema):
    title = fields.String(required=True)
    width = fields.Float(required=True, validate=_SIZE)
    height = fields.Float(required=True, validate=_SIZE)
    dpi = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=_LARGEST_DPI))
    min_module = fields.Float(required=True, validate=_SIZE)
    symbols = fields.Integer(strict=True, validate=validate.OneOf((1, 2)))
    material = fields.String()
    grid = fields.Nested(_Grid)

    @ma.validates_schema(skip_on_field_errors=True)
    def labels_lie_on_the_page(self, values: dict[str, Any], **_: object) -> None:
        """Refuse a grid whose labels overlap or run over the edge of the page."""
        if "grid" not in values:
            return
        grid = Grid(**values["grid"])
        last_x, last_y = grid.origin(grid.places - 1)
        if last_x + values["width"] > grid.page_width or last_y + values["height"] > grid.page_height:
            raise ma.ValidationError("over-the-edge", "grid")
        if grid.pitch_x < values["width"] or grid.pitch_y < values["height"]:
            raise ma.ValidationError("labels-overlap", "grid")
