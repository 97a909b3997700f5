"""What else may happen to cores: set apart, turned away, sent back, given up for parts, scrapped, delivered."""

from __future__ import annotations

from datetime import date, timedelta

from remanu.catalogue import actions as catalogue
from remanu.db import Tx
from remanu.intake import actions as intake
from remanu.intake.events import Reading
from remanu.labelling import actions as labelling
from remanu.ledger import fork
from remanu.parts import actions as parts
from remanu.parts import queries
from remanu.parts.events import Cited
from remanu.release import actions as releasing
from remanu.release import queries as release
from remanu.restoration import actions as restoration
from remanu.restoration.events.repair import Parameter
from remanu.restoration.queries import proposals
from tests import people
from tests.catalogue import own
from tests.intake import story
from tests.release import desk as desks

ENGINEER = people.BY_ROLE["engineering"]


def reference(tx: Tx) -> None:
    """A shared list of models, a type of our own that cites one, and a family that nobody built in."""
    model = catalogue.NewModel(
        code="NW6", maker="Nordwerk", model="NW-6L", kind="reciprocating", horsepower=240, thrust_lbf=1
    )
    about = {"title": "Models of the north", "source": "Register of XA, 2026"}
    catalogue.add_model(tx, ENGINEER, list_id="xa-models", models=(model,), **about)
    catalogue.define_type(
        tx,
        ENGINEER,
        family=story.FAMILY,
        component="engine",
        name_en="Engine",
        name_zh_hans="发动机",
        name_zh_hant="發動機",
        maker="Nordwerk",
        part_number="NW-6L-201",
        reference="xa-models/NW6",
    )
    pack = own.draft(tx, base="copier").subject.id
    own.approve(tx, pack)
    own.begin(tx, pack, day=tx.now.date() + timedelta(days=1))
    own.draft(tx, source=own.HOIST.replace('edition = "1"', 'edition = "2"', 1), base=pack)


def _core(tx: Tx, serial: str, **more) -> str:
    return story.received(tx, claimed={"serial": serial}, **more)


def apart(tx: Tx, photo: Cited) -> None:
    """A core of odd condition is set apart, cleared, and turned away."""
    case = _core(
        tx,
        "4D-1",
        evidence=(photo,),
        carrier="Fjord Freight",
        packing="crate",
        mass_kg="610",
        place="Gate 2",
        condition=(Reading(name="T24", value="641.82", unit="[degR]"),),
        simulated=True,
    )
    clerk, quality = people.BY_ROLE["receiving_clerk"], people.BY_ROLE["quality"]
    intake.quarantine(
        tx, clerk, case, place="Cage 2", reason="ownership_unclear", note="Two people claim it."
    )
    intake.release_from_quarantine(tx, quality, case, finding="Papers came.", cleared=True, evidence=(photo,))
    story.identified(tx, case, serial="4D-1", mark=intake.Mark(kind="plate", text="NORDWERK NW-6L-200 4D-1"))
    story.graded(tx, case, crankshaft="cracked")
    intake.reject(tx, people.BY_ROLE["core_manager"], case, reason="not_economic", note="Not worth it.")


def scrapped(tx: Tx, photo: Cited) -> None:
    """A core lacks its flywheel and is scrapped."""
    case = _core(tx, "4D-2", evidence=(photo,))
    story.identified(tx, case, serial="4D-2", mark=intake.Mark(kind="plate", text="NORDWERK NW-6L-200 4D-2"))
    story.graded(tx, case)
    story.accepted(tx, case)
    frozen = {"target_class": "REMANUFACTURED", "standard": "XA 28617", "edition": "2024"}
    restoration.open_work_order(tx, people.BY_ROLE["planner"], case, **frozen)
    restoration.record_component(tx, people.TECHNICIAN, case, position="flywheel", what="missing")
    restoration.scrap(tx, people.BY_ROLE["quality"], case, why="uneconomic", mass_kg="598", evidence=(photo,))


def donated(tx: Tx, photo: Cited) -> None:
    """A core gives its block, with the hours that it ran."""
    case = _core(tx, "4D-3", evidence=(photo,))
    story.identified(tx, case, serial="4D-3", mark=intake.Mark(kind="plate", text="NORDWERK NW-6L-200 4D-3"))
    story.graded(tx, case)
    story.accepted(tx, case)
    item = queries.find_case(tx.connection, people.WORKSHOP, case).item
    for value in ("11800", "12400"):
        parts.read_counter(tx, people.TECHNICIAN, item.id, counter="hours", value=value, origin="instrument")
    block = restoration.Wanted(
        position="cylinder-block", part_number="NW-BLOCK", serial="CB-3", mass_kg="210"
    )
    restoration.cannibalise(tx, people.BY_ROLE["planner"], case, harvest=(block,), owner_agrees=True)


def on_site(tx: Tx, photo: Cited) -> None:
    """A motor is worked on where it stands, behind a lock."""
    shown = Reading(name="Vibration", value="3.4", unit="mm/s")
    intake.accept_site(
        tx,
        people.TECHNICIAN,
        core=intake.Core(family="electromechanical", maker="Nordwerk", part_number="M-3200", serial="M-ZQ-7"),
        energies=("electrical", "mechanical"),
        permit="PTW-ZQ-118",
        site="Mill of Zabriskie",
        locks="LOCK-ZQ-14",
        temperature="31.5",
        humidity="48",
        baseline=(shown,),
        evidence=(photo,),
    )


def proposed(desk: desks.Desk) -> None:
    """A proposal is not followed: the planner saw more of the shaft."""
    one = desk.ask(proposals.proposals, desk.now()).parts[0]
    asked = {"about": one.route.item_id, "inputs": one.digest}
    desk.yard.act("planner", "decide_proposal", decision="not_followed", why="saw-more", **asked)


def sent_back(desk: desks.Desk) -> None:
    """The certifier finds something; it is mended, set down with its parameters, and comes again."""
    said = {"tests": "The curve of Zabriskie's engine is missing."}
    desk.act("certifying_staff", "send_back", findings=said)
    desk.yard.act("planner", "resume_to_assembly", cause="dossier")
    desk.yard.tell("start_test", "pass_test")
    desk.submit()


def operated(desk: desks.Desk) -> None:
    """An operation with a setting that is recorded."""
    speed = Parameter(name="wheel-speed", value="1800", unit="{rev}/min")
    used = {"operation": "crank-grinding", "edition": "P-7/3", "energy_kwh": "3", "waste_kg": "0.1"}
    desk.yard.act("technician", "operate", desk.yard.item("crankshaft"), parameters=(speed,), **used)


def delivered(desk: desks.Desk) -> None:
    """The engine goes to whoever ordered it."""
    place = desk.place
    porter = place.actor(place.member("porter", "logistics"))
    asked = {"customer": "Fjord Ferries", "delivery_note": "DN-17", "import_checked": True}
    place.do(labelling.deliver, porter, desk.case, warranty_from=date(2026, 3, 1), **asked)


def went_on(desk: desks.Desk) -> None:
    """The operator once brought back an old copy: two numbers are void."""
    gap = fork.Gap(
        log="id.example.test/log/2", former="id.example.test/log", here=1, signed=2, root="ab" * 32
    )
    last = desk.place.ask(release.issued, desk.place.org_id)[0].no + 2
    desk.place.do(releasing.restore, desk.place.system, gap=gap, last=last)
