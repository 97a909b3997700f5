"""The GS1 Barcode Syntax Dictionary as a table: what each application identifier holds and goes with.

Source: gs1/gs1-syntax-dictionary, whose header defines the notation. The text is data of the family shelf; here it is
parsed and nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_LINE = re.compile(r"(?P<first>[0-9]{2,4})(-(?P<last>[0-9]{2,4}))?\s+(?P<rest>.*)", re.ASCII)
_COMPONENT = re.compile(
    r"\[?(?P<type>[NXYZ])(?P<dots>\.\.)?(?P<length>[0-9]+)\]?(?P<linters>(,[a-z0-9]+)*)", re.ASCII
)
_FLAGS = re.compile(r"[*?!\"$%&'()+,\-./:;<=>@\[\\\]^_`{|}~]+")


@dataclass(frozen=True, slots=True)
class Component:
    """A piece of a value: its character set, its length in characters, and the linters that it must pass."""

    type: str
    shortest: int
    longest: int
    optional: bool
    linters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One application identifier.

    `fixed` values need no separator behind them. `qualifiers` is None unless the identifier is a primary key of a
    Digital Link; then it lists the sequences of qualifiers that may follow it. `needs` is read as: of each group, one
    of the alternatives, all of whose patterns must be there.
    """

    ai: str
    fixed: bool
    attribute: bool
    components: tuple[Component, ...]
    title: str
    needs: tuple[tuple[tuple[str, ...], ...], ...] = ()
    excludes: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, ...], ...] | None = None

    @property
    def is_key(self) -> bool:
        """Whether a Digital Link may begin with it."""
        return self.qualifiers is not None

    @property
    def longest(self) -> int:
        """Most characters of a value."""
        return sum(one.longest for one in self.components)


@dataclass(frozen=True, slots=True)
class Codes:
    """Lists that linters look values up in; `known_prefix` says of digits whether a company prefix begins them.

    It answers None where its source cannot say. Without such a source every prefix passes: who owns one is data of an
    organisation, which a person confirms.
    """

    countries: frozenset[str] = frozenset()
    countries_alpha2: frozenset[str] = frozenset()
    currencies: frozenset[str] = frozenset()
    known_prefix: Callable[[str], bool | None] | None = None


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Every application identifier, with the code lists and the names that former releases allowed for some."""

    entries: Mapping[str, Entry]
    codes: Codes = field(default_factory=Codes)
    names: Mapping[str, str] = field(default_factory=dict)

    def begins(self, text: str) -> Entry | None:
        """The identifier that a text begins with; no two of them begin alike."""
        found = (self.entries.get(text[:length]) for length in (2, 3, 4))
        return next((one for one in found if one is not None), None)

    def could_be(self, ai: str) -> bool:
        """Whether an unknown number may stand for an identifier of later years: as long as others of its kind."""
        alike = {len(one) for one in self.entries if one[:2] == ai[:2]}
        return ai.isascii() and ai.isdigit() and 2 <= len(ai) <= 4 and alike <= {len(ai)}  # noqa: PLR2004 -- digits


def parse(text: str, codes: Codes | None = None, names: Mapping[str, str] | None = None) -> Dictionary:
    """Read the dictionary's text; ValueError names the line that is none of its notation."""
    entries: dict[str, Entry] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            entries |= {one.ai: one for one in _entries(line)}
    return Dictionary(entries, codes or Codes(), names or {})


def _entries(line: str) -> list[Entry]:
    known = _LINE.fullmatch(line.rstrip())
    if known is None:
        raise ValueError(line)
    rest, _, title = known["rest"].partition("#")
    words = rest.split()
    flags = words.pop(0) if _FLAGS.fullmatch(words[0]) else ""
    many = [word for word in words if _COMPONENT.fullmatch(word)]
    told = _told([word for word in words if word not in many])
    width = len(known["first"])
    first, last = int(known["first"]), int(known["last"] or known["first"])
    pieces = tuple(_component(word) for word in many)
    return [
        Entry(
            ai=f"{number:0{width}}",
            fixed="*" in flags,
            attribute="?" in flags,
            components=pieces,
            title=title.strip(),
            **told,
        )
        for number in range(first, last + 1)
    ]


def _component(word: str) -> Component:
    known = _COMPONENT.fullmatch(word)
    assert known is not None  # noqa: S101 -- asked for above
    longest = int(known["length"])
    return Component(
        type=known["type"],
        shortest=1 if known["dots"] else longest,
        longest=longest,
        optional=word.startswith("["),
        linters=tuple(one for one in known["linters"].split(",") if one),
    )


def _told(words: list[str]) -> dict[str, Any]:
    needs: list[tuple[tuple[str, ...], ...]] = []
    excludes: list[str] = []
    qualifiers = None
    for word in words:
        name, _, value = word.partition("=")
        if name == "req":
            needs.append(tuple(tuple(group.split("+")) for group in value.split(",")))
        elif name == "ex":
            excludes += value.split(",")
        elif name == "dlpkey":
            qualifiers = tuple(tuple(one.split(",")) if one else () for one in value.split("|"))
        else:
            raise ValueError(word)
    return {"needs": tuple(needs), "excludes": tuple(excludes), "qualifiers": qualifiers}


def matches(pattern: str, ai: str) -> bool:
    """Whether an identifier is one of a pattern such as `31nn`."""
    return len(pattern) == len(ai) and all(
        sign in {"n", digit} for sign, digit in zip(pattern, ai, strict=True)
    )
