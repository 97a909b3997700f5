"""The GS1 syntax dictionary that travels with the package, and the code lists beside it; read once a process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from remanu.rules.gs1_dictionary import Codes, Dictionary, parse

_FOLDER = files("remanu.families") / "data" / "gs1"


@cache
def dictionary() -> Dictionary:
    """Every application identifier of the dictionary, with the lists that its linters look values up in."""
    lists = tomllib.loads((_FOLDER / "codes-1.toml").read_text("utf-8"))
    codes = Codes(
        countries=frozenset(lists["countries"].split()),
        countries_alpha2=frozenset(lists["countries_alpha2"].split()),
        currencies=frozenset(lists["currencies"].split()),
    )
    return parse((_FOLDER / "gs1-syntax-dictionary.txt").read_text("utf-8"), codes, lists["names"])
