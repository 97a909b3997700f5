"""Following a part by mail: asked for, confirmed, told, ended; sent at least once over a real connection."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu.config import Mail
from remanu.exchange import actions as exchange
from remanu.exchange.actions import posting
from remanu.exchange.actions.sending import Undelivered, connected
from remanu.exchange.models import Outbox, Subscription
from remanu.exchange.views import postman
from remanu.jobs.worker import Place
from remanu.ledger import seal
from remanu.storage import Folder
from tests import application
from tests.exchange import post

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
READER = "reader@example.test"


@pytest.fixture
def server():
    """A mail server without a certificate."""
    with post.office() as found:
        yield found


@pytest.fixture
def place(config, database, server):
    """The installation as the worker sees it, with that server."""
    return Place(replace(config, mail=server.mail()), database, Folder(config.evidence_dir))


@pytest.fixture
def stranger(place):
    """A reader's browser."""
    client = application.site(place.config, place.database).test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.99"
    return client


def rows(database, model):
    """Everything in a table."""
    with database.reading() as connection:
        return connection.execute(sa.select(model.__table__).order_by(model.id)).all()


def path(message, what):
    """The path of a link in a message."""
    return re.search(rf"https://[^/]+(/{what}/\S+)", message.get_content())[1]


def test_from_asking_to_forgetting(yard, stranger, place, server):
    """One message to confirm, nothing before that; then each change once; nothing is known after the end."""
    code = yard.part.yard.view().item.code
    assert "By mail" in stranger.get(f"/{code}/follow").text
    assert stranger.post(f"/{code}/follow", data={"address": "reader at home"}).status_code == 422
    for _ in range(2):
        answer = stranger.post(f"/{code}/follow?lang=zh-Hans", data={"address": READER})
        assert answer.status_code == 200
    postman.send_mail(place)
    ((to, first),) = server.taken
    assert (to, first["List-Unsubscribe-Post"]) == (READER, "List-Unsubscribe=One-Click")
    (row,) = rows(place.database, Subscription)
    assert READER.encode() not in row.address
    confirm = path(first, "follow")
    assert stranger.get(confirm).status_code == 200
    yard.part.act("quality", "review_release", yard.part.paper().id, reason="report-received")
    postman.send_mail(place)
    assert len(server.taken) == 1
    assert stranger.post(confirm[:-1] + ("0" if confirm[-1] != "0" else "1")).status_code == 404
    assert [stranger.post(confirm).status_code for _ in range(2)] == [200, 200]
    assert list(seal_faults(place.database)) == []

    yard.revoke()
    postman.send_mail(place)
    postman.send_mail(place)
    _, (to, told) = server.taken
    assert to == READER
    assert yard.part.yard.view().item.uri in told.get_content()
    end = path(told, "unfollow")
    assert f"<https://id.example.test{end}>" == told["List-Unsubscribe"]
    assert stranger.get(end).status_code == 200
    assert stranger.post(end, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post(end).status_code == 404
    assert (rows(place.database, Subscription), rows(place.database, Outbox)) == ([], [])


def seal_faults(database):
    """Rows of the vault that are not as they were written."""
    with database.reading() as connection:
        yield from seal.altered(connection, database.keyring)


@pytest.fixture
def asked(yard, database):
    """An address that waits to be confirmed."""
    item = yard.part.yard.view().item

    def work(tx, address=READER):
        return exchange.subscribe(tx, org_id=item.org_id, item_id=item.id, address=address, locale="en")

    return work


def test_a_worker_that_dies_sends_again_under_the_same_name(asked, database, place, server):
    """At least once: claimed, sent, not marked. After the lease it is sent again, and can be told by its name."""
    database.transact(asked)
    (one,) = rows(database, Outbox)
    held = database.transact(lambda tx: posting.claim(tx, one.org_id, one.id))
    with connected(place.config.mail) as deliver:
        deliver(postman._letter(place, postman._about(place, held)))
    postman.send_mail(place)
    assert len(server.taken) == 1
    database.clock.advance(minutes=6)
    postman.send_mail(place)
    assert len({message["Message-ID"] for _, message in server.taken}) == 1
    assert len(server.taken) == 2
    # The one that was thought dead comes back and changes nothing.
    database.transact(lambda tx: posting.put_off(tx, held, "late"))
    assert [row.state for row in rows(database, Outbox)] == ["sent"]
    database.clock.advance(minutes=6)
    postman.send_mail(place)
    assert len(server.taken) == 2


def test_tried_again_and_given_up(asked, database, place, server):
    """Refused for now: later. Refused for good: once. Nobody there: later, and never without an end."""
    database.transact(asked)
    server.refuse[READER] = "451 not now"
    postman.send_mail(place)
    (row,) = rows(database, Outbox)
    assert (row.state, row.problem, row.attempts) == ("waiting", "smtp-451", 1)
    postman.send_mail(place)
    assert rows(database, Outbox)[0].attempts == 1
    server.refuse[READER] = "550 nobody"
    database.clock.advance(minutes=2)
    postman.send_mail(place)
    (row,) = rows(database, Outbox)
    assert (row.state, row.problem, row.attempts) == ("failed", "smtp-550", 2)

    gone = Place(replace(place.config, mail=server.mail(port=1)), database, place.storage)
    database.transact(lambda tx: asked(tx, "other@example.test"))
    for _ in range(posting.TRIES):
        database.clock.advance(days=1)
        postman.send_mail(gone)
    assert {(one.state, one.problem, one.attempts) for one in rows(database, Outbox)[1:]} == {
        ("failed", "no-connection", posting.TRIES)
    }
    assert server.taken == []


@pytest.mark.parametrize(
    ("said", "state", "problem"),
    [
        ("452 no room", "waiting", "smtp-452"),
        ("554 not this", "failed", "smtp-554"),
        ("", "waiting", "no-connection"),
    ],
)
def test_what_a_server_says_to_the_message_itself(asked, database, place, server, said, state, problem):
    """It takes the address and then not the words: for now, for good, or it hangs up."""
    database.transact(asked)
    server.refuse["data"] = said
    postman.send_mail(place)
    (row,) = rows(database, Outbox)
    assert (row.state, row.problem, row.attempts) == (state, problem, 1)


@pytest.mark.parametrize(
    "change", [sa.delete(Subscription), sa.update(Subscription).values(address=b"somebody else's address" * 4)]
)
def test_nobody_is_sent_what_has_no_address(asked, database, place, server, change):
    """Forgotten meanwhile, or altered: given up at once."""
    database.transact(asked)
    database.transact(lambda tx: tx.execute(change))
    postman.send_mail(place)
    (row,) = rows(database, Outbox)
    assert (row.state, row.problem, server.taken) == ("failed", "address-gone", [])


def test_what_another_worker_has_is_left_to_it(asked, database, place):
    """Neither sent nor put off by the one who came second."""
    database.transact(asked)
    (one,) = rows(database, Outbox)
    database.transact(lambda tx: posting.claim(tx, one.org_id, one.id))
    taken = []
    postman._send(place, one, taken.append)
    postman._put_off(place, one, "no-connection")
    (row,) = rows(database, Outbox)
    assert (row.state, row.problem, row.attempts, taken) == ("sending", None, 1, [])


def test_what_is_old_goes_by_itself(asked, database, place):
    """The worker's hourly turn: an address nobody confirmed, a message settled a month ago."""
    database.transact(asked)
    exchange.forget_old(place)
    assert (len(rows(database, Subscription)), len(rows(database, Outbox))) == (1, 1)
    database.clock.advance(days=40)
    postman.send_mail(place)
    database.clock.advance(days=40)
    exchange.forget_old(place)
    assert (rows(database, Subscription), rows(database, Outbox)) == ([], [])


def test_what_is_limited_and_forgotten(asked, database, stranger, yard):
    """Three parts a day for one address; an address that nobody confirmed goes after two days."""
    item = yard.part.yard.view().item
    for n in range(3):
        database.transact(
            lambda tx, n=n: exchange.subscribe(
                tx, org_id=item.org_id, item_id=f"part-{n}", address=READER, locale="en"
            )
        )
    answer = stranger.post(f"/{item.code}/follow", data={"address": READER.upper()})
    assert answer.status_code == 429
    database.clock.advance(days=3)
    assert database.transact(exchange.subscribing.forget_unconfirmed) == 3
    database.clock.advance(days=40)
    database.transact(lambda tx: tx.execute(sa.update(Outbox).values(state="sent")))
    assert database.transact(posting.forget_sent) == 3


def test_without_a_server_nobody_is_offered_mail(config, database, yard):
    """The feed stays; in a demonstration the message goes to the log instead and counts as sent."""
    client = application.site(config, database).test_client()
    code = yard.part.yard.view().item.code
    page = client.get(f"/{code}/follow").text
    assert "By feed" in page
    assert "By mail" not in page
    assert client.post(f"/{code}/follow", data={"address": READER}).status_code == 422
    shown = replace(config, demonstration=True)
    item = yard.part.yard.view().item
    database.transact(
        lambda tx: exchange.subscribe(tx, org_id=item.org_id, item_id=item.id, address=READER, locale="en")
    )
    postman.send_mail(Place(config, database, Folder(config.evidence_dir)))
    assert [row.state for row in rows(database, Outbox)] == ["waiting"]
    postman.send_mail(Place(shown, database, Folder(config.evidence_dir)))
    assert [row.state for row in rows(database, Outbox)] == ["sent"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_connections_are_protected(security, tmp_path, engine):
    """With a certificate that is trusted, and not with any other; who we are is said inside alone."""
    pem = post.certificate(tmp_path)
    with post.office(pem=pem, tls=security == "tls") as found:
        message = postman.EmailMessage()
        message["To"], message["From"] = READER, "remanu@example.test"
        message.set_content("你好")
        mail = found.mail(security=security, authority=pem, user="remanu", password="secret")
        with connected(mail) as deliver:
            deliver(message)
        assert (found.secured, bool(found.user)) == ([True], True)
        with pytest.raises(Undelivered, match="no-trust"), connected(found.mail(security=security)):
            pass


def test_a_server_that_offers_no_protection_is_left(server, engine):
    """Nothing is sent in the clear where protection was asked for."""
    with pytest.raises(Undelivered), connected(server.mail(security="starttls")):
        pass
    assert server.taken == []
    assert Mail("h", 25, "a@b.c").security == "starttls"
