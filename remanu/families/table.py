"""A strict reader of one TOML table: every key is taken once, with its type; what is left over is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar, cast

from remanu.errors import PackRefused
from remanu.families.vocabulary import Names, Source
from remanu.rules import units

T = TypeVar("T")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
# Longer than anybody writes, and short enough that hostile text costs nothing.
_TEXT, _DIGITS, _ROWS = 600, 30, 2000
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def refused(faults: Sequence[PackRefused]) -> PackRefused:
    """One refusal for several faults: it names the first, and lists all of them under `faults`."""
    return PackRefused(**faults[0].details, faults=[dict(one.details) for one in faults])


class Table:
    """One table at `path` inside `file`; PackRefused names both, and says why in a closed reason word."""

    def __init__(self, file: str, path: str, values: Mapping[str, object]) -> None:
        self._file = file
        self._path = path
        self._left = dict(values)
        self._sources: Mapping[str, Source] = {}
        self.faults: list[PackRefused] = []

    def knows(self, sources: Mapping[str, Source]) -> None:
        """Make the pack's source lines known to this table and to every table read from it."""
        self._sources = sources

    def note(self, fault: PackRefused) -> None:
        """Keep a fault and read on, so that whoever wrote the pack learns of all of them at once."""
        self.faults.append(fault)

    def at(self, key: str) -> str:
        """The path of one key, as a refusal names it."""
        return f"{self._path}.{key}" if self._path else key

    def refuse(self, key: str, why: str) -> PackRefused:
        """The refusal of one key of this table."""
        return PackRefused(file=self._file, path=self.at(key), why=why)

    def close(self) -> None:
        """PackRefused `unknown-key` when the table holds a key that nobody asked for."""
        for key in self._left:
            raise self.refuse(key, "unknown-key")

    def has(self, key: str) -> bool:
        """Whether an optional key is there."""
        return key in self._left

    def _take(self, key: str, kind: type[T]) -> T:
        if key not in self._left:
            raise self.refuse(key, "missing")
        value = self._left.pop(key)
        if type(value) is not kind:
            raise self.refuse(key, f"not-{kind.__name__}")
        return value

    def text(self, key: str) -> str:
        """A text in NFC with no space around it, never empty."""
        value = self._take(key, str)
        if not value or value != value.strip() or not value.isprintable():
            raise self.refuse(key, "not-a-clean-text")
        if len(value) > _TEXT:
            raise self.refuse(key, "too-long")
        if not unicodedata.is_normalized("NFC", value):
            raise self.refuse(key, "not-nfc")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, each once; it may be empty."""
        values = self._take(key, list)
        table = Table(self._file, self.at(key), {str(n): value for n, value in enumerate(values)})
        found = tuple(table.text(str(n)) for n in range(len(values)))
        if len(set(found)) != len(found):
            raise self.refuse(key, "duplicate")
        return found

    def code(self, key: str) -> str:
        """A code: lower-case letters, digits and single hyphens."""
        value = self.text(key)
        if not _CODE.fullmatch(value):
            raise self.refuse(key, "not-a-code")
        return value

    def decimal(self, key: str) -> str:
        """A number as a decimal string; a TOML float is refused, because it would round."""
        value = self._take(key, str)
        if len(value) > _DIGITS or not _DECIMAL.fullmatch(value):
            raise self.refuse(key, "not-a-decimal")
        return value

    def decimals(self, key: str) -> tuple[str, ...]:
        """A list of decimal strings, at least one, each once."""
        values = self.texts(key)
        table = Table(self._file, self.at(key), {str(n): value for n, value in enumerate(values)})
        if not values:
            raise self.refuse(key, "empty")
        return tuple(table.decimal(str(n)) for n in range(len(values)))

    def whole(self, key: str, *, least: int, most: int) -> int:
        """A whole number not below `least` and not above `most`."""
        value = self._take(key, int)
        if value < least:
            raise self.refuse(key, "too-small")
        if value > most:
            raise self.refuse(key, "too-large")
        return value

    def truth(self, key: str) -> bool:
        """True or false."""
        return self._take(key, bool)

    def day(self, key: str) -> date:
        """A calendar day; a time of day is refused."""
        return self._take(key, date)

    def unit(self, key: str) -> str:
        """A unit code (UCUM) that `remanu.rules.units` knows."""
        value = self.text(key)
        if not units.known(value):
            raise self.refuse(key, "unknown-unit")
        return value

    def choice(self, key: str, allowed: Sequence[T]) -> T:
        """One word of a closed list."""
        value = self.text(key)
        if value not in allowed:
            raise self.refuse(key, "not-one-of")
        return cast("T", value)

    def choices(self, key: str, allowed: Sequence[T]) -> tuple[T, ...]:
        """Several words of a closed list, at least one, each once."""
        values = self.texts(key)
        if not values or any(value not in allowed for value in values):
            raise self.refuse(key, "not-one-of")
        return cast("tuple[T, ...]", values)

    def names(self, key: str) -> Names:
        """A name in English, simplified and traditional Chinese; all three are demanded."""
        return self.one(key, _names)

    def source(self, key: str) -> Source:
        """The source line that this code names."""
        code = self.code(key)
        if code not in self._sources:
            raise self.refuse(key, "unknown-source")
        return self._sources[code]

    def one(self, key: str, read: Callable[[Table], T]) -> T:
        """The table under this key, read to its last key."""
        return self._read(self.at(key), self._take(key, dict), read)

    def rows(self, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        """The tables under this key, at least one, each read to its last key."""
        rows = self._take(key, list)
        if not rows or not all(isinstance(row, dict) for row in rows):
            raise self.refuse(key, "not-tables")
        if len(rows) > _ROWS:
            raise self.refuse(key, "too-long")
        return tuple(self._each(key, rows, read))

    def _each(self, key: str, rows: Sequence[Mapping[str, object]], read: Callable[[Table], T]) -> Iterator[T]:
        for n, row in enumerate(rows):
            try:
                yield self._read(f"{self.at(key)}[{n}]", row, read)
            except PackRefused as fault:
                self.note(fault)

    def _read(self, path: str, values: Mapping[str, object], read: Callable[[Table], T]) -> T:
        inner = Table(self._file, path, values)
        inner.knows(self._sources)
        inner.faults = self.faults
        found = read(inner)
        inner.close()
        return found


def _names(table: Table) -> Names:
    return Names(table.text("en"), table.text("zh-Hans"), table.text("zh-Hant"))
