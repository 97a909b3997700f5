"""Reading who is there now: live sessions, links, tablets, what people prove themselves by, failed tries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import (
    Attempt,
    Credential,
    Device,
    Invitation,
    Membership,
    Organisation,
    Person,
    Session,
)
from remanu.accounts.queries.people import Row, by_login, open_name
from remanu.errors import NotFound, TooMany
from remanu.keys import Keyring
from remanu.ledger.models import VaultKey
from remanu.rules import tokens
from remanu.rules.actor import Actor
from remanu.rules.passwords import normal_login
from remanu.rules.signing import Proof

IDLE = timedelta(minutes=15)
IDLE_ON_TABLET = timedelta(minutes=2)
LONGEST = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
TRIES_FOR_ACCOUNT = 10
TRIES_FROM_ADDRESS = 50
MEMORY = timedelta(days=1)
# Literals, because PostgreSQL takes no IS for our flags.
_FAILED, _WENT_WELL = (sa.literal(how, Attempt.ok.type) for how in (False, True))


@dataclass(frozen=True, slots=True)
class Tries:
    """The keys of one try, as keyed digests; empty where there is no address."""

    account: str
    address: str = ""
    both: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Those that there are."""
        return tuple(key for key in (self.account, self.address, self.both) if key)


@dataclass(frozen=True, slots=True)
class Live:
    """A session that may act now; `device` is the name of the shared tablet it is on."""

    id: str
    actor: Actor
    name: str
    organisation: Row
    device: str | None
    created_at: datetime
    seen_at: datetime


_SESSION = (
    sa.select(
        Session.__table__,
        Membership.roles.label("held"),
        Organisation.name_en,
        Organisation.name_zh_hans,
        Organisation.name_zh_hant,
        Organisation.zone,
        Person.sealed_name,
        Person.key_ref,
        VaultKey.wrapped,
        Device.name.label("device"),
    )
    .join(Membership, sa.and_(Membership.org_id == Session.org_id, Membership.ref == Session.ref))
    .join(Organisation, Organisation.org_id == Session.org_id)
    .join(Person, Person.id == Session.person_id)
    .join(VaultKey, VaultKey.ref == Person.key_ref)
    .outerjoin(Device, sa.and_(Device.org_id == Session.org_id, Device.id == Session.device_id))
    .where(
        Session.token_digest == sa.bindparam("digest"),
        Session.ended_at.is_(None),
        Membership.state == "active",
        Device.retired_at.is_(None),
    )
)


def load_session(connection: Connection, keyring: Keyring, token: str, now: datetime) -> Live | None:
    """Who holds this token, by one statement; None when the session, membership or tablet has ended."""
    row = connection.execute(_SESSION, {"digest": tokens.digest(token)}).first()
    if row is None or now - row.seen_at > idle_limit(row.device_id) or now - row.created_at > LONGEST:
        return None
    actor = Actor(
        org_id=row.org_id,
        person_id=row.person_id,
        ref=row.ref,
        roles=frozenset(json.loads(row.held)),
        source="web",
        zone=row.zone,
        device=row.device_id,
        fresh_until=row.fresh_until,
        proof=_proof(row, now),
    )
    name = open_name(keyring, row, row.person_id).name
    return Live(row.token_digest, actor, name, row, row.device, row.created_at, row.seen_at)


def _proof(row: Row, now: datetime) -> Proof:
    """One component is enough for a quarter of an hour after both were given in this session (T-R8)."""
    full = row.full_until is not None and row.full_until >= now
    return Proof("password+code" if full else "password", continued=full, session=row.token_digest)


def idle_limit(device_id: str | None) -> timedelta:
    """How long a session may rest: 15 minutes at a desk, 2 on a shared tablet (ASVS 7.3.1, T10)."""
    return IDLE if device_id is None else IDLE_ON_TABLET


def sessions_of(connection: Connection, org_id: str, ref: str, *, now: datetime) -> list[Row]:
    """Live sessions of a member, the one seen last first."""
    rows = connection.execute(
        sa.select(Session.__table__, Device.name.label("device"))
        .outerjoin(Device, sa.and_(Device.org_id == Session.org_id, Device.id == Session.device_id))
        .where(
            Session.org_id == org_id,
            Session.ref == ref,
            Session.ended_at.is_(None),
            Session.created_at > now - LONGEST,
        )
        .order_by(Session.seen_at.desc())
    )
    return [row for row in rows if now - row.seen_at <= idle_limit(row.device_id)]


def pending_invitations(connection: Connection, org_id: str, *, now: datetime) -> list[Row]:
    """Links that still work, newest first."""
    return list(
        connection.execute(
            sa.select(Invitation.__table__)
            .where(Invitation.org_id == org_id, Invitation.used_at.is_(None), Invitation.expires_at > now)
            .order_by(Invitation.id.desc())
        )
    )


def invitation(connection: Connection, token: str, *, now: datetime) -> Row:
    """The invitation behind a link; NotFound when it is unknown, used or too old, which all read the same."""
    kept = Invitation.token_digest == tokens.digest(token)
    row = connection.execute(sa.select(Invitation.__table__).where(kept)).first()
    if row is None or row.used_at is not None or row.expires_at <= now:
        raise NotFound(what="invitation")
    return row


def device_of(connection: Connection, keyring: Keyring, token: str) -> Row | None:
    """The tablet that holds this token, unless it was retired."""
    one = tokens.read(keyring.mac, "device", token)
    if one is None:
        return None
    return connection.execute(
        sa.select(Device.__table__).where(Device.id == one, Device.retired_at.is_(None))
    ).first()


def badge_digest(keyring: Keyring, badge: str) -> str:
    """The keyed digest under which a badge's code is found."""
    return keyring.mac("badge", normal_login(badge).encode()).hex()


def is_badge(connection: Connection, keyring: Keyring, read: str) -> bool:
    """Whether a scanned text is somebody's badge: half of what lets him in, which no page repeats or looks up."""
    found = sa.select(Credential.person_id).where(
        Credential.kind == "badge", Credential.hash == badge_digest(keyring, read)
    )
    return connection.execute(found.limit(1)).first() is not None


def credential(connection: Connection, person_id: str, kind: str) -> Row | None:
    """A person's password, PIN or badge as it is kept."""
    return connection.execute(
        sa.select(Credential.__table__).where(Credential.person_id == person_id, Credential.kind == kind)
    ).first()


def password_of(connection: Connection, keyring: Keyring, login: str) -> Row | None:
    """The kept password behind a login."""
    person = by_login(connection, keyring, login)
    return None if person is None else credential(connection, person.id, "password")


def pin_behind(connection: Connection, keyring: Keyring, badge: str) -> Row | None:
    """The kept PIN of the person who carries this badge."""
    person = connection.execute(
        sa.select(Credential.person_id).where(
            Credential.kind == "badge", Credential.hash == badge_digest(keyring, badge)
        )
    ).scalar()
    return None if person is None else credential(connection, person, "pin")


def try_keys(keyring: Keyring, account: str, address: str = "") -> Tries:
    """The keyed digests under which tries are counted: of the account, the address, and the two together."""
    names = (account, f"address:{address}", f"{account} from {address}") if address else (account,)
    return Tries(*(keyring.mac("attempt", name.encode()).hex() for name in names))


def check_tries(connection: Connection, tries: Tries, *, now: datetime) -> None:
    """TooMany with the seconds to wait, once an account or address failed too often in 15 minutes.

    Who got in from this address during the last day is not locked out by what strangers try elsewhere
    (ASVS 6.3.1): then only the failures from here count.
    """
    known = bool(tries.both) and _ended(connection, tries.both, _WENT_WELL, since=now - MEMORY, limit=1)
    limits = {tries.address: TRIES_FROM_ADDRESS, tries.both if known else tries.account: TRIES_FOR_ACCOUNT}
    for key, limit in limits.items():
        failed = _ended(connection, key, _FAILED, since=now - WINDOW, limit=limit)
        if len(failed) >= limit:
            raise TooMany(retry_after=max(1, int((failed[-1] + WINDOW - now).total_seconds())))


def _ended(
    connection: Connection, key: str, how: sa.ColumnElement[bool], *, since: datetime, limit: int
) -> Sequence[datetime]:
    return (
        connection.execute(
            sa.select(Attempt.at)
            .where(Attempt.key_digest == key, Attempt.ok == how, Attempt.at > since)
            .order_by(Attempt.at.desc())
            .limit(limit)
        )
        .scalars()
        .all()
    )
