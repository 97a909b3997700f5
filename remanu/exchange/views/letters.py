"""Letters: what a message of the outbox says to whoever asked to be told, in the language in which he asked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, cast

from babel import dates

from remanu.exchange.actions.subscribing import token
from remanu.keys import Keyring
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
_CERTIFICATION = {
    "suspended": N_("Product certification suspended"),
    "withdrawn": N_("Product certification withdrawn"),
    "reduced": N_("Product certification covers this model no longer"),
    "certified": N_("Product certification in force again"),
}
_END = N_("You asked to be told. To end it and have your address forgotten, open:\n%(end)s\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter is about, and to whom it goes."""

    message: Any
    subscription: Any
    address: str
    part: str
    uri: str


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
    first, text = (_CONFIRM, _CONFIRM_BODY) if about.message.kind == "confirm" else (_CHANGED, _CHANGED_BODY)
    return say(first) % values, f"{say(text) % values}\n{say(_END) % values}"


def _said(about: About, locale: Locale) -> dict[str, str]:
    says = json.loads(about.message.says)
    if not says:
        return {}
    at = datetime.fromisoformat(says["at"])
    word = _CERTIFICATION.get(says["state"]) or FINDINGS.get(says["state"], FINDINGS["unknown"]).word
    return {
        "word": catalogue(locale).gettext(word),
        "day": dates.format_date(at.date(), "medium", locale=conventions(locale)),
    }
