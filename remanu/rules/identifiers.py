"""Identifiers that an item has beside our own code: their schemes, and when two spellings are the same one.

Unique within an organisation is the pair of scheme and normalised value (labels.md §1.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from remanu.errors import BadInput
from remanu.rules import envelope, gs1, gs1_link, text
from remanu.rules.envelope import Envelope
from remanu.rules.gs1 import Element, Elements
from remanu.rules.gs1_dictionary import Dictionary

GTIN, ITIP, GIAI, CPID = "gs1-gtin", "gs1-itip", "gs1-giai", "gs1-cpid"
UII, OEM, SERIAL = "iso-uii", "oem-mark", "serial"
KEYS: Mapping[str, tuple[str, ...]] = {
    GTIN: ("01", "21"),
    ITIP: ("8006", "21"),
    GIAI: ("8004",),
    CPID: ("8010", "8011"),
}
"""GS1 schemes: the elements that together name one item."""
SCHEMES = (*KEYS, UII, OEM, SERIAL)
WITHDRAWN_FOR = ("misread", "wrong-part", "marked-anew", "prefix-ended", "other")
LIMIT = 120
_INDICATOR = frozenset({"01", "8006"})
_PREFIX = re.compile(r"[0-9]{4,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier: `value` as people read it, `normalised` as two spellings of it are the same."""

    scheme: str
    value: str
    normalised: str
    issuer: str = ""

    @property
    def is_gs1(self) -> bool:
        """Whether GS1 gives the prefix that it begins with."""
        return self.scheme in KEYS


def of_elements(elements: Iterable[Element]) -> tuple[Identifier, ...]:
    """The identifiers of one item that GS1 elements hold; none where they name a kind of thing alone."""
    said = {one.ai: one for one in elements}
    found = (tuple(said[ai] for ai in ais) for ais in KEYS.values() if said.keys() >= set(ais))
    return tuple(_of_key(one) for one in found)


def _of_key(elements: Elements) -> Identifier:
    scheme = next(name for name, ais in KEYS.items() if ais == tuple(one.ai for one in elements))
    said = gs1.bracketed(elements)
    return Identifier(scheme, said, said)


def of_envelope(read: Envelope, table: Dictionary) -> tuple[Identifier, ...]:
    """The identifiers that an envelope holds; BadInput where its GS1 elements are wrong."""
    if read.gs1:
        return of_elements(gs1.read_scanned(gs1.FNC1 + read.gs1, table))
    uii = read.uii
    return (Identifier(UII, uii, _upper(uii), read.maker),) if uii else ()


def of_serial(serial: str, maker: str) -> Identifier:
    """A serial number with the one who gave it."""
    number = text.clean_serial("value", serial)
    by = text.clean_line("issuer", maker, limit=LIMIT)
    return Identifier(SERIAL, number, f"{text.skeleton(by)}|{text.skeleton(number)}", by)


def of_mark(mark: str, maker: str = "") -> Identifier:
    """Any code that stands on a part, whatever it means to whoever put it there."""
    line = text.clean_line("value", mark, limit=LIMIT)
    if not text.skeleton(line):
        raise BadInput("value", "empty")
    return Identifier(OEM, line, text.skeleton(line), maker)


def worked_out(given: str, table: Dictionary, *, scheme: str | None = None, maker: str = "") -> Identifier:
    """The identifier that a scanned or typed text is; without a scheme what the text shows itself to be.

    A GS1 key or a UII has to be a valid one: BadInput with the reason. Any other text is a mark, or with a maker a
    serial number.
    """
    if scheme == SERIAL or (scheme is None and maker and not shows(given)):
        return of_serial(given, maker)
    if scheme == OEM or (scheme is None and not shows(given)):
        return of_mark(given, maker)
    found = read(given, table)
    wanted = next((one for one in found if scheme in {None, one.scheme}), None)
    if wanted is None:
        raise BadInput("value", "identifier-of-kind" if not found else "identifier-other-scheme")
    return wanted


def read(given: str, table: Dictionary) -> tuple[Identifier, ...]:
    """The identifiers of one item in a Digital Link, element string or envelope; BadInput where it is none of them."""
    clean = envelope.plain(given)
    if envelope.is_envelope(clean):
        return tuple(one for each in envelope.read(clean) for one in of_envelope(each, table))
    return of_elements(elements_of(clean, table))


def elements_of(given: str, table: Dictionary) -> Elements:
    """The elements of a Digital Link, of brackets, or of a scanned symbol; BadInput where it is none."""
    bare = symbol(given)
    if "://" in bare:
        found = gs1_link.read(bare, table).elements
    elif bare.startswith("("):
        found = gs1.read_bracketed(bare, table)
    else:
        found = gs1.read_scanned(gs1.FNC1 + bare.removeprefix(gs1.FNC1), table)
    gs1.check_pairs(found, table)
    return found


def symbol(given: str) -> str:
    """A scanned text without the three signs by which scanners name the symbol it was in (ISO/IEC 15424)."""
    return re.sub(r"^\][A-Za-z][0-9A-Z]", "", given)


def shows(given: str) -> bool:
    """Whether a text shows by its beginning that it is an address, elements or an envelope."""
    clean = envelope.plain(given)
    return "://" in clean or clean.startswith(("(", gs1.FNC1, "]", "[)>"))


def check_prefix(digits: str) -> str:
    """A GS1 company prefix: 4 to 12 digits; BadInput `prefix-malformed`."""
    given = digits.strip()
    if not _PREFIX.fullmatch(given):
        raise BadInput("prefix", "prefix-malformed")
    return given


def begins_with(identifier: Identifier, prefix: str, table: Dictionary) -> bool:
    """Whether a GS1 key begins with a company prefix; of a GTIN the first digit says how it is packed."""
    key = gs1.read_bracketed(identifier.normalised, table)[0]
    return key.value[key.ai in _INDICATOR :].startswith(prefix)


def _upper(line: str) -> str:
    return "".join(line.upper().split())
