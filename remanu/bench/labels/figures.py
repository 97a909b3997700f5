"""What labels cost and how well they are read: sheets in Chinese, one label in each form, symbols, damage.

Times are CPU time of this one process, because the machine may have other work; damage is a simulation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from remanu.bench.labels import apart, reading, trials
from remanu.bench.labels.batch import MEDIA, TEMPLATE, batch, label
from remanu.bench.place import Figures, cpu, ms
from remanu.drawing.fields import LabelFields
from remanu.drawing.media import Media, read_media
from remanu.drawing.pdf import draw_pdf
from remanu.drawing.png import draw_png
from remanu.drawing.svg import draw_svg
from remanu.drawing.symbol import by_library, encode
from remanu.drawing.template import Template, read_template
from remanu.drawing.zpl import draw_zpl

LABELS, SYMBOLS, BURNT, SCREEN_DPI = 1000, 200, 50, 300
# What is burnt is measured on the roll that thermal printers of 203 dpi are fed with.
THERMAL = "label-50x30", "roll-50x30"
TRIALS = trials.TRIALS
BUDGET = {
    "labels_per_s": 700,
    "sheet_kib": 1024.0,
    "peak_mib": 120.0,
    "matrix_ms": 1.0,
    "pdf_ms": 20.0,
    "pdf_cold_ms": 300.0,
    "svg_ms": 5.0,
    "png_ms": 5.0,
    "zpl_ms": 60.0,
    "zpl_bytes": 4096,
    "readback_rate": 1.0,
    "wrong_decodes": 0,
    **{f"{name}_rate": one.floor for name, one in trials.CONDITIONS.items()},
}


def labels(count: int | None = None) -> Figures:
    """Labels of one batch, each with a symbol of its own; `count` of them in documents of a thousand for memory."""
    template, media = read_template(TEMPLATE), read_media(MEDIA)
    made = batch(LABELS)
    drawn, each = _drawn(made, template, media), _each(made, template, media)
    # One more, since the first is drawn alone.
    far = apart.measured(map(label, range((count or LABELS) + 1)), TEMPLATE, MEDIA)
    sheet = draw_pdf(made, template, media)
    read = [reading.read_back(sheet, [one.payload for one in made], dpi=dpi) for dpi in reading.DPIS]
    tallies = {name: trials.tried(one, TRIALS) for name, one in trials.CONDITIONS.items()}
    known = encode(made[0].payload)
    library = each.pop("library")
    return {
        "figures": {
            "labels_per_s": round(LABELS / drawn),
            "sheet_kib": round(len(sheet) / 1024),
            "peak_mib": far["peak_mib"],
            "pdf_cold_ms": ms(far["first"]),
            **{f"{name}_ms": ms(spent) for name, spent in each.items()},
            "zpl_bytes": max(len(_burnt(one)) for one in made[:BURNT]),
            "readback_rate": min(one.rate for one in read),
            "wrong_decodes": sum(one.wrong for one in read) + sum(one.wrong for one in tallies.values()),
            **{f"{name}_rate": one.rate for name, one in tallies.items()},
        },
        "floors": {"library_symbol_ms": ms(library)},
        "ratios": {"matrix_to_library": round(each["matrix"] / library, 3)},
        "budget": BUDGET,
        "settings": {
            "labels": LABELS,
            "labels_for_memory": count or LABELS,
            "labels_per_document": apart.FILE,
            "modules": known.size,
            "level": known.level,
            "png_dpi": SCREEN_DPI,
            "zpl_stock": THERMAL[1],
            "readback_dpi": list(reading.DPIS),
            "trials": TRIALS,
            "time": "CPU of one process",
            "damage": "simulated",
        },
    }


def _drawn(made: Sequence[LabelFields], template: Template, media: Media) -> float:
    """Seconds for the whole batch on sheets."""
    return cpu(3, 1, _afresh(lambda: draw_pdf(made, template, media)))[0]


def _each(made: Sequence[LabelFields], template: Template, media: Media) -> dict[str, float]:
    """Seconds for one label in each form, and for a symbol by us and by the library."""
    first = made[0]
    known = encode(first.payload)
    few = [one.payload for one in made[:SYMBOLS]]
    works: dict[str, Callable[[], object]] = {
        "pdf": _afresh(lambda: draw_pdf([first], template, media)),
        "svg": _afresh(lambda: draw_svg(first, template, media)),
        "png": _afresh(lambda: draw_png(first, template, media, dpi=SCREEN_DPI)),
        "zpl": _afresh(lambda: _burnt(first)),
        "library": lambda: by_library(first.payload, known.version, known.level),
    }
    spent = dict(zip(works, cpu(5, 20, *works.values()), strict=True))
    matrix = cpu(5, 1, _afresh(lambda: [encode(payload) for payload in few]))[0] / len(few)
    return {"matrix": matrix, **spent}


def _burnt(label: LabelFields) -> bytes:
    return draw_zpl(label, read_template(THERMAL[0]), read_media(THERMAL[1]))


def _afresh(work: Callable[[], object]) -> Callable[[], None]:
    """The work with no symbol kept from before, as for labels that nobody has drawn yet."""

    def done() -> None:
        encode.cache_clear()
        work()

    return done
