"""Parts that go into each other and come out, with what counters showed, and changes to what units consist of."""

from __future__ import annotations

from remanu.db import Tx
from remanu.parts import actions as parts
from remanu.parts.actions import Read, Unrecorded
from remanu.restoration import actions as restoration
from tests import people
from tests.builders import make_item


def rebuilt(tx: Tx) -> None:
    """A pump goes into an engine with a seal in it, and comes out; a change is approved, another is withdrawn."""
    who = people.TECHNICIAN
    engine = make_item(tx, serial="ZQ-TREE-1")
    pump = make_item(tx, serial="ZQ-TREE-2", component="pump", condition="unreleased")
    reads = tuple(Read(whose=one, counter="hours", value="40") for one in ("item", "host"))
    code = pump.body.code
    parts.fit(tx, who, engine.subject.id, position="pump", code=code, papers="ZQ-DN-4", readings=reads)
    new = Unrecorded(part_number="ZQ-SEAL", serial="ZQ-TREE-3", name="Seal")
    parts.fit(tx, who, pump.subject.id, position="seal", new=new)
    parts.remove(tx, who, pump.subject.id, why="access", papers="ZQ-WO-5", readings=reads)
    parts.fit(tx, who, engine.subject.id, position="pump", code=code)
    engineer, approver = people.BY_ROLE["engineering"], people.BY_ROLE["approver"]
    asked = {"family": "diesel-engine", "component": "turbocharger", "why": "obsolete"}
    for number, verb in (("ZQ-EC-1", "withdraw_change"), ("ZQ-EC-2", "approve_change")):
        numbers = {"part_number": "ZQ-NEW", "instead_of": "ZQ-OLD"}
        made = restoration.propose_change(tx, engineer, number=number, what="substitute", **asked, **numbers)
        getattr(restoration, verb)(tx, approver, made.subject.id)
