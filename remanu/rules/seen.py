"""What a scanned or typed text is: our label, a code of ours in any text, the sign of a place, somebody else's mark.

`read` never guesses: an address of another host is never one of ours, however alike it looks or whatever code stands in
it (trust.md T4), and what begins as another kind of thing (a network, a card, a script) is not searched for codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from remanu.errors import BadInput
from remanu.rules import envelope, gs1, gs1_link, identifiers, identity
from remanu.rules.gs1 import Elements
from remanu.rules.gs1_dictionary import Dictionary
from remanu.rules.identifiers import Identifier
from remanu.rules.identity import (
    ALPHABET,
    ITEM_LENGTH,
    LABEL_LENGTH,
    PAPER,
    PLACE_LENGTH,
    PLACE_MARK,
    CodeClass,
    Scan,
)

Kind = Literal["own", "place", "gs1", "mark", "words", "nothing"]
LONGEST = 2048
_WORDS = 200
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://", re.ASCII)
# A word, a colon and no space behind it: another kind of text than one that speaks of parts.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?=\S)", re.ASCII)
_STRUCTURED = ("begin:", "mecard:", "wifi:")
_TOKEN = re.compile(
    rf"(?<!\w)([{ALPHABET}]{{{ITEM_LENGTH}}}|[{ALPHABET}]{{4}}-[{ALPHABET}]{{5}}-[{ALPHABET}]{{4}})(?!\w)"
    rf"(?:[^\w\s]{{1,2}}([{ALPHABET}]{{{LABEL_LENGTH}}}|{PAPER})(?!\w))?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    rf"(?<!\w)({PLACE_MARK}[{ALPHABET}]{{{PLACE_LENGTH - 1}}}|{PLACE_MARK}[{ALPHABET}]{{4}}-[{ALPHABET}]{{5}})(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?P<what>p/?n|pnr|part(?:\s+(?:no|number))?|s/?n|ser(?:ial)?(?:\s+(?:no|number))?)\.?"
    r"(?:\s*[:=#]\s*|\s+)(?P<value>[^\s,;]+)",
    re.IGNORECASE,
)
_GTIN_FIRST = re.compile(r"(?:01|8006)[0-9]{14}", re.ASCII)
_INSIDE = re.compile(r"https?://\S+", re.IGNORECASE)
# Full-width forms, which a Chinese input method writes in place of plain ones.
_FULL = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read: `scan` for ours, `elements` and `identifiers` for somebody's marks, `part_number` and `serial`.

    `why` is the reason word where nothing came of it: `foreign-host`, `not-a-code`, `check-character`,
    `several-codes`, or one of the GS1 reasons. `host` is the host of an address that is not ours. `place` is the code
    of a place: for sure where an address of ours names it, else words of its shape, which a serial may have too.
    """

    kind: Kind
    text: str
    scan: Scan | None = None
    elements: Elements = ()
    identifiers: tuple[Identifier, ...] = ()
    part_number: str = ""
    serial: str = ""
    host: str = ""
    why: str = ""
    place: str = ""

    @property
    def names(self) -> CodeClass | None:
        """The class of the code, None where it is none of ours; a badge's is left to whoever knows the badges."""
        if self.scan is not None:
            return self.scan.names
        if self.place:
            return "place"
        return "person" if identity.is_badge(self.text) else None


def read(given: str, hosts: frozenset[str], table: Dictionary) -> Seen:
    """What a text is. Total: whatever the text, an answer comes back, with the reason where nothing came of it.

    `hosts` are ours, in lower case, former ones among them.
    """
    plain = envelope.plain(given)
    if not plain or len(plain) > LONGEST:
        return Seen("nothing", plain[:LONGEST], why="not-a-code")
    bare = identifiers.symbol(plain).translate(_FULL)
    if _ADDRESS.match(bare):
        return _address(bare, hosts, table)
    if envelope.is_envelope(bare):
        return _envelope(bare, table)
    if _is_elements(plain, bare):
        found = _elements(bare, table)
        if found.kind == "gs1" or not _GTIN_FIRST.match(bare):
            return found
    return _text(bare, hosts)


def _is_elements(plain: str, bare: str) -> bool:
    """Whether a text is GS1's by its first signs, or begins with a GTIN and goes on, as wedges send it."""
    marked = plain.startswith(("]d2", "]C1", "]Q3", "]e0", "]J1"))
    return marked or bare.startswith(("(", gs1.FNC1)) or _GTIN_FIRST.match(bare) is not None


def _address(bare: str, hosts: frozenset[str], table: Dictionary) -> Seen:
    try:
        return _ours(bare, bare, hosts)
    except BadInput as refused:
        why = str(refused.details["why"])
    try:
        link = gs1_link.read(bare, table)
    except BadInput:
        foreign = why == "foreign-host" and bare.lower().startswith(("http://", "https://"))
        return Seen("nothing", bare, why=why, host=_host(bare) if foreign else "")
    host = _host(bare) if why == "foreign-host" else ""
    return _checked(bare, link.elements, table, host=host)


def _ours(bare: str, address: str, hosts: frozenset[str]) -> Seen:
    """What an address of ours leads to: a place, or a part; BadInput for everything else."""
    try:
        return Seen("place", bare, place=identity.parse_place_scan(address, hosts))
    except BadInput:
        return Seen("own", bare, scan=identity.parse_scan(address, hosts))


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]


def _checked(bare: str, elements: Elements, table: Dictionary, *, host: str = "") -> Seen:
    try:
        gs1.check_pairs(elements, table)
    except BadInput as refused:
        return Seen("nothing", bare, elements=elements, host=host, why=str(refused.details["why"]))
    return Seen("gs1", bare, elements=elements, identifiers=identifiers.of_elements(elements), host=host)


def _elements(bare: str, table: Dictionary) -> Seen:
    try:
        return _checked(bare, identifiers.elements_of(bare, table), table)
    except BadInput as refused:
        return Seen("nothing", bare, why=str(refused.details["why"]))


def _envelope(bare: str, table: Dictionary) -> Seen:
    try:
        read_ = envelope.read(bare)
        found = tuple(one for each in read_ for one in identifiers.of_envelope(each, table))
    except BadInput as refused:
        return Seen("nothing", bare, why=str(refused.details["why"]))
    part = next((one.part_number for one in read_ if one.part_number), "")
    serial = next((one.serial for one in read_ if one.serial), "")
    return Seen("mark", bare, identifiers=found, part_number=part, serial=serial)


def _text(bare: str, hosts: frozenset[str]) -> Seen:
    """A code of ours anywhere in the text, else words that may be a serial and a part number."""
    inside = _INSIDE.search(bare)
    if inside is not None:
        return _inside(bare, inside[0], hosts)
    if _is_of_another_kind(bare, hosts):
        return Seen("nothing", bare, why="not-a-code")
    try:
        return Seen("own", bare, scan=identity.parse_scan(bare, frozenset()))
    except BadInput as refused:
        why = str(refused.details["why"])
    return replace(_found(bare, why), place=_place(bare))


def _place(bare: str) -> str:
    """The code of a place that stands in a text, alone or between other signs; nothing where there are several."""
    whole = [bare, *(one[1] for one in _PLACE.finditer(bare) if not _is_word(one[1]))]
    codes = {code for one in whole for code in _place_code(one)}
    return codes.pop() if len(codes) == 1 else ""


def _place_code(text: str) -> list[str]:
    try:
        return [identity.parse_place(text)]
    except BadInput:
        return []


def _is_word(token: str) -> bool:
    return token.isalpha() and token == token.lower()


def _found(bare: str, why: str) -> Seen:
    codes = [one for token in _TOKEN.finditer(bare) for one in _code(token[1], token[2])]
    if len({one.item for one in codes}) > 1:
        return Seen("nothing", bare, why="several-codes")
    if codes:
        return Seen("own", bare, scan=codes[0])
    if len(bare) > _WORDS or not bare.isprintable():
        return Seen("nothing", bare, why=why)
    named = {one["what"][0].lower(): one["value"] for one in _NAMED.finditer(bare)}
    return Seen("words", bare, part_number=named.get("p", ""), serial=named.get("s", ""), why=why)


def _inside(bare: str, address: str, hosts: frozenset[str]) -> Seen:
    """What a text with an address in it says: ours leads on, any other is named and not followed."""
    try:
        return _ours(bare, address, hosts)
    except BadInput as refused:
        why = str(refused.details["why"])
    return Seen("nothing", bare, why=why, host=_host(address) if why == "foreign-host" else "")


def _is_of_another_kind(bare: str, hosts: frozenset[str]) -> bool:
    """A network, a card, a script; or an address whose signs a foreign keyboard layout changed, on no host of ours."""
    low = bare.lower()
    if low.startswith("http"):
        after = re.sub(r"^https?[^a-z0-9]*", "", low)
        return not any(_begins(after, host.partition(":")[0]) for host in hosts)
    return low.startswith(_STRUCTURED) or (_SCHEME.match(bare) is not None and _NAMED.match(bare) is None)


def _begins(address: str, host: str) -> bool:
    # Whatever a layout makes of the slash, it is no letter, digit or dot that would make another host of it.
    return address.startswith(host) and not re.match(r"[a-z0-9.@]", address[len(host) :])


def _code(item: str, label: str | None) -> list[Scan]:
    """The code that a token is; a word in small letters is none, whatever its check character would be."""
    try:
        code = identity.parse_item(item)
    except BadInput:
        return []
    if _is_word(item):
        return []
    if label and label.upper() == PAPER:
        return [Scan(code, paper=True)]
    return [Scan(code, identity.parse_label(label) if label else None)]
