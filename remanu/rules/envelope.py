"""ISO/IEC 15434 envelopes as makers mark them on parts: formats 05, 06, 12 and the interim DD, and the UII they hold.

Designed after the examples of MIL-STD-130 and ATA Spec 2000 chapter 9 that labels.md §1.1 cites; the standards
themselves were not read, so nothing here claims to conform to them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from remanu.errors import BadInput

RECORD, GROUP, END = "\x1e", "\x1d", "\x04"
FORMATS = ("05", "06", "12", "DD")
_HEADER = "[)>"
_LONGEST = 2000
# Drivers of scanners write the three signs that do not show in one of these ways.
_SHOWN = {
    **dict.fromkeys(("\u241e", "<RS>", "{RS}"), RECORD),
    **dict.fromkeys(("\u241d", "<GS>", "{GS}"), GROUP),
    **dict.fromkeys(("\u2404", "<EOT>", "{EOT}"), END),
}
_TEXT = re.compile(r"([A-Z]{3})\s+(.+)", re.DOTALL)
_DATA = re.compile(r"([0-9]{0,3}[A-Z])(.+)", re.DOTALL)
# Who issued the number of the maker: issuing agency codes of ISO/IEC 15459.
_CAGE, _DUNS = "D", "UN"
_MAKERS: Mapping[str, str] = {
    "MFR": _CAGE, "SPL": _CAGE, "CAG": _CAGE, "DUN": _DUNS, "EUC": "",
    "17V": _CAGE, "18V": "", "12V": _DUNS,
}  # fmt: skip
_WHOLE = ("UID", "25S", "I")
"""Fields that hold a whole UII."""
_OF_MAKER = ("SER", "UCN", "USN")
"""Serials that are unique among everything of their maker."""
_OF_PART = ("SEQ", "UST", "S")
"""Serials that are unique within one part number."""
_PARTS = ("PNO", "PNR", "1P", "30P", "P")
_TOGETHER = "18S"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Fields by their identifiers, in order; `gs1` is the element string of a format 05, without a separator first."""

    format: str
    fields: tuple[tuple[str, str], ...] = ()
    gs1: str = ""

    def first(self, *names: str) -> str:
        """The value of the first of these identifiers that is there; nothing where none is."""
        found = dict(reversed(self.fields))
        return next((found[name] for name in names if name in found), "")

    @property
    def maker(self) -> str:
        """The number of whoever marked the part."""
        return self.first(*_MAKERS)

    @property
    def part_number(self) -> str:
        """The original part number, else the present one."""
        return self.first(*_PARTS)

    @property
    def serial(self) -> str:
        """The serial number."""
        return self.first(*_OF_MAKER, *_OF_PART)

    @property
    def uii(self) -> str:
        """The unique item identifier: agency, maker, the part number where the serial needs it, and serial.

        Nothing where the fields do not make one up.
        """
        whole = self.first(*_WHOLE)
        if whole:
            return whole
        if together := self.first(_TOGETHER):
            return _CAGE + together
        alone, within = self.first(*_OF_MAKER), self.first(*_OF_PART)
        inside = alone or (self.part_number and within and self.part_number + within)
        return self._agency + self.maker + inside if self.maker and inside else ""

    @property
    def _agency(self) -> str:
        said = {name for name, _ in self.fields}
        return next((agency for name, agency in _MAKERS.items() if name in said), "")


def plain(text: str) -> str:
    """The text without space around it, and with the signs that do not show, however a driver wrote them."""
    # Python counts the three signs among the spaces.
    text = text.strip(" \t\r\n\u3000\xa0")
    for shown, sign in _SHOWN.items():
        text = text.replace(shown, sign)
    return text


def shown(text: str) -> str:
    """The text with signs that show in place of the three that do not, so that it can be typed and kept as a line."""
    return text.translate({ord(RECORD): "\u241e", ord(GROUP): "\u241d", ord(END): "\u2404"})


def is_envelope(text: str) -> bool:
    """Whether a text begins as an envelope does."""
    return text.startswith(_HEADER)


def read(text: str) -> tuple[Envelope, ...]:
    """The envelopes of a text, one a format; BadInput `envelope-malformed` where it is none that is known here."""
    whole = plain(text)
    if not whole.startswith(_HEADER) or len(whole) > _LONGEST:
        raise BadInput("code", "envelope-malformed")
    body = whole.removeprefix(_HEADER).strip(RECORD).removesuffix(END).strip(RECORD)
    found = tuple(_one(one) for one in body.split(RECORD) if one)
    if not found:
        raise BadInput("code", "envelope-malformed")
    return found


def _one(text: str) -> Envelope:
    kind, rest = text[:2], text[2:].removeprefix(GROUP)
    if kind not in FORMATS or not rest:
        raise BadInput("code", "envelope-malformed")
    if kind == "05":
        return Envelope(kind, gs1=rest)
    shape = _DATA if kind == "06" else _TEXT
    return Envelope(kind, tuple(_field(one, shape) for one in rest.split(GROUP) if one))


def _field(text: str, shape: re.Pattern[str]) -> tuple[str, str]:
    known = shape.fullmatch(text.strip())
    if known is None or not known[2].isprintable():
        raise BadInput("code", "envelope-malformed")
    return known[1], known[2].strip()
