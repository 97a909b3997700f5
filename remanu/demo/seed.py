"""Fills a demonstration: bodies, reference data, a life of every family, one unit in every state, a fleet of cores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from remanu.catalogue import actions as catalogue
from remanu.catalogue import queries as stock
from remanu.db import Database, Tx
from remanu.demo import agreements, bodies, endings, holders, keys, packs, pictures, story, world
from remanu.demo.hand import Instruments
from remanu.demo.keys import PlayedKey
from remanu.demo.tell import Teller
from remanu.demo.world import Crew
from remanu.families.fleet import Trend, cmapss_trends
from remanu.families.loader import load_all
from remanu.families.reference import SENSOR_UNITS, Snapshot, aero_models, cmapss_fleet
from remanu.inspection import actions as inspection
from remanu.intake import actions as intake
from remanu.intake.events import Reading
from remanu.parts.events import Cited
from remanu.parts.queries import find_item
from remanu.storage import Storage

BEGINS = datetime(2026, 1, 5, 1, tzinfo=UTC)
"""The first day of the demonstration's history; it ends before today."""
_CALIBRATED = date(2025, 12, 15)
_DUE = date(2027, 12, 15)
_LIST = "faa-engines-2023-04"
_BATCH = 500
_ORIGIN = "Federal Aviation Administration, Releasable Aircraft Database, engine reference file, April 2023"
_FLEET_FROM = date(2026, 5, 4)
_FLEET_A_DAY = 4
_FLEET_BATCH = 10
# Where the stories put what arrives, what is set apart, and a shelf that is still empty.
_SIGNS = ("Gate 1", "Cage 2", "Shelf 3")

Say = Callable[[str], None]


@dataclass(slots=True)
class _Place:
    """What every part of the seeding needs."""

    database: Database
    storage: Storage
    crew: Crew
    neighbour: Crew
    instruments: Instruments
    step: Say
    key: PlayedKey

    def tell(self, one: story.Story, **options: Any) -> Teller:
        """Tell a story in one transaction, which holds a few hundred acts."""

        def work(tx: Tx) -> Teller:
            teller = Teller(tx, self.crew, self.storage, one, self.instruments, **options)
            teller.key = self.key if one.family.id == keys.SHOWN else None
            teller.tell()
            return teller

        return self.database.transact(work)


def steps() -> int:
    """How often `step` is called."""
    return 5 + len(load_all()) + len(endings.ENDINGS) + 100 // _FLEET_BATCH


def seed(database: Database, storage: Storage, *, secret: str, step: Say) -> dict[str, Any]:
    """Fill an empty store; returns what a newcomer has to know: sign-ins, released units, what was made.

    Bulk: up to 500 acts a transaction (architecture.md §12).
    """
    crew, neighbour = database.transact(lambda tx: found(tx, secret))
    key = database.transact(lambda tx: keys.give(tx, crew))
    step("bodies and people")
    judges = database.transact(lambda tx: bodies.found(tx, storage, crew, secret))
    database.transact(lambda tx: agreements.agree(tx, judges, secret))
    step("certificates of products")
    models = _models(database, crew)
    database.transact(lambda tx: packs.write(tx, crew))
    instruments = database.transact(lambda tx: equip(tx, crew))
    step(f"{models} engine models of the reference list")
    place = _Place(database, storage, crew, neighbour, instruments, step, key)
    released = dict(_lives(place))
    states = dict(_endings(place)) | _inside(place)
    database.transact(lambda tx: bodies.later(tx, judges))
    engine = released["aero-engine"]["item"]
    database.transact(lambda tx: agreements.later(tx, judges, engine))
    step("what became of the certificates")
    fleet = _fleet(place)
    return {
        "sign_ins": sorted(crew.people),
        "neighbour_sign_ins": ["neighbour_technician", "neighbour_certifying_staff"],
        "body_sign_ins": [*bodies.SIGN_INS, *agreements.SIGN_INS],
        "certifications": judges.files,
        "released": released,
        "states": states,
        "made": {"reference_models": models, "simulated_cores": fleet, "instruments": len(instruments)},
    }


def found(tx: Tx, secret: str) -> tuple[Crew, Crew]:
    """The workshop with its people and the editions it works by, and a neighbour beside it."""
    crew = world.found(tx, world.WORKSHOP, secret)
    world.authorise(tx, crew, since=BEGINS.date())
    neighbour = world.found(tx, world.NEIGHBOUR, secret, prefix="neighbour_")
    engineer = crew.people["engineering"]
    for family, pack in load_all().items():
        catalogue.publish_edition(tx, engineer, family=family, applies_from=pack.applies_from)
    return crew, neighbour


def _models(database: Database, crew: Crew) -> int:
    rows = [
        catalogue.NewModel(
            code=one.code,
            maker=one.maker,
            model=one.model,
            kind=one.kind,
            horsepower=one.horsepower,
            thrust_lbf=one.thrust_lbf,
        )
        for one in aero_models()
    ]
    title = "Aircraft engine reference list"
    engineer = crew.people["engineering"]

    def work(tx: Tx) -> None:
        for at in range(0, len(rows), _BATCH):
            batch = rows[at : at + _BATCH]
            catalogue.add_model(tx, engineer, list_id=_LIST, title=title, source=_ORIGIN, models=batch)

    database.transact(work)
    return len(rows)


def equip(tx: Tx, crew: Crew) -> Instruments:
    """One instrument of every class, in calibration; types of the stories' units; places with a sign."""
    engineer = crew.people["engineering"]
    found = {}
    for n, (code, names) in enumerate(sorted(stock.instrument_classes(tx.connection, engineer.org_id).items()), 1):
        added = catalogue.add_instrument(
            tx, engineer, number=f"DEMO-{n:03d}", instrument_class=code, name=names.en
        )
        inspection.calibrate(
            tx,
            engineer,
            added.subject.id,
            calibrated_on=_CALIBRATED,
            result="passed",
            certificate=f"CAL-DEMO-{n:03d}",
            due=_DUE,
        )
        found[code] = stock.find_instrument(tx.connection, crew.org_id, added.subject.id)
    for family in load_all():
        _define(tx, crew, story.load(family))
    for name in _SIGNS:
        intake.add_place(tx, crew.people["receiving_clerk"], name=name)
    return found


def _define(tx: Tx, crew: Crew, one: story.Story) -> None:
    names = one.family.names
    catalogue.define_type(
        tx,
        crew.people["engineering"],
        family=one.family.id,
        component=one.family.root.code,
        name_en=one.type_name or one.name,
        name_zh_hans=f"{names.zh_hans} {one.part_number}",
        name_zh_hant=f"{names.zh_hant} {one.part_number}",
        maker=one.maker,
        part_number=one.part_number,
    )


def _lives(place: _Place) -> Iterator[tuple[str, dict[str, str]]]:
    """One complete, finished life of every family."""
    for family in load_all():
        one = story.load(family)
        told = place.tell(one, trouble=family == "diesel-engine")
        place.step(f"{one.claim_class.lower()}: {one.name}")
        yield family, _shown(place, told)


def _shown(place: _Place, told: Teller) -> dict[str, str]:
    with place.database.reading() as connection:
        item = find_item(connection, place.crew.org_id, told.item_id)
    return {"code": item.code, "url": told.label, "name": item.name, "item": item.id, "case": told.case_id}


def _endings(place: _Place) -> Iterator[tuple[str, dict[str, str]]]:
    """One more diesel engine in each state that a page may have to show."""
    model = story.load("diesel-engine")
    for n, (name, end) in enumerate(endings.ENDINGS.items(), 2):
        received = date(2026, 4, 6) + timedelta(days=5 * n)
        told = place.tell(model.again(n, received), until=end.until, trouble=end.until == "REWORK")
        with _bought(place, told) if name == "revoked" else nullcontext():
            if end.then is not None:
                place.database.transact(partial(_go_on, told=told, then=end.then))
        place.step(f"one more: {name.replace('-', ' ')}")
        yield name, _shown(place, told)


@contextmanager
def _bought(place: _Place, told: Teller) -> Iterator[None]:
    """The neighbour has this unit by the time of what happens to it, and hears of it afterwards."""
    item = place.database.transact(lambda tx: holders.let_in(tx, told, place.neighbour))
    yield
    place.database.transact(lambda tx: holders.hear(tx, told, place.neighbour, item))


def _inside(place: _Place) -> dict[str, dict[str, str]]:
    """A truck with an engine in it whose release was revoked."""
    engine = place.tell(story.load("diesel-engine").again(31, date(2026, 5, 4)), until="RELEASED")
    truck = place.tell(story.load("mining-truck").again(32, date(2026, 4, 20)))
    place.database.transact(lambda tx: holders.revoked_inside(tx, truck, engine))
    place.step("a truck with a part whose release was revoked")
    return {"holds-a-revoked-part": _shown(place, truck), "revoked-inside": _shown(place, engine)}


def _go_on(tx: Tx, told: Teller, then: Callable[[Teller], None]) -> None:
    moved = replace(told, tx=tx)
    tx.now = told.tx.now
    then(moved)


def _fleet(place: _Place) -> int:
    """The simulated fleet arrives as cores, each with its last snapshot as the condition it came in."""
    snapshots = list(zip(cmapss_fleet(), cmapss_trends(), strict=True))
    for at in range(0, len(snapshots), _FLEET_BATCH):
        batch = snapshots[at : at + _FLEET_BATCH]
        place.database.transact(partial(_cores, place=place, batch=batch))
        place.step(f"simulated cores up to unit {batch[-1][0].unit}")
    return len(snapshots)


def _cores(tx: Tx, place: _Place, batch: list[tuple[Snapshot, Trend]]) -> None:
    for one, trend in batch:
        _core(tx, place, one, trend)


def _core(tx: Tx, place: _Place, one: Snapshot, trend: Trend) -> None:
    day = _FLEET_FROM + timedelta(days=(one.unit - 1) // _FLEET_A_DAY)
    tx.now = datetime(day.year, day.month, day.day, 1 + one.unit % _FLEET_A_DAY, tzinfo=UTC)
    clerk = place.crew.people["receiving_clerk"]
    content = pictures.plate(("C-MAPSS FD001", f"Unit {one.unit:03d}", "SIMULATED ENGINE"))
    photo = Cited(
        digest=place.storage.put(content), media_type="image/png", size=len(content), shows="data plate"
    )
    serial = f"FD001-{one.unit:03d}"
    intake.receive(
        tx,
        clerk,
        core=intake.Core(
            family="aero-engine",
            name=f"Turbofan engine, C-MAPSS FD001 unit {one.unit} (simulated)",
            maker="C-MAPSS (simulated)",
            part_number="FD001",
            serial=serial if serial != story.load("aero-engine").serial else f"{serial}-B",
        ),
        owner="The owner, in XC",
        signed_by="The owner's driver",
        counters={"cycles": intake.Counted(value=str(one.cycles_seen))},
        condition=(*_readings(one), *_trend(trend)),
        simulated=True,
        evidence=(photo,),
    )


def _readings(one: Snapshot) -> Iterator[Reading]:
    for name, value in one.sensors.items():
        yield Reading(name=name, value=value, unit=SENSOR_UNITS[name])


def _trend(one: Trend) -> Iterator[Reading]:
    for name, (level, slope) in one.sensors.items():
        yield Reading(name=f"{name} level", value=level, unit=SENSOR_UNITS[name])
        yield Reading(name=f"{name} slope", value=slope, unit=f"{SENSOR_UNITS[name]}/cycle")
