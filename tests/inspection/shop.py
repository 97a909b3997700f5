"""A diesel engine in a case, taken apart, with instruments beside it: told without the features that come later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from remanu.catalogue import actions as catalogue
from remanu.families.loader import load_all
from remanu.inspection import actions, queries
from remanu.ledger.kinds import Kind
from remanu.ledger.record import begin, record
from remanu.parts import events as part_events
from remanu.parts import queries as part_queries
from remanu.parts.events import Step
from remanu.rules.actor import Actor
from remanu.rules.ndt import Seen
from tests import people, shelf
from tests.builders import make_item

JOURNALS = ("64.971", "64.975", "64.970", "64.969", "64.980", "64.985", "64.965")
PINS = ("57.950",) * 6
GOOD = {
    "main-journal-diameter": JOURNALS,
    "crankpin-diameter": PINS,
    "journal-out-of-round": ("0.004",) * 13,
    "journal-diameter-variation": ("64.970", "64.971", "64.972", "64.973"),
    "main-bearing-clearance": ("0.050",) * 7,
    "crankshaft-cracks": ("0",),
    "top-face-flatness": ("0.02",) * 6,
    "cylinder-bore-deviation": ("0.010",) * 6,
}
TESTED = frozenset({"crankshaft-cracks"})
CLASSES = ("outside-micrometer", "bore-gauge", "straight-edge", "magnetic-particle")
CLASS_OF = {
    "main-journal-diameter": "outside-micrometer",
    "crankpin-diameter": "outside-micrometer",
    "journal-out-of-round": "outside-micrometer",
    "journal-diameter-variation": "outside-micrometer",
    "main-bearing-clearance": "bore-gauge",
    "crankshaft-cracks": "magnetic-particle",
    "top-face-flatness": "straight-edge",
    "cylinder-bore-deviation": "bore-gauge",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case in a state, with the class that it aims at."""

    case: str
    number: int
    state: str
    target: str
    pack: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """A component in the case."""

    case: str
    position: str
    found: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A step of such a case."""

    step: Step


def _open(tx, done):
    b = done.body
    part_events.open_case(tx, done, case=b.case, number=b.number, life=0, state="OPENING", pack=b.pack)
    step = Step(case=b.case, source="OPENING", target=b.state)
    part_events.shift(tx, done, step, target_class=b.target)


def _route(tx, done):
    part_events.route(tx, done, case=done.body.case, position=done.body.position, found=done.body.found)


OPEN = Kind("test.shop_open", 1, Opened, _open)
ROUTE = Kind("test.shop_route", 1, Routed, _route)
MOVE = Kind("test.shop_move", 1, Moved, lambda tx, done: part_events.shift(tx, done, done.body.step))
KINDS = (OPEN, ROUTE, MOVE)


@dataclass(slots=True)
class Shop:
    """One engine in one case, its components by position, its instruments by class."""

    database: Any
    org_id: str
    case: str
    unit: str
    parts: dict[str, str]
    tools: dict[str, str]
    inspector: Actor
    technician: Actor

    def do(self, action, *args, **values):
        """Run an action in a unit of work of its own."""
        return self.database.transact(lambda tx: action(tx, *args, **values))

    def ask(self, query, *args, **values):
        """Run a query on a reading connection."""
        with self.database.reading() as connection:
            return query(connection, *args, **values)

    def view(self):
        """The case as it is now."""
        return self.ask(part_queries.find_case, self.org_id, self.case)

    def facts(self):
        """What inspection knows of its guards."""
        return self.ask(queries.facts, self.view(), self.database.clock.now())

    def move(self, state: str) -> None:
        """The case goes to this state, whatever the rules say."""
        step = Step(case=self.case, source=self.view().state, target=state)

        def work(tx):
            item = part_queries.find_item(tx.connection, self.org_id, self.unit)
            act = begin(tx, self.technician, "parts.register")
            return record(act, MOVE, part_queries.subject_of(item), Moved(step=step))

        self.database.transact(work)

    def measure(self, position: str, characteristic: str, *values: str, by: Actor | None = None, **more):
        """Measure a characteristic with the instrument that it asks for; good readings unless others are given."""
        if characteristic in TESTED and "values" not in more:
            return self.examine(position, characteristic, *values, by=by, **more)
        given = {
            "unit": "mm",
            "values": values or GOOD[characteristic],
            "instrument": self.tools[CLASS_OF[characteristic]],
            "temperature": "20",
        } | more
        return self.do(
            actions.measure,
            by or self.inspector,
            self.parts[position],
            characteristic=characteristic,
            **given,
        )

    def examine(self, position: str, characteristic: str, *lengths: str, by: Actor | None = None, **more):
        """Test by magnetic particles; an indication of each length, none where there is none or it is 0."""
        seen = tuple(Seen(kind="crack", position="10", length=one) for one in lengths if one != "0")
        given = {
            "method": "MPI",
            "procedure": "NDT-12",
            "procedure_edition": "3",
            "sensitivity": "A1 shim",
            "found": "indications" if seen else "none",
            "indications": seen,
            "instrument": self.tools[CLASS_OF[characteristic]],
        } | more
        return self.do(
            actions.examine,
            by or self.inspector,
            self.parts[position],
            characteristic=characteristic,
            **given,
        )

    def measure_all(self, **odd: tuple[str, ...]) -> None:
        """Measure everything that is asked as found; names in `odd` have underscores for hyphens."""
        for position, of in (("crankshaft", "crankshaft"), ("cylinder-block", "cylinder-block")):
            found = self.ask(queries.results, self.org_id, self.case, self.parts[position])
            for one in load_all()["diesel-engine"].characteristics_of(of):
                if (one.code, "as_found") not in found:
                    self.measure(position, one.code, *odd.get(one.code.replace("-", "_"), ()))

    def results(self, position: str):
        """The results of a component that count now."""
        return self.ask(queries.results, self.org_id, self.case, self.parts[position])

    def kinds(self, position: str) -> list[str]:
        """What was recorded about a component, in order."""
        rows = self.ask(part_queries.history, self.org_id, self.parts[position])
        return [row.kind for row in reversed(rows)]


COMPONENTS = (
    ("cylinder-block", "cylinder-block"),
    ("crankshaft", "crankshaft"),
    ("piston", "piston"),
    ("main-bearing-shell", "main-bearing-shell"),
)


def build(
    database,
    *,
    inspector: Actor = people.BY_ROLE["inspector"],
    technician: Actor = people.TECHNICIAN,
    state: str = "CLEANED",
    target: str = "REMANUFACTURED",
    number: str = "",
    parts=COMPONENTS,
    family: str = "diesel-engine",
    pack: str | None = None,
) -> Shop:
    """The shop with its engine taken apart and cleaned; `pack` is the digest of another pack than the built-in one."""
    given = repr((inspector, technician, state, target, number, parts, family, pack))

    def work(tx) -> tuple[Any, ...]:
        unit = make_item(tx, technician, serial=f"ENG-{number or technician.org_id[-4:]}", family=family)
        act = begin(tx, technician, "parts.register")
        case = tx.new_id()
        opened = Opened(case=case, number=int(number or 1), state=state, target=target, pack=pack)
        record(act, OPEN, unit.subject, opened)
        made = {
            position: _component(tx, technician, case, position, of, family=family) for position, of in parts
        }
        tools = {code: _tool(tx, inspector, code, number=number or "1") for code in CLASSES}
        return case, unit.subject.id, made, tools

    made = shelf.told(database, ("shop", given), lambda: database.transact(work))
    return Shop(database, technician.org_id, *made, inspector, technician)


def _component(tx, technician, case, position, of, *, family):
    name = of.replace("-", " ").capitalize()
    item = make_item(tx, technician, component=of, name=name, condition="unreleased", family=family)
    act = begin(tx, technician, "parts.register")
    record(act, ROUTE, item.subject, Routed(case=case, position=position))
    return item.subject.id


def _tool(tx, inspector, code: str, *, number: str = "1") -> str:
    made = catalogue.add_instrument(
        tx, inspector, number=f"{code}-{number}", instrument_class=code, name=code.capitalize()
    )
    actions.calibrate(tx, inspector, made.subject.id, **CALIBRATION)
    return made.subject.id


def another_micrometer(bench: Shop) -> str:
    """A second outside micrometer, calibrated like the first."""
    return bench.database.transact(lambda tx: _tool(tx, bench.inspector, "outside-micrometer", number="2"))


CALIBRATION = {
    "calibrated_on": date(2026, 2, 1),
    "due": date(2027, 1, 31),
    "result": "passed",
    "certificate": "CAL-0001",
}
