"""What a demonstration shows of doubt: a block that is used as it is by concession, and a wrench that is recalled."""

from __future__ import annotations

from datetime import timedelta

from remanu.catalogue import actions as catalogue
from remanu.catalogue import queries as stock
from remanu.demo.tell import Teller
from remanu.inspection import actions as inspection
from remanu.inspection import queries as bench

_KEPT = "cylinder-block"
_DAYS = 180


def conceded(told: Teller) -> None:
    """The top face stays as it is: the board asks, the design authority approves, and the class is capped."""
    for route in told.routes():
        chosen = bench.REQUEST if route.component == _KEPT else told.chosen(route)
        told.act(inspection.dispose, "inspection.dispose", route.item_id, disposition=chosen)
    told.on_case(inspection.disposition)
    (found,) = bench.open_nonconformities(told.tx.connection, told.crew.org_id, told.case_id)
    told.act(inspection.review_nonconformity, "inspection.review_nonconformity", found.id)
    told.act(
        inspection.request_concession,
        "inspection.request_concession",
        found.id,
        expires=(told.tx.now + timedelta(days=_DAYS)).date(),
        quantity=1,
        note="The gasket seals up to 0.1 mm, as tried on the bench.",
    )
    told.act(inspection.approve_concession, "inspection.approve_concession", found.id)
    told.act(inspection.verify_nonconformity, "inspection.verify_nonconformity", found.id, seen=True)
    for chapter in (told.restore, told.finish, told.build, told.test, told.submit, told.release, told.put_label):
        chapter()


def recalled(told: Teller) -> None:
    """A wrench of its own sets the torques of this unit, falls after its release, and is recalled."""
    engineer = told.crew.people["engineering"]
    added = catalogue.add_instrument(
        told.tx, engineer, number="DEMO-W2", instrument_class="torque-wrench", name="Torque wrench of hall 2"
    )
    day = told.tx.now.date()
    inspection.calibrate(
        told.tx,
        engineer,
        added.subject.id,
        calibrated_on=day - timedelta(days=20),
        due=day + timedelta(days=_DAYS),
        result="passed",
        certificate="CAL-DEMO-W2",
    )
    wrench = stock.find_instrument(told.tx.connection, told.crew.org_id, added.subject.id)
    told.instruments = {**told.instruments, "torque-wrench": wrench}
    for chapter in (told.build, told.test, told.submit, told.release, told.put_label):
        chapter()
    told.wait(days=3)
    told.act(
        inspection.recall_instrument,
        "inspection.recall_instrument",
        wrench.id,
        why="check-failed",
        note="It clicks 9 % late on the tester.",
    )
