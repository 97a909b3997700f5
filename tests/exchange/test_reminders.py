"""Body and holder are reminded of days of a certificate, 60, 30 and 7 days before, each once, by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from remanu.accounts import actions as accounts
from remanu.certification import actions as certification
from remanu.certification.actions import NewEdition
from remanu.certification.queries import reminding
from remanu.exchange import actions as exchange
from remanu.exchange.models import Outbox, RemindedMember, Reminder, Subscription
from remanu.exchange.views import postman
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Place, Run
from remanu.storage import Folder
from tests import application
from tests.accounts.place import Place as House
from tests.certification import story
from tests.certification.story import BODY, HOLDER, OWNER, who
from tests.exchange import post
from tests.exchange.test_mail import path
from tests.intake.desk import Desk

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
READER = "reader@example.test"


def test_the_days_are_dated_data():
    """With a source; before the first row applies nobody is reminded."""
    assert reminding.steps_on(date(2026, 3, 1))["surveillance"] == (60, 30, 7)
    assert reminding.steps_on(date(2025, 12, 31)) == {"surveillance": (), "transition": ()}
    assert all(one.source for one in reminding.every())


@pytest.fixture
def granted(database):
    """A certificate that was issued today."""
    return story.told(database, "granted")


@pytest.fixture
def server():
    """A mail server."""
    with post.office() as found:
        yield found


@pytest.fixture
def place(config, database, server):
    """The installation as the worker sees it, with that server."""
    return Place(replace(config, mail=server.mail()), database, Folder(config.evidence_dir))


def run(place):
    """The daily job; how many messages it wrote."""
    job = place.database.transact(lambda tx: jobs.create(tx, exchange.REMINDING, {}))
    return exchange.remind(Run(place, jobs.claim(place.database, job)))["written"]


def follow(place, org_id, address=READER):
    """A member follows the reminders of his organisation, confirmed; returns the organisation and his pseudonym."""
    house = House(place.database, org_id, place.config)
    ref = house.member(f"reader@{org_id[-4:]}", "supervisor")
    ask(place, house.actor(ref), address)
    return house, ref


def ask(place, member, address=READER):
    """He asks, and confirms where that is still to be done."""

    def work(tx):
        new = exchange.follow_reminders(tx, member, address=address, locale="en")
        if new is not None:
            exchange.confirm(tx, new, exchange_token(tx, new))
        tx.execute(sa.delete(Outbox))

    place.database.transact(work)


def kept(place):
    """How many addresses and how many members who asked are kept."""
    with place.database.reading() as connection:
        tables = (Subscription, RemindedMember)
        return [connection.execute(sa.select(sa.func.count()).select_from(one)).scalar_one() for one in tables]


def exchange_token(tx, new):
    """The secret part of the link that confirms."""
    from remanu.exchange.actions.subscribing import token  # noqa: PLC0415 -- beside its namesakes

    return token(tx.keyring, new, "confirm")


def noted(database):
    """Which reminders were noted: whose, of what, how many days before."""
    asked = sa.select(Reminder.org_id, Reminder.what, Reminder.days).order_by(Reminder.days.desc(), Reminder.org_id)
    with database.reading() as connection:
        return [tuple(one) for one in connection.execute(asked)]


@SQLITE
def test_once_each_over_the_last_two_months(granted, place, server):
    """Whatever the worker is asked in between; body and holder, and after the day nobody."""
    follow(place, BODY)
    follow(place, HOLDER, "holder@example.test")
    due = date.fromisoformat(granted.found_file().row.due_on)
    granted.later((due - granted.today).days - 61)
    written = {}
    for left in range(61, -3, -1):
        written[left] = run(place) + run(place)
        granted.later(1)
    assert {left: n for left, n in written.items() if n} == {60: 2, 30: 2, 7: 2}
    assert [days for _org, _what, days in noted(place.database)] == [60, 60, 30, 30, 7, 7]
    postman.send_mail(place)
    to, message = server.taken[0]
    assert to in {READER, "holder@example.test"}
    assert "Surveillance of PC-000001 is due on" in message["Subject"]
    assert f"/recognised-products/{granted.file}" in message.get_content()
    assert path(message, "unfollow")


def test_an_edition_that_ends(granted, place):
    """Before the last day of its transition; a certificate that moved is not reminded."""
    steward = who(OWNER, "steward")
    new = NewEdition(standard="XA 28619", edition="2026", applies_from=granted.today)
    end = granted.today + timedelta(days=40)
    granted.do(certification.add_edition, steward, granted.scheme, edition=new, transition_end=end)
    follow(place, HOLDER)
    assert run(place) == 1
    assert ("transition", 60) in {(what, days) for _org, what, days in noted(place.database)}
    granted.later(15)
    with place.database.reading() as connection:
        (one,) = reminding.coming(connection, granted.today)
    assert (one.what, one.edition, one.due_on, one.holder) == ("transition", story.EDITION, end, HOLDER)
    place.database.transact(
        lambda tx: tx.connection.exec_driver_sql("UPDATE product_certification SET edition = '2026'")
    )
    assert run(place) == 0


def test_nothing_goes_to_whoever_left(granted, place):
    """Suspended he hears nothing, reinstated again; once his membership ended the address is forgotten."""
    house, ref = follow(place, BODY)
    boss = replace(house.system, fresh_until=place.database.clock.now() + timedelta(days=400))
    due = date.fromisoformat(granted.found_file().row.due_on)
    granted.later((due - granted.today).days - 60)
    house.do(accounts.suspend, boss, ref, why="left")
    assert run(place) == 0
    exchange.forget_old(place)
    assert kept(place) == [1, 1], "who is suspended may come back"
    house.do(accounts.reinstate, boss, ref)
    granted.later(30)
    assert run(place) == 1
    house.do(accounts.erase, boss, ref)
    granted.later(23)
    assert run(place) == 0
    exchange.forget_old(place)
    assert kept(place) == [0, 0]


@SQLITE
def test_one_address_of_two_members(granted, place):
    """It is kept as long as one of them is here; asked a second time, the answer is the same."""
    house, ref = follow(place, BODY)
    other = house.member("second", "supervisor")
    for _twice in range(2):
        ask(place, house.actor(other))
    assert kept(place) == [1, 2]
    boss = replace(house.system, fresh_until=place.database.clock.now() + timedelta(days=400))
    house.do(accounts.erase, boss, ref)
    exchange.forget_old(place)
    assert kept(place) == [1, 2]
    house.do(accounts.erase, boss, other)
    exchange.forget_old(place)
    assert kept(place) == [0, 0]


@SQLITE
def test_what_ended_is_not_reminded_of(granted, place):
    """Control: withdrawn, nobody watches it any longer."""
    due = date.fromisoformat(granted.found_file().row.due_on)
    granted.later((due - granted.today).days - 20)
    with place.database.reading() as connection:
        assert [one.what for one in reminding.coming(connection, granted.today)] == ["surveillance"]
    story.decide(granted, certification.withdraw_certification, reason="misuse")
    assert run(place) == 0
    assert noted(place.database) == []


@SQLITE
def test_a_member_asks_by_page_and_confirms_by_mail(granted, place, server):
    """One message with a link; without mail the page says so; the outbox names the certificate."""
    house = House(place.database, BODY, place.config)
    desk = Desk(house, application.site(place.config, place.database))
    assert "Be reminded by mail" in desk.get("evaluator", "/certification/desk").text
    address = "/certification/reminders"
    assert "Your e-mail address" in desk.get("evaluator", address).text
    assert desk.post("evaluator", address, address="at home").status_code == 422
    answer = desk.post("evaluator", address, address=READER)
    assert "One more step" in answer.text
    postman.send_mail(place)
    ((to, message),) = server.taken
    assert (to, message["Subject"]) == (READER, "Do you want to be reminded for Certifiers of XA?")
    assert desk.post("evaluator", path(message, "follow")).status_code == 200
    due = date.fromisoformat(granted.found_file().row.due_on)
    granted.later((due - granted.today).days - 5)
    assert run(place) == 1
    assert "PC-000001" in desk.get("supervisor", "/outbox").text


@SQLITE
def test_without_mail_the_page_says_so(granted, config, database):
    """And takes no address."""
    desk = Desk(House(database, BODY, config), application.site(config, database))
    assert "This installation sends no mail" in desk.get("evaluator", "/certification/reminders").text
    assert desk.post("evaluator", "/certification/reminders", address=READER).status_code == 422
