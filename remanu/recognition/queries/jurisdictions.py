"""Jurisdictions and what their law asks, read from dated data; a buyer chooses among them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from remanu.families.vocabulary import Names
from remanu.rules.agreements import Jurisdiction


@dataclass(frozen=True, slots=True)
class Known:
    """A jurisdiction: its code, its names, what it asks from a day on, the languages spoken there, and the source."""

    code: str
    names: Names
    applies_from: date
    asks: tuple[str, ...]
    languages: tuple[str, ...]
    tag: str
    source: str


@cache
def jurisdictions() -> Mapping[str, Known]:
    """Every jurisdiction of the package by its code, in the order of the codes."""
    source = files("remanu.recognition").joinpath("data", "jurisdictions.toml")
    found = tomllib.loads(source.read_text("utf-8"))["jurisdiction"]
    read = [
        Known(
            code=one["code"],
            names=Names(**one["names"]),
            applies_from=one["applies_from"],
            asks=tuple(one["asks"]),
            languages=tuple(one["languages"]),
            tag=one["tag"],
            source=one["source"],
        )
        for one in found
    ]
    return MappingProxyType({one.code: one for one in sorted(read, key=lambda one: one.code)})


def laws(on: date) -> tuple[Jurisdiction, ...]:
    """What is asked on a day, as the rule reads it; a jurisdiction whose rows begin later is not known yet."""
    return tuple(
        Jurisdiction(code=one.code, asks=one.asks)
        for one in jurisdictions().values()
        if one.applies_from <= on
    )


def guessed(language: str) -> str:
    """The jurisdiction that a reader of this language may mean: the first where it is spoken, else the first of all."""
    spoken = (one.code for one in jurisdictions().values() if language in one.languages)
    return next(spoken, next(iter(jurisdictions())))
