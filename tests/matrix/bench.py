"""What happened at the bench where all stories are told: a crack, a second reading, a part past measuring."""

from __future__ import annotations

from datetime import date

from remanu.accounts import actions as accounts
from remanu.catalogue import actions as catalogue
from remanu.db import Tx
from remanu.inspection import actions as inspection
from remanu.parts.events import Cited
from remanu.restoration import actions as restoration
from remanu.rules.actor import Actor
from remanu.rules.ndt import Seen
from tests import people
from tests.accounts.place import Place
from tests.intake import story

_FLAT = "top-face-flatness"
_CRACKS = "crankshaft-cracks"
_QUALIFIED = {
    "number": "XA-NDT-ZQ",
    "family": "*",
    "activity": "ndt",
    "site": "Hall 3",
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2026, 12, 31),
    "scope": "MPI",
    "level": "2",
    "issuer": "Examiners of XA",
}


def told(place: Place, photo: Cited) -> None:
    """Measured blind and read twice; the shaft is cracked, then seen to be in two pieces."""
    first = place.actor(place.member("first.inspector", "inspector"))
    second = place.actor(place.member("second.inspector", "inspector"))
    quality = place.actor(place.member("keeper.of.papers", "quality"))
    place.do(accounts.authorise, quality, first.ref, **_QUALIFIED)
    place.do(_looked, first, second, quality, photo)


def _looked(tx: Tx, first: Actor, second: Actor, quality: Actor, photo: Cited) -> None:
    case = story.received(tx, claimed={"serial": "4D-9"}, evidence=(photo,))
    story.identified(tx, case, serial="4D-9")
    story.graded(tx, case)
    story.accepted(tx, case)
    frozen = {"target_class": "REMANUFACTURED", "standard": "XA 28617", "edition": "2024"}
    restoration.open_work_order(tx, people.BY_ROLE["planner"], case, **frozen)
    shaft, block = (_found(tx, case, one) for one in ("crankshaft", "cylinder-block"))
    inspection.set_bench(tx, quality, case, entry="blind", second="critical", qualified="role")
    gauge, set_ = (_tool(tx, first, one) for one in ("straight-edge", "magnetic-particle"))
    given = {"characteristic": _FLAT, "unit": "mm", "instrument": gauge, "humidity": "45"}
    inspection.measure(tx, first, block, values=("0.02",) * 6, uncertainty="0.005", **given)
    inspection.repeat(tx, second, block, values=("0.02",) * 5 + ("0.01",), **given)
    crack = Seen(kind="crack", position="12.5", length="3.2")
    inspection.examine(
        tx,
        first,
        shaft,
        characteristic=_CRACKS,
        method="MPI",
        procedure="NDT-12",
        procedure_edition="3",
        sensitivity="A1 shim",
        found="indications",
        indications=(crack,),
        instrument=set_,
    )
    inspection.condemn(tx, first, shaft, why="broken", evidence=(photo,))


def _found(tx: Tx, case: str, position: str) -> str:
    done = restoration.record_component(tx, people.TECHNICIAN, case, position=position, part_number="NW-1")
    return done.subject.id


def _tool(tx: Tx, inspector: Actor, code: str) -> str:
    made = catalogue.add_instrument(tx, inspector, number=f"ZQ-{code}", instrument_class=code, name="Tool")
    days = {"calibrated_on": date(2026, 2, 1), "due": date(2027, 1, 31)}
    inspection.calibrate(tx, inspector, made.subject.id, result="passed", certificate="CAL-ZQ", **days)
    return made.subject.id
