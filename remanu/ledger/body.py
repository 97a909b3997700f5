"""Event bodies: frozen dataclasses on one side, plain JSON values on the other."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from remanu.errors import Damaged

B = TypeVar("B")
Json = dict[str, Any]


def encode(body: object) -> Json:
    """A body dataclass as JSON values; fields that are None are left out, so that bodies can grow."""
    return {
        field.name: _plain(value)
        for field in fields(cast("Any", body))
        if (value := getattr(body, field.name)) is not None
    }


def decode(kind: type[B], values: Json) -> B:
    """JSON values as a body; Damaged names a field that is unknown, missing or of another type."""
    hints = _hints(cast("Any", kind))
    unknown = values.keys() - hints.keys()
    if unknown:
        raise Damaged(what=kind.__name__, why="unknown field", field=min(unknown))
    try:
        return kind(**{name: _typed(hints[name], value, name) for name, value in values.items()})
    except TypeError as error:
        raise Damaged(what=kind.__name__, why="missing field") from error


@cache
def names(kind: type[object]) -> frozenset[str]:
    """Every name under which a body of this kind may hold something, in nested bodies too."""
    if not is_dataclass(kind):
        return frozenset().union(*map(names, get_args(kind)))
    inner = (names(hint) for hint in _hints(kind).values())
    return frozenset(_hints(kind)).union(*inner)


@cache
def _hints(kind: type[object]) -> dict[str, Any]:
    # A body's types never change while the program runs, and reading them takes longer than all the rest.
    return get_type_hints(kind)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return encode(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _typed(hint: Any, value: Any, name: str) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return (
            None
            if value is None
            else _typed(next(a for a in get_args(hint) if a is not type(None)), value, name)
        )
    if origin is tuple:
        return tuple(_typed(get_args(hint)[0], part, name) for part in _of(list, value, name))
    if origin is dict:
        return {key: _typed(get_args(hint)[1], part, name) for key, part in _of(dict, value, name).items()}
    if is_dataclass(hint):
        return decode(cast("type[object]", hint), _of(dict, value, name))
    return _of(hint, value, name)


def _of(hint: Any, value: Any, name: str) -> Any:
    if type(value) is not hint:
        raise Damaged(what=name, why="wrong type")
    return value
