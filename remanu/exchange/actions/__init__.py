"""Doing exchange: what an act means for those who hold the part, and telling them; all stands under one name."""

from __future__ import annotations

from typing import Any

from remanu.db import Tx
from remanu.exchange.actions.cascade import (
    BATCH,
    JOB,
    Doubt,
    doubt_holders,
    doubt_of,
    job_of,
    on_linked,
    on_reviewed,
    on_revoked,
    reach,
    spread,
)
from remanu.exchange.actions.certified import JOB as NAMING
from remanu.exchange.actions.certified import (
    asked_of,
    name_the_rest,
    name_units,
    on_certification,
    on_reinstated,
)
from remanu.exchange.actions.notices import (
    on_notice,
    receive_notice,
    relay,
    relay_actor,
    send_notices,
    unheard,
)
from remanu.exchange.actions.posting import forget_sent, listeners, tell_people
from remanu.exchange.actions.reminding import JOB as REMINDING
from remanu.exchange.actions.reminding import remind
from remanu.exchange.actions.subscribing import (
    confirm,
    follow_reminders,
    forget_left,
    forget_unconfirmed,
    subscribe,
    unsubscribe,
)
from remanu.jobs.worker import Place
from remanu.ledger.kinds import Recorded

__all__ = [
    "BATCH",
    "JOB",
    "NAMING",
    "REMINDING",
    "Doubt",
    "asked_of",
    "confirm",
    "doubt_holders",
    "doubt_of",
    "follow_reminders",
    "forget_old",
    "job_of",
    "name_the_rest",
    "name_units",
    "on_certification",
    "on_linked",
    "on_notice",
    "on_reinstated",
    "on_reviewed",
    "on_revoked",
    "on_spoken",
    "reach",
    "receive_notice",
    "relay",
    "relay_actor",
    "remind",
    "spread",
    "subscribe",
    "unheard",
    "unsubscribe",
]


def on_spoken(tx: Tx, done: Recorded[Any]) -> None:
    """Tell whoever listens to a part what is said of it now, where this very event says it (a reaction)."""
    heard = listeners(tx, done)
    if heard.digest == done.commitment.hex():
        send_notices(tx, done, state=heard.state, holders=heard.holders)
        tell_people(tx, done, state=heard.state, people=heard.people)


def forget_old(place: Place) -> None:
    """Forget addresses that nobody confirmed or whose members left, and messages that were settled long ago."""
    place.database.transact(forget_unconfirmed)
    place.database.transact(forget_left)
    place.database.transact(forget_sent)
