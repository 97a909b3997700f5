"""A case as it stands: what is where, what was done to it, what it still lacks; every table is read once at most."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy.engine import Connection

from remanu.families.assembly import Position
from remanu.families.family import Family
from remanu.families.places import Place as Seat
from remanu.families.places import places
from remanu.inspection import queries as inspection
from remanu.inspection.queries import Results
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView, trees
from remanu.restoration.queries import rows, seating
from remanu.restoration.queries.rows import Row
from remanu.rules import masses
from remanu.rules.classes import Depth

SALVAGE = frozenset({"SALVAGE", "SALVAGE_SIZE_STEP"})
_KEPT = frozenset({"REUSE_AS_IS", "ACCEPT_SERVICE_LIMIT"}) | SALVAGE
_CLOSED = frozenset({"not_disturbed", "deleted"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the unit: the component that is there now, or what is said of it without one.

    `route` is a row of `parts.queries.routes`, `report` a row of PositionReport; `demanded` when the depth of the
    targeted class asks for it at disassembly; `around` is the place in which it lies, None directly in the unit.
    """

    code: str
    position: Position
    demanded: bool
    route: Row | None
    report: Row | None
    around: str | None = None

    @property
    def said(self) -> str:
        """What was recorded of the place: found, missing, not_disturbed, deleted, or nothing."""
        if self.route is not None:
            return "found"
        return "" if self.report is None else str(self.report.what)

    @property
    def closed(self) -> bool:
        """Whether it stays as it is: not disturbed, or deleted by a change, whatever was found in it."""
        return self.report is not None and self.report.what in _CLOSED


@dataclass(frozen=True, slots=True)
class Built:
    """What sits in a place: the item (a row of parts.models.Item) and how it came there.

    `origin` is reused, restored, new, reman or used_serviceable.
    """

    place: str
    position: Position
    item: Row
    origin: str
    release_reference: str
    torque_nm: str | None
    tool: str | None
    tool_due: str | None


class Sight:
    """One look at a case, for as long as nothing is written."""

    def __init__(self, connection: Connection, case: CaseView) -> None:
        """Nothing is read before it is asked for."""
        self.connection = connection
        self.case = case

    @property
    def family(self) -> Family:
        """The pack of the case's family."""
        return rows.family_of(self.case)

    @cached_property
    def order(self) -> Row | None:
        """What the case works to."""
        return rows.work_order(self.connection, self.case)

    @cached_property
    def done(self) -> list[Row]:
        """Operations done."""
        return rows.operations(self.connection, self.case)

    @cached_property
    def new(self) -> dict[str, Row]:
        """What came in from outside, by item."""
        return {row.item_id: row for row in rows.replaced(self.connection, self.case)}

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Every place of the unit by the pack, whether the unit is a whole machine or one of its assemblies."""
        return places(self.family, self.case.item.component)

    @cached_property
    def held(self) -> list[Row]:
        """Everything that sits in the unit, and in the components that lie on the bench, on all levels."""
        loose = [row.item_id for row in self.active.values() if row.host_id is None]
        return trees.inside(self.connection, self.case.org_id, self.case.item.id, *loose)

    @cached_property
    def seated(self) -> dict[str, Row]:
        """What sits in each place, whether its assembly is in the unit yet or lies on the bench."""
        benched = {row.item_id: row.position for row in self.active.values()}
        return seating.settle(self.held, self.seats, hosts={self.case.item.id: None, **benched})

    @cached_property
    def inside(self) -> dict[str, Row]:
        """What sits in the unit, by place, on all levels."""
        return seating.settle(self.held, self.seats, hosts={self.case.item.id: None})

    def host_of(self, place: str) -> str:
        """The item into which the component of this place goes: the nearest assembly around it that is there."""
        around = {one.code: one.around for one in self.seats}
        here = around.get(place)
        while here is not None:
            if here in self.active:
                return str(self.active[here].item_id)
            if here in self.seated:
                return str(self.seated[here].id)
            here = around[here]
        return str(self.case.item.id)

    @cached_property
    def fitted(self) -> dict[str, Row]:
        """How each component was fitted."""
        return rows.fittings(self.connection, self.case)

    @cached_property
    def measured(self) -> dict[str, Results]:
        """Results that count now, by item."""
        return inspection.latest_by_item(self.connection, self.case.org_id, self.case.id)

    @cached_property
    def conceded(self) -> Mapping[str, frozenset[str]]:
        """By item, what may be outside new limits under an approved concession (SM-3)."""
        held = inspection.conceded(self.connection, self.case.org_id, self.case.id)
        return inspection.conceded_of(held, self.measured)

    @cached_property
    def active(self) -> dict[str, Row]:
        """The component that belongs in each place now: neither replaced nor scrapped."""
        routes = parts.routes(self.connection, self.case.org_id, self.case.id)
        gone = {row.replaces for row in routes}
        return {
            row.position: row for row in routes if row.item_id not in gone and row.condition != "scrapped"
        }

    @cached_property
    def places(self) -> list[Place]:
        """Every place of the family's tree but the unit's own, in the order of the pack."""
        asked = demanded(self.seats, "none" if self.order is None else self.order.depth)
        said = rows.reports(self.connection, self.case)
        return [
            Place(one.code, one.position, one.code in asked, self.active.get(one.code), said.get(one.code), one.around)
            for one in self.seats
        ]

    @property
    def open_places(self) -> list[Place]:
        """Places that nothing fills: no installed part, not left undisturbed, not deleted by a change (I20)."""
        return [one for one in self.places if one.code not in self.inside and not one.closed]

    @property
    def depth(self) -> Depth:
        """How deep the unit was taken apart, by what was recorded: the deepest level that is recorded in full."""
        found = {one.code for one in self.places if one.said in {"found", "missing"}}
        if not any(one.route for one in self.places):
            return "none"
        left = any(one.said == "not_disturbed" for one in self.places)
        if not left and demanded(self.seats, "parts") <= found:
            return "parts"
        return "modules" if demanded(self.seats, "modules") <= found else "affected"

    @property
    def still_planned(self) -> list[Row]:
        """Planned operations that nobody has done; what was replaced meanwhile needs none."""
        here = {row.item_id for row in self.active.values()}
        done = {(row.item_id, row.operation) for row in self.done}
        return [
            row
            for row in rows.planned(self.connection, self.case)
            if row.item_id in here and (row.item_id, row.operation) not in done
        ]

    def unrestored(self, item_id: str) -> tuple[str, ...]:
        """What was worked on and not measured again within new limits since its last operation (I18).

        What is conceded is used as it is.
        """
        mine = [row for row in self.done if row.item_id == item_id]
        last = {code: row.seq for row in mine for code in row.restores.split()}
        found = self.measured.get(item_id, {})
        return tuple(
            code
            for code, seq in last.items()
            if code not in self.conceded.get(item_id, ())
            and inspection.unrestored(found, characteristics=(code,), after=seq)
        )

    def is_restored(self, route: Row) -> bool:
        """Whether nothing that was worked on, or had to be, waits for a measurement within new limits (I18)."""
        return self.serviceable(route) if route.disposition in SALVAGE else not self.unrestored(route.item_id)

    def serviceable(self, route: Row) -> bool:
        """Whether a component may go into the unit.

        A part from outside is serviceable by its release reference, a sound one by its disposition, a worked one
        when what was worked on is measured again within new limits; what was to be salvaged has to be worked on. One
        that is conceded is used as it is.
        """
        if route.condition == "scrapped":
            return False
        if not route.found:
            return True
        if route.disposition == inspection.REQUEST:
            return route.item_id in self.conceded and not self.unrestored(route.item_id)
        worked = any(row.item_id == route.item_id for row in self.done)
        if route.disposition not in _KEPT or (route.disposition in SALVAGE and not worked):
            return False
        return not self.unrestored(route.item_id) and not (route.disposition in SALVAGE and self._worn(route))

    def _worn(self, route: Row) -> bool:
        found = self.measured.get(route.item_id, {})
        worn = inspection.due(self.family, route.component, stage="after_operation", found=found)
        return any(one.code not in self.conceded.get(route.item_id, ()) for one in worn)

    @property
    def as_built(self) -> list[Built]:
        """The unit as it is put together now, in the order of the pack."""
        return [self._built(one, self.inside[one.code]) for one in self.places if one.code in self.inside]

    def _built(self, place: Place, item: Row) -> Built:
        new, fitted = self.new.get(item.id), self.fitted.get(item.id)
        worked = any(row.item_id == item.id for row in self.done)
        return Built(
            place.code,
            place.position,
            item,
            new.origin if new is not None else ("restored" if worked else "reused"),
            "" if new is None else new.release_reference,
            None if fitted is None else fitted.torque_nm,
            None if fitted is None else fitted.tool,
            None if fitted is None else fitted.tool_due,
        )

    @cached_property
    def wanted_sizes(self) -> dict[str, set[Decimal]]:
        """The sizes that components which stay in the unit ask of their mates, by component."""
        staying = {row.item_id for row in self.active.values()}
        wanted: dict[str, set[Decimal]] = {}
        now = inspection.size_steps(self.connection, self.case.org_id, self.case.id)
        for row in (*self._earlier_sizes(staying), *now):
            if row.item_id in staying:
                for mate in json.loads(row.mates):
                    wanted.setdefault(mate, set()).add(Decimal(row.step))
        return wanted

    def _earlier_sizes(self, items: set[str]) -> list[Row]:
        """The sizes that components have from earlier lives, where nobody measured them anew in this one."""
        newest = {
            (row.item_id, row.characteristic): row
            for row in rows.earlier_sizes(self.connection, self.case, items)
        }
        measured = {(item, code) for item, found in self.measured.items() for code, _stage in found}
        return [row for key, row in newest.items() if key not in measured]

    @property
    def mismatched(self) -> list[str]:
        """Places whose part has not the size that its mate was worked to (I17).

        Where a component went to a step, its mates come in with the same step; where none did, they have none.
        """
        return [
            place
            for place, row in self.active.items()
            if not _agrees(self.wanted_sizes.get(row.component, set()), self.new.get(row.item_id))
        ]

    @property
    def untrue_torques(self) -> list[Row]:
        """Fittings of what is in the unit now whose torque was set without a tool in calibration."""
        inside = {row.id for row in self.inside.values()}
        return [
            row
            for row in self.fitted.values()
            if row.item_id in inside and row.torque_nm is not None and row.tool_due is None
        ]

    @cached_property
    def resources(self) -> dict[str, tuple[str, str]]:
        """What cleaning and operations used up: amount and unit by name."""
        clean = rows.cleanings(self.connection, self.case)
        return {
            "energy": (_sum(row.energy_kwh for row in (*self.done, *clean)), "kW.h"),
            "water": (_sum(row.water_l for row in (*self.done, *clean)), "L"),
            "material": (_sum(row.material_kg for row in self.done), "kg"),
            "waste": (_sum(row.waste_kg for row in (*self.done, *clean)), "kg"),
        }

    def _made_way(self, new: Row) -> bool:
        """Whether something went out for what came in: nothing does where a place was found empty."""
        empty = {one.code for one in self.places if one.report is not None and one.report.what == "missing"}
        return new.old_mass_kg is not None or new.position not in empty

    @property
    def mass_balance(self) -> masses.MassBalance:
        """Where the mass went: the core as it was weighed, parts and material in; unit, scrap and waste out (I25).

        A sum is unknown as long as one of its parts was not weighed.
        """
        return masses.balance(
            came_in={
                "core": self.case.item.mass_kg,
                "new_parts": _whole(row.mass_kg for row in self.new.values()),
                "material": self.resources["material"][0],
            },
            went_out={
                "unit": None if self.order is None else self.order.unit_mass_kg,
                "replaced_parts": _whole(row.old_mass_kg for row in self.new.values() if self._made_way(row)),
                "waste": self.resources["waste"][0],
            },
        )


def demanded(seats: Iterable[Seat], depth: Depth) -> frozenset[str]:
    """The places that must be recorded before a unit counts as taken apart to this depth.

    To its parts: every serialised place that is not replaced every time. To modules: those of them directly under
    the unit. Work on what is affected alone asks for at least one component, which `is_recorded` checks.
    """
    if depth not in {"parts", "modules"}:
        return frozenset()
    return frozenset(
        one.code
        for one in seats
        if one.position.serialised and not one.position.mandatory_replace
        if depth == "parts" or one.around is None
    )


def is_recorded(known: list[Place], depth: Depth) -> bool:
    """Whether what was found is recorded to the depth that the targeted class demands (SM-1 no. 11).

    What was left undisturbed was not taken apart: it does not count where the class demands the parts.
    """
    counts = {"found", "missing"} if depth == "parts" else {"found", "missing", "not_disturbed"}
    if depth == "affected" and not any(one.route for one in known):
        return False
    return all(one.said in counts for one in known if one.demanded)


def _agrees(wanted: set[Decimal], new: Row | None) -> bool:
    size = None if new is None or new.size_step is None else Decimal(new.size_step)
    return wanted == (set() if not size else {size})


def _sum(amounts: Iterable[str]) -> str:
    return format(sum(map(Decimal, amounts), Decimal(0)), "f")


def _whole(amounts: Iterable[str | None]) -> str | None:
    known = list(amounts)
    weighed = [one for one in known if one is not None]
    return _sum(weighed) if len(weighed) == len(known) else None
