"""Input that a shape takes, made from the shape itself: as JSON values, and as a form sends them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cache
from typing import Any

from marshmallow import fields, validate

from remanu.web import shape
from tests.accounts.place import PASSWORD, PIN

TIME = "2026-03-01T00:00:00+00:00"
DIGEST = "ab" * 32
# What a name alone decides.
NAMED: Mapping[str, Any] = {
    "factor": PASSWORD,
    "password": PASSWORD,
    "pin": PIN,
    "digest": DIGEST,
    "media_type": "image/jpeg",
    "country": "XA",
    "zone": "Asia/Shanghai",
    "family": "diesel-engine",
    # Nobody has codes or a passkey here.
    "code_factor": "",
    "passkey_factor": "",
}
# What shapes want beyond their fields, verb for verb.
EXTRA: Mapping[str, Mapping[str, Any]] = {
    # A second person at the same screen is looked up by login; without one the act says what is missing.
    "restoration.scrap": {"second_login": None, "second_factor": None, "second_code_factor": None},
    # A code is one of ours; the part of this one has no record yet.
    "parts.fit": {"code": None},
    # Which network printers there are is the operator's to say, and here there is none.
    "labelling.add_printer": {"outlet": None},
    "labelling.change_printer": {"outlet": None},
}


def json_of(schema: type[shape.Form], kind: str = "") -> dict[str, Any]:
    """Every field of the shape filled with something it takes."""
    return copy.deepcopy(_filled(schema, kind))


@cache
def _filled(schema: type[shape.Form], kind: str) -> dict[str, Any]:
    known = {name: _value(name, one) for name, one in schema().fields.items()}
    return {name: value for name, value in {**known, **EXTRA.get(kind, {})}.items() if value is not None}


def form_of(schema: type[shape.Form], kind: str = "") -> dict[str, str]:
    """The same as a form sends it."""
    return dict(_flat("", json_of(schema, kind)))


def _value(name: str, one: fields.Field[Any]) -> Any:
    if "example" in one.metadata:
        return one.metadata["example"]
    if one.metadata.get("widget") == "files":
        return []
    if name in NAMED:
        return NAMED[name]
    if isinstance(one, fields.List):
        return [_value(name, one.inner)]
    if isinstance(one, fields.Nested):
        filled = json_of(type(one.schema))
        return [filled] if one.many else filled
    return _plain(one)


def _plain(one: fields.Field[Any]) -> Any:
    chosen = next((rule.choices for rule in one.validators if isinstance(rule, validate.OneOf)), None)
    if chosen:
        return next(iter(chosen))
    return next((value for kind, value in _BY_TYPE if isinstance(one, kind)), "Sample")


_BY_TYPE: tuple[tuple[type[fields.Field[Any]], Any], ...] = (
    (shape.Amount, "1"),
    (shape.Instant, TIME),
    (fields.DateTime, TIME),
    (fields.Date, "2026-03-01"),
    (fields.Boolean, True),
    (fields.Integer, 1),
    (fields.Dict, {}),
)


def _flat(path: str, value: Any):
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(f"{path}.{name}" if path else name, inner)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _flat(f"{path}.{at}", inner)
    else:
        yield path, "on" if value is True else str(value)
