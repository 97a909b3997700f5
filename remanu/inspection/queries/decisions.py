"""Reading what may be decided: verdicts of components, the guards of a case, its worst critical zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.queries import find_organisation
from remanu.errors import NotFound
from remanu.families.family import Family
from remanu.inspection.models import Nonconformity
from remanu.inspection.queries import concessions, instruments, measuring, results
from remanu.inspection.queries.results import Results, Row
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.reads import once
from remanu.rules.dispositions import DISPOSITIONS, REPLACEMENTS, Verdict, Zone, permitted, worst

ASKED: frozenset[str] = frozenset()
"""No form of this feature answers a guard: everything is read from what was recorded."""

_GONE = REPLACEMENTS | {"REPLACE_MANDATORY"}
_WORST: tuple[Zone, ...] = (
    "within_new",
    "between_new_and_service",
    "not_tested",
    "beyond_service",
    "not_measurable",
)
_UNREAD = frozenset({"not_tested", "not_measurable"})
_CRITICAL = frozenset({"critical", "safety"})
_UNASKED = Verdict("not_tested", "NOT_TESTED", "not-tested")


@dataclass(frozen=True, slots=True)
class Options:
    """What may become of a component: its worst verdict, the basis of it, and the dispositions that it permits.

    `basis` is measured, mandatory (replaced every time), by-eye where the family asks for no measurement, or life
    where that has ended.
    """

    verdict: Verdict
    basis: str
    permitted: tuple[str, ...]
    decided_by: tuple[Row, ...]

    @property
    def first(self) -> tuple[str, ...]:
        """What follows from the verdict itself; all that is permitted where it proposes no one thing."""
        proposed = tuple(one for one in self.permitted if one == self.verdict.disposition)
        replacing = tuple(one for one in self.permitted if one in REPLACEMENTS)
        return proposed or (replacing if self.verdict.disposition == "REPLACE" else self.permitted)

    @property
    def unit(self) -> str:
        """The unit of the size that the verdict proposes."""
        step = self.verdict.step
        of = (row.unit for row in self.decided_by if row.step is not None and Decimal(row.step) == step)
        return next(of, "") if step is not None else ""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read of a case once, for several guards."""

    routes: list[Row]
    by_item: Mapping[str, Results]


def options(family: Family, component: str, found: Results) -> Options:
    """What may become of this component by the results that count now."""
    if results.mandatory(family, component):
        return Options(_UNASKED, "mandatory", ("REPLACE_MANDATORY",), ())
    asked = results.wanted(family, component)
    if not asked:
        return Options(_UNASKED, "by-eye", _by_eye(family, component), ())
    rows = [results.newest(found, one.code) for one in asked]
    verdict = worst(_UNASKED if row is None else results.verdict_of(row) for row in rows)
    may = permitted(verdict)
    return Options(
        verdict,
        "measured",
        tuple(one for one in DISPOSITIONS if one in may),
        tuple(row for row in rows if row is not None),
    )


def _by_eye(family: Family, component: str) -> tuple[str, ...]:
    mend = {"SALVAGE"} if family.operations_on(component) else set()
    may = REPLACEMENTS | {"REUSE_AS_IS"} | mend
    return tuple(one for one in DISPOSITIONS if one in may)


def facts(connection: Connection, case: CaseView, now: datetime) -> dict[str, bool]:
    """The guards that inspection answers: measured, by calibrated instruments and qualified people, disposed, clear."""
    family = case.family
    routes = parts.routes(connection, case.org_id, case.id)
    found = [row for row in routes if row.found]
    by_item = results.latest_by_item(connection, case.org_id, case.id)
    tested = [row for one in by_item.values() for row in one.values() if row.zone not in _UNREAD]
    open_ones = open_nonconformities(connection, case.org_id, case.id)
    return {
        "characteristics_measured": bool(found) and all(_measured(family, row, by_item) for row in found),
        "instruments_calibrated": bool(found) and _covered(connection, case.org_id, tested),
        "people_qualified": bool(found) and all(row.qualified_by for row in tested),
        "readings_repeated": bool(found) and not still_to_repeat(connection, case, tested),
        "components_disposed": bool(found) and all(_disposed(family, row, by_item) for row in found),
        "concessions_approved": not _unconceded(
            connection, case, _Seen(routes, by_item), open_ones=open_ones, now=now
        ),
        "no_open_nonconformity": not open_ones,
        "nonconformity_raised": bool(open_ones),
    }


def _unconceded(
    connection: Connection, case: CaseView, seen: _Seen, *, open_ones: list[Row], now: datetime
) -> bool:
    """Whether a concession waits, or a component has none in force for which one is asked (I22)."""
    held = concessions.kept(concessions.conceded(connection, case.org_id, case.id), seen.routes)
    if any(row.state == "CONCESSION_PENDING" for row in open_ones):
        return True
    day = instruments.day_at(now, find_organisation(connection, case.org_id).zone) if held else ""
    return any(concessions.unanswered(held, seen.routes, seen.by_item, on=day))


def still_to_repeat(connection: Connection, case: CaseView, rows: Sequence[Row]) -> list[Row]:
    """Of these results those that a second person has to read first, or reads otherwise, by the rule of the case."""
    rule = measuring.rule_of(connection, case.org_id, case.id)
    if rule.second == "none":
        return []
    return measuring.unrepeated(rule, rows, measuring.repeats(connection, case.org_id, case.id))


def _measured(family: Family, route: Row, by_item: Mapping[str, Results]) -> bool:
    found = by_item.get(route.item_id, {})
    return not results.due(family, route.component, stage="as_found", found=found)


def _disposed(family: Family, route: Row, by_item: Mapping[str, Results]) -> bool:
    """Whether the disposition follows from the results as found, or from newer ones where it was changed since.

    A later result as found that contradicts it takes it away; work that succeeded afterwards does not.
    """
    found = by_item.get(route.item_id, {})
    first = {key: row for key, row in found.items() if key[1] == "as_found"}
    return any(route.disposition in options(family, route.component, one).permitted for one in (first, found))


def _covered(connection: Connection, org_id: str, rows: list[Row]) -> bool:
    if any(row.calibration_due is None or row.day > row.calibration_due for row in rows):
        return False
    return not instruments.doubtful(connection, org_id, rows)


def critical_zone(connection: Connection, case: CaseView) -> Zone:
    """The worst zone of the final values of critical characteristics, for the claim class.

    Final values where there are some, else those as found. Parts that were replaced do not count, new ones only
    where they were measured; an approved size counts as new. Without a critical characteristic nothing speaks
    against: within new.
    """
    family = case.family
    by_item = results.latest_by_item(connection, case.org_id, case.id)
    held = concessions.conceded_of(concessions.conceded(connection, case.org_id, case.id), by_item)
    zones: list[Zone] = []
    for route in parts.routes(connection, case.org_id, case.id):
        if route.disposition not in _GONE:
            may = held.get(route.item_id, frozenset())
            zones += _zones(family, route, by_item.get(route.item_id, {}), conceded=may)
    return max(zones, key=_WORST.index, default="within_new")


def _zones(family: Family, route: Row, found: Results, *, conceded: frozenset[str]) -> list[Zone]:
    rows = [
        results.newest(found, one.code)
        for one in results.wanted(family, route.component)
        if one.criticality in _CRITICAL
    ]
    missing: list[Zone] = ["not_tested"] if route.found and None in rows else []
    return missing + [_accepted(row, conceded) for row in rows if row is not None]


def _accepted(row: Row, conceded: frozenset[str]) -> Zone:
    """What a concession accepts is used all the same; it is outside new limits, however far (I28)."""
    if row.characteristic in conceded and row.zone == "beyond_service":
        return "between_new_and_service"
    return row.zone  # type: ignore[no-any-return]


@once
def nonconformities(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """The nonconformities of a case, open ones first, then the newest first."""
    return list(
        connection.execute(
            sa.select(Nonconformity.__table__)
            .where(Nonconformity.org_id == org_id, Nonconformity.case_id == case_id)
            .order_by(Nonconformity.closed_at.is_not(None), Nonconformity.id.desc())
        )
    )


def open_nonconformities(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """The nonconformities of a case that nobody has closed."""
    return [row for row in nonconformities(connection, org_id, case_id) if row.closed_at is None]


def find_nonconformity(connection: Connection, org_id: str, nonconformity_id: str) -> Any:
    """One nonconformity; NotFound otherwise."""
    row = connection.execute(
        sa.select(Nonconformity.__table__).where(
            Nonconformity.org_id == org_id, Nonconformity.id == nonconformity_id
        )
    ).first()
    if row is None:
        raise NotFound(what="nonconformity")
    return row
