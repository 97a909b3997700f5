"""Reading who there is: organisations, members, names behind pseudonyms, persons, authorisations, tablets."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import (
    Authorisation,
    Device,
    Membership,
    Organisation,
    OwnFamily,
    Person,
    PersonRef,
    SamePerson,
)
from remanu.clock import stamp
from remanu.errors import BadInput, NotFound
from remanu.keys import Keyring, decrypt
from remanu.ledger.models import VaultKey
from remanu.rules import canonical as jcs
from remanu.rules.ndt import SIGNING_LEVELS
from remanu.rules.passwords import normal_login

Row = sa.Row[Any]

PAGE = 50


@dataclass(frozen=True, slots=True)
class Named:
    """What a person's key opens: the name, the login, and the salt from which commitments are made."""

    name: str
    login: str
    salt: bytes

    def commitment_salt(self, ref: str) -> bytes:
        """The salt of one pseudonym's commitment: telling it tells nothing about another pseudonym."""
        return hmac.digest(self.salt, ref.encode(), hashlib.sha256)

    def commitment(self, ref: str) -> str:
        """SHA-256(salt ‖ JCS{name}) as hex, as it stands in `accounts.join`."""
        return jcs.seal_digest(self.commitment_salt(ref), jcs.encode({"name": self.name})).hex()


_NAME = (
    sa.select(Person.__table__, VaultKey.wrapped)
    .join(PersonRef, PersonRef.person_id == Person.id)
    .join(VaultKey, VaultKey.ref == Person.key_ref)
    .where(PersonRef.org_id == sa.bindparam("org_id"), PersonRef.ref == sa.bindparam("ref"))
)
_AUTHORISED = (
    sa.select(Authorisation.__table__)
    .where(
        Authorisation.org_id == sa.bindparam("org_id"),
        Authorisation.ref == sa.bindparam("ref"),
        Authorisation.family.in_(["*", sa.bindparam("family")]),
        Authorisation.activity == sa.bindparam("activity"),
        Authorisation.valid_from <= sa.bindparam("on", type_=Authorisation.valid_from.type),
        Authorisation.valid_to > sa.bindparam("on", type_=Authorisation.valid_from.type),
        sa.or_(
            Authorisation.withdrawn_at.is_(None),
            Authorisation.withdrawn_at > sa.bindparam("on", type_=Authorisation.valid_from.type),
        ),
        sa.or_(Authorisation.scope.is_(None), Authorisation.scope == sa.bindparam("scope")),
        sa.or_(Authorisation.level.is_(None), Authorisation.level.in_(sorted(SIGNING_LEVELS))),
    )
    .order_by(Authorisation.valid_to.desc(), Authorisation.id)
    .limit(1)
)


_PERSON: sa.ColumnElement[str] = sa.func.coalesce(SamePerson.root, Person.same_as, Person.id, Membership.ref)
_PERSONS = (
    sa.select(Membership.ref, _PERSON.label("person"))
    .outerjoin(SamePerson, sa.and_(SamePerson.org_id == Membership.org_id, SamePerson.ref == Membership.ref))
    .outerjoin(PersonRef, sa.and_(PersonRef.org_id == Membership.org_id, PersonRef.ref == Membership.ref))
    .outerjoin(Person, Person.id == PersonRef.person_id)
    .where(Membership.org_id == sa.bindparam("org_id"))
)


def open_name(keyring: Keyring, row: Row, person_id: str) -> Named:
    """Unseal `sealed_name` of a row that also holds `key_ref` and `wrapped`; Damaged when altered."""
    key = keyring.unwrap(row.wrapped, name=row.key_ref)
    plain = jcs.decode(decrypt(key, row.sealed_name, bound_to=person_id.encode()))
    return Named(plain["name"], plain["login"], bytes.fromhex(plain["salt"]))


def named(connection: Connection, keyring: Keyring, org_id: str, ref: str) -> Named | None:
    """The name behind a pseudonym with the salt of its commitment, or None once it was erased."""
    row = connection.execute(_NAME, {"org_id": org_id, "ref": ref}).first()
    return None if row is None else open_name(keyring, row, row.id)


def name_of(connection: Connection, keyring: Keyring, org_id: str, ref: str) -> str | None:
    """The name behind a pseudonym, or None once it was erased."""
    found = named(connection, keyring, org_id, ref)
    return None if found is None else found.name


def names_of(connection: Connection, keyring: Keyring, org_id: str, refs: list[str]) -> dict[str, str]:
    """The names behind pseudonyms by one statement; erased ones are left out."""
    rows = connection.execute(
        sa.select(Person.__table__, VaultKey.wrapped, PersonRef.ref)
        .join(PersonRef, PersonRef.person_id == Person.id)
        .join(VaultKey, VaultKey.ref == Person.key_ref)
        .where(PersonRef.org_id == org_id, PersonRef.ref.in_(refs))
    )
    return {row.ref: open_name(keyring, row, row.id).name for row in rows}


def persons_of(connection: Connection, org_id: str, refs: list[str]) -> dict[str, str]:
    """The person behind each pseudonym, two accounts of one person being one (T9).

    An erased pseudonym stands for itself, and for those that were stated to be the same person.
    """
    rows = connection.execute(_PERSONS.where(Membership.ref.in_(refs)), {"org_id": org_id})
    return {ref: ref for ref in refs} | {row.ref: row.person for row in rows}


def refs_of_one(connection: Connection, org_id: str, ref: str) -> list[str]:
    """Every pseudonym in the organisation of the human being behind this one, itself first."""
    person = person_of(connection, org_id, ref)
    rows = connection.execute(_PERSONS.where(_PERSON.in_([person])), {"org_id": org_id})
    return [ref, *sorted(row.ref for row in rows if row.ref != ref)]


def person_of(connection: Connection, org_id: str, ref: str) -> str:
    """The person behind a pseudonym, by whom segregation of duties counts."""
    return persons_of(connection, org_id, [ref])[ref]


def own_families(connection: Connection, org_id: str) -> frozenset[str]:
    """The families that the organisation's own packs describe."""
    chosen = sa.select(OwnFamily.family).where(OwnFamily.org_id == org_id)
    return frozenset(connection.execute(chosen).scalars())


def authorised(
    connection: Connection,
    org_id: str,
    ref: str,
    *,
    family: str,
    activity: str,
    on: datetime,
    scope: str = "",
) -> Row | None:
    """The authorisation that covers this family and activity on the date of the act (I36), if there is one.

    `scope` is the method or procedure in hand: what is narrowed to another one does not cover it, and a level 1
    signs nothing.
    """
    asked = {"org_id": org_id, "ref": ref, "family": family, "activity": activity, "on": on, "scope": scope}
    return connection.execute(_AUTHORISED, asked).first()


def find_organisation(connection: Connection, org_id: str) -> Row:
    """One organisation; NotFound otherwise."""
    return _only(connection, Organisation, "organisation", org_id=org_id)


def find_member(connection: Connection, org_id: str, ref: str) -> Row:
    """One member of the organisation; NotFound otherwise."""
    return _only(connection, Membership, "person", org_id=org_id, ref=ref)


def find_authorisation(connection: Connection, org_id: str, authorisation_id: str) -> Row:
    """One authorisation; NotFound otherwise."""
    return _only(connection, Authorisation, "authorisation", org_id=org_id, id=authorisation_id)


def find_device(connection: Connection, org_id: str, device_id: str) -> Row:
    """One shared tablet; NotFound otherwise."""
    return _only(connection, Device, "device", org_id=org_id, id=device_id)


def find_ref(connection: Connection, org_id: str, ref: str) -> Row:
    """A pseudonym with the person behind it; NotFound once it was erased."""
    return _only(connection, PersonRef, "person", org_id=org_id, ref=ref)


def find_person(connection: Connection, org_id: str, ref: str) -> Row:
    """The person's own row behind a pseudonym; NotFound once it was erased."""
    return _only(connection, Person, "person", id=find_ref(connection, org_id, ref).person_id)


def _only(connection: Connection, table: Any, what: str, **key: str) -> Row:
    row = connection.execute(sa.select(table.__table__).filter_by(**key)).first()
    if row is None:
        raise NotFound(what=what)
    return row


def organisation_named(connection: Connection, name_en: str) -> Row | None:
    """The organisation with this English name, if there is one."""
    return connection.execute(
        sa.select(Organisation.__table__).where(Organisation.name_en == name_en)
    ).first()


def organisations(connection: Connection) -> list[Row]:
    """Every organisation of the store, by name."""
    return list(connection.execute(sa.select(Organisation.__table__).order_by(Organisation.name_en)))


def organisation_meant(connection: Connection, name_en: str | None) -> Row:
    """The organisation with this English name, or the only one there is; BadInput where that is not clear."""
    chosen = sa.select(Organisation.__table__).limit(2)
    if name_en is not None:
        chosen = chosen.where(Organisation.name_en == name_en)
    rows = connection.execute(chosen).all()
    if len(rows) != 1:
        raise BadInput("organisation", "not-a-choice" if name_en is not None else "required")
    return rows[0]


def roles_of(row: Row) -> frozenset[str]:
    """The roles that a membership or invitation row holds."""
    return frozenset(json.loads(row.roles))


def administrators(connection: Connection, org_id: str) -> list[str]:
    """Pseudonyms of the members who administer the organisation now."""
    rows = connection.execute(
        sa.select(Membership.__table__).where(Membership.org_id == org_id, Membership.state == "active")
    )
    return [row.ref for row in rows if "admin" in roles_of(row)]


def members(connection: Connection, keyring: Keyring, org_id: str) -> list[dict[str, Any]]:
    """All members with names and roles, by name; erased ones have none and come last."""
    listed = [_member(keyring, row) for row in connection.execute(_members(org_id))]
    return sorted(listed, key=lambda one: (one["name"] is None, one["name"] or "", one["ref"]))


def members_page(
    connection: Connection, keyring: Keyring, org_id: str, *, after: str = "", limit: int = PAGE
) -> list[dict[str, Any]]:
    """Some members, those who joined first, a page after the `cursor` of the last one seen."""
    moment, _, ref = after.partition("|")
    when = sa.type_coerce(Membership.joined_at, sa.Text)
    chosen = _members(org_id).order_by(when, Membership.ref).limit(limit)
    if ref:
        chosen = chosen.where(
            sa.tuple_(when, Membership.ref) > sa.tuple_(sa.literal(moment), sa.literal(ref))
        )
    return [
        {**_member(keyring, row), "cursor": f"{stamp(row.joined_at)}|{row.ref}"} for row in connection.execute(chosen)
    ]


def _members(org_id: str) -> sa.Select[Any]:
    return (
        sa.select(
            Membership.__table__,
            Person.id.label("person_id"),
            Person.sealed_name,
            Person.key_ref,
            VaultKey.wrapped,
        )
        .outerjoin(PersonRef, sa.and_(PersonRef.org_id == Membership.org_id, PersonRef.ref == Membership.ref))
        .outerjoin(Person, Person.id == PersonRef.person_id)
        .outerjoin(VaultKey, VaultKey.ref == Person.key_ref)
        .where(Membership.org_id == org_id)
    )


def _member(keyring: Keyring, row: Row) -> dict[str, Any]:
    opened = None if row.wrapped is None else open_name(keyring, row, row.person_id)
    return {
        "ref": row.ref,
        "name": opened and opened.name,
        "login": opened and opened.login,
        "roles": sorted(roles_of(row)),
        "state": row.state,
        "joined_at": row.joined_at,
    }


def authorisations(connection: Connection, org_id: str, ref: str | None = None) -> list[Row]:
    """Authorisations of one member or of all, newest first."""
    chosen = sa.select(Authorisation.__table__).where(Authorisation.org_id == org_id)
    if ref is not None:
        chosen = chosen.where(Authorisation.ref == ref)
    return list(connection.execute(chosen.order_by(Authorisation.id.desc())))


def devices(connection: Connection, org_id: str) -> list[Row]:
    """Shared tablets, those in use first."""
    return list(
        connection.execute(
            sa.select(Device.__table__)
            .where(Device.org_id == org_id)
            .order_by(Device.retired_at.is_not(None), Device.name)
        )
    )


def refs_of(connection: Connection, person_id: str) -> list[Row]:
    """Every pseudonym of a person."""
    return list(connection.execute(sa.select(PersonRef.__table__).where(PersonRef.person_id == person_id)))


def ref_by_login(connection: Connection, keyring: Keyring, org_id: str, login: str) -> str:
    """The pseudonym of the member with this login, for the operator's commands; NotFound when there is none."""
    person = by_login(connection, keyring, login)
    refs = [] if person is None else [row for row in refs_of(connection, person.id) if row.org_id == org_id]
    if not refs:
        raise NotFound(what="person")
    return str(refs[0].ref)


def active_memberships(connection: Connection, person_id: str) -> list[Row]:
    """Where a person may act now, the longest-standing membership first: rows of `person_ref`."""
    return list(
        connection.execute(
            sa.select(PersonRef.__table__)
            .join(Membership, sa.and_(Membership.org_id == PersonRef.org_id, Membership.ref == PersonRef.ref))
            .where(PersonRef.person_id == person_id, Membership.state == "active")
            .order_by(Membership.joined_at, Membership.org_id)
        )
    )


def login_digest(keyring: Keyring, login: str) -> bytes:
    """The keyed digest under which a login is found; the login itself is sealed with the name."""
    return keyring.mac("login", normal_login(login).encode())


def by_login(connection: Connection, keyring: Keyring, login: str) -> Row | None:
    """The person with this login."""
    return connection.execute(
        sa.select(Person.__table__).where(Person.login_digest == login_digest(keyring, login))
    ).first()
