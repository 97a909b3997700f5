"""What can happen to organisations and people: bodies without names, and their effect on the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.events.signing import KINDS as SIGNING_KINDS
from remanu.accounts.events.signing import begin_policy
from remanu.accounts.events.sites import KINDS as SITE_KINDS
from remanu.accounts.models import (
    Authorisation,
    Credential,
    Device,
    Membership,
    Organisation,
    OwnFamily,
    Person,
    PersonRef,
    SamePerson,
    Session,
)
from remanu.clock import parse_stamp
from remanu.db import Tx
from remanu.ledger import seal
from remanu.ledger.kinds import Kind, Recorded, unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """An organisation enters the record; `country` is a two-letter code, `zone` an IANA name.

    `signing` is the weakest way by which its acts are signed until it decides otherwise; a password where it says
    nothing.
    """

    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    country: str
    zone: str
    roles: tuple[str, ...]
    number: str | None = None
    signing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A one-time link was made, for somebody new or for a member who lost the password."""

    invitation: str
    roles: tuple[str, ...]
    expires: str
    member: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A person became a member; `name_commitment` is SHA-256(salt ‖ JCS{name}) as hex (trust.md §7)."""

    roles: tuple[str, ...]
    name_commitment: str
    invitation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesAssigned:
    """A member holds these roles from now on."""

    roles: tuple[str, ...]
    was: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorised:
    """A member may sign within this scope; `valid_to` is the moment at which it has ended.

    `scope` narrows the activity to one method or procedure, `level` and `issuer` are those of the certificate that
    the person holds for it; all three are absent where the organisation asks for none.
    """

    authorisation: str
    number: str
    family: str
    activity: str
    site: str
    valid_from: str
    valid_to: str
    scope: str | None = None
    level: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationWithdrawn:
    """An authorisation ends before its date."""

    authorisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended:
    """A member may do nothing until reinstated; `why` is a word of a closed list."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reinstated:
    """A suspended member may act again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePeople:
    """The member is the same human being as `other`; `refs` are all members who are that one person from now on."""

    other: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """A person is forgotten: `keys` are destroyed; keys in `kept` still serve other organisations."""

    keys: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceEnrolled:
    """A shared tablet may be used by members with badge and PIN."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRetired:
    """A shared tablet is out of use, lost or replaced."""


def words(roles: tuple[str, ...]) -> str:
    """A closed list of words as it stands in a column."""
    return json.dumps(sorted(roles))


def _found(tx: Tx, done: Recorded[Founded]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Organisation).values(
            org_id=done.org_id,
            name_en=b.name_en,
            name_zh_hans=b.name_zh_hans,
            name_zh_hant=b.name_zh_hant,
            country=b.country,
            zone=b.zone,
            roles=words(b.roles),
            number=b.number,
        )
    )
    if b.signing is not None:
        begin_policy(tx, done, b.signing)


def _invite(_tx: Tx, _done: Recorded[Invited]) -> None:
    """Changes no view: the link itself is working data, which a rebuild leaves alone."""


def _join(tx: Tx, done: Recorded[Joined]) -> None:
    tx.execute(
        sa.insert(Membership).values(
            org_id=done.org_id,
            ref=done.subject.id,
            roles=words(done.body.roles),
            state="active",
            joined_at=done.at,
        )
    )


def _assign_roles(tx: Tx, done: Recorded[RolesAssigned]) -> None:
    _change(tx, done, roles=words(done.body.roles))


def _authorise(tx: Tx, done: Recorded[Authorised]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Authorisation).values(
            org_id=done.org_id,
            id=b.authorisation,
            ref=done.subject.id,
            number=b.number,
            family=b.family,
            activity=b.activity,
            site=b.site,
            valid_from=parse_stamp(b.valid_from),
            valid_to=parse_stamp(b.valid_to),
            scope=b.scope,
            level=b.level,
            issuer=b.issuer,
        )
    )


def _withdraw_authorisation(tx: Tx, done: Recorded[AuthorisationWithdrawn]) -> None:
    tx.execute(
        sa.update(Authorisation)
        .where(Authorisation.org_id == done.org_id, Authorisation.id == done.body.authorisation)
        .values(withdrawn_at=done.at)
    )


def _suspend(tx: Tx, done: Recorded[Suspended]) -> None:
    _change(tx, done, state="suspended")


def _reinstate(tx: Tx, done: Recorded[Reinstated]) -> None:
    _change(tx, done, state="active")


def _change(tx: Tx, done: Recorded[Any], **values: str) -> None:
    tx.execute(
        sa.update(Membership)
        .where(Membership.org_id == done.org_id, Membership.ref == done.subject.id)
        .values(**values)
    )


def _same_as(tx: Tx, done: Recorded[SamePeople]) -> None:
    refs = done.body.refs
    tx.execute(sa.delete(SamePerson).where(SamePerson.org_id == done.org_id, SamePerson.ref.in_(refs)))
    rows = [{"org_id": done.org_id, "ref": ref, "root": refs[0]} for ref in refs]
    tx.execute(sa.insert(SamePerson), rows)


def _erase(tx: Tx, done: Recorded[Erased]) -> None:
    """Forget; done over again after a restore, it takes names that a back-up brought back (trust.md §7)."""
    _change(tx, done, state="ended", roles=words(()))
    mine = (PersonRef.org_id == done.org_id, PersonRef.ref == done.subject.id)
    tx.execute(sa.delete(PersonRef).where(*mine))
    tx.execute(sa.delete(Session).where(Session.org_id == done.org_id, Session.ref == done.subject.id))
    for key in done.body.kept:
        seal.forget(tx, key, org_id=done.org_id)
    for key in done.body.keys:
        _destroy(tx, key)


def _destroy(tx: Tx, key: str) -> None:
    person = sa.select(Person.id).where(Person.key_ref == key).scalar_subquery()
    tx.execute(sa.delete(Credential).where(Credential.person_id == person))
    tx.execute(sa.delete(Session).where(Session.person_id == person))
    tx.execute(sa.delete(Person).where(Person.key_ref == key))
    seal.destroy(tx, key)


def _enrol_device(tx: Tx, done: Recorded[DeviceEnrolled]) -> None:
    tx.execute(
        sa.insert(Device).values(
            org_id=done.org_id, id=done.subject.id, name=done.body.name, enrolled_at=done.at
        )
    )


def _retire_device(tx: Tx, done: Recorded[DeviceRetired]) -> None:
    tx.execute(
        sa.update(Device)
        .where(Device.org_id == done.org_id, Device.id == done.subject.id)
        .values(retired_at=done.at)
    )


def know_family(tx: Tx, done: Recorded[Any], family: str) -> None:
    """The organisation works in a family: people can be authorised for it, whether or not the program brings it."""
    mine = {"org_id": done.org_id, "family": family}
    if tx.execute(sa.select(OwnFamily.family).filter_by(**mine)).first() is None:
        tx.execute(sa.insert(OwnFamily).values(**mine))


FOUND = Kind("accounts.found", 2, Founded, _found, {1: unchanged})
INVITE = Kind("accounts.invite", 1, Invited, _invite)
JOIN = Kind("accounts.join", 1, Joined, _join)
ASSIGN_ROLES = Kind("accounts.assign_roles", 1, RolesAssigned, _assign_roles)
AUTHORISE = Kind("accounts.authorise", 2, Authorised, _authorise, {1: unchanged})
WITHDRAW_AUTHORISATION = Kind(
    "accounts.withdraw_authorisation", 1, AuthorisationWithdrawn, _withdraw_authorisation
)
SUSPEND = Kind("accounts.suspend", 1, Suspended, _suspend)
REINSTATE = Kind("accounts.reinstate", 1, Reinstated, _reinstate)
SAME_AS = Kind("accounts.same_as", 1, SamePeople, _same_as)
ERASE = Kind("accounts.erase", 1, Erased, _erase)
ENROL_DEVICE = Kind("accounts.enrol_device", 1, DeviceEnrolled, _enrol_device)
RETIRE_DEVICE = Kind("accounts.retire_device", 1, DeviceRetired, _retire_device)
KINDS = (
    FOUND,
    INVITE,
    JOIN,
    ASSIGN_ROLES,
    AUTHORISE,
    WITHDRAW_AUTHORISATION,
    SUSPEND,
    REINSTATE,
    SAME_AS,
    ERASE,
    ENROL_DEVICE,
    RETIRE_DEVICE,
    *SIGNING_KINDS,
    *SITE_KINDS,
)
