"""The files in `labels/`: templates and media as strict TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import marshmallow as ma

from remanu.config import resource
from remanu.errors import CannotDraw

Shelf = Literal["templates", "media"]
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def names(shelf: Shelf) -> tuple[str, ...]:
    """What lies on this shelf, by name."""
    return tuple(sorted(path.stem for path in _folder(shelf).glob("*.toml")))


@lru_cache(maxsize=64)
def read(shelf: Shelf, name: str) -> str:
    """The text of one file; CannotDraw where there is none of that name."""
    path = _folder(shelf) / f"{name}.toml"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise CannotDraw(why="unknown-template" if shelf == "templates" else "unknown-media", name=name)
    return path.read_text("utf-8")


def parse(schema: ma.Schema, text: str, *, file: str, why: str) -> dict[str, Any]:
    """What the text says, checked by the schema; CannotDraw names the file and each fault."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotDraw(why=why, file=file, faults=str(error)) from error
    return checked(schema, values, file=file, why=why)


def checked(schema: ma.Schema, values: Mapping[str, Any], *, file: str, why: str) -> dict[str, Any]:
    """What the values say, checked by the schema; CannotDraw names each fault."""
    try:
        loaded: dict[str, Any] = schema.load(values)
    except ma.ValidationError as error:
        raise CannotDraw(why=why, file=file, faults=error.messages) from error
    return loaded


def _folder(shelf: Shelf) -> Path:
    return resource("labels") / shelf
