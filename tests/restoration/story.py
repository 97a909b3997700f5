"""A diesel engine from its receipt to the end of its test, told through the acts that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from remanu.accounts import actions as accounts
from remanu.catalogue import actions as catalogue
from remanu.inspection import actions as inspection
from remanu.intake import actions as intake
from remanu.parts import queries as parts
from remanu.parts.events import Cited
from remanu.parts.models import Case, Item
from remanu.restoration import actions, queries
from remanu.restoration.events.repair import Planned
from remanu.rules.actor import Actor
from tests import shelf
from tests.accounts.place import PASSWORD
from tests.restoration.engine import (
    CRACK_TEST,
    CRANK,
    DECIDED,
    FOUND,
    GOOD,
    GROUND,
    READINGS,
    RENEWED,
    TOOLS,
    WEAK,
    Shown,
)

__all__ = ["GOOD", "GROUND", "PASSWORD", "WEAK", "Shown"]

FAMILY = "diesel-engine"
PHOTO = Cited(digest="ab" * 32, media_type="image/jpeg", size=4321, shows="engine.jpg")
ROLES = (
    "planner",
    "receiving_clerk",
    "core_inspector",
    "core_manager",
    "technician",
    "inspector",
    "test_operator",
    "quality",
    "engineering",
    "approver",
    "certifying_staff",
)
YEAR = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
PATH = (
    "ACCEPTED",
    "IN_WORK",
    "DISASSEMBLED",
    "CLEANED",
    "INSPECTED",
    "DISPOSITIONED",
    "IN_RESTORATION",
    "RESTORED",
    "REASSEMBLED",
    "IN_TEST",
    "TEST_PASSED",
)


@dataclass(slots=True)
class Yard:
    """One workshop with its people and instruments, one engine in one case; `series` marks a second one's parts."""

    place: Any
    who: dict[str, Actor] = field(default_factory=dict)
    tools: dict[str, str] = field(default_factory=dict)
    case: str = ""
    unit: str = ""
    serial: str = "4D-77120"
    worth: str | None = "4200"
    photo: Cited = PHOTO
    series: str = ""

    @property
    def org_id(self) -> str:
        """The organisation."""
        return self.place.org_id

    def do(self, work, *args, **values):
        """Run an act in a unit of work of its own."""
        return self.place.do(work, *args, **values)

    def ask(self, query, *args, **values):
        """Ask on a reading connection."""
        return self.place.ask(query, *args, **values)

    def act(self, role: str, verb: str, target: str | None = None, **values):
        """One act of restoration by the person with this role, on the case unless another target is given."""
        return self.do(getattr(actions, verb), self.who[role], target or self.case, **values)

    def becomes(self, family: str) -> None:
        """Let the unit be one of another family, as no act can, and its case worked by that family's pack."""
        items = sa.update(Item).where(Item.org_id == self.org_id, Item.id == self.unit)
        cases = sa.update(Case).where(Case.org_id == self.org_id, Case.id == self.case)
        self.do(lambda tx: tx.execute(items.values(family=family, pack=None)))
        self.do(lambda tx: tx.execute(cases.values(pack=None)))

    def allow(self, number: str, what: str, component: str, **given):
        """An approved change to what units of the family consist of."""
        asked = {"number": number, "what": what, "family": FAMILY, "component": component, "why": "variant"}
        done = self.do(actions.propose_change, self.who["engineering"], **asked, **given)
        self.do(actions.approve_change, self.who["approver"], done.subject.id)
        return done.subject.id

    def view(self):
        """The case as it is now."""
        return self.ask(parts.find_case, self.org_id, self.case)

    def of_case(self, query):
        """Ask restoration about the case as it is now."""
        return self.ask(query, self.view())

    def facts(self):
        """What restoration knows of its guards."""
        return self.ask(queries.facts, self.view(), self.place.database.clock.now())

    def item(self, position: str) -> str:
        """The component that belongs in a position now."""
        return self.of_case(queries.active)[position].item_id

    def row(self, item_id: str):
        """An item as it is now."""
        return self.ask(parts.find_item, self.org_id, item_id)

    def until(self, state: str) -> Yard:
        """Bring the case this far, in one unit of work, told once for all tests that begin there."""

        def tell() -> tuple[str, str]:
            self.do(lambda tx: Telling(tx, self).until(state))
            return self.case, self.unit

        self.case, self.unit = shelf.told(self.place.database, (state, self._given()), tell)
        return self

    def _given(self) -> str:
        """Everything that the story depends on."""
        return repr([(one.name, getattr(self, one.name)) for one in fields(self) if one.name != "place"])

    def tell(self, *steps: str) -> None:
        """Tell these steps of the story, in one unit of work."""

        def work(tx):
            telling = Telling(tx, self)
            for step in steps:
                getattr(telling, step)()

        self.do(work)


def staffed(place) -> Yard:
    """A workshop with one person a role and instruments in calibration."""
    who, tools = shelf.told(place.database, "staffed", lambda: _staff(place))
    return Yard(place, who, tools)


def _staff(place) -> tuple[dict[str, Actor], dict[str, str]]:
    yard = Yard(place)
    admin = place.actor(place.member("boss", "admin"))
    yard.who["admin"] = admin
    for role in ROLES:
        yard.who[role] = place.actor(place.member(role, role))
    for role, activity in (("inspector", "ndt"), ("technician", "special_process")):
        scope = {"number": f"XA-{activity}", "family": "*", "activity": activity, "site": "Hall 1", **YEAR}
        place.do(accounts.authorise, admin, yard.who[role].ref, **scope)
    place.do(lambda tx: _equip(tx, yard))
    return yard.who, yard.tools


def _equip(tx, yard: Yard) -> None:
    engineer, inspector = yard.who["engineering"], yard.who["inspector"]
    catalogue.publish_edition(tx, engineer, family=FAMILY, applies_from=date(2026, 1, 1))
    for code in TOOLS:
        made = catalogue.add_instrument(tx, engineer, number=f"{code}-1", instrument_class=code, name=code)
        yard.tools[code] = made.subject.id
        inspection.calibrate(
            tx,
            inspector,
            made.subject.id,
            calibrated_on=date(2026, 2, 1),
            due=date(2027, 1, 31),
            result="passed",
            certificate="CAL-0001",
        )


@dataclass(slots=True)
class Telling:
    """The story within one unit of work."""

    tx: Any
    yard: Yard

    def until(self, state: str) -> None:
        """From the gate to this state."""
        self._receive()
        for step in PATH[1 : PATH.index(state) + 1]:
            STEPS[step](self)

    def view(self):
        """The case in this unit of work."""
        return parts.find_case(self.tx.connection, self.yard.org_id, self.yard.case)

    def act(self, role: str, verb: str, target: str | None = None, **values):
        """One act of restoration."""
        return getattr(actions, verb)(self.tx, self.yard.who[role], target or self.yard.case, **values)

    def item(self, position: str) -> str:
        """The component in a position."""
        return queries.active(self.tx.connection, self.view())[position].item_id

    def _receive(self) -> None:
        who, tx = self.yard.who, self.tx
        core = intake.Core(family=FAMILY, maker="Nordwerk", part_number="NW-6L-200", serial=self.yard.serial)
        came = intake.receive(
            tx,
            who["receiving_clerk"],
            core=core,
            signed_by="Ren Ito",
            owner="Aster Haulage",
            mass_kg="612",
            evidence=(self.yard.photo,),
        )
        self.yard.case, self.yard.unit = came.body.step.case, came.subject.id
        mark = intake.Mark(kind="plate", text=f"NORDWERK NW-6L-200 {self.yard.serial}")
        seen = {
            "serial": self.yard.serial,
            "mark": mark,
            "earlier_lives": "unknown",
            "right_shown": "owner_order",
        }
        intake.identify(tx, who["core_inspector"], self.yard.case, **seen)
        answers = {one.code: one.answers[0].code for one in queries.family_of(self.view()).criteria}
        intake.grade(tx, who["core_inspector"], self.yard.case, answers=answers)
        intake.accept(tx, who["core_manager"], self.yard.case, value=self.yard.worth)

    def open_work_order(self) -> None:
        """The planner freezes class and standard."""
        frozen = {"target_class": "REMANUFACTURED", "standard": "XA 28617", "edition": "2024"}
        self.act("planner", "open_work_order", **frozen)

    def record_all(self) -> None:
        """Everything that may be used again is recorded."""
        for position, serial in FOUND.items():
            number, whose = f"NW-{position.upper()}", serial and serial + self.yard.series
            self.act("technician", "record_component", position=position, part_number=number, serial=whose)

    def disassemble(self) -> None:
        """The unit is apart."""
        self.record_all()
        self.act("technician", "disassemble")

    def clean(self) -> None:
        """The parts are clean."""
        used = {"water_l": "180", "energy_kwh": "22.5", "waste_kg": "6.2"}
        self.act("technician", "clean", method="hot_wash", minutes="45", bath="alkaline", **used)

    def inspect(self, found: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """What the family asks is measured; worn, unless something else is said."""
        read = found or {code: values for code, (_, values) in READINGS.items()}
        for code, values in read.items():
            self.measure(values, "crankshaft" if code in CRANK else "cylinder-block", code)
        inspection.inspect(self.tx, self.yard.who["inspector"], self.yard.case)

    def measure(self, values: tuple[str, ...], position: str, code: str) -> None:
        """One characteristic, by the instrument that it asks for."""
        given = {"characteristic": code, "instrument": self.yard.tools[READINGS[code][0]]}
        who, item = self.yard.who["inspector"], self.item(position)
        if code == "crankshaft-cracks":
            inspection.examine(self.tx, who, item, **CRACK_TEST, **given)
        else:
            inspection.measure(self.tx, who, item, unit="mm", values=values, temperature="20", **given)

    def disposition(self, decided: Mapping[str, str] = DECIDED) -> None:
        """Each component has its disposition."""
        for position in FOUND:
            said = decided.get(position, "REUSE_AS_IS")
            inspection.dispose(self.tx, self.yard.who["inspector"], self.item(position), disposition=said)
        inspection.disposition(self.tx, self.yard.who["inspector"], self.yard.case)

    def start_restoration(self) -> None:
        """The planner plans grinding and milling."""
        plan = (
            Planned(item=self.item("crankshaft"), operation="crank-grinding"),
            Planned(item=self.item("cylinder-block"), operation="deck-milling"),
        )
        self.act("planner", "start_restoration", plan=plan)

    def operate(self) -> None:
        """The technician grinds and mills."""
        for position, operation in (("crankshaft", "crank-grinding"), ("cylinder-block", "deck-milling")):
            used = {"energy_kwh": "14.2", "water_l": "20", "waste_kg": "0.8"}
            self.act(
                "technician", "operate", self.item(position), operation=operation, edition="P-7/3", **used
            )

    def remeasure(self) -> None:
        """What was worked on is measured again."""
        for code in CRANK:
            self.measure(GROUND[code], "crankshaft", code)
        self.measure(GROUND["top-face-flatness"], "cylinder-block", "top-face-flatness")

    def finish_restoration(self) -> None:
        """Done, measured again, and said so by the inspector."""
        self.operate()
        self.remeasure()
        self.act("inspector", "finish_restoration")

    def renew_in_standard_size(self) -> None:
        """The shells come in as for a crankshaft that was never ground."""
        self.renew(size=None)

    def doubt_the_block(self) -> None:
        """A second look finds the top face out of limits."""
        self.measure(("0.09",) * 6, "cylinder-block", "top-face-flatness")

    def renew(self, size: str | None = "-0.25") -> None:
        """The turbocharger comes from another workshop; what is renewed every time comes in new."""
        self.act(
            "technician",
            "replace",
            self.item("turbocharger"),
            origin="reman",
            part_number="NW-TURBOCHARGER",
            serial="TC-9" + self.yard.series,
            release_reference="XB-2026-0044",
            mass_kg="14",
            old_mass_kg="14",
        )
        for position in RENEWED:
            self.act(
                "technician",
                "replace",
                self.yard.unit,
                position=position,
                origin="new",
                part_number=f"NW-{position.upper()}",
                release_reference="DN-88121",
                size_step=size if position == "main-bearing-shell" else None,
                mass_kg="2",
                old_mass_kg="1.9",
            )

    def install_but_flywheel(self) -> None:
        """Everything but the flywheel goes into its position."""
        self.install(but="flywheel")

    def install(self, but: str = "") -> None:
        """Everything goes into its position."""
        for position, route in queries.active(self.tx.connection, self.view()).items():
            if position == but:
                continue
            torque = {"torque_nm": "120", "tool": "torque-wrench-1"} if position == "cylinder-head" else {}
            if route.host_id is None:
                self.act("technician", "install", route.item_id, **torque)

    def reassemble(self) -> None:
        """The unit is whole again."""
        self.renew()
        self.install()
        self.act("technician", "reassemble", unit_mass_kg="604.5")

    def start_test(self) -> None:
        """On the rig."""
        self.act("test_operator", "start_test", rig="test-rig-1")

    def pass_test(self) -> None:
        """All points within limits."""
        self.act("test_operator", "pass_test", points=GOOD)

    def fail_test(self) -> None:
        """Not enough power."""
        self.act("test_operator", "fail_test", points=WEAK, note="It smokes under load.")


STEPS: Mapping[str, Callable[[Telling], None]] = {
    "IN_WORK": Telling.open_work_order,
    "DISASSEMBLED": Telling.disassemble,
    "CLEANED": Telling.clean,
    "INSPECTED": Telling.inspect,
    "DISPOSITIONED": Telling.disposition,
    "IN_RESTORATION": Telling.start_restoration,
    "RESTORED": Telling.finish_restoration,
    "REASSEMBLED": Telling.reassemble,
    "IN_TEST": Telling.start_test,
    "TEST_PASSED": Telling.pass_test,
}
