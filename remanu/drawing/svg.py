"""A label as SVG in millimetres, for pages and engravers: merged modules as one path, text held to its width."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from remanu.drawing.display import Area, Box, Display, Mark, Run
from remanu.drawing.faces import FAMILIES, millimetres
from remanu.drawing.fields import LabelFields
from remanu.drawing.layout import layout
from remanu.drawing.media import Media
from remanu.drawing.symbol import QUIET
from remanu.drawing.template import Template

_FONTS = {"NotoSansSC": "Noto Sans SC", "NotoSansTC": "Noto Sans TC", "NotoSans": "Noto Sans"}
_WEIGHTS = {"Regular": "400", "SemiBold": "600"}


def draw_svg(label: LabelFields, template: Template, media: Media) -> str:
    """One label as a document of its own, white where nothing is printed, without styles or scripts.

    Every text carries its measured width, so that it keeps its place where another font has to stand in.
    """
    display = layout(label, template, media)
    return "".join(_document(display, label))


def _document(display: Display, label: LabelFields) -> Iterator[str]:
    size = f'width="{display.width:g}mm" height="{display.height:g}mm"'
    box = f'viewBox="0 0 {display.width:g} {display.height:g}"'
    title = escape(f"{label.host} {label.code}".strip())
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" xml:lang="{label.locale}">'
    yield f"<title>{title}</title>"
    yield _rect(Box(0, 0, display.width, display.height), "white")
    yield from (_area(one) for one in display.areas)
    yield from (_mark(one) for one in display.marks)
    yield from (_run(one, label) for one in display.runs)
    yield "</svg>"


def _area(area: Area) -> str:
    return _rect(area.box, area.ink)


def _rect(box: Box, fill: str) -> str:
    return f'<rect x="{box.x:.4g}" y="{box.y:.4g}" width="{box.w:.4g}" height="{box.h:.4g}" fill="{fill}"/>'


def _mark(mark: Mark) -> str:
    """The white square with its quiet zone and the dark runs, in units of one module."""
    side = mark.symbol.whole
    runs = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in mark.symbol.runs())
    return (
        f'<g transform="translate({mark.x:.5f} {mark.y:.5f}) scale({mark.module:.6f})" shape-rendering="crispEdges">'
        f'<rect x="-{QUIET}" y="-{QUIET}" width="{side}" height="{side}" fill="white"/>'
        f'<path d="{runs}" fill="black"/></g>'
    )


def _run(run: Run, label: LabelFields) -> str:
    face, _, weight = run.span.face.partition("-")
    others = [_FONTS[one] for one in FAMILIES[label.locale] if one != face]
    family = ", ".join(f"'{one}'" for one in (_FONTS[face], *others))
    em = millimetres(run.size)
    return (
        f'<text x="{run.x:.4f}" y="{run.y:.4f}" font-family={quoteattr(family + ", sans-serif")}'
        f' font-weight="{_WEIGHTS[weight]}" font-size="{em:.4f}" fill="{run.ink}"'
        f' textLength="{run.span.width * em:.4f}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">'
        f"{escape(run.span.text)}</text>"
    )
