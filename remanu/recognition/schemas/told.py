"""Agreements and arrangements as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from remanu.ledger import body as bodies
from remanu.recognition import queries
from remanu.recognition.schemas.about import standing

Told = dict[str, Any]
_SAID = (
    "id",
    "code",
    "revision",
    "name_en",
    "name_zh_hans",
    "name_zh_hant",
    "source",
    "home",
    "there",
    "in_force",
    "covers_from",
    "basis",
    "documents",
    "ends",
    "tail",
    "tail_until",
    "digest",
)


def agreement(row: queries.Row, day: date) -> Told:
    """An agreement with its lines and how it stands on a day."""
    said = {name: getattr(row, name) for name in _SAID}
    lines = [bodies.encode(one) for one in queries.lines_of(row)]
    return {**said, "lines": lines, "suspended": json.loads(row.suspended), "state": standing(row, day)}


def arrangement(row: queries.Row, signed: list[queries.Row]) -> Told:
    """An arrangement and who signs it."""
    names = ("id", "code", "name_en", "name_zh_hans", "name_zh_hant", "source")
    return {**{name: getattr(row, name) for name in names}, "signatories": [signatory(one) for one in signed]}


def signatory(row: queries.Row) -> Told:
    """One signature."""
    names = ("id", "accreditor", "accreditor_name", "since", "until", "source", "state")
    return {**{name: getattr(row, name) for name in names}, "schemes": json.loads(row.schemes)}
