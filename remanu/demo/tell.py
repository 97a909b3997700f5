"""Tells a life: the acts of a workshop on one unit, in the order of the process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from remanu.demo import better, deep, lives, site
from remanu.demo.hand import Hand, shown
from remanu.families.characteristic import Characteristic
from remanu.inspection import actions as inspection
from remanu.inspection import queries as bench
from remanu.intake import actions as intake
from remanu.labelling import actions as labelling
from remanu.labelling import queries as labels
from remanu.parts import actions as parts
from remanu.parts.queries import Row
from remanu.release import actions as release
from remanu.release import queries as papers
from remanu.restoration import actions as restoration
from remanu.restoration import queries as shop
from remanu.restoration.actions.trial import Shown
from remanu.restoration.events.repair import Planned
from remanu.rules.ndt import Seen

STANDARD, EDITION = "XA-REM 1", "2025"
REGIME = "GB/T 26572-2011"
MEDIA = "a4-l7160"
_PART_MASS = "1.5"
_REPLACES = ("REPLACE_NEW", "REPLACE_MANDATORY")
_PROCEDURE = "P-1"


_METHODS = {"magnetic-particle": "MPI", "eddy-current": "ET"}


def _shown_by(asked: Characteristic, values: Iterable[str]) -> dict[str, Any]:
    """A test by the method of its instrument; what the story reads becomes indications, and nothing read is none."""
    lengths = [one for one in values if Decimal(one)]
    seen = tuple(
        Seen(kind="crack", position=str(40 * (n + 1)), length=one) for n, one in enumerate(lengths)
    )
    return {
        "method": _METHODS[asked.instrument_class],
        "procedure": f"NDT-{_METHODS[asked.instrument_class]}-1",
        "procedure_edition": EDITION,
        "sensitivity": "0.5 mm notch",
        "found": "indications" if seen else "none",
        "indications": seen,
    }


@dataclass(slots=True)
class Teller(Hand):
    """Tells one story from the gate to the owner; a method for each chapter."""

    def tell(self) -> None:
        """From the gate to the owner, or until the state that was asked for."""
        began = datetime.combine(self.story.received, time(8, 30), ZoneInfo(self.crew.zone))
        self.tx.now = began.astimezone(self.tx.now.tzinfo)
        for chapter in self._chapters():
            if self.case_id and self.case().state == self.until:
                return
            chapter()

    def _chapters(self) -> Iterable[Callable[[], object]]:
        return (
            self.announce,
            self.receive,
            self.identify,
            self.grade,
            self.accept,
            self.open_work_order,
            self.take_apart,
            self.clean,
            self.inspect,
            self.decide,
            self.restore,
            self.finish,
            self.build,
            self.test,
            self.submit,
            self.release,
            self.put_label,
            self.deliver,
        )

    # The chapters, in the order of the process.

    def announce(self) -> None:
        """The owner says that a core comes."""
        one = self.story
        core = intake.Core(
            family=one.family.id,
            name=one.name,
            maker=one.maker,
            part_number=one.part_number,
            serial=one.serial,
        )
        done = self.do(intake.announce, "intake.announce", core=core, owner=one.owner, packing="stand")
        self.case_id, self.item_id = done.body.step.case, done.subject.id

    def receive(self) -> None:
        """Custody passes; photos, mass and counters are taken. Equipment that stays in place has its site accepted."""
        self.wait(days=3)
        if self.story.site:
            site.accept(self)
            return
        plain = {code: intake.Counted(value=value) for code, value in self.story.counters.items() if "/" not in code}
        self.on_case(
            intake.receive,
            signed_by="The owner's driver",
            mass_kg=self.story.mass_kg,
            place="Gate 1",
            packing="stand",
            counters=plain,
            evidence=(self.picture("data plate", self.story.plate), self.picture("core as it came")),
        )
        for code, value in self.story.counters.items():
            counter, slash, rating = code.partition("/")
            if slash:
                self.on_item(parts.read_counter, counter=counter, rating=rating, value=value, origin="photo")

    def identify(self) -> None:
        """The plate is read, the right to the core is seen."""
        mark = intake.Mark(kind="plate", text=" · ".join(self.story.plate[:2]))
        self.on_case(
            intake.identify,
            maker=self.story.maker,
            part_number=self.story.part_number,
            serial=self.story.serial,
            mark=mark,
            earlier_lives="unknown",
            right_shown="owner_order",
            evidence=(self.picture("data plate", self.story.plate),),
        )

    def grade(self) -> None:
        """Every question is answered with its best answer."""
        best = {
            one.code: next(answer.code for answer in one.answers if answer.outcome == "full")
            for one in self.story.family.criteria
        }
        self.on_case(intake.grade, answers=best)

    def accept(self) -> None:
        """The core manager takes the core into work."""
        self.on_case(intake.accept, value="8000")

    def open_work_order(self) -> None:
        """Class, standard and routing are frozen."""
        self.wait(days=4)
        self.on_case(
            restoration.open_work_order,
            target_class=self.story.claim_class,
            standard=STANDARD,
            edition=EDITION,
        )

    def take_apart(self) -> None:
        """Every place of the tree is recorded with what sits in it."""
        self.wait(days=1)
        for place in shop.places(self.tx.connection, self.case()):
            at = place.position
            if self.story.site and at.code not in self.story.site["worked"]:
                continue
            self.on_case(
                restoration.record_component,
                position=place.code,
                part_number=lives.number_of(self.story, at.code),
                serial=f"{self.story.serial}-{place.code}".upper() if at.serialised else None,
                mass_kg=_PART_MASS if at.mandatory_replace else None,
            )
        deep.tell(self, self.story.inside if not self.story.turn else (), serial=self.story.serial)
        self.on_case(restoration.disassemble, evidence=(self.picture("parts laid out"),))
        lives.tell(self, lives.load(self.story.lives, self.story.own_counters))

    def clean(self) -> None:
        """The parts are washed; water, energy and waste are booked."""
        self.on_case(
            restoration.clean,
            method="hot_wash",
            minutes="45",
            bath="Alkaline, 60 °C",
            water_l="320",
            energy_kwh="26.5",
            waste_kg="2.4",
        )

    def inspect(self) -> None:
        """Everything that the family asks for is measured."""
        self.wait(days=1)
        for route in self.routes():
            for asked in self.asked_of(route):
                self.measure(route, asked, self.story.found(asked))
        self.on_case(inspection.inspect)

    def decide(self) -> None:
        """Each component gets the first disposition that its worst verdict permits."""
        for route in self.routes():
            self.act(inspection.dispose, "inspection.dispose", route.item_id, disposition=self.chosen(route))
        self.on_case(inspection.disposition)

    def restore(self) -> None:
        """Operations are planned and done, what they restore is measured again, what goes out is replaced."""
        self.wait(days=2)
        worn = [one for one in self.routes() if one.disposition in shop.SALVAGE]
        works = {one.item_id: self.story.operations[one.component] for one in worn}
        plan = tuple(Planned(item=item, operation=work.code) for item, work in works.items())
        self.on_case(restoration.start_restoration, plan=plan)
        for route in worn:
            self.mend(route)
        steps = self.steps()
        for route in self.routes():
            if route.disposition in _REPLACES:
                self.swap(route, steps.get(route.component))

    def finish(self) -> None:
        """Somebody who did none of the operations looks at what they left."""
        self.act(restoration.finish_restoration, "restoration.finish_restoration", self.case_id, second=True)

    def build(self) -> None:
        """Every place is filled and the unit is weighed."""
        self.wait(days=1)
        gone = {route.replaces for route in self.routes()}
        for route in self.routes():
            if route.item_id not in gone:
                self.act(
                    restoration.install,
                    "restoration.install",
                    route.item_id,
                    torque_nm="84",
                    tool=self.instruments["torque-wrench"].number,
                )
        self.on_case(
            restoration.reassemble, unit_mass_kg=self.mass_after(), evidence=(self.picture("unit assembled"),)
        )

    def test(self) -> None:
        """The unit runs on the rig; a troubled one fails once, and what failed is put right."""
        if self.trouble:
            self.fail_once()
        if self.case().state == self.until:
            return
        if self.story.site:
            site.end(self)
        self.start_test()
        self.on_case(restoration.pass_test, points=self.points(), evidence=(self.picture("test record"),))

    def submit(self) -> None:
        """Quality compiles the dossier."""
        self.wait(days=1)
        never = "never-weighed" if self.story.site else None
        said = {"hazards": release.STATEMENTS[0], "regime": REGIME, "shares": self.story.shares}
        self.on_case(release.submit, balance=never, **said)

    def release(self) -> None:
        """Certifying staff who did no work sign what they see."""
        case = self.case()
        draft, sealed = papers.draft_of(self.tx.connection, case), papers.sealed_dossier(self.tx.connection, case)
        assert draft is not None, "the dossier was submitted"  # noqa: S101 -- for the type checker
        assert sealed is not None, "the dossier was submitted"  # noqa: S101 -- for the type checker
        record = papers.draft_record(self.tx.connection, case, sealed, draft)
        sign = release.release if self.key is None else self.key.signing(release.release)
        self.do(sign, "release.release", self.case_id, digest=papers.digest_of(record))

    def put_label(self) -> None:
        """A label is drawn, printed, applied, and read back where it sits."""
        new = self.on_item(labelling.reserve, placement="part", media=MEDIA, locale="en", kind="label")
        label = new.body.label
        self.act(labelling.print, "labelling.print", label, printer="Demonstration printer")
        self.act(labelling.apply, "labelling.apply", label, evidence=(self.picture("label on the part"),))
        row = labels.find_label(self.tx.connection, self.crew.org_id, label)
        self.label = row.payload
        self.act(labelling.read_back, "labelling.read_back", label, code=row.payload)

    def deliver(self) -> None:
        """The unit goes back to its owner and the warranty begins."""
        self.wait(days=2)
        local = self.tx.now.astimezone(ZoneInfo(self.crew.zone))
        self.on_case(
            labelling.deliver,
            customer=self.story.owner,
            delivery_note=f"DN-{self.story.serial}",
            warranty_from=local.date(),
            import_checked=True,
        )
        lives.run_on(self)

    # What the chapters are made of.

    def measure(self, route: Row, asked: Characteristic, values: Iterable[str], why: str | None = None) -> None:
        """One characteristic with the instrument that it asks for, or by the method that it is tested with."""
        given = {"characteristic": asked.code, "instrument": self.instruments[asked.instrument_class].id, "why": why}
        if asked.kind == "ndt":
            self.act(inspection.examine, "inspection.inspect", route.item_id, **given, **_shown_by(asked, values))
            return
        self.act(
            inspection.measure,
            "inspection.inspect",
            route.item_id,
            unit=asked.unit,
            values=tuple(values),
            temperature=self.story.site.get("temperature", "20.5"),
            humidity=self.story.site.get("humidity", "45"),
            **given,
        )

    def mend(self, route: Row) -> None:
        """One operation on a component, and its measurements afterwards."""
        work = self.story.operations[route.component]
        self.act(
            restoration.operate,
            "restoration.operate",
            route.item_id,
            operation=work.code,
            edition=_PROCEDURE,
            energy_kwh=work.energy,
            water_l=work.water,
            material="Consumables of the operation",
            batch="B-2026-1",
            material_kg=work.material,
            waste_kg=work.waste,
        )
        restores = next(one.restores for one in self.story.family.operations if one.code == work.code)
        for asked in self.asked_of(route):
            if asked.code in restores:
                self.measure(route, asked, self.story.left(asked))

    def steps(self) -> dict[str, str]:
        """The size that each mate of a part worked to a step has to have (I17)."""
        taken: dict[str, str] = {}
        for sized in bench.size_steps(self.tx.connection, self.crew.org_id, self.case_id):
            asked = next(one for one in self.story.family.characteristics if one.code == sized.characteristic)
            taken |= dict.fromkeys(() if asked.steps is None else asked.steps.mates, sized.step)
        return taken

    def swap(self, route: Row, step: str | None) -> None:
        """A new part comes in for one that goes out, in the size that its mate asks for."""
        serialised = self.story.family.position(route.component).serialised
        limited = self.story.family.is_limited(route.component)
        self.act(
            restoration.replace,
            "restoration.replace",
            route.item_id,
            origin="new",
            part_number=better.instead_of(self, route),
            release_reference="Supplier's certificate of conformity, demonstration",
            serial=f"{self.story.serial}-{route.position}-N".upper() if serialised else None,
            mass_kg=_PART_MASS,
            old_mass_kg=_PART_MASS,
            size_step=step,
            control_method="mutilation" if limited else None,
            evidence=(self.picture("part cut in two"),) if limited else (),
        )

    def chosen(self, route: Row) -> str:
        """The first disposition that the worst verdict permits; a part whose life has ended goes out."""
        may = set(self.options(route).permitted)
        ended = {one.item.id for one in shop.lifeless(self.tx.connection, self.case(), self.tx.now)}
        return "REPLACE_NEW" if route.item_id in ended and "REPLACE_NEW" in may else _chosen(may)

    def mass_after(self) -> str:
        """What the unit weighs when the balance closes."""
        used = shop.resources(self.tx.connection, self.case())
        change = Decimal(used["material"][0]) - Decimal(used["waste"][0])
        return format(Decimal(self.story.mass_kg) + change, "f")

    def start_test(self) -> None:
        """The run begins on the rig."""
        self.on_case(restoration.start_test, rig=self.instruments["test-rig"].number)

    def points(self, **other: str) -> tuple[Shown, ...]:
        """What every point of the procedures showed."""
        asked = [point for test in self.story.family.tests for point in test.points]
        return tuple(shown(one, other.get(one.code) or self.story.shown(one)) for one in asked)

    def fail_once(self) -> None:
        """A run that fails, the cause, what the board decides, and somebody who sees that it is done."""
        self.start_test()
        note = "Oil pressure fell while the unit ran warm."
        failed = self.on_case(restoration.fail_test, points=self.points(), note=note)
        if self.until == "REWORK":
            return
        self.on_case(restoration.resume_to_assembly, cause="assembly")
        self.settle(failed.body.nonconformity)


def _chosen(permitted: Iterable[str]) -> str:
    wanted = ("REPLACE_MANDATORY", "REUSE_AS_IS", "SALVAGE_SIZE_STEP", "SALVAGE", "ACCEPT_SERVICE_LIMIT", "REPLACE_NEW")
    there = set(permitted)
    return next(one for one in wanted if one in there)
