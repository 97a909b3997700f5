"""Life-limited parts: what each has counted, what is left, whether its trace is whole, and its state by SM-9.

Nothing here is stored: it follows from readings, installations and the pack, so it cannot fall behind them (I5, I10).
Five statements, however many parts are asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_by
from remanu.families.assembly import CalendarLimit, LifeLimit, LifeRuling
from remanu.families.family import Family
from remanu.parts.queries import spans, trees
from remanu.parts.queries.one import CaseView, Row, routes
from remanu.parts.queries.spans import Removal, Rows, Told, traced
from remanu.rules import limited, lives, trace
from remanu.rules.counters import Count
from remanu.rules.genealogy import ENDED
from remanu.rules.limited import State
from remanu.rules.trace import Break

__all__ = ["Component", "Limited", "in_case", "limited_parts", "traced"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A limit in calendar months with its last day; None while the part was never in service."""

    limit: CalendarLimit
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """A life-limited part as it stands: counts, what is left at each limit, breaks of its trace, and its state."""

    item: Any
    family: Family
    counts: Mapping[str, Count]
    limits: tuple[LifeLimit, ...]
    standing: lives.Standing
    told: tuple[Told, ...]
    breaks: tuple[Break, ...]
    life: State
    state: State
    control: Row | None
    removal: Removal | None
    calendar: tuple[Dated, ...] = ()
    rulings: tuple[LifeRuling, ...] = ()

    @property
    def serviceable(self) -> bool:
        """Whether it may be installed and released (I10)."""
        return self.state != "MUTILATED" and self.life in limited.SERVICEABLE

    @property
    def why(self) -> str:
        """Why it is not serviceable, as a reason word; empty where it is."""
        if self.serviceable:
            return ""
        if self.state == "MUTILATED":
            return "mutilated"
        if self.life == "LIMIT_REACHED":
            return "limit-reached"
        return self.standing.doubts[0] if self.standing.doubts and not self.breaks else "trace-broken"

    def may_go_into(self, host_id: str) -> bool:
        """Whether it may be fitted here without having been put under control, or was (14 CFR 43.10, SM-9 no. 8)."""
        away = self.removal
        if away is None or self.control is not None or self.item.condition == "released":
            return True
        return limited.needs_no_disposition(
            same_product=away.host_id == host_id,
            part_growth=away.part_growth,
            product_growth=away.product_growth,
        )

    @property
    def policy(self) -> lives.Policy:
        """The life policy that the figures follow."""
        return lives.POLICIES[self.family.life_policy]


def limited_parts(
    connection: Connection, org_id: str, items: Iterable[Any], family: Family, at: datetime
) -> list[Limited]:
    """Of these items, the life-limited ones as they stand at a moment; any rows with the columns of an item will do."""
    mine = [one for one in items if family.is_limited(one.component)]
    if not mine:
        return []
    rows = spans.read(connection, org_id, [one.id for one in mine], family)
    return [_stand(one, rows, family, at) for one in mine]


def _stand(item: Any, rows: Rows, family: Family, at: datetime) -> Limited:
    told = spans.told(item, rows, family, at)
    limits = family.limits_of(item.component, item.part_number)
    counts = spans.now(item, rows, told, limits, at)
    calendar = family.calendar_of(item.component, item.part_number)
    rulings = family.rulings_of(item.component, item.part_number)
    counted = lives.standing(
        lives.POLICIES[family.life_policy],
        _as_rules(limits),
        counts,
        [lives.Ruling(one.counter, one.rating, one.word) for one in rulings],
    )
    begun = told[0].span.since if told else None
    found = lives.with_calendar(counted, begun, [one.months for one in calendar], today=at.date())
    broken = trace.breaks(
        [one.span for one in told],
        counters={one.counter for one in limits},
        tolerance={one.code: Fraction(one.tolerance) for one in family.counters},
        born=item.origin == "new",
        now=spans.flat(counts),
    )
    control = _control(item, rows, at)
    facts = limited.Facts(
        found.fraction,
        broken=bool(broken) or not found.known,
        near=Fraction(family.near_limit),
        controlled=control is not None,
        mutilated=control is not None and control.method == limited.MUTILATION,
    )
    return Limited(
        item=item,
        family=family,
        counts=counts,
        limits=limits,
        standing=found,
        told=told,
        breaks=broken,
        life=limited.life(facts),
        state=limited.state(facts),
        control=control,
        removal=spans.removal(rows, told, counts, limits, at),
        calendar=tuple(Dated(one, None if begun is None else lives.last_day(begun, one.months)) for one in calendar),
        rulings=rulings,
    )


def _as_rules(limits: Sequence[LifeLimit]) -> list[lives.Limit]:
    return [lives.Limit(one.counter, one.rating, Fraction(one.limit)) for one in limits]


def _control(item: Any, rows: Rows, at: datetime) -> Row | None:
    """What keeps the part apart since it was last fitted."""
    fitted = max((row.from_at for row in rows.installed if row.item_id == item.id and row.from_at <= at), default=None)
    mine = [row for row in rows.controls if row.item_id == item.id and row.controlled_at <= at]
    return next((row for row in reversed(mine) if fitted is None or row.controlled_at > fitted), None)


def in_case(connection: Connection, case: CaseView, family: Family, at: datetime) -> list[Limited]:
    """The life-limited parts of a unit in work that are neither replaced nor ended, by position.

    Those that sit deeper in it come last, whatever family they are of: what nobody gave a place in the case stands
    against its release all the same (I10).
    """
    every = routes(connection, case.org_id, case.id)
    gone = {row.replaces for row in every}
    here = [row for row in every if row.item_id not in gone and row.condition not in ENDED]
    found = limited_parts(connection, case.org_id, map(_as_item, here), family, at)
    roots = (case.item.id, *(row.item_id for row in here))
    known = {row.item_id for row in every}
    deep = {row.id: row for row in trees.inside(connection, case.org_id, *roots) if row.id not in known}
    return [*found, *_deeper(connection, case.org_id, deep.values(), at)]


def _deeper(connection: Connection, org_id: str, rows: Iterable[Any], at: datetime) -> list[Limited]:
    """Parts of an assembly by the packs of their own families."""
    by_pack: dict[tuple[str, str | None], list[Any]] = {}
    for row in rows:
        by_pack.setdefault((row.family, row.pack), []).append(row)
    return [
        one
        for (code, digest), mine in by_pack.items()
        for one in limited_parts(connection, org_id, mine, pack_by(connection, org_id, code, digest=digest), at)
    ]


@dataclass(frozen=True, slots=True)
class Component:
    """A component of a case with the columns that an item has."""

    org_id: str
    id: str
    code: str
    name: str
    component: str
    part_number: str
    serial: str | None
    condition: str
    origin: str
    position: str


def _as_item(row: Row) -> Component:
    names = ("code", "name", "component", "part_number", "serial", "condition", "origin", "position")
    return Component(row.org_id, row.item_id, *(getattr(row, name) for name in names))
