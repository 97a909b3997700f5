"""Reading results: where an item is in its case, what was measured on it, and what is still to be measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_by
from remanu.errors import Conflict, NotFound
from remanu.families.characteristic import Characteristic
from remanu.families.family import Family
from remanu.inspection.models import Measurement, SizeStep
from remanu.parts.models import Case, ComponentRoute, Item
from remanu.parts.queries import CaseView
from remanu.parts.queries.one import ON_SITE
from remanu.reads import once
from remanu.rules.dispositions import Verdict
from remanu.rules.readings import STAGES, Stage

Row = sa.Row[Any]
Results = Mapping[tuple[str, Stage], Row]

_AFTER: tuple[Stage, ...] = ("final", "after_operation")
_ROUTED = (
    sa.select(ComponentRoute.case_id)
    .where(ComponentRoute.org_id == sa.bindparam("org_id"), ComponentRoute.item_id == sa.bindparam("item_id"))
    .union_all(
        sa.select(Case.id).where(
            Case.org_id == sa.bindparam("org_id"), Case.item_id == sa.bindparam("item_id")
        )
    )
)
_PLACE = (
    sa.select(
        Item.__table__,
        Case.id.label("case_id"),
        Case.item_id.label("top_id"),
        Case.state,
        Case.target_class,
        Case.pack.label("case_pack"),
        Case.mode.label("case_mode"),
        ComponentRoute.position,
        ComponentRoute.found,
        ComponentRoute.disposition,
    )
    .select_from(Item)
    .join(Case, sa.and_(Case.org_id == Item.org_id, Case.id.in_(_ROUTED)), isouter=True)
    .join(
        ComponentRoute,
        sa.and_(
            ComponentRoute.org_id == Case.org_id,
            ComponentRoute.case_id == Case.id,
            ComponentRoute.item_id == Item.id,
        ),
        isouter=True,
    )
    .where(Item.org_id == sa.bindparam("org_id"), Item.id == sa.bindparam("item_id"))
    .order_by(Case.number.desc())
    .limit(1)
)
_CURRENT = (
    sa.select(Measurement.__table__)
    .where(
        Measurement.org_id == sa.bindparam("org_id"),
        Measurement.case_id == sa.bindparam("case_id"),
        Measurement.superseded_by.is_(None),
    )
    .order_by(Measurement.item_id, Measurement.seq)
)
_CURRENT_OF_ITEM = _CURRENT.where(Measurement.item_id == sa.bindparam("item_id"))


@dataclass(frozen=True, slots=True)
class Bench:
    """An item on the bench: the case that it is in, and where it sat; `position` is None for the unit itself.

    `family` is the pack that the case works by: it says what is measured. On site the surroundings are recorded.
    """

    item: Row
    case_id: str
    top_id: str
    state: str
    target_class: str | None
    position: str | None
    found: bool
    disposition: str | None
    family: Family
    on_site: bool = False

    @property
    def mandatory(self) -> bool:
        """Whether the position is never inspected for reuse (I16)."""
        return mandatory(self.family, self.item.component)


def bench(connection: Connection, org_id: str, item_id: str) -> Bench:
    """The item with the newest case that it is or was in; NotFound, or Conflict where there is no case."""
    row = connection.execute(_PLACE, {"org_id": org_id, "item_id": item_id}).first()
    if row is None:
        raise NotFound(what="item")
    if row.case_id is None:
        raise Conflict(why="no-case")
    return Bench(
        row,
        row.case_id,
        row.top_id,
        row.state,
        row.target_class,
        row.position,
        bool(row.found),
        row.disposition,
        pack_by(connection, org_id, row.family, digest=row.case_pack),
        row.case_mode == ON_SITE,
    )


def mandatory(family: Family, component: str) -> bool:
    """Whether the family replaces this component every time."""
    return any(one.code == component and one.mandatory_replace for one in family.positions)


@once
def latest(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """The results that count now: one for each component, characteristic and stage of the case."""
    return list(connection.execute(_CURRENT, {"org_id": org_id, "case_id": case_id}))


def latest_by_item(connection: Connection, org_id: str, case_id: str) -> dict[str, Results]:
    """The results that count now, by component."""
    found: dict[str, dict[tuple[str, Stage], Row]] = {}
    for row in latest(connection, org_id, case_id):
        found.setdefault(row.item_id, {})[row.characteristic, row.stage] = row
    return dict(found)


def results(connection: Connection, org_id: str, case_id: str, item_id: str) -> Results:
    """The results of one component that count now, by characteristic and stage."""
    asked = {"org_id": org_id, "case_id": case_id, "item_id": item_id}
    rows = connection.execute(_CURRENT_OF_ITEM, asked)
    return {(row.characteristic, row.stage): row for row in rows}


def every_result(connection: Connection, org_id: str, item_id: str) -> list[Row]:
    """Every result of an item in all its cases, newest first, superseded ones among them."""
    return list(
        connection.execute(
            sa.select(Measurement.__table__)
            .where(Measurement.org_id == org_id, Measurement.item_id == item_id)
            .order_by(Measurement.seq.desc())
        )
    )


def size_steps(connection: Connection, org_id: str, case_id: str, item_id: str | None = None) -> list[Row]:
    """The approved sizes of a case, or of one component in it (I17)."""
    chosen = sa.select(SizeStep.__table__).where(SizeStep.org_id == org_id, SizeStep.case_id == case_id)
    if item_id is not None:
        chosen = chosen.where(SizeStep.item_id == item_id)
    return list(connection.execute(chosen.order_by(SizeStep.item_id, SizeStep.characteristic)))


def verdict_of(row: Row) -> Verdict:
    """The verdict as it was frozen with a result."""
    step = None if row.step is None else Decimal(row.step)
    return Verdict(row.zone, row.proposal, row.because, step)


def newest(found: Results, code: str) -> Row | None:
    """The result of a characteristic that speaks for the part as it is now: final, after operation, as found."""
    stages: tuple[Stage, ...] = (*_AFTER, "as_found")
    return next((found[code, stage] for stage in stages if (code, stage) in found), None)


def wanted(family: Family, component: str) -> tuple[Characteristic, ...]:
    """What has to be measured on a component as found: nothing where it is replaced every time."""
    return () if mandatory(family, component) else family.characteristics_of(component)


def characteristics_due(connection: Connection, case: CaseView, route: Row) -> tuple[Characteristic, ...]:
    """What is still to be measured on a component at the present stage, in the order of the pack.

    `route` is a row of `parts.queries.routes`.
    """
    stage = STAGES.get(case.state)
    if stage is None:
        return ()
    found = results(connection, case.org_id, case.id, route.item_id)
    return due(case.family, route.component, stage=stage, found=found)


def due(family: Family, component: str, *, stage: Stage, found: Results) -> tuple[Characteristic, ...]:
    """What is still to be measured: as found everything, later what was outside new limits when last measured."""
    everything = wanted(family, component)
    if stage == "as_found":
        return tuple(one for one in everything if not _tested(found.get((one.code, "as_found"))))
    return tuple(one for one in everything if _worn(newest(found, one.code)))


def _tested(row: Row | None) -> bool:
    return row is not None and row.zone != "not_tested"


def _worn(row: Row | None) -> bool:
    return row is not None and row.zone != "within_new"


def not_restored(
    connection: Connection, case: CaseView, item_id: str, *, characteristics: Iterable[str], after: int
) -> tuple[str, ...]:
    """Of the characteristics that an operation restores, those not measured after it and within new limits (I18).

    `after` is the `seq` of the operation's event in the component's own chain; approved sizes count as new.
    """
    found = results(connection, case.org_id, case.id, item_id)
    return unrestored(found, characteristics=characteristics, after=after)


def unrestored(found: Results, *, characteristics: Iterable[str], after: int) -> tuple[str, ...]:
    """The same from results that are at hand."""
    return tuple(one for one in characteristics if not _restored(found, one, after))


def _restored(found: Results, code: str, after: int) -> bool:
    since = [found[code, stage] for stage in _AFTER if (code, stage) in found]
    last = max(since, key=lambda row: row.seq, default=None)
    return last is not None and last.seq > after and last.zone == "within_new"
