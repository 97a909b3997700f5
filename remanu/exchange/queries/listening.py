"""Who listens when something is said of a part: records of others that go on from it, people who asked to be told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Membership
from remanu.exchange.models import Outbox, RemindedMember, Subscription
from remanu.keys import Keyring
from remanu.parts.models import PublicState, RecordLink

Row = sa.Row[*tuple[Any, ...]]
PAGE = 50
_URI: sa.BindParameter[str] = sa.bindparam("uri", type_=sa.Text())
_ORG: sa.BindParameter[str] = sa.bindparam("org_id", type_=sa.Text())
_ITEM: sa.BindParameter[str] = sa.bindparam("item_id", type_=sa.Text())
_EAR: sa.CompoundSelect[Any] = sa.union_all(
    sa.select(
        sa.literal("said").label("what"),
        PublicState.state.label("one"),
        PublicState.digest.label("two"),
    ).where(PublicState.uri == _URI),
    sa.select(sa.literal("record"), RecordLink.org_id, RecordLink.item_id).where(
        RecordLink.uri == _URI, RecordLink.org_id != _ORG
    ),
    sa.select(sa.literal("person"), Subscription.id, Subscription.item_id).where(
        Subscription.org_id == _ORG, Subscription.item_id == _ITEM, Subscription.confirmed_at.is_not(None)
    ),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """A part of another organisation whose record goes on from this one."""

    org_id: str
    item_id: str


@dataclass(frozen=True, slots=True)
class Ears:
    """What is said of a part to everybody now, by which event, and who wants to hear of it."""

    state: str
    digest: str
    holders: list[Holder]
    people: list[str]


def ears(connection: Connection, org_id: str, item_id: str, uri: str) -> Ears:
    """Everybody who listens to a part, in one statement."""
    rows = connection.execute(_EAR, {"uri": uri, "org_id": org_id, "item_id": item_id}).all()
    said = next((row for row in rows if row.what == "said"), None)
    return Ears(
        state="" if said is None else said.one,
        digest="" if said is None else said.two,
        holders=[Holder(row.one, row.two) for row in rows if row.what == "record"],
        people=[row.one for row in rows if row.what == "person"],
    )


def address_digest(keyring: Keyring, address: str) -> bytes:
    """By what two subscriptions of one address are known; nothing else can be learnt from it."""
    return keyring.mac("subscription address", address.lower().encode())


def find_subscription(connection: Connection, subscription_id: str) -> Row | None:
    """The subscription that a link names."""
    return connection.execute(sa.select(Subscription.__table__).where(Subscription.id == subscription_id)).first()


def due(connection: Connection, now: Any, limit: int) -> list[Row]:
    """Messages of all organisations whose time has come, the oldest first."""
    chosen = (
        sa.select(Outbox.org_id, Outbox.id)
        .where(Outbox.state.in_(("waiting", "sending")), Outbox.due_at <= now)
        .order_by(Outbox.due_at, Outbox.id)
        .limit(limit)
    )
    return list(connection.execute(chosen))


def outbox(connection: Connection, org_id: str, *, before: str = "") -> list[Row]:
    """A page of an organisation's messages, the newest first, below `before` (keyset)."""
    chosen = sa.select(Outbox.__table__).where(Outbox.org_id == org_id).order_by(Outbox.id.desc()).limit(PAGE)
    return list(connection.execute(chosen.where(Outbox.id < before) if before else chosen))


def members_following(connection: Connection, org_id: str) -> list[str]:
    """The confirmed subscriptions to the reminders of an organisation: they stand under its own id.

    Those alone that a member asked for who may act today: an address outlives a membership, the right to read does not.
    """
    chosen = sa.select(Subscription.id).where(
        Subscription.org_id == org_id,
        Subscription.item_id == org_id,
        Subscription.confirmed_at.is_not(None),
        asked_by(("active",)),
    )
    return list(connection.execute(chosen.order_by(Subscription.id)).scalars())


def asked_by(states: Collection[str]) -> sa.Exists:
    """Whether a member whose membership is in one of these states asked for the subscription."""
    same = sa.and_(Membership.org_id == RemindedMember.org_id, Membership.ref == RemindedMember.ref)
    asked = sa.select(RemindedMember.ref).join(Membership, same)
    return asked.where(
        RemindedMember.org_id == Subscription.org_id,
        RemindedMember.subscription_id == Subscription.id,
        Membership.state.in_(states),
    ).exists()


def left_behind(connection: Connection) -> list[Row]:
    """Subscriptions to reminders whose members are all gone; a suspended one may come back."""
    chosen = sa.select(Subscription.org_id, Subscription.id).where(
        Subscription.item_id == Subscription.org_id, ~asked_by(("active", "suspended"))
    )
    return list(connection.execute(chosen.order_by(Subscription.id)))
