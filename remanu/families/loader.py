"""Reads family packs: strict TOML in, frozen values out; PackRefused names file, path and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TypeVar, get_args

from remanu.errors import PackRefused
from remanu.families import rows, vocabulary
from remanu.families.checks import check
from remanu.families.family import Family
from remanu.families.table import Table
from remanu.families.vocabulary import Source

T = TypeVar("T")


@cache
def load_all() -> Mapping[str, Family]:
    """Every pack of the package by its id, in the order of ids; read once, immutable."""
    packs = sorted((one for one in files("remanu.families").iterdir() if one.name.endswith(".toml")), key=_name)
    return MappingProxyType({family.id: family for family in map(load, packs)})


def _name(file: Traversable) -> str:
    return file.name


def load(path: Traversable) -> Family:
    """One pack from a file; PackRefused with `file`, `path` and `why` when anything in it is not right."""
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackRefused(file=path.name, path="", why="not-toml", says=str(error)) from error
    family = _family(Table(path.name, "", values))
    check(path.name, family)
    return family


def _family(table: Table) -> Family:
    sources = _rows(table, "sources", _source)
    known = {source.code: source for source in sources}
    family = Family(
        id=table.code("id"),
        names=table.names("names"),
        note=table.names("note"),
        edition=table.text("edition"),
        applies_from=table.day("applies_from"),
        modes=table.choices("modes", get_args(vocabulary.Mode)),
        life_policy=table.choice("life_policy", get_args(vocabulary.LifePolicy)),
        sources=sources,
        positions=_rows(table, "positions", rows.position),
        counters=_rows(table, "counters", rows.counter),
        life_limits=_sourced(table, "life_limits", rows.life_limit, known) if table.has("life_limits") else (),
        instrument_classes=_rows(table, "instrument_classes", rows.instrument_class),
        characteristics=_sourced(table, "characteristics", rows.characteristic, known),
        criteria=_sourced(table, "criteria", rows.criterion, known),
        operations=_sourced(table, "operations", rows.operation, known),
        tests=_sourced(table, "tests", rows.procedure, known),
        claims=rows.claims(table.table("claims"), known),
        label=rows.label(table.table("label")),
    )
    table.close()
    return family


def _source(table: Table) -> Source:
    return Source(table.code("code"), table.choice("tag", get_args(vocabulary.Tag)), table.text("text"))


def _rows(table: Table, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
    found = []
    for row in table.tables(key):
        found.append(read(row))
        row.close()
    return tuple(found)


def _sourced(
    table: Table, key: str, read: Callable[[Table, Mapping[str, Source]], T], known: Mapping[str, Source]
) -> tuple[T, ...]:
    return _rows(table, key, lambda row: read(row, known))
