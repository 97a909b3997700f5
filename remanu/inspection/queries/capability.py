"""Reading results as a process: the readings of one characteristic in the order they were taken, and how capable.

A part that was measured again after work counts once, by its newest result. Readings under other limits than the
newest, another size or another edition, are another process and stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.inspection.models import Measurement
from remanu.parts.models import Item
from remanu.rules.capability import LEAST, Capability, Chart, Shortage, capability, chart

LAST = 100
"""So many readings make one chart, the newest ones."""
AS_FOUND, AS_LEFT = "as-found", "as-left"
STAGES: Mapping[str, tuple[str, ...]] = {AS_LEFT: ("after_operation", "final"), AS_FOUND: ("as_found",)}
"""How cores come in, and how work leaves parts; only the second is the workshop's own process."""

Row = sa.Row[Any]
_READ = (
    Measurement.org_id == sa.bindparam("org_id"),
    Measurement.superseded_by.is_(None),
    Measurement.deciding.is_not(None),
    Measurement.stage.in_(sa.bindparam("stages", expanding=True)),
)
_SAME_ITEM = sa.and_(Item.org_id == Measurement.org_id, Item.id == Measurement.item_id)
_KNOWN = (
    sa.select(
        Item.family,
        Item.component,
        Measurement.characteristic,
        sa.func.count(sa.distinct(Measurement.case_id + Measurement.item_id)).label("n"),
    )
    .join(Item, _SAME_ITEM)
    .where(*_READ)
    .group_by(Item.family, Item.component, Measurement.characteristic)
    .having(sa.func.count(sa.distinct(Measurement.case_id + Measurement.item_id)) >= LEAST)
    .order_by(Item.family, Item.component, Measurement.characteristic)
)
# Twice as many as are shown: a part that was measured after work and at the end gives two.
_NEWEST = (
    sa.select(Measurement.__table__, Item.code)
    .join(Item, _SAME_ITEM)
    .where(*_READ, Measurement.characteristic == sa.bindparam("characteristic"))
    .where(Item.family == sa.bindparam("family"), Item.component == sa.bindparam("component"))
    .order_by(Measurement.id.desc())
    .limit(2 * LAST)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """The readings of one characteristic, oldest first, with what chart and index say; limits are decimal strings.

    `rows` are results with the code of their part; `left_out` counts those under other limits.
    """

    unit: str
    new_min: str | None
    new_max: str | None
    demonstration: bool
    rows: tuple[Row, ...]
    left_out: int
    chart: Chart | None
    capability: Capability | Shortage


def known_processes(connection: Connection, org_id: str, stage: str) -> list[Row]:
    """Characteristics with enough readings for a chart: `family`, `component`, `characteristic`, `n`."""
    return list(connection.execute(_KNOWN, {"org_id": org_id, "stages": list(STAGES[stage])}))


def process(
    connection: Connection, org_id: str, stage: str, *, family: str, component: str, characteristic: str
) -> Process | None:
    """The newest hundred readings as a process; None where there is no reading."""
    asked = {"family": family, "component": component, "characteristic": characteristic}
    rows = connection.execute(_NEWEST, {"org_id": org_id, "stages": list(STAGES[stage]), **asked})
    newest = list(_once(rows))
    if not newest:
        return None
    first = newest[0]
    same = [row for row in newest if _limits(row) == _limits(first)][:LAST]
    values = [Decimal(row.deciding) for row in reversed(same)]
    low, high = (None if end is None else Decimal(end) for end in (first.new_min, first.new_max))
    return Process(
        unit=first.unit,
        new_min=first.new_min,
        new_max=first.new_max,
        demonstration=any(row.demonstration for row in same),
        rows=tuple(reversed(same)),
        left_out=len(newest) - len([row for row in newest if _limits(row) == _limits(first)]),
        chart=chart(values),
        capability=capability(values, lower=low, upper=high),
    )


def _once(rows: Iterable[Row]) -> Iterable[Row]:
    """The newest result of each part in each case; rows come newest first."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.case_id, row.item_id) not in seen:
            seen.add((row.case_id, row.item_id))
            yield row


def _limits(row: Row) -> tuple[str | None, str | None, str]:
    return row.new_min, row.new_max, row.unit
