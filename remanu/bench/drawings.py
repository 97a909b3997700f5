"""What drawing labels costs: a sheet of a thousand in Chinese, one label in each form, one symbol."""

from __future__ import annotations

from collections.abc import Callable

from remanu.bench.place import Figures, cpu, ms
from remanu.drawing.fields import LabelFields
from remanu.drawing.media import read_media
from remanu.drawing.pdf import draw_pdf
from remanu.drawing.png import draw_png
from remanu.drawing.svg import draw_svg
from remanu.drawing.symbol import by_library, encode
from remanu.drawing.template import read_template

LABELS, SCREEN_DPI = 1000, 300
BUDGET = {"sheet_labels_per_s": 500, "symbol_ms": 1.0, "pdf_ms": 20.0, "svg_ms": 5.0, "png_ms": 5.0}


def labels() -> Figures:
    """Labels of one batch, each with a symbol of its own, against the symbol library's own choice of mask."""
    template, media = read_template("label-63x38"), read_media("a4-l7160")
    batch = [_label(number) for number in range(LABELS)]
    one = batch[0]
    known = encode(one.payload)
    sheet = draw_pdf(batch, template, media)
    whole, pdf, svg, png, symbol, library = (
        *cpu(3, 1, lambda: _afresh(lambda: draw_pdf(batch, template, media))),
        *cpu(
            5,
            20,
            lambda: _afresh(lambda: draw_pdf([one], template, media)),
            lambda: _afresh(lambda: draw_svg(one, template, media)),
            lambda: _afresh(lambda: draw_png(one, template, media, dpi=SCREEN_DPI)),
            lambda: encode.__wrapped__(one.payload),
            lambda: by_library(one.payload, known.version, known.level),
        ),
    )
    return {
        "figures": {
            "sheet_labels_per_s": round(LABELS / whole),
            "sheet_kib": round(len(sheet) / 1024),
            "pdf_ms": ms(pdf),
            "svg_ms": ms(svg),
            "png_ms": ms(png),
            "symbol_ms": ms(symbol),
        },
        "floors": {"library_symbol_ms": ms(library)},
        "ratios": {"symbol_to_library": round(symbol / library, 3)},
        "budget": BUDGET,
        "settings": {"labels": LABELS, "modules": known.size, "level": known.level, "png_dpi": SCREEN_DPI},
    }


def _afresh(work: Callable[[], object]) -> None:
    """Draw with no symbol kept from before, as for a label that nobody has drawn yet."""
    encode.cache_clear()
    work()


def _label(number: int) -> LabelFields:
    code = f"8XK4-M9QT2-{number:04d}"
    return LabelFields(
        payload=f"https://ID.EXAMPLE.TEST/8XK4M9QT2{number:04d}/3F9Q2K",
        host="ID.EXAMPLE.TEST 3F9Q2K",
        code=code,
        locale="zh-Hans",
        class_word="再制造产品",
        name="高压涡轮转子组件（第一级）",
        part_number="HPT-4471-02 rev C",
        serial=f"SN 20417-{number:04d}",
        organisation="北境透平再制造厂",
        date="2026-03-14",
        standard="XA-STD 8887-220:2024",
        certificate=f"RC-{number:06d}",
        life="2",
    )
