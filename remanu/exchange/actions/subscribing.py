"""Subscribing to a part by mail: asked for, confirmed by a link that was sent there, ended by a link in every message.

None of it is an event: nobody is asked who he is, and what is known of him has to be gone when he says so.
"""

from __future__ import annotations

import hmac
import re
from datetime import timedelta

import sqlalchemy as sa

from remanu.accounts.actions.vault import keep
from remanu.db import Tx
from remanu.errors import BadInput, NotFound, TooMany
from remanu.exchange.actions.posting import post
from remanu.exchange.models import Outbox, RemindedMember, Subscription
from remanu.exchange.queries import listening
from remanu.exchange.queries.listening import Row
from remanu.keys import Keyring, decrypt, encrypt
from remanu.rules.actor import Actor

UNCONFIRMED = timedelta(days=2)
"""After this an address that nobody confirmed is forgotten."""
_A_DAY = timedelta(days=1)
_ASKED_A_DAY = 3
_PEOPLE_A_PART = 200
_LONGEST = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


def subscribe(tx: Tx, *, org_id: str, item_id: str, address: str, locale: str) -> str | None:
    """Note an address and post it a link to confirm; None where this address asked for this part already.

    Whoever asks is answered the same either way, so that nobody learns who listens. BadInput for what is no address;
    TooMany beyond three a day for an address and 200 for a part.
    """
    clean = _clean(address)
    digest = listening.address_digest(tx.keyring, clean)
    _check_room(tx, org_id, item_id, digest)
    if _known(tx, org_id, item_id, digest) is not None:
        return None
    new = tx.new_id()
    keep(
        tx,
        Subscription,
        org_id=org_id,
        id=new,
        item_id=item_id,
        address=encrypt(_key(tx.keyring, org_id), clean.encode(), bound_to=new.encode()),
        address_digest=digest,
        locale=locale,
        asked_at=tx.now,
        confirmed_at=None,
    )
    post(tx, org_id=org_id, item_id=item_id, kind="confirm", people=[new], says={})
    return new


def follow_reminders(tx: Tx, actor: Actor, *, address: str, locale: str) -> str | None:
    """The same for the reminders of one's organisation, which go there as long as one is its member."""
    org_id = actor.org_id
    new = subscribe(tx, org_id=org_id, item_id=org_id, address=address, locale=locale)
    digest = listening.address_digest(tx.keyring, _clean(address))
    mine = {"org_id": org_id, "subscription_id": _known(tx, org_id, org_id, digest), "ref": actor.ref}
    if tx.execute(sa.select(RemindedMember.ref).filter_by(**mine)).first() is None:
        tx.execute(sa.insert(RemindedMember).values(**mine))
    return new


def _known(tx: Tx, org_id: str, item_id: str, digest: bytes) -> str | None:
    chosen = sa.select(Subscription.id).filter_by(org_id=org_id, item_id=item_id, address_digest=digest)
    return tx.execute(chosen).scalar()


def _clean(address: str) -> str:
    given = address.strip()
    if len(given) > _LONGEST or not _ADDRESS.fullmatch(given):
        raise BadInput("address", "not-an-email")
    return given


def _check_room(tx: Tx, org_id: str, item_id: str, digest: bytes) -> None:
    lately = sa.select(sa.func.count()).where(
        Subscription.address_digest == digest, Subscription.asked_at > tx.now - _A_DAY
    )
    of_part = sa.select(sa.func.count()).where(Subscription.org_id == org_id, Subscription.item_id == item_id)
    if tx.execute(lately).scalar_one() >= _ASKED_A_DAY or tx.execute(of_part).scalar_one() >= _PEOPLE_A_PART:
        raise TooMany(retry_after=int(_A_DAY.total_seconds()))


def address_of(keyring: Keyring, row: Row) -> str:
    """The address of a subscription; Damaged where the row was altered."""
    return decrypt(_key(keyring, row.org_id), row.address, bound_to=row.id.encode()).decode()


def _key(keyring: Keyring, org_id: str) -> bytes:
    return keyring.mac("subscription:" + org_id, b"data key")


def token(keyring: Keyring, subscription_id: str, what: str) -> str:
    """The secret part of a link to confirm or to end a subscription: 128 bits, derived and stored nowhere."""
    return keyring.mac("subscription link", f"{what}:{subscription_id}".encode()).hex()[:32]


def find(tx: Tx, subscription_id: str, given: str, what: str) -> Row:
    """The subscription that a link opens; NotFound for a link that opens nothing, whyever."""
    row = listening.find_subscription(tx.connection, subscription_id)
    if row is None or not hmac.compare_digest(token(tx.keyring, subscription_id, what), given):
        raise NotFound(what="link")
    return row


def confirm(tx: Tx, subscription_id: str, given: str) -> Row:
    """Whoever reads what is sent to this address wants to be told; the link works once and then says the same."""
    row = find(tx, subscription_id, given, "confirm")
    if row.confirmed_at is None:
        values = {**row._mapping, "confirmed_at": tx.now}  # noqa: SLF001 -- the row's own public name for it
        del values["mac"]
        _remove(tx, row)
        keep(tx, Subscription, **values)
    return row


def unsubscribe(tx: Tx, subscription_id: str, given: str) -> Row:
    """Forget the address, and whatever still waits to be sent there."""
    row = find(tx, subscription_id, given, "end")
    _forget(tx, row)
    return row


def forget_left(tx: Tx) -> int:
    """Forget the addresses of members who are no longer here; how many."""
    gone = listening.left_behind(tx.connection)
    for row in gone:
        _forget(tx, row)
    # An address that nobody confirmed goes without asking who wanted it.
    same = sa.and_(
        Subscription.org_id == RemindedMember.org_id, Subscription.id == RemindedMember.subscription_id
    )
    tx.execute(sa.delete(RemindedMember).where(~sa.exists().where(same)))
    return len(gone)


def _forget(tx: Tx, row: Row) -> None:
    _remove(tx, row)
    for table in (Outbox, RemindedMember):
        tx.execute(sa.delete(table).where(table.org_id == row.org_id, table.subscription_id == row.id))


def _remove(tx: Tx, row: Row) -> None:
    tx.execute(sa.delete(Subscription).where(Subscription.org_id == row.org_id, Subscription.id == row.id))


def forget_unconfirmed(tx: Tx) -> int:
    """Forget addresses that nobody confirmed in two days; how many."""
    return tx.execute(
        sa.delete(Subscription).where(
            Subscription.confirmed_at.is_(None), Subscription.asked_at < tx.now - UNCONFIRMED
        )
    ).rowcount
