"""Reads family packs: strict TOML in, frozen values out; PackRefused names file, path and reason."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, get_args

from remanu.errors import PackRefused
from remanu.families import rows, vocabulary
from remanu.families.checks import check, check_name
from remanu.families.family import Family
from remanu.families.table import Table, refused

# Larger than any pack that one would write, and small enough that reading one never keeps anybody waiting.
LIMIT = 256 * 1024


@cache
def load_all() -> Mapping[str, Family]:
    """Every pack of the package by its id, in the order of ids; read once, immutable."""
    packs = [load(one) for one in _files()]
    return MappingProxyType({family.id: family for family in packs})


@cache
def digests() -> Mapping[str, str]:
    """The packs of the package: family by the SHA-256 of its file, as hex."""
    return MappingProxyType({digest_of(text(family)): family for family in load_all()})


def text(family: str) -> bytes:
    """The file of a pack of the package as it stands; KeyError for a family that has none."""
    return {one.name: one for one in _files()}[f"{family}.toml"].read_bytes()


def digest_of(content: bytes) -> str:
    """What a pack is bound to: the SHA-256 of its text as hex."""
    return hashlib.sha256(content).hexdigest()


def _files() -> list[Traversable]:
    here = files("remanu.families").iterdir()
    return sorted((one for one in here if one.name.endswith(".toml")), key=_name)


def _name(file: Traversable) -> str:
    return file.name


def load(path: Traversable) -> Family:
    """One pack from a file named after its id; PackRefused with `file`, `path` and `why`."""
    family = read(path.name, path.read_bytes())
    check_name(path.name, family)
    return family


def read(file: str, content: bytes) -> Family:
    """One pack from its text, whoever wrote it.

    PackRefused names the first fault by `file`, `path` and `why`, and under `faults` all that were found.
    """
    if len(content) > LIMIT:
        raise PackRefused(file=file, path="", why="too-long", limit=LIMIT)
    family = _family(Table(file, "", _values(file, content)))
    check(file, family)
    return family


def _values(file: str, content: bytes) -> Mapping[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8"))
    except RecursionError as error:
        raise PackRefused(file=file, path="", why="too-deep") from error
    except ValueError as error:  # TOML, UTF-8, and numbers of thousands of digits that Python will not read
        raise PackRefused(file=file, path="", why="not-toml", says=str(error)[:200]) from error


def _family(table: Table) -> Family:
    # Everything that carries a number names a source: without the sources nothing else can be judged.
    sources = table.rows("sources", rows.source)
    if table.faults:
        raise refused(table.faults)
    table.knows({source.code: source for source in sources})
    values: dict[str, Any] = {"sources": sources}
    for name, take in _PARTS.items():
        try:
            values[name] = take(table)
        except PackRefused as fault:
            table.note(fault)
    try:
        table.close()
    except PackRefused as fault:
        table.note(fault)
    if table.faults:
        raise refused(table.faults)
    return Family(**values)


_PARTS: Mapping[str, Callable[[Table], object]] = {
    "id": lambda table: table.code("id"),
    "names": lambda table: table.names("names"),
    "note": lambda table: table.names("note"),
    "edition": lambda table: table.text("edition"),
    "applies_from": lambda table: table.day("applies_from"),
    "modes": lambda table: table.choices("modes", get_args(vocabulary.Mode)),
    "life_policy": lambda table: table.choice("life_policy", get_args(vocabulary.LifePolicy)),
    "positions": lambda table: table.rows("positions", rows.position),
    "counters": lambda table: table.rows("counters", rows.counter),
    "life_limits": lambda table: table.rows("life_limits", rows.life_limit) if table.has("life_limits") else (),
    "instrument_classes": lambda table: table.rows("instrument_classes", rows.instrument_class),
    "characteristics": lambda table: table.rows("characteristics", rows.characteristic),
    "criteria": lambda table: table.rows("criteria", rows.criterion),
    "operations": lambda table: table.rows("operations", rows.operation),
    "tests": lambda table: table.rows("tests", rows.procedure),
    "claims": lambda table: table.one("claims", rows.claims),
    "label": lambda table: table.one("label", rows.label),
    "intervals": lambda table: table.rows("intervals", rows.interval) if table.has("intervals") else (),
    "calendar_limits": lambda table: (
        table.rows("calendar_limits", rows.calendar_limit) if table.has("calendar_limits") else ()
    ),
    "life_rulings": lambda table: table.rows("life_rulings", rows.life_ruling) if table.has("life_rulings") else (),
    "dossier": lambda table: table.rows("dossier", rows.requirement) if table.has("dossier") else (),
    "near_limit": lambda table: table.decimal("near_limit") if table.has("near_limit") else "0.9",
}
