"""Reading the bench: how is measured, what a second person read, what tests showed, what is past measuring."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.families.characteristic import Characteristic
from remanu.families.family import Family
from remanu.inspection.models import BenchRule, Condemnation, Indication, RepairCount, RepeatReading
from remanu.rules.dispositions import Scheme
from remanu.rules.findings import ENTRIES, QUALIFIED, SECONDS

Row = sa.Row[Any]
_CRITICAL = frozenset({"critical", "safety"})
_UNREPEATABLE = frozenset({"not_tested", "not_measurable"})

_RULES = sa.select(BenchRule.__table__).where(
    BenchRule.org_id == sa.bindparam("org_id"),
    BenchRule.scope.in_([sa.bindparam("org_id"), sa.bindparam("case_id")]),
)
_REPEATS = (
    sa.select(RepeatReading.__table__)
    .where(RepeatReading.org_id == sa.bindparam("org_id"), RepeatReading.case_id == sa.bindparam("case_id"))
    .order_by(RepeatReading.id)
)
_COUNTS = sa.select(RepairCount.operation, RepairCount.times).where(
    RepairCount.org_id == sa.bindparam("org_id"), RepairCount.item_id == sa.bindparam("item_id")
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How is measured: blind or open, what is read twice, and whether a role alone qualifies; `of` who set it."""

    entry: str = ENTRIES[0]
    second: str = SECONDS[0]
    qualified: str = QUALIFIED[0]
    of: str = "nobody"

    @property
    def blind(self) -> bool:
        """Whether limits stay hidden until a reading is stored."""
        return self.entry == "blind"

    def asks_second(self, criticality: str) -> bool:
        """Whether a second person reads a characteristic of this criticality as well."""
        return self.second == "all" or (self.second == "critical" and criticality in _CRITICAL)


def rule_of(connection: Connection, org_id: str, case_id: str = "") -> Rule:
    """The rule of the case where it has one, else the organisation's, else: blind, once, by role."""
    rows = {row.scope: row for row in connection.execute(_RULES, {"org_id": org_id, "case_id": case_id})}
    for scope, of in ((case_id, "case"), (org_id, "organisation")):
        if scope in rows:
            row = rows[scope]
            return Rule(row.entry, row.second, row.qualified, of)
    return Rule()


def repeats(connection: Connection, org_id: str, case_id: str) -> dict[str, Row]:
    """The newest second reading of each result of a case, by the result's id."""
    rows = connection.execute(_REPEATS, {"org_id": org_id, "case_id": case_id})
    return {row.measurement_id: row for row in rows}


def unrepeated(rule: Rule, rows: Iterable[Row], second: Mapping[str, Row]) -> list[Row]:
    """The results as found that a second person still has to read, or read otherwise."""
    return [
        row
        for row in rows
        if row.stage == "as_found"
        and row.zone not in _UNREPEATABLE
        # A test with a method has its own person of level 2 and its own record.
        and row.method is None
        and rule.asks_second(row.criticality)
        and not (row.id in second and second[row.id].agrees)
    ]


def indications(connection: Connection, org_id: str, measurement_ids: Collection[str]) -> dict[str, list[Row]]:
    """What non-destructive tests showed, by result."""
    found: dict[str, list[Row]] = {}
    if not measurement_ids:
        return found
    chosen = sa.select(Indication.__table__).where(
        Indication.org_id == org_id, Indication.measurement_id.in_(sorted(measurement_ids))
    )
    for row in connection.execute(chosen.order_by(Indication.measurement_id, Indication.n)):
        found.setdefault(row.measurement_id, []).append(row)
    return found


def condemnations(connection: Connection, org_id: str, case_id: str) -> dict[str, Row]:
    """The newest finding of each component of a case that was too damaged to measure, by item."""
    chosen = sa.select(Condemnation.__table__).where(
        Condemnation.org_id == org_id, Condemnation.case_id == case_id
    )
    return {row.item_id: row for row in connection.execute(chosen.order_by(Condemnation.id))}


def schemes(
    connection: Connection, org_id: str, item_id: str, *, family: Family, asked: Characteristic
) -> tuple[Scheme, ...]:
    """The ways to restore a characteristic of this part, and how often it had each in all its lives (I19)."""
    ways = [one for one in family.operations_on(asked.component) if asked.code in one.restores]
    if not any(one.max_repairs for one in ways):
        return tuple(Scheme(0, None) for _ in ways)
    rows = connection.execute(_COUNTS, {"org_id": org_id, "item_id": item_id})
    done = {row.operation: int(row.times) for row in rows}
    return tuple(Scheme(done.get(one.code, 0), one.max_repairs) for one in ways)
