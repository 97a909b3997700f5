"""Handing messages to a mail server: one connection for a few of them, protected, and never in a transaction."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from remanu.config import Mail

PATIENCE = 10.0
"""Seconds that a mail server may take for one answer."""
_FOR_GOOD = 500
Deliver = Callable[[EmailMessage], None]


class Undelivered(Exception):
    """The server did not take a message; `lasting` where it never will. The word says why, and names nobody."""

    def __init__(self, word: str, *, lasting: bool = False) -> None:
        super().__init__(word)
        self.word = word
        self.lasting = lasting


@contextmanager
def connected(mail: Mail) -> Iterator[Deliver]:
    """A connection on which messages can be handed over; Undelivered where there is none."""
    try:
        client = _open(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(_word(error)) from error
    try:
        yield lambda message: _deliver(client, message)
    finally:
        _leave(client)


def _open(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE, context=_trust(mail))
    else:
        client = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE)
    try:
        _introduce(client, mail)
    except (OSError, smtplib.SMTPException):
        client.close()
        raise
    return client


def _introduce(client: smtplib.SMTP, mail: Mail) -> None:
    if mail.security == "starttls":
        client.starttls(context=_trust(mail))
    if mail.user:
        client.login(mail.user, mail.password)


def _trust(mail: Mail) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=None if mail.authority is None else str(mail.authority))


def _deliver(client: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        client.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise Undelivered(f"smtp-{code}", lasting=code >= _FOR_GOOD) from error
    except smtplib.SMTPDataError as error:
        raise Undelivered(_word(error), lasting=error.smtp_code >= _FOR_GOOD) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(_word(error)) from error


def _leave(client: smtplib.SMTP) -> None:
    try:
        client.quit()
    except (OSError, smtplib.SMTPException):
        client.close()


def _word(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp-{error.smtp_code}"
    return "no-trust" if isinstance(error, ssl.SSLError) else "no-connection"
