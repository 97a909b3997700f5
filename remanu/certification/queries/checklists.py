"""Checklists of clauses, read from dated data: a code, names in three languages, never the text of a standard."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from remanu.families.vocabulary import Names


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its number and a title of our own."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class Checklist:
    """The clauses of one edition of a checklist, and from when it is used."""

    code: str
    applies_from: date
    tag: str
    names: Names
    clauses: tuple[Clause, ...]


@cache
def checklists() -> Mapping[str, Checklist]:
    """Every checklist of the package by its code."""
    source = files("remanu.certification").joinpath("data", "checklists.toml")
    found = tomllib.loads(source.read_text("utf-8"))["checklist"]
    read = [
        Checklist(
            code=one["code"],
            applies_from=one["applies_from"],
            tag=one["tag"],
            names=Names(**one["names"]),
            clauses=tuple(Clause(each.pop("code"), Names(**each)) for each in one["clauses"]),
        )
        for one in found
    ]
    return MappingProxyType({one.code: one for one in read})
