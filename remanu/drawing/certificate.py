"""The release certificate on paper: PDF/A by typst from one template, with the vendored fonts and no others.

The form follows the block order that readers of release forms expect (domain.md §5.1) and names no authority.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from remanu.config import resource
from remanu.drawing import rosette
from remanu.drawing.faces import FAMILIES, FOLDER, SHARED, Locale, Weight, settled, split
from remanu.drawing.symbol import QUIET, encode
from remanu.errors import CannotDraw

Side = Literal["production", "maintenance"]
_WEIGHTS: dict[Weight, int] = {"Regular": 400, "SemiBold": 600}
_NAMES = {"NotoSansSC": "Noto Sans SC", "NotoSansTC": "Noto Sans TC", "NotoSans": "Noto Sans"}
_REGIONS: dict[Locale, tuple[str, str | None]] = {
    "en": ("en", None),
    "zh-Hans": ("zh", "CN"),
    "zh-Hant": ("zh", "HK"),
}
_REASONS = (
    (re.compile(r"text-too-long: (.*)", re.DOTALL), "text-too-long"),
    (re.compile(r'text `"(.*)"` could not be displayed', re.DOTALL), "missing-glyph"),
)
_SEAL, _GROUND = "#0b5566", "#e3ecee"
# What is set in SemiBold where that has all its characters.
_STRONG = ("organisation", "status", "claim_class", "signer")


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateBlocks:
    """What stands in the blocks of one certificate, in words that are ready to print, all from the record.

    `signer` is the printed name, which travels on the signed PDF alone; `digest`, `dossier` and `root` are hex; `size`
    counts the log entries under the checkpoint; `url` is the public page's exact address, `symbol` what is scanned.
    `side` says which half of the form is signed, and the other one stays empty (I39); `flag` stands beside the class.
    `approval` names what the organisation issues under, empty where that is its own quality system. `record` is the
    machine-readable certificate, attached as certificate.json.
    """

    number: str
    organisation: str
    address: str
    description: str
    part_number: str
    serial: str
    code: str
    life: str
    claim_class: str
    status: str
    meaning: str
    signer: str
    authorisation: str
    signed_at: datetime
    dossier: str
    log: str
    size: int
    root: str
    url: str
    symbol: str = ""
    approval: str = ""
    work_order: str = ""
    line: str = "1"
    quantity: str = "1"
    supersedes: str = ""
    remarks: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    concessions: tuple[str, ...] = ()
    watermark: str = ""
    record: str = ""
    side: Side = "maintenance"
    digest: str = ""
    scheme: str = ""
    flag: str = ""


def draw_certificate(blocks: CertificateBlocks, *, locale: Locale) -> bytes:
    """The certificate as PDF/A-3a with tags for readers; the same bytes for the same blocks.

    CannotDraw `missing-glyph` for a character that no vendored font has (a name is never printed with a gap),
    `text-too-long` for a block that holds no more, `naive-time`.
    """
    if blocks.signed_at.utcoffset() is None:
        raise CannotDraw(why="naive-time", field="signed_at")
    _shown(blocks, locale)
    folder = _folder()
    try:
        drawn = typst.compile(
            folder / "release.typ",
            root=folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_data(blocks, locale), ensure_ascii=False)},
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            # The format keeps whole seconds, and the compiler refuses a finer time.
            timestamp=blocks.signed_at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise _refusal(error) from error
    return bytes(drawn)


def _folder() -> Path:
    return resource("templates") / "certificate"


def _shown(blocks: CertificateBlocks, locale: Locale) -> None:
    """CannotDraw names the block with a character that cannot be shown; typst would name a neighbour of it."""
    for name, value in asdict(blocks).items():
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and name != "record":
                _split(name, text, locale)


def _split(name: str, text: str, locale: Locale) -> None:
    try:
        split(text, locale)
    except CannotDraw as error:
        raise CannotDraw(**error.details, field=name) from error


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The vendored fonts, read once: scanning them takes ten times as long as a certificate."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])


def words(locale: Locale) -> dict[str, Any]:
    """What is printed on certificates in this language; the tables `said`, `classes`, `statuses` fill blocks."""
    return _words(_folder() / "words.toml")[locale]


@lru_cache(maxsize=1)
def _words(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text("utf-8"))


def _data(blocks: CertificateBlocks, locale: Locale) -> dict[str, Any]:
    values = asdict(blocks) | {"signed_at": f"{blocks.signed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"}
    weights = {name: _WEIGHTS[settled(values[name], locale, "SemiBold")] for name in _STRONG}
    language, region = _REGIONS[locale]
    return {
        "words": words(locale),
        "blocks": values,
        "weights": weights,
        "fonts": _families(locale),
        "shared": SHARED if locale == "en" else "",
        "lang": language,
        "region": region,
        "symbol": _svg(blocks.symbol or blocks.url),
        "seal": rosette.svg(blocks.dossier, colour=_SEAL, width="0.55"),
        "ground": rosette.svg(blocks.dossier, colour=_GROUND, width="0.35"),
        "watermark": blocks.watermark,
        "record": blocks.record,
    }


def _families(locale: Locale) -> list[str]:
    return [_NAMES[family] for family in FAMILIES[locale]]


def _svg(url: str) -> str:
    """The symbol with its quiet zone as a picture of its own, a unit a module."""
    symbol = encode(url)
    runs = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in symbol.runs())
    box = f"{-QUIET} {-QUIET} {symbol.whole} {symbol.whole}"
    paper = f'<rect x="{-QUIET}" y="{-QUIET}" width="{symbol.whole}" height="{symbol.whole}" fill="white"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{paper}<path d="{runs}" fill="black"/></svg>'


def _refusal(error: typst.TypstError) -> CannotDraw:
    """What stopped the drawing: PDF/A refuses a glyph that no font has, the template a block that is too full."""
    message = str(error.message)
    for pattern, why in _REASONS:
        if found := pattern.search(message):
            return CannotDraw(why=why, text=found[1][:80])
    return CannotDraw(why="template-refused", file="release.typ", faults=message)
