"""What happened in the organisation that strangers must not see: an engine from the gate to its label."""

from __future__ import annotations

from datetime import date

from remanu.accounts import actions as accounts
from remanu.db import Tx
from remanu.demo import pictures
from remanu.exchange import actions as exchange
from remanu.inspection import queries as findings
from remanu.labelling import actions as labelling
from remanu.ledger import checkpoint, seal
from remanu.ledger.record import Private, begin, record
from remanu.parts import actions as parts
from remanu.parts import events, queries
from remanu.parts.events import Cited
from remanu.rules.actor import Actor
from remanu.storage import Storage
from tests import people
from tests.accounts import signer
from tests.accounts.place import Place
from tests.authenticator import Authenticator
from tests.builders import make_item
from tests.inspection import board
from tests.matrix import bench, certified, doubts, endings, lives, recognised, trees
from tests.matrix import desk as core_desk
from tests.release import desk as desks

SECRET = "Customer Zabriskie is late with paying."


def tell(place: Place, storage: Storage) -> desks.Desk:
    """Every story, one after the other."""
    photo = _photo(storage)
    place.do(_people)
    place.do(_private_note)
    _signs(place)
    desk = desks.opened(place)
    desk.yard.photo = photo
    for ending in (endings.apart, endings.scrapped, endings.donated):
        place.do(ending, photo)
    place.do(endings.reference)
    place.do(trees.rebuilt)
    place.do(endings.on_site, photo)
    place.do(lives.told, photo)
    place.do(core_desk.judged, photo)
    _renew(desk)
    desk.submit()
    endings.sent_back(desk)
    desk.release()
    _label(desk, photo)
    held = place.do(parts.hold, desk.yard.who["quality"], desk.case, why="identity").body.hold
    place.do(parts.lift_hold, desk.yard.who["quality"], desk.case, hold_id=held)
    place.do(lives.zero_time, desk.case, photo)
    endings.delivered(desk)
    endings.went_on(desk)
    doubts.conceded(desk, SECRET, photo)
    doubts.recalled(desk, SECRET)
    bench.told(place, photo)
    certified.told(place, SECRET, photo)
    recognised.told(place)
    followed(desk)
    checkpoint.advance(place.database)
    return desk


def followed(desk: desks.Desk) -> None:
    """The engine has a record elsewhere, and somebody wants to be told of it."""
    away = {"address": "https://id.example.net/8XK4M9QT2RWC7", "digest": "ab" * 32}
    desk.place.do(parts.link_record, desk.yard.who["technician"], desk.yard.unit, **away)
    keeper = desk.place.actor(desk.place.member("prefix.keeper", "admin"))
    first = {"prefix": "9506000", "applies_from": date(2020, 1, 1)}
    desk.place.do(parts.confirm_prefix, keeper, **first, evidence=(desk.yard.photo,))
    _sites(desk, keeper)
    officer = desk.place.actor(desk.place.member("key.giver", "label_officer"))
    key = {"scheme": "gs1-giai", "number": "9506000", "serial": "ROTOR"}
    desk.place.do(parts.mint_identifier, officer, desk.yard.unit, **key)
    desk.place.do(parts.add_identifier, desk.yard.who["technician"], desk.yard.unit, value="NW-4711", marked=True)
    who = {"org_id": desk.place.org_id, "item_id": desk.yard.unit}
    desk.place.do(exchange.subscribe, address="zabriskie@example.test", locale="en", **who)


def _sites(desk: desks.Desk, keeper: Actor) -> None:
    """A site was given up, and another is in use."""
    first = {"opened_on": date(2026, 1, 1), "places": ("Hall 9",), "usual": False}
    gone = desk.place.do(accounts.open_site, keeper, name="Old works", **first).subject.id
    desk.place.do(accounts.close_site, keeper, gone, closed_on=date(2026, 2, 1))
    desk.place.do(accounts.open_site, keeper, name="New works", **{**first, "usual": True})


def _photo(storage: Storage) -> Cited:
    content = pictures.plate(["NORDWERK NW-6L-200", "4D-77120"])
    return Cited(digest=storage.put(content), media_type="image/png", size=len(content), shows="plate.png")


def _renew(desk: desks.Desk) -> None:
    """The engine is made new again; its first test fails."""
    yard = desk.yard
    yard.until("DISPOSITIONED")
    endings.proposed(desk)
    yard.tell("start_restoration")
    endings.operated(desk)
    yard.tell("finish_restoration", "reassemble", "start_test", "fail_test")
    yard.act("planner", "resume", cause="assembly")
    yard.act("inspector", "finish_restoration")
    yard.act("technician", "reassemble")
    (raised,) = yard.ask(findings.open_nonconformities, yard.org_id, yard.case)
    yard.do(board.settled, yard.who["quality"], yard.who["inspector"], raised.id, note=SECRET)
    yard.tell("start_test", "pass_test")


def _label(desk: desks.Desk, photo: Cited) -> None:
    """A label is drawn, printed, put on, and read back; another waits in the printer."""
    place = desk.place
    officer = place.actor(place.member("label.officer", "label_officer"))
    asked = {"media": "roll-70x40", "locale": "en"}
    for placement, last in (("part", labelling.read_back), ("packing", None)):
        one = place.do(labelling.reserve, officer, desk.yard.unit, placement=placement, **asked).body.label
        place.do(labelling.print, officer, one, printer="Hall 2")
        if last is not None:
            place.do(labelling.apply, officer, one, evidence=(photo,))
            payload = place.ask(lambda connection, one=one: _payload(connection, place.org_id, one))
            place.do(last, officer, one, code=payload)
    _sent(place, officer, desk.yard.unit)


def _sent(place: Place, officer: Actor, unit: str) -> None:
    """A printer is known, and a label is on its way to it."""
    stock = {"media": "roll-70x40", "dpi": 203}
    known = {"name": "Zebra of hall 7", "driver": "zpl", "outlet": "zebra", **stock}
    printer = place.do(labelling.add_printer, officer, **known).subject.id
    asked = {"placement": "document", "media": "roll-70x40", "locale": "en"}
    waiting = place.do(labelling.reserve, officer, unit, **asked).body.label
    place.database.transact(lambda tx: labelling.ask_print(tx, officer, printer=printer, labels=[waiting]))
    looks = {"kind": "tag", "media": "roll-50x30", "side": "left", "share": "large"}
    place.do(labelling.draft_design, officer, name="Blue tags", rows=("part_number", "serial"), **looks)


def _payload(connection, org_id: str, label: str) -> str:
    from remanu.labelling import queries as labels  # noqa: PLC0415 -- beside its namesake of parts

    return labels.find_label(connection, org_id, label).payload


def _people(tx: Tx) -> None:
    """A tablet, an open invitation, an authorisation."""
    system = accounts.system_actor(people.WORKSHOP, now=tx.now)
    accounts.enrol_device(tx, system, name="Tablet of hall seven")
    accounts.invite(tx, system, token=people.LINK, roles=("technician",))
    called = {"login": "authorised.person", "name": "Quinn Zabriskie"}
    ref = accounts.enrol(tx, system, secret=None, roles=("inspector",), **called)
    again = {"login": "second.account", "name": "Quinn Zabriskie"}
    accounts.enrol(tx, system, secret=None, roles=("technician",), same_as=ref, **again)
    accounts.authorise(
        tx,
        system,
        ref,
        number="AUTH-ZQ-7719",
        family="*",
        activity="test",
        site="Hall seven",
        valid_from=date(2026, 1, 1),
        valid_to=date(2027, 1, 1),
    )


def _signs(place: Place) -> None:
    """Somebody with a passkey that signs and one that waits, codes, and a policy that somebody proposed."""
    one = signer.at_work(place)
    one.register()
    one.confirm().enrol_code()
    one.register(Authenticator())
    first = place.actor(place.member("proposes.policy", "admin"))
    place.do(accounts.propose_policy, first, ways=signer.actions_by("passkey"))


def _private_note(tx: Tx) -> None:
    """A part with a mark and a note that is sealed."""
    made = make_item(tx, serial="ZQ-4711-E").subject.id
    item = queries.subject_of(queries.find_item(tx.connection, people.WORKSHOP, made))
    body = events.MarkRead(mark=tx.new_id(), kind="plate", text="ZQ-4711-E", words=("zq-4711-e",))
    private = Private(key_ref=seal.organisation_key(people.WORKSHOP), fields={"note": SECRET})
    act = begin(tx, people.TECHNICIAN, "parts.read_mark")
    record(act, events.READ_MARK, item, body, private=private)
