"""GS1 Digital Link addresses: read and written (uncompressed form, release 1.3 and later), driven by the dictionary.

The vectors of gs1/gs1-syntax-engine say which are valid. Compressed addresses are not supported: none is ever written,
and one that is read is refused as having no key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from remanu.errors import BadInput
from remanu.rules.gs1 import Element, Elements, check_value, refuse
from remanu.rules.gs1_dictionary import Dictionary, Entry

CANONICAL = "https://id.gs1.org"
"""The resolver of GS1 itself: where an address leads that has no host of its own."""
_SIGNS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*", re.ASCII)
_ADDRESS = re.compile(
    r"(?:http|https|HTTP|HTTPS)://([A-Za-z0-9\-.:\[\]]+)(/[^?#]*)(?:\?([^#]*))?(?:#.*)?", re.ASCII
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})", re.ASCII)
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_GTIN = "01"
_GTIN_LENGTHS = (8, 12, 13)
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Reading:
    """What is let pass beyond the standard in force; everything is off unless somebody asks.

    `zero_suppressed`: GTIN-8, -12 and -13 without their zeros. `names`: words for identifiers of releases before 1.3.
    `unknown` and `unknown_attributes`: identifiers of later years, and those in the query.
    """

    zero_suppressed: bool = False
    names: bool = False
    unknown: bool = False
    unknown_attributes: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A Digital Link: its stem (scheme, host, and path before the key), its key with qualifiers, the rest."""

    stem: str
    path: Elements
    query: Elements

    @property
    def key(self) -> Element:
        """The primary key."""
        return self.path[0]

    @property
    def elements(self) -> Elements:
        """Everything that it says."""
        return self.path + self.query


STRICT = Reading()


def escape(text: str, *, space: str = "%20") -> str:
    """A value as it stands in the path of an address; in a query a `space` is written `+`."""
    return "".join(sign if sign in _PLAIN else space if sign == " " else f"%{ord(sign):02X}" for sign in text)


def unescape(text: str, *, plus: str = "+") -> str:
    """A value as it was before `escape`; what is no escape stays as it is. In a query `plus` means a space."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text.replace("+", plus))


def read(uri: str, table: Dictionary, how: Reading = STRICT) -> Link:
    """What a Digital Link says; BadInput `gs1-not-a-link` where a text is none, else what is wrong with it."""
    known = _ADDRESS.fullmatch(uri) if len(uri) <= _LONGEST and _SIGNS.fullmatch(uri) else None
    if known is None:
        raise refuse("gs1-not-a-link", "")
    parts = known[2].split("/")[1:]
    at = _begins(parts, table, how)
    path = tuple(
        _element(_named(parts[one], table, how), unescape(parts[one + 1]), table, how)
        for one in range(at, len(parts), 2)
    )
    check_sequence(tuple(one.ai for one in path), table)
    query = _attributes(known[3] or "", table, how)
    _check_attributes(path, query, table, how)
    stem = uri[: known.start(2)] + "".join(f"/{one}" for one in parts[:at])
    return Link(stem, path, query)


def _begins(parts: list[str], table: Dictionary, how: Reading) -> int:
    """Where in the path the primary key stands: the last that has a value and nothing but pairs behind it."""
    for at in range(len(parts) - 2, -1, -2):
        entry = table.entries.get(_named(parts[at], table, how))
        if entry is None:
            raise refuse("gs1-no-key" if at == len(parts) - 2 else "gs1-unknown-ai", parts[at][:4])
        if entry.is_key:
            return at
    raise refuse("gs1-no-key", "")


def _named(part: str, table: Dictionary, how: Reading) -> str:
    return table.names.get(part, part) if how.names else part


def _element(ai: str, value: str, table: Dictionary, how: Reading) -> Element:
    if not value:
        raise refuse("gs1-too-short", ai)
    if "\0" in value:
        raise refuse("gs1-value", ai, rule="ZERO_BYTE")
    short = how.zero_suppressed and ai == _GTIN and len(value) in _GTIN_LENGTHS
    found = Element(ai, value.zfill(14) if short else value)
    check_value(found, table, unknown=how.unknown)
    return found


def check_sequence(ais: tuple[str, ...], table: Dictionary) -> None:
    """Refuse qualifiers that do not follow their key, or not in this order."""
    entry = table.entries[ais[0]]
    if not _follows(ais[1:], entry):
        raise refuse("gs1-order", ais[0], qualifiers=list(ais[1:]))


def _follows(qualifiers: Sequence[str], entry: Entry) -> bool:
    return any(_in_order(qualifiers, sequence) for sequence in entry.qualifiers or ())


def _in_order(wanted: Sequence[str], sequence: Sequence[str]) -> bool:
    left = iter(sequence)
    return all(one in left for one in wanted)


def _attributes(query: str, table: Dictionary, how: Reading) -> Elements:
    """The identifiers of a query; words that are no numbers belong to somebody else and are passed over."""
    found = []
    for pair in re.split("[&;]", query):
        name, equals, value = pair.partition("=")
        name = _named(unescape(name), table, how)
        if not (equals and name.isascii() and name.isdigit()):
            continue
        found.append(_element(name, unescape(value, plus=" "), table, how))
    return tuple(found)


def _check_attributes(path: Elements, query: Elements, table: Dictionary, how: Reading) -> None:
    said = [one.ai for one in path]
    for one in query:
        if one.ai in said:
            raise refuse("gs1-repeated", one.ai)
        _check_attribute(one.ai, [two.ai for two in path], table, how)
        said.append(one.ai)


def _check_attribute(ai: str, path: list[str], table: Dictionary, how: Reading) -> None:
    """Refuse in the query what belongs into the path, or nowhere into an address."""
    entry = table.entries.get(ai)
    if entry is None:
        if not how.unknown_attributes:
            raise refuse("gs1-unknown-ai", ai)
        return
    if not entry.attribute:
        raise refuse("gs1-not-in-query", ai)
    places = range(1, len(path) + 1)
    if any(_follows([*path[1:at], ai, *path[at:]], table.entries[path[0]]) for at in places):
        raise refuse("gs1-not-in-query", ai)


def write(
    elements: Sequence[Element], table: Dictionary, *, stem: str = CANONICAL, how: Reading = STRICT
) -> str:
    """The Digital Link of these elements on a host; the first key among them leads.

    BadInput where none is a key, where an element may not stand in an address, or a value is wrong.
    """
    said = tuple(dict.fromkeys(elements))
    for one in said:
        check_value(one, table, unknown=how.unknown)
    key = next((one for one in said if _is_key(one, table)), None)
    if key is None:
        raise refuse("gs1-no-key", "")
    path = (key, *_qualifiers(key, said, table))
    rest = _behind(tuple(one for one in said if one not in path), table)
    _check_attributes(path, rest, table, how)
    address = stem.rstrip("/") + "".join(f"/{one.ai}/{escape(one.value)}" for one in path)
    query = "&".join(f"{one.ai}={escape(one.value, space='+')}" for one in rest)
    return f"{address}?{query}" if query else address


def _is_key(element: Element, table: Dictionary) -> bool:
    entry = table.entries.get(element.ai)
    return entry is not None and entry.is_key


def _qualifiers(key: Element, said: Elements, table: Dictionary) -> list[Element]:
    """Those that follow the key, by the sequence that takes up most of them."""
    by = {one.ai: one for one in said}
    ways = [[by[ai] for ai in way if ai in by] for way in table.entries[key.ai].qualifiers or ()]
    return max(ways, key=len, default=[])


def _behind(rest: Elements, table: Dictionary) -> Elements:
    """Values of fixed length first, as in a symbol."""
    fixed = {ai for ai, entry in table.entries.items() if entry.fixed}
    return tuple(sorted(rest, key=lambda one: one.ai not in fixed))


def rejoined(path: str, table: Dictionary) -> str:
    """A path whose escapes a server took away, escaped again: slashes inside values part it no more.

    Where what stands between two slashes of a value could be a qualifier of the key, it is taken for one.
    """
    parts = path.split("/")
    begins = next(
        (at for at, part in enumerate(parts) if part in table.entries and table.entries[part].is_key), None
    )
    if begins is None:
        return path
    entry = table.entries[parts[begins]]
    pairs: list[tuple[str, list[str]]] = [(entry.ai, [])]
    for at, part in enumerate(parts[begins + 1 :], begins + 1):
        said = [ai for ai, _ in pairs[1:]]
        more = pairs[-1][1] and at + 1 < len(parts) and _follows([*said, part], entry)
        pairs.append((part, [])) if more else pairs[-1][1].append(part)
    return "/".join(parts[:begins] + [one for ai, value in pairs for one in (ai, escape("/".join(value)))])


def is_link(uri: str, table: Dictionary) -> bool:
    """Whether a text is a Digital Link."""
    try:
        read(uri, table)
    except BadInput:
        return False
    return True
