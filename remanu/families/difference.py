"""What differs between two packs: rows that came, went or changed, and each changed value before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal

from remanu.families.family import Family
from remanu.families.vocabulary import Names, Source

What = Literal["added", "removed", "changed"]
# Tables of a pack, and by what their rows are known again in another edition.
TABLES: tuple[str, ...] = (
    "positions",
    "counters",
    "life_limits",
    "calendar_limits",
    "life_rulings",
    "intervals",
    "instrument_classes",
    "characteristics",
    "criteria",
    "operations",
    "tests",
    "dossier",
    "sources",
)
_LABELLED = ("code", "component", "counter", "rating", "claim_class")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a row that is not what it was: the path inside the row, and both as text, "" for none."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a table that came, went or changed; `table` is "" for what the pack says of itself."""

    what: What
    table: str
    key: str
    names: Names | None
    unit: str
    values: tuple[Value, ...] = ()


def differences(old: Family, new: Family) -> tuple[Change, ...]:
    """Every difference between two packs, in the order of a pack."""
    return (*_own(old, new), *(change for table in TABLES for change in _rows(table, old, new)))


def _own(old: Family, new: Family) -> Iterator[Change]:
    before = {name: value for name, value in _flat(old) if name.split(".")[0].split("[")[0] not in TABLES}
    after = {name: value for name, value in _flat(new) if name.split(".")[0].split("[")[0] not in TABLES}
    if values := _values(before, after):
        yield Change("changed", "", new.id, new.names, "", values)


def _rows(table: str, old: Family, new: Family) -> Iterator[Change]:
    before, after = ({_key(row): row for row in getattr(one, table)} for one in (old, new))
    for key in dict.fromkeys((*before, *after)):
        row = after.get(key, before.get(key))
        names, unit = getattr(row, "names", None), str(getattr(row, "unit", ""))
        if key not in before or key not in after:
            yield Change("removed" if key in before else "added", table, key, names, unit)
        elif values := _values(dict(_flat(before[key])), dict(_flat(after[key]))):
            yield Change("changed", table, key, names, unit, values)


def _key(row: Any) -> str:
    """A row's code; a life limit is known by its component, counter and rating."""
    if hasattr(row, "code"):
        return str(row.code)
    return " ".join(str(getattr(row, name)) for name in _LABELLED if getattr(row, name, ""))


def _values(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Value, ...]:
    return tuple(
        Value(path, before.get(path, ""), after.get(path, ""))
        for path in dict.fromkeys((*before, *after))
        if before.get(path, "") != after.get(path, "")
    )


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every single value under its path; rows inside a row by their code, so that an inserted one shifts nothing."""
    if isinstance(value, Source):
        # Its own table says what the source is; here it only matters which one.
        yield path, value.code
    elif is_dataclass(value):
        for field in fields(value):
            yield from _flat(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    elif isinstance(value, tuple) and value and is_dataclass(value[0]):
        for row in value:
            yield from _flat(row, f"{path}[{_key(row)}]")
    else:
        yield path, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
