"""The specimen of the measurements: one engine with its components, told event by event as the record holds them.

It writes events and not acts, so that it stays the same specimen whatever the rules of the workshop become.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from remanu.accounts import actions as accounts
from remanu.accounts.events import Founded
from remanu.db import Database, Tx
from remanu.inspection import events as inspection
from remanu.intake import events as intake
from remanu.ledger.kinds import Kind, Recorded, Subject
from remanu.ledger.record import Private, begin, record
from remanu.parts import events as parts
from remanu.parts.actions import NewItem, register
from remanu.parts.events import Step
from remanu.restoration.events import assembly, repair, teardown, trial
from remanu.rules.actor import Actor
from remanu.rules.permissions import ROLES

WORKS = Founded(
    name_en="Nordwerk Remanufacturing",
    name_zh_hans="北厂再制造",
    name_zh_hant="北廠再製造",
    country="XA",
    zone="Asia/Shanghai",
    roles=("workshop",),
)
POSITIONS = (
    "cylinder-block",
    "crankshaft",
    "camshaft",
    "cylinder-head",
    "turbocharger",
    "fuel-pump",
    "conrod",
    "piston",
    "injector",
    "timing-gear",
)


@dataclass(slots=True)
class Engine:
    """One engine in the hands of one workshop; each method is one thing that happens to it."""

    database: Database
    actor: Actor
    subject: Subject
    code: str
    case: str
    state: str = "ANNOUNCED"
    pieces: dict[str, Subject] = field(default_factory=dict)

    def put(
        self, kind: Kind[Any], body: object, *, on: Subject | None = None, private: Private | None = None
    ) -> Recorded[Any]:
        """Record one event."""

        def work(tx: Tx) -> Recorded[Any]:
            act = begin(tx, self.actor, kind.name)
            return record(act, kind, on or self.subject, body, private=private)

        return self.database.transact(work)

    def step(self, target: str) -> Step:
        """The next transition of the case."""
        source, self.state = self.state, target
        return Step(case=self.case, source=source, target=target)

    def receive(self, *, private: dict[str, str] | None = None) -> None:
        """The core comes in, is known, graded and accepted."""
        secret = None if private is None else Private(f"org:{self.actor.org_id}", private)
        received = intake.Received(
            step=self.step("RECEIVED"), life=0, owner_named=True, mass_kg="612", place="Hall 3", evidence=()
        )
        self.put(intake.RECEIVE, received, private=secret)
        self.put(parts.READ_MARK, parts.MarkRead(mark=_new(), kind="maker", text="NW-6L-200/4711", words=()))
        self.put(
            intake.IDENTIFY,
            intake.Identified(
                step=self.step("IDENTIFIED"),
                maker="Nordwerk",
                part_number="NW-6L-200",
                serial="NW20471193",
                earlier_lives="unknown",
                right_shown="own",
                words=(),
            ),
        )
        self.put(
            intake.GRADE,
            intake.Graded(
                step=self.step("GRADED"),
                grade=_new(),
                family="diesel-engine",
                edition="1",
                digest="0" * 64,
                answers=(),
                outcome="accept",
            ),
        )
        self.put(
            intake.ACCEPT,
            intake.Accepted(
                step=self.step("ACCEPTED"),
                outcome="accept",
            ),
        )

    def take_apart(self, count: int = len(POSITIONS)) -> None:
        """The engine is taken apart into so many recorded components, and they are cleaned."""
        self.put(
            teardown.OPEN_WORK_ORDER,
            teardown.WorkOrderOpened(
                step=self.step("IN_WORK"),
                family="diesel-engine",
                pack_edition="1",
                target_class="REMANUFACTURED",
                depth="parts",
                standard="NW-RS-7",
                edition="2025",
            ),
        )
        for n, position in enumerate(POSITIONS[:count], 1):
            self.pieces[position] = self.register(position, serial=f"NW{position[:2].upper()}{n:05d}")
            found = teardown.ComponentRecorded(case=self.case, position=position, what="found")
            self.put(teardown.RECORD_COMPONENT, found, on=self.pieces[position])
        self.put(teardown.DISASSEMBLE, teardown.Disassembled(step=self.step("DISASSEMBLED"), depth="parts"))
        self.put(
            teardown.CLEAN,
            teardown.Cleaned(
                step=self.step("CLEANED"),
                cleaning=_new(),
                method="aqueous",
                bath="B2",
                minutes="40",
                water_l="120",
                energy_kwh="18.5",
                waste_kg="2.4",
            ),
        )

    def register(self, position: str, *, serial: str, origin: str = "core") -> Subject:
        """A component enters the record."""
        name = position.replace("-", " ").capitalize()
        changes = {"component": position, "name": name, "serial": serial, "origin": origin, "mass_kg": None}
        new = NewItem(**(_ENGINE | changes))
        return self.database.transact(
            lambda tx: register(begin(tx, self.actor, "parts.register"), new).subject
        )

    def measure(self, position: str, value: str, *, stage: str = "as_found", zone: str = "repair") -> None:
        """One journal of one component is measured."""
        limits = inspection.Tiers(
            new_min="64.985",
            new_max="65.015",
            service_min="64.900",
            service_max="65.060",
            direction="both",
            rework_allowed=True,
            source="illustrative",
            demonstration=True,
        )
        body = inspection.Measured(
            measurement=_new(),
            case=self.case,
            position=position,
            stage=stage,
            pack="diesel-engine",
            edition="1",
            component=position,
            characteristic="main-journal-diameter",
            kind="dimension",
            criticality="critical",
            unit="mm",
            readings=(value,),
            aggregation="worst",
            judged=(value,),
            deciding=value,
            limits=limits,
            target_class="REMANUFACTURED",
            zone=zone,
            proposal="salvage",
            because="outside-new",
            qualified_by="role",
            day="2026-03-01",
        )
        self.put(inspection.MEASURE, body, on=self.pieces[position])

    def inspect(self, count: int = len(POSITIONS)) -> None:
        """So many of the components are measured, and every one is disposed of."""
        for position in list(self.pieces)[:count]:
            self.measure(position, "64.951")
        self.put(
            inspection.INSPECT,
            inspection.Inspected(
                step=self.step("INSPECTED"), components=len(self.pieces), results=len(self.pieces)
            ),
        )
        self.put(
            inspection.DISPOSITION,
            inspection.Dispositioned(step=self.step("DISPOSITIONED"), sheet=()),
        )

    def restore(self, count: int = len(POSITIONS) // 2) -> None:
        """So many of the components are worked on and measured again."""
        self.put(
            repair.START_RESTORATION,
            repair.RestorationStarted(step=self.step("IN_RESTORATION"), plan=()),
        )
        for position in list(self.pieces)[:count]:
            self.operate(position)
            self.measure(position, "65.002", stage="final", zone="new")
        self.put(repair.FINISH_RESTORATION, repair.RestorationFinished(step=self.step("RESTORED")))

    def operate(self, position: str) -> None:
        """One component is ground."""
        done = repair.Operated(
            operation_id=_new(),
            case=self.case,
            position=position,
            operation="grind-journals",
            edition="1",
            special=False,
            restores=("main-journal-diameter",),
            nth=1,
            energy_kwh="6.2",
            water_l="14",
            material="",
            batch="",
            material_kg="0",
            waste_kg="0.3",
            taken_out=False,
        )
        self.put(repair.OPERATE, done, on=self.pieces[position])

    def replace(self, position: str) -> None:
        """A new part comes in for one of the components."""
        new = self.register(position, serial=f"N-{position[:4]}-001", origin="new")
        body = repair.Replaced(
            case=self.case,
            position=position,
            new=new.id,
            old=self.pieces[position].id,
            origin="new",
            release_reference="NW-CoC-881",
        )
        self.put(repair.REPLACE, body, on=new)
        self.put(repair.REPLACE, body, on=self.pieces[position])
        self.pieces[position] = new

    def try_out(self, count: int = len(POSITIONS)) -> None:
        """The engine is put together, so many of its components by an event of their own, and passes its test."""
        for position, piece in list(self.pieces.items())[:count]:
            body = assembly.Installed(
                case=self.case, installation=_new(), host=self.subject.id, position=position
            )
            self.put(assembly.INSTALL, body, on=piece)
        built = assembly.Reassembled(step=self.step("REASSEMBLED"), as_built=(), unit_mass_kg="604")
        self.put(assembly.REASSEMBLE, built)
        point = trial.Point(
            procedure="acceptance",
            edition="1",
            code="power",
            name="Rated power",
            unit="kW",
            low="147",
            high="155",
            mandatory=True,
        )
        run = _new()
        self.put(
            trial.START_TEST,
            trial.TestStarted(
                step=self.step("IN_TEST"), run=run, rig="R1", rig_due="2026-12-31", points=(point,)
            ),
        )
        result = trial.Result(point=point, value="151.2", verdict="pass")
        passed = trial.TestPassed(step=self.step("TEST_PASSED"), run=run, results=(result,))
        self.put(trial.PASS_TEST, passed)


def begin_engine(database: Database, actor: Actor, **changes: Any) -> Engine:
    """An engine enters the record of the actor's organisation, announced as a core."""
    item = database.transact(
        lambda tx: register(begin(tx, actor, "parts.register"), NewItem(**(_ENGINE | changes)))
    )
    made = Engine(database, actor, item.subject, item.body.code, _new())
    step = Step(case=made.case, source="", target="ANNOUNCED")
    made.put(intake.ANNOUNCE, intake.Announced(step=step, number=1, life=0))
    return made


def workshop(database: Database) -> Actor:
    """An organisation, and one person in it who may do everything that a workshop does."""

    def work(tx: Tx) -> Actor:
        org_id = tx.new_id()
        accounts.found(tx, accounts.system_actor(org_id, now=tx.now), organisation=WORKS)
        roles = frozenset(ROLES) - {"admin", "supervisor"}
        return Actor(org_id, _new(), _new(), roles, "command", zone=WORKS.zone)

    return database.transact(work)


_ENGINE: dict[str, Any] = {
    "family": "diesel-engine",
    "component": "engine",
    "name": "Diesel engine",
    "maker": "Nordwerk",
    "part_number": "NW-6L-200",
    "serial": "NW20471193",
    "condition": "as_received",
    "origin": "core",
    "mass_kg": "612",
}


def _new() -> str:
    return secrets.token_hex(16)
