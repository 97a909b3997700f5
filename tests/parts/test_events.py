"""Every kind of event of parts: the views are what the events say."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict
from remanu.ledger import rebuild
from remanu.parts import actions, events, queries
from remanu.parts.events import Step
from remanu.parts.models import Case, InstalledNow, Item, SearchWord
from tests.ledger import history
from tests.parts import naming
from tests.parts.disk import whole


@pytest.fixture
def story(hall, clock):
    """Everything that can happen to parts, once, on the way of one engine."""
    case = hall.case("IN_SERVICE", serial="E-1", name="柴油发动机")
    item = case.item.id
    hall.fit(case, hall.item(component="cylinder-block", serial="B-1"))
    hall.do("technician", actions.read_mark, item, kind="cast", mark="NW 6L")
    wrong = hall.do("technician", actions.read_counter, item, counter="hours", value="90", origin="photo")
    hall.do(
        "technician", actions.read_counter, item, counter="hours", value="9", origin="photo",
        corrects=wrong.body.reading, why="A digit too many",
    )
    photo = events.Cited(digest="ab" * 32, media_type="image/png", size=3, shows="plate")
    hall.do("technician", actions.attach, item, evidence=(photo,))
    hall.do("technician", actions.control_part, whole(hall).id, method="record", reference="T-1")
    loose = hall.item(component="seal", serial="L-1", condition="released")
    hall.do("technician", actions.fit, item, position="seal", code=loose.code)
    hall.do("technician", actions.remove, loose.id, why="wear", papers="WO-1")
    elsewhere = "https://elsewhere.example.test/S-9"
    hall.do("technician", actions.link_record, loose.id, address=elsewhere, digest="cd" * 32)
    naming.confirmed(hall)
    naming.minted(hall, loose)
    mark = hall.do("technician", actions.add_identifier, item, value="NW-4711", marked=True).body.identifier
    hall.do("quality", actions.withdraw_identifier, item, identifier_id=mark, why="misread")
    gone = naming.confirmed(hall, "9506001").subject.id
    hall.do("admin", actions.end_prefix, gone, ended_from=date(2030, 1, 1))
    clock.advance(minutes=1)
    held = hall.do("quality", actions.hold, case.id, why="paper", note="Ask the owner")
    hall.do("quality", actions.lift_hold, case.id, hold_id=held.body.hold)
    hall.do("logistics", actions.field_event, case.id, what="inspection")
    clock.advance(days=1)
    hall.do("logistics", actions.return_core, case.id)
    return case


@pytest.fixture
def kinds(registry):
    """Everything that can happen, and what the tests make happen beside."""
    return {**registry, **history.KINDS}


def test_every_kind_happened(hall, story):
    """The story is a test of all kinds of parts, and of those that come later."""
    with hall.database.reading() as connection:
        happened = set(connection.exec_driver_sql("SELECT DISTINCT kind FROM event").scalars())
    assert {kind.name for kind in events.KINDS} <= happened


def test_a_replay_finds_no_difference(hall, story, kinds):
    """Views are what the events say."""
    assert not rebuild.check(hall.database, kinds).problems


@pytest.mark.parametrize(
    "spoiled",
    [
        sa.update(Case).values(closed_at=None),
        sa.update(Item).values(place="shelf"),
        sa.delete(SearchWord).where(SearchWord.word == "柴"),
        sa.delete(InstalledNow),
    ],
)
def test_the_control_of_the_replay(hall, story, kinds, spoiled):
    """What no event said is found."""
    hall.database.transact(lambda tx: tx.execute(spoiled))
    assert rebuild.check(hall.database, kinds).problems


def test_a_position_holds_one_item(hall):
    """I4: by key, and by the same key an item is in one position."""
    case = hall.case()
    block, twin = hall.item(component="cylinder-block"), hall.item(component="cylinder-block")
    hall.fit(case, block)
    with pytest.raises(sa.exc.IntegrityError):
        hall.fit(case, twin)
    other_case = hall.case()
    with pytest.raises(sa.exc.IntegrityError):
        hall.fit(other_case, block, "block")


def test_what_is_removed_may_sit_elsewhere(hall):
    """I4 over time: the former installation is closed when the item leaves."""
    case = hall.case()
    block = hall.item(component="cylinder-block")
    hall.fit(case, block)
    done = hall.do("technician", actions.read_mark, block.id, kind="cast", mark="B")
    hall.database.transact(lambda tx: events.remove(tx, done, item=block.id))
    hall.fit(hall.case(), block)
    assert [row.id for row in hall.ask(queries.installed, case.item.id)] == []


def test_lives_are_counted_without_gaps(hall):
    """I2: closing, opening the next, and the part knows its life; the same number twice is refused by key."""
    item = hall.item()
    done = hall.do("technician", actions.read_mark, item.id, kind="cast", mark="B")

    def next_life(tx):
        events.close_life(tx, done)
        events.open_life(tx, done, n=1, by="certificate")

    hall.database.transact(next_life)
    lives = hall.ask(queries.lives, item.id)
    assert [(row.n, row.closed_at is None) for row in lives] == [(1, True), (0, False)]
    assert hall.ask(queries.find_item, item.id).life == 1
    with pytest.raises(sa.exc.IntegrityError):
        hall.database.transact(lambda tx: events.open_life(tx, done, n=1, by="certificate"))


def test_a_case_moves_only_from_the_state_that_was_seen(hall):
    """The loser of a race gets Conflict, never silence; a closed case moves no more."""
    case = hall.case("IN_SERVICE")
    done = hall.do("technician", actions.read_mark, case.item.id, kind="cast", mark="B")
    seen = Step(case=case.id, source="RECEIVED", target="IDENTIFIED")
    with pytest.raises(Conflict):
        hall.database.transact(lambda tx: events.shift(tx, done, seen))
    with pytest.raises(Conflict):
        hall.database.transact(lambda tx: events.close_case(tx, done, seen))
    now = Step(case=case.id, source="IN_SERVICE", target="NONCONFORMING")
    hall.database.transact(lambda tx: events.close_case(tx, done, now))
    with pytest.raises(Conflict):
        hall.database.transact(lambda tx: events.shift(tx, done, now))


def test_condition_place_mass_and_public_state(hall):
    """What other features say of a part by shared effects."""
    item = hall.item()
    done = hall.do("technician", actions.read_mark, item.id, kind="cast", mark="B")

    def work(tx):
        events.set_condition(tx, done, "serviceable")
        events.set_place(tx, done, "Shelf 4")
        events.weigh(tx, done, "812.5")
        events.say(tx, done, "released")

    hall.database.transact(work)
    row = hall.ask(queries.find_item, item.id)
    assert (row.condition, row.place, row.mass_kg) == ("serviceable", "Shelf 4", "812.5")
    with hall.database.reading() as connection:
        said = connection.execute(sa.text("SELECT state, digest FROM public_state")).all()
    assert [tuple(one) for one in said] == [("released", done.commitment.hex())]
