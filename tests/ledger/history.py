"""A small history that leaves rows in the record, the vault, the views and the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remanu.accounts import actions as accounts
from remanu.accounts import events as account_events
from remanu.accounts import queries
from remanu.ledger import seal
from remanu.ledger.kinds import Kind
from remanu.ledger.record import Act, Private, begin, record
from remanu.parts import actions as parts
from remanu.parts import events as part_events
from remanu.parts import queries as part_queries
from tests import people
from tests.builders import make_item

_HOUSE = account_events.Founded(
    name_en="Workshop One",
    name_zh_hans="一号车间",
    name_zh_hant="一號車間",
    country="XA",
    zone="Asia/Shanghai",
    roles=("workshop",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A case as the tests open it, without the features that would."""

    case: str
    number: int
    state: str = "RECEIVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Something without an effect."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A transition of such a case."""

    step: part_events.Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A component goes into a host."""

    case: str
    host: str
    place: str
    installation: str


def _open(tx, done):
    part_events.close_life(tx, done)
    part_events.open_case(
        tx, done, case=done.body.case, number=done.body.number, life=0, state=done.body.state
    )


def _fit(tx, done):
    b = done.body
    part_events.route(tx, done, case=b.case, position=b.place, found=True)
    part_events.dispose(tx, done, case=b.case, disposition="reuse")
    part_events.install(tx, done, installation=b.installation, host=b.host, position=b.place)


OPEN = Kind("test.open", 1, Opened, _open)
MOVE = Kind("test.move", 1, Moved, lambda tx, done: part_events.shift(tx, done, done.body.step))
NOTE = Kind("test.note", 1, Noted, lambda _tx, _done: None)
FIT = Kind("test.fit", 1, Fitted, _fit)
KINDS = {kind.name: kind for kind in (OPEN, MOVE, NOTE, FIT)}


def act(tx, actor=people.TECHNICIAN) -> Act:
    """An act of the tests' own kinds, which nobody has permission for."""
    return Act(tx, actor, next(iter(actor.roles)), tx.new_id(), tx.now, None)


def write(database, storage) -> str:
    """Tell the history; returns the case of its engine."""
    photo = storage.put(b"a photograph" * 40)
    ref = database.transact(_people)
    database.transact(lambda tx: accounts.erase(tx, accounts.system_actor(people.WORKSHOP, now=tx.now), ref))
    return database.transact(lambda tx: _parts(tx, photo))


def _people(tx) -> str:
    """Three members, one of whom leaves private words behind and is forgotten later; a tablet."""
    system = accounts.system_actor(people.WORKSHOP, now=tx.now)
    accounts.found(tx, system, organisation=_HOUSE)
    password = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"
    refs = [
        accounts.enrol(tx, system, login=name, name=f"Name of {name}", secret=password, roles=("technician",))
        for name in ("one", "two", "three")
    ]
    accounts.authorise(
        tx,
        system,
        refs[0],
        number="A-1",
        family="*",
        activity="test",
        site="Bay 1",
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
    )
    accounts.enrol_device(tx, system, name="Tablet")
    person = queries.find_person(tx.connection, people.WORKSHOP, refs[2])
    _sealed(tx, person.key_ref)
    _sealed(tx, queries.find_person(tx.connection, people.WORKSHOP, refs[0]).key_ref)
    _sealed(tx, seal.organisation_key(people.WORKSHOP))
    return refs[2]


def _sealed(tx, key_ref):
    item = part_queries.subject_of(
        part_queries.find_item(tx.connection, people.WORKSHOP, make_item(tx).subject.id)
    )
    body = part_events.MarkRead(mark=tx.new_id(), kind="plate", text="NW-6L", words=("nw-6l",))
    private = Private(key_ref=key_ref, fields={"note": "Customer asks for speed."})
    record(
        begin(tx, people.TECHNICIAN, "parts.read_mark"), part_events.READ_MARK, item, body, private=private
    )


def _parts(tx, photo: str) -> str:
    engine, pump = make_item(tx, serial="E-1"), make_item(tx, serial="P-1", component="pump")
    who = people.TECHNICIAN
    parts.read_mark(tx, who, engine.subject.id, kind="plate", mark="NW-6L-200 E-1")
    parts.read_counter(tx, who, engine.subject.id, counter="hours", value="8123.5", unit="h", origin="photo")
    shown = part_events.Cited(digest=photo, media_type="image/jpeg", size=480, shows="plate")
    parts.attach(tx, who, engine.subject.id, evidence=(shown,))
    case = tx.new_id()
    record(act(tx), OPEN, engine.subject, Opened(case=case, number=1))
    step = part_events.Step(case=case, source="RECEIVED", target="IDENTIFIED")
    record(act(tx), MOVE, engine.subject, Moved(step=step))
    fitted = Fitted(case=case, host=engine.subject.id, place="pump-1", installation=tx.new_id())
    record(act(tx), FIT, pump.subject, fitted)
    seal_ring = make_item(tx, serial="SE-1", component="seal", condition="unreleased")
    parts.fit(tx, who, pump.subject.id, position="seal", code=seal_ring.body.code)
    parts.remove(tx, who, seal_ring.subject.id, why="access", papers="WO-1")
    parts.hold(tx, people.BY_ROLE["quality"], case, why="paper")
    return case


def more(database) -> None:
    """Two more parts, which stay pending."""
    database.transact(lambda tx: [make_item(tx), make_item(tx)])
