"""What a demonstration shows of those who hold a part: a truck whose second engine was revoked, and a neighbour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from remanu.db import Tx
from remanu.demo.tell import Teller
from remanu.demo.world import Crew
from remanu.exchange import actions as exchange
from remanu.exchange.actions.subscribing import token
from remanu.ledger.record import begin
from remanu.parts import actions as parts
from remanu.parts.actions import NewItem, Unrecorded
from remanu.parts.queries import find_item
from remanu.release import actions as release

_PLACE = "auxiliary-engine"


def revoked_inside(tx: Tx, truck: Teller, engine: Teller) -> None:
    """An engine comes into a truck that is in service, and weeks later its release is revoked."""
    tx.now = max(truck.tx.now, engine.tx.now)
    truck, engine = replace(truck, tx=tx), replace(engine, tx=tx)
    truck.wait(days=2)
    item = find_item(tx.connection, engine.crew.org_id, engine.item_id)
    truck.act(parts.fit, "parts.fit", truck.item_id, position=_PLACE, code=item.code)
    _follow(tx, truck)
    truck.wait(days=20)
    engine.on_case(release.revoke_release, reason="measurement-wrong", holders_notified=True)


def _follow(tx: Tx, truck: Teller) -> None:
    """Its owner wants to be told; the message stands in the outbox, because a demonstration sends no mail."""
    who = {"org_id": truck.crew.org_id, "item_id": truck.item_id}
    new = exchange.subscribe(tx, address="fleet@owner.example", locale="en", **who)
    if new is not None:
        exchange.confirm(tx, new, token(tx.keyring, new, "confirm"))


def let_in(tx: Tx, told: Teller, crew: Crew) -> str:
    """The neighbour buys an engine and opens his own record of it, which goes on from the one on its label."""
    tx.now = told.tx.now + timedelta(days=3)
    one, who = told.story, crew.people["technician"]
    machine = NewItem(
        family=one.family.id,
        component=one.family.root.code,
        name="Generating set G 250",
        maker="Nordwerk Antriebe",
        part_number="G-250",
        serial="G250-0093",
        condition="serviceable",
        origin="used_serviceable",
    )
    host = parts.register(begin(tx, who, "parts.register"), machine).subject.id
    engine = Unrecorded(
        part_number=one.part_number, serial=one.serial, maker=one.maker, name=one.name, origin="reman"
    )
    done = parts.fit(tx, who, host, position="engine", new=engine, papers=told.label)
    told.tx.now = tx.now
    return done.subject.id


def hear(tx: Tx, told: Teller, crew: Crew, item_id: str) -> None:
    """His record hears what the other one says now."""
    tx.now = told.tx.now + timedelta(minutes=1)
    relay = exchange.relay_actor(crew.org_id, crew.zone)
    for digest in exchange.unheard(tx, crew.org_id, item_id):
        exchange.receive_notice(tx, relay, item_id, digest=digest)
