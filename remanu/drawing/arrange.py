"""A label drawn up from what a house wishes, without a coordinate: side, size of the symbol, rows in their order.

What comes out are the values of a template in millimetres, in the writing of `labels/templates/`. Its places follow the
built-in drawings: the symbol is as large as its share allows, the code stands under it, the address in the last line
with DEMO or PROOF beside it, and all other words in one column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from remanu.drawing.faces import ASCENT, DESCENT, FAMILIES, millimetres, width
from remanu.drawing.media import Media
from remanu.drawing.table import CAPTION, GAP
from remanu.drawing.template import SMALLEST, Kind
from remanu.drawing.text import LEADING
from remanu.drawing.words import printed_words
from remanu.errors import CannotDraw

Side = Literal["left", "right"]
Share = Literal["large", "even", "small"]
SIDES: tuple[Side, ...] = ("left", "right")
SHARES: Mapping[Share, float] = {"large": 0.5, "even": 0.42, "small": 0.34}
"""The widest that the symbol may be, in parts of the label."""
_LOW = 27.0  # millimetres of height up to which all words are of the least size that is read
_HIGH = 32.0  # and from which on words keep well off the upper and the lower edge
_LINE = 2.06  # one line of that size
_MODULE = 0.5  # labels.md §5: the least for small parts
_PAD = 0.3
_NARROW = 26.0  # millimetres of a column in which all rows are of the least size
_ROOMY = 34.0  # a column from here on takes long captions
_WARNED = 24.0  # height from which on a tag has room for its warning
_LEAST = 20.9  # side of a symbol of 33 modules and its quiet zone at the least module
_WIDEST = 24.8  # a code of the widest letters at the least size


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a house wishes of a drawing; `rows` are PRINTED fields in their order."""

    kind: Kind
    side: Side
    share: Share
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The measures that everything else follows from."""

    wish: Wish
    media: Media

    @property
    def low(self) -> bool:
        return self.media.height <= _LOW

    def part(self, share: float, most: float) -> float:
        """A height in parts of the label, one line at least."""
        return _LINE if self.low else max(_LINE, min(share * self.media.height, most))

    @property
    def code(self) -> float:
        return self.part(0.11, 4.8)

    @property
    def host(self) -> float:
        return self.part(0.085, 3.2)

    @property
    def symbol(self) -> float:
        share = SHARES[self.wish.share] if self.media.symbols == 1 else SHARES["small"]
        return min(self.last - self.code, max(_LEAST, share * self.media.width))

    @property
    def left(self) -> bool:
        return self.wish.side == "left"

    @property
    def edge(self) -> float:
        """What words keep off the edge, for printers are out by as much."""
        return max(0.4, min(0.018 * self.media.width, 1.2))

    @property
    def top(self) -> float:
        """The same above and below, as far as the height has it."""
        return 0.0 if self.low else 0.3 if self.media.height < _HIGH else 0.8

    @property
    def squares(self) -> list[float]:
        """Where each symbol begins."""
        right = self.media.width - self.symbol
        return [0.0, right] if self.media.symbols > 1 else [0.0 if self.left else right]

    @property
    def column(self) -> tuple[float, float]:
        """Left and width of the column of words."""
        begins = self.symbol + _PAD if 0.0 in self.squares else self.edge
        ends = self.squares[-1] - _PAD if self.squares[-1] else self.media.width - self.edge
        return begins, ends - begins

    @property
    def last(self) -> float:
        """Where the last line begins."""
        return self.media.height - self.host - self.top

    @property
    def bottom(self) -> float:
        """Where the column ends: above the code, where that is wider than its symbol."""
        return self.last if self.symbol >= _WIDEST else self.last - self.code


def roomy(media: Media) -> bool:
    """Whether a symbol has room on this stock with its code under it and words beside it."""
    return media.height >= _LEAST + 2 * _LINE and media.width >= 2 * _LEAST


def arranged(wish: Wish, media: Media) -> dict[str, Any]:
    """The values of a template for this stock; whether the words have room, the pre-flight says.

    CannotDraw `module-too-small` where no symbol of the usual length has room.
    """
    if not roomy(media):
        raise CannotDraw(why="module-too-small", media=media.name)
    plan = _Plan(wish, media)
    heading = plan.top + max(4.5 if wish.kind == "tag" else 3.0, plan.part(0.14, 7.5))
    drawing: dict[str, Any] = _rounded(
        {
            "kind": wish.kind,
            "width": media.width,
            "height": media.height,
            "qr": [{"x": x, "y": 0, "size": plan.symbol, "min_module": _MODULE} for x in plan.squares],
            "rect": [*_heading_areas(plan, heading), *_mark_areas(plan)],
            "text": [*_foot(plan), _heading(plan, heading), *_column(plan, heading)],
            "table": [_table(plan, heading)] if wish.rows else [],
        }
    )
    return drawing


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(value, 2) if isinstance(value, float) else value


def _box(x: float, y: float, w: float, h: float) -> dict[str, Any]:
    return {"x": x, "y": y, "w": w, "h": h}


def _set(
    field: str, box: Mapping[str, Any], *, most: float, least: float = SMALLEST, **more: Any
) -> dict[str, Any]:
    """A line of type as large as its box is high, down to the least that is read."""
    size = max(least, min(most, round(box["h"] / millimetres(1.2) * 4) / 4))
    return {"field": field, **box, "size": size, "min_size": least, **more}


def _heading(plan: _Plan, height: float) -> dict[str, Any]:
    """The class of a label, or the band that says of a tag that its part is not released."""
    x, w = plan.column
    inset = _PAD if plan.wish.kind == "tag" else 0.0
    box = _box(x + inset, plan.top + 0.05, w - 2 * inset, height - plan.top - 0.1)
    if plan.wish.kind == "label":
        return _set("class_word", box, most=18, weight="SemiBold")
    lines = {"lines": 2, "size": 10 if not plan.low else 6.5, "min_size": SMALLEST}
    return {"words": dict(printed_words("tag", "band")), **box, **lines, "weight": "SemiBold", "ink": "white"}


def _heading_areas(plan: _Plan, height: float) -> Iterator[dict[str, Any]]:
    x, w = plan.column
    yield _box(x, 0, w, height) if plan.wish.kind == "tag" else _box(x, height, w, 0.25)


def _mark(plan: _Plan) -> dict[str, Any]:
    w = max(8.0, min(0.16 * plan.media.width, 14.0))
    return _box(plan.media.width - w - plan.edge, plan.last, w, plan.host - 0.05)


def _mark_areas(plan: _Plan) -> Iterator[dict[str, Any]]:
    box = _mark(plan)
    yield {"when": "watermark", **box}
    inner = _box(box["x"] + 0.2, box["y"] + 0.2, box["w"] - 0.4, box["h"] - 0.4)
    yield {"when": "watermark", "ink": "white", **inner}


def _foot(plan: _Plan) -> Iterator[dict[str, Any]]:
    """The code under the symbol, the address and DEMO or PROOF in the last line."""
    mark, under, long = _mark(plan), plan.squares[0], max(plan.symbol, _WIDEST) - plan.edge
    x, align = (plan.edge, "left") if under == 0.0 else (plan.media.width - plan.edge - long, "right")
    yield _set(
        "code", _box(x, plan.last - plan.code, long, plan.code), most=11, weight="SemiBold", align=align
    )
    yield _set("host", _box(plan.edge, plan.last, mark["x"] - plan.edge - _PAD, plan.host), most=7)
    yield _set(
        "watermark",
        _box(mark["x"], mark["y"], mark["w"], max(_LINE, mark["h"])),
        most=9,
        weight="SemiBold",
        align="center",
    )


def _tall(plan: _Plan) -> float:
    """How high the rows stand, in sizes of their type."""
    return (len(plan.wish.rows) - 1) * LEADING + ASCENT + DESCENT


def _name(plan: _Plan, heading: float) -> float:
    """The height of the name: two lines where the rows, at their least, leave them."""
    left = plan.bottom - _warning(plan) - heading - 0.6 - _tall(plan) * millimetres(SMALLEST)
    return max(_LINE, min(plan.part(0.18, 9.5), left))


def _warning(plan: _Plan) -> float:
    warned = plan.wish.kind == "tag" and plan.media.height >= _WARNED
    return max(2 * _LINE + 0.3, 0.14 * plan.media.height) if warned else 0.0


def _column(plan: _Plan, heading: float) -> Iterator[dict[str, Any]]:
    x, w = plan.column
    room = _name(plan, heading)
    lines = 2 if room >= 2 * _LINE + 0.1 else 1
    size = max(SMALLEST, min(11.0, room / millimetres(1.2 * lines)))
    shape = {
        "size": size,
        "min_size": SMALLEST,
        "lines": lines,
        "weight": "SemiBold",
        "valign": "top",
        "cut": True,
    }
    yield {"field": "name", **_box(x, heading + 0.35, w, room), **shape}
    high = _warning(plan)
    if high:
        box = _box(x, plan.bottom - high, w, high)
        yield {
            "words": dict(printed_words("tag", "warning")),
            **box,
            "size": max(SMALLEST, high / millimetres(1.3)),
            "lines": 2,
        }


def _table(plan: _Plan, heading: float) -> dict[str, Any]:
    x, w = plan.column
    top = heading + 0.45 + _name(plan, heading)
    room = plan.bottom - _warning(plan) - top
    size = max(SMALLEST, min(room / millimetres(_tall(plan)), 9.5))
    rows = [_row(plan, field, w) for field in plan.wish.rows]
    said = [one["caption"] for one in rows if "caption" in one]
    # In a narrow column values need the room more than captions do.
    at = SMALLEST if w < _NARROW else size
    widest = max((width(one[spoken], spoken) for one in said for spoken in FAMILIES), default=0.0)
    indent = min(widest * CAPTION * millimetres(at) + GAP + 0.05, 0.4 * w)
    return {
        **_box(x, top, w, room),
        "caption": indent,
        "size": size,
        "min_size": SMALLEST,
        "rows": rows,
    }


def _row(plan: _Plan, field: str, column: float) -> dict[str, Any]:
    """A house's own name may be cut short; what identifies a part never is."""
    long = "long" if column >= _ROOMY else "short"
    caption = printed_words("caption", long, plan.wish.kind).get(field)
    return {"field": field, "cut": field == "organisation", **({"caption": dict(caption)} if caption else {})}
