"""What may become of a life-limited part: one whose life ended is replaced, however well it measures (SM-2, SM-9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from remanu.families.family import Family
from remanu.inspection.queries.decisions import Options, options
from remanu.inspection.queries.results import Results
from remanu.parts.queries import CaseView
from remanu.parts.queries.limited import Limited, in_case, limited_parts
from remanu.rules.dispositions import DISPOSITIONS, out_of_life, permitted


def options_now(connection: Connection, family: Family, item: Any, found: Results, now: datetime) -> Options:
    """What may become of this component at a moment; `item` is a row with the columns of an item."""
    may = options(family, item.component, found)
    ended = any(map(_ended, limited_parts(connection, item.org_id, [item], family, now)))
    return after_life(may) if ended else may


def after_life(may: Options) -> Options:
    """What is left of these options when the part's life has ended (I10).

    What is replaced every time stays that, and what is not measured yet is measured first (I13).
    """
    if may.basis == "mandatory" or not may.permitted:
        return may
    verdict = out_of_life(may.verdict)
    left = permitted(verdict)
    return replace(may, verdict=verdict, basis="life", permitted=tuple(one for one in DISPOSITIONS if one in left))


def ended_lives(connection: Connection, case: CaseView, now: datetime) -> frozenset[str]:
    """The components of a case whose life has ended, by item."""
    return frozenset(one.item.id for one in in_case(connection, case, case.family, now) if _ended(one))


def _ended(one: Limited) -> bool:
    return one.life == "LIMIT_REACHED"
