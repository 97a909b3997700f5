"""Reads family packs: strict TOML in, frozen values out; PackRefused names file, path and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import get_args

from remanu.errors import PackRefused
from remanu.families import rows, vocabulary
from remanu.families.checks import check
from remanu.families.family import Family
from remanu.families.table import Table


@cache
def load_all() -> Mapping[str, Family]:
    """Every pack of the package by its id, in the order of ids; read once, immutable."""
    here = files("remanu.families").iterdir()
    packs = sorted((one for one in here if one.name.endswith(".toml")), key=_name)
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
    sources = table.rows("sources", rows.source)
    table.knows({source.code: source for source in sources})
    family = Family(
        id=table.code("id"),
        names=table.names("names"),
        note=table.names("note"),
        edition=table.text("edition"),
        applies_from=table.day("applies_from"),
        modes=table.choices("modes", get_args(vocabulary.Mode)),
        life_policy=table.choice("life_policy", get_args(vocabulary.LifePolicy)),
        sources=sources,
        positions=table.rows("positions", rows.position),
        counters=table.rows("counters", rows.counter),
        life_limits=table.rows("life_limits", rows.life_limit) if table.has("life_limits") else (),
        instrument_classes=table.rows("instrument_classes", rows.instrument_class),
        characteristics=table.rows("characteristics", rows.characteristic),
        criteria=table.rows("criteria", rows.criterion),
        operations=table.rows("operations", rows.operation),
        tests=table.rows("tests", rows.procedure),
        claims=table.one("claims", rows.claims),
        label=table.one("label", rows.label),
    )
    table.close()
    return family
