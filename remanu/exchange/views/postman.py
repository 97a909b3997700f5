"""The postman: hands what waits in the outbox to the mail server, or shows it where a demonstration has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import structlog

from remanu.errors import Damaged
from remanu.exchange.actions import posting
from remanu.exchange.actions.sending import Deliver, Undelivered, connected
from remanu.exchange.actions.subscribing import address_of
from remanu.exchange.queries import listening
from remanu.exchange.views.letters import About, letter, subject_of
from remanu.jobs.worker import Place

AT_ONCE = 20
"""How many messages go out at a time: the worker has other things to do."""
_NOBODY = "demonstration@example.invalid"
_log = structlog.get_logger("remanu.mail")


def offered(place: Any) -> bool:
    """Whether anybody can be told by mail here: there is a server, or a demonstration that shows what it would send."""
    return place.mail is not None or bool(place.demonstration)


def send_mail(place: Place) -> None:
    """Send what is due. Where the server cannot be reached, everything that was taken up is put off."""
    with place.database.reading() as connection:
        due = listening.due(connection, place.database.clock.now(), AT_ONCE)
    if not due or not offered(place.config):
        return
    try:
        with _way_out(place) as deliver:
            for one in due:
                _send(place, one, deliver)
    except Undelivered as problem:
        _log.warning("mail server", problem=problem.word)
        for one in due:
            _put_off(place, one, problem.word)


@contextmanager
def _way_out(place: Place) -> Iterator[Deliver]:
    if place.config.mail is None:
        yield _show
        return
    with connected(place.config.mail) as deliver:
        yield deliver


def _show(message: EmailMessage) -> None:
    _log.info("mail", subject=message["Subject"], to=message["To"], text=message.get_content())


def _put_off(place: Place, one: Any, problem: str) -> None:
    row = place.database.transact(lambda tx: posting.claim(tx, one.org_id, one.id))
    if row is not None:
        place.database.transact(lambda tx: posting.put_off(tx, row, problem))


def _send(place: Place, one: Any, deliver: Deliver) -> None:
    row = place.database.transact(lambda tx: posting.claim(tx, one.org_id, one.id))
    if row is None:
        return
    about = _about(place, row)
    if about is None:
        place.database.transact(lambda tx: posting.give_up(tx, row, "address-gone"))
        return
    try:
        deliver(_letter(place, about))
    except Undelivered as problem:
        settle, word = posting.give_up if problem.lasting else posting.put_off, problem.word
        place.database.transact(lambda tx: settle(tx, row, word))
        return
    place.database.transact(lambda tx: posting.sent(tx, row))


def _letter(place: Place, about: About) -> EmailMessage:
    mail = place.config.mail
    sender = _NOBODY if mail is None else mail.sender
    return letter(about, keyring=place.database.keyring, origin=place.config.label_origin, sender=sender)


def _about(place: Place, row: Any) -> About | None:
    """Whom a message goes to and what it is about; None where the address is forgotten or cannot be read."""
    with place.database.reading() as connection:
        subscription = listening.find_subscription(connection, row.subscription_id)
        if subscription is None:
            return None
        part, uri = subject_of(connection, row, place.config.label_origin)
    try:
        address = address_of(place.database.keyring, subscription)
    except Damaged:
        return None
    return About(message=row, subscription=subscription, address=address, part=part, uri=uri)
