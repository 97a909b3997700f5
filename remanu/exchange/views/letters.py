"""Letters: what a message of the outbox says to whoever asked to be told, in the language in which he asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, cast

from babel import dates
from sqlalchemy.engine import Connection

from remanu.accounts.queries import find_organisation
from remanu.exchange.actions.subscribing import token
from remanu.keys import Keyring
from remanu.parts.queries import find_item
from remanu.provenance.views.words import FINDINGS
from remanu.web.locale import Locale, catalogue, conventions
from remanu.web.words import N_

_CONFIRM = N_("Do you want to be told about %(part)s?")
_CONFIRM_BODY = N_(
    "Somebody, probably you, wants this address to be told when what is said of this part changes:\n\n"
    "%(part)s\n%(uri)s\n\n"
    "Open this page and confirm it. Do nothing if it was not you: the address is forgotten in two days.\n\n"
    "%(confirm)s\n"
)
_CHANGED = N_("%(word)s: %(part)s")
_CHANGED_BODY = N_(
    "What is said of a part that you follow has changed.\n\n%(part)s\n%(word)s, since %(day)s\n\n"
    "The page of the part says why, and what was known before:\n%(uri)s\n\n"
    "This message proves nothing by itself: read the page.\n"
)
_CONFIRM_REMINDERS = N_("Do you want to be reminded for %(part)s?")
_CONFIRM_REMINDERS_BODY = N_(
    "Somebody, probably you, wants this address to be reminded of days of certificates of %(part)s: surveillance that "
    "falls due, and editions of standards that end.\n\n"
    "Open this page and confirm it. Do nothing if it was not you: the address is forgotten in two days.\n\n"
    "%(confirm)s\n"
)
_REMINDERS = {
    "surveillance": (
        N_("Surveillance of %(number)s is due on %(day)s"),
        N_(
            "The surveillance of certificate %(number)s is due on %(day)s (%(part)s).\n\n"
            "If it is missed for longer than the scheme allows, the body has to suspend the certificate.\n\n%(uri)s\n"
        ),
    ),
    "transition": (
        N_("Edition %(edition)s behind %(number)s ends on %(day)s"),
        N_(
            "Certificate %(number)s rests on edition %(edition)s of its standard, which holds until %(day)s "
            "(%(part)s).\n\nIt has to move to the new edition before that.\n\n%(uri)s\n"
        ),
    ),
}
_CERTIFICATION = {
    "suspended": N_("Product certification suspended"),
    "withdrawn": N_("Product certification withdrawn"),
    "reduced": N_("Product certification covers this model no longer"),
    "certified": N_("Product certification in force again"),
}
_DAY = len("2026-03-01")
_END = N_("You asked to be told. To end it and have your address forgotten, open:\n%(end)s\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter is about, and to whom it goes."""

    message: Any
    subscription: Any
    address: str
    part: str
    uri: str


def subject_of(connection: Connection, message: Any, origin: str) -> tuple[str, str]:
    """What a message is about, in a word and by its address: a part, or the certificates of an organisation."""
    if message.item_id != message.org_id:
        item = find_item(connection, message.org_id, message.item_id)
        return " ".join(filter(None, (item.name, item.serial))), item.uri
    says = json.loads(message.says)
    path = f"/recognised-products/{says['certification']}" if says else ""
    return find_organisation(connection, message.org_id).name_en, origin + path


def links(keyring: Keyring, origin: str, subscription_id: str) -> dict[str, str]:
    """The addresses by which a subscription is confirmed and ended."""
    return {
        "confirm": f"{origin}/follow/{subscription_id}/{token(keyring, subscription_id, 'confirm')}",
        "end": f"{origin}/unfollow/{subscription_id}/{token(keyring, subscription_id, 'end')}",
    }


def letter(about: About, *, keyring: Keyring, origin: str, sender: str) -> EmailMessage:
    """The message as it is handed to a mail server."""
    ways = links(keyring, origin, about.subscription.id)
    subject, body = written(about, ways)
    made = EmailMessage()
    made["From"] = sender
    made["To"] = about.address
    made["Subject"] = subject
    made["Date"] = format_datetime(about.message.created_at)
    made["Message-ID"] = about.message.message_id
    made["Auto-Submitted"] = "auto-generated"
    made["List-Unsubscribe"] = f"<{ways['end']}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(body)
    return made


def written(about: About, ways: dict[str, str]) -> tuple[str, str]:
    """Subject and text."""
    locale = cast("Locale", about.subscription.locale)
    say = catalogue(locale).gettext
    values = {"part": about.part, "uri": about.uri, **ways, **_said(about, locale)}
    first, text = _texts(about)
    return say(first) % values, f"{say(text) % values}\n{say(_END) % values}"


def _texts(about: About) -> tuple[str, str]:
    """Which subject and text it is, by what the message is of."""
    if about.message.kind == "reminder":
        return _REMINDERS[json.loads(about.message.says)["what"]]
    if about.message.kind == "changed":
        return _CHANGED, _CHANGED_BODY
    of_organisation = about.subscription.item_id == about.subscription.org_id
    return (_CONFIRM_REMINDERS, _CONFIRM_REMINDERS_BODY) if of_organisation else (_CONFIRM, _CONFIRM_BODY)


def _said(about: About, locale: Locale) -> dict[str, str]:
    says = json.loads(about.message.says)
    if not says:
        return {}
    if about.message.kind == "reminder":
        return {"number": says["number"], "edition": says["edition"], "day": _day(says["due_on"], locale)}
    word = _CERTIFICATION.get(says["state"]) or FINDINGS.get(says["state"], FINDINGS["unknown"]).word
    return {"word": catalogue(locale).gettext(word), "day": _day(says["at"][:_DAY], locale)}


def _day(text: str, locale: Locale) -> str:
    return str(dates.format_date(date.fromisoformat(text), "medium", locale=conventions(locale)))
