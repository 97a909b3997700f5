"""What a verdict judges: a released unit, the certificate it stands under, and how their states ran (domain.md §5.4).

`since` is included and `until` is not. None is a datum that nobody gave: it never speaks in favour (I48). A row is a
document as a whole: spans, terms and differences cannot be taken out of it one by one without its digest changing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Literal

FindingState = Literal["met", "unmet", "unknown"]
GOOD: frozenset[str] = frozenset({"issued", "certified", "granted", "in_force"})
"""States in which a certificate, an accreditation or an agreement holds."""
PAUSED: frozenset[str] = frozenset({"suspended", "under_review"})
"""States that may end in a good one again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A state from one day until before another; of these models alone, of all where `models` is None.

    `retroactive` says that it also speaks of units that were released before it began (domain.md §3.6).
    """

    state: str
    since: date
    until: date | None = None
    models: tuple[str, ...] | None = None
    retroactive: bool = False

    def on(self, day: date) -> bool:
        """Whether it holds on this day."""
        return self.since <= day and (self.until is None or day < self.until)

    def names(self, model: str | None) -> bool:
        """Whether it speaks of this model; of an unknown model it does, so that doubt stays."""
        return self.models is None or model is None or model in self.models


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelScope:
    """A model that a certificate covers, from one day until before another; `*` is every model of its category."""

    model: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a body attested: under which scheme and edition, of which category and models.

    For a unit that an approved organisation releases itself, that organisation is the body and `models` is `*`.
    `report` says whether the test report is at hand, where the scheme makes the certificate worth nothing without it.
    `recorded` is "document" where nobody but the holder keeps it here, from a paper.
    """

    uri: str
    digest: str
    home: str
    body: str
    scheme: str
    edition: str
    category: str
    issued: date
    spans: tuple[Span, ...] | None
    models: tuple[ModelScope, ...] | None
    report: bool | None = None
    recorded: Literal["system", "document"] = "system"


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether the unit fulfils one thing that a jurisdiction or an agreement asks, and the dated row that says so.

    `kind` is one of `agreements.CONDITIONS`, or `difference:CODE` for a national difference.
    """

    kind: str
    state: FindingState
    row: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A released thing as everybody may know it. `category` is a path, "engine/aero".

    `whole`: signature, hash and issuer's key held at issue. `current`: this life still runs and its label is not
    retired. `level` and `side` are those of the release; `terms` its status words. `findings` are those of the
    jurisdiction that is asked about, at the date of the market. `children` are the critical parts that have a
    release of their own.
    """

    uri: str
    digest: str
    whole: bool | None
    current: bool | None
    spans: tuple[Span, ...] | None
    released: date
    model: str | None
    claim_class: str | None
    certificate: Certificate | None
    terms: tuple[str, ...] | None = ()
    level: Literal["complete", "component"] | None = "complete"
    side: Literal["production", "maintenance"] | None = "maintenance"
    by_maker: bool | None = False
    findings: tuple[Finding, ...] = ()
    children: tuple[Unit, ...] | None = ()


def standing(spans: tuple[Span, ...] | None, day: date, model: str | None = None) -> Span | None:
    """The span that says how things stand on a day: a bad one before a good one; None where nothing says it."""
    found: Span | None = None
    for one in spans or ():
        if one.on(day) and one.names(model) and (found is None or _gravity(one) < _gravity(found)):
            found = one
    return found


def _gravity(span: Span) -> tuple[bool, bool, date, str]:
    return span.state in GOOD, span.state in PAUSED, span.since, span.state


def fingerprint(row: Any) -> str:
    """The SHA-256 of a row's canonical bytes, hex; the bytes are those of JCS, since a row has no other numbers."""
    return hashlib.sha256(as_bytes(row)).hexdigest()


def as_bytes(row: Any) -> bytes:
    """The canonical bytes of a row; other rows that it names stand in it by their addresses."""
    return _document(row).encode()


# Written out by hand, because an assembly has hundreds of rows: an encoder that asks back for every day and every
# row within takes twice as long. That the bytes are those of JCS is a test.
def _document(row: Any) -> str:
    keys, read = _reader(type(row))  # type: ignore[arg-type]
    values = _named(row, keys, read(row)) if isinstance(row, Unit) else read(row)
    said = [key + _WRITERS[type(value)](value) for key, value in zip(keys, values, strict=True)]
    return "{" + ",".join(said) + "}"


@lru_cache(maxsize=4096)
def _within(row: Hashable) -> str:
    # Spans, models and findings say the same in many rows.
    return _document(row)


def _named(unit: Unit, keys: tuple[str, ...], values: tuple[Any, ...]) -> tuple[Any, ...]:
    certificate, children = unit.certificate, unit.children
    by_address = {
        '"certificate":': None if certificate is None else certificate.uri,
        '"children":': None if children is None else tuple([one.uri for one in children]),
    }
    return tuple([by_address.get(key, value) for key, value in zip(keys, values, strict=True)])


@cache
def _reader(kind: type[Any]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    # Read in one call; every kind of row has two fields or more.
    names = sorted(field.name for field in fields(kind))
    return tuple(f'"{name}":' for name in names), attrgetter(*names)


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: json.JSONEncoder(ensure_ascii=False).encode,
    tuple: lambda values: "[" + ",".join([_WRITERS.get(type(one), _within)(one) for one in values]) + "]",
    date: lru_cache(maxsize=4096)(lambda day: f'"{day.isoformat()}"'),
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
}
