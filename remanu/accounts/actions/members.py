"""Organisations and their members: found, invite, enrol, assign, authorise, suspend, erase, admit tablets."""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

import sqlalchemy as sa

from remanu.accounts import events, queries
from remanu.accounts.actions import vault
from remanu.accounts.actions.signing import COMMAND, require_factor
from remanu.accounts.models import Invitation, PersonRef, Session
from remanu.clock import stamp
from remanu.db import Database, Tx
from remanu.errors import BadInput, Conflict, Forbidden
from remanu.families.loader import load_all
from remanu.ledger import checkpoint
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import identity, membership, text, tokens
from remanu.rules.actor import Actor, require

EVERY_FAMILY = "*"
FRESH = timedelta(minutes=5)
INVITED_FOR = timedelta(hours=72)
_SETTLE = {
    "sqlite": "PRAGMA wal_checkpoint(TRUNCATE)",
    "postgresql": "VACUUM vault_key, sealed, person, person_ref, credential, session",
}
_BADGE_BYTES = identity.BADGE_LENGTH * 5 // 8


def system_actor(org_id: str, *, now: datetime) -> Actor:
    """The operator at the command line, acting as the organisation's administrator."""
    return Actor(org_id, COMMAND, COMMAND, frozenset({"admin"}), "command", fresh_until=now + FRESH)


def found(tx: Tx, actor: Actor, *, organisation: events.Founded) -> Recorded[events.Founded]:
    """Enter the actor's organisation in the record; BadInput for an unknown zone, role or country code."""
    act = begin(tx, actor, "accounts.found")
    membership.check_organisation(organisation.country, organisation.roles)
    if organisation.zone not in _zones():
        raise BadInput("zone", "not-a-choice")
    clean = replace(
        organisation,
        name_en=_name("name_en", organisation.name_en),
        name_zh_hans=_name("name_zh_hans", organisation.name_zh_hans),
        name_zh_hant=_name("name_zh_hant", organisation.name_zh_hant),
    )
    return record(act, events.FOUND, subject(actor.org_id, actor.org_id), clean)


@cache
def _zones() -> frozenset[str]:
    # Six hundred files are opened to find them.
    return frozenset(available_timezones())


def _name(field: str, name: str) -> str:
    return text.clean_line(field, name, limit=vault.LIMIT)


def first_administrator(tx: Tx, *, organisation: events.Founded, login: str, name: str) -> str:
    """Found the organisation where it is new, enrol its first administrator, return a one-time link's token.

    Conflict when the organisation has an administrator: the command works once (ASVS 6.3.2).
    """
    known = queries.organisation_named(tx.connection, organisation.name_en)
    actor = system_actor(tx.new_id() if known is None else known.org_id, now=tx.now)
    if known is None:
        found(tx, actor, organisation=organisation)
    elif queries.administrators(tx.connection, known.org_id):
        raise Conflict(why="administrator-exists")
    ref = enrol(tx, actor, login=login, name=name, secret=None, roles=("admin",))
    token = tokens.fresh()
    invite(tx, actor, token=token, member=ref)
    return token


def invite(
    tx: Tx, actor: Actor, *, token: str, roles: tuple[str, ...] = (), member: str | None = None
) -> Recorded[events.Invited]:
    """Make a one-time link of 72 hours: for somebody new, or for a `member` who has no password any more.

    `token` is random (`rules.tokens.fresh`); whoever makes the link shows it once, and only its digest is kept.
    """
    act = begin(tx, actor, "accounts.invite")
    if member is None:
        membership.check_roles(roles)
    elif somebody_else(tx, actor, member).state != "active":
        raise Conflict(why="not-active")
    one, expires = tx.new_id(), tx.now + INVITED_FOR
    tx.execute(
        sa.insert(Invitation).values(
            org_id=actor.org_id,
            id=one,
            roles=events.words(roles),
            member=member,
            invited_by=actor.ref,
            expires_at=expires,
            token_digest=tokens.digest(token),
        )
    )
    body = events.Invited(invitation=one, roles=roles, expires=stamp(expires), member=member)
    return record(act, events.INVITE, subject(actor.org_id, actor.org_id), body)


def enrol(
    tx: Tx,
    actor: Actor,
    *,
    login: str,
    name: str,
    secret: str | None,
    roles: tuple[str, ...],
    same_as: str | None = None,
) -> str:
    """Make a new person a member and return the pseudonym; `secret` comes from `hashed`.

    `same_as` is the pseudonym of the same person's other account, so that duties count by person (T9).
    BadInput when the login is taken. Recorded as accounts.join, without the name.
    """
    act = begin(tx, actor, "accounts.join")
    if same_as is not None:
        queries.find_member(tx.connection, actor.org_id, same_as)
    person = vault.keep_person(tx, login=login, name=name)
    if secret is not None:
        vault.keep_secret(tx, person, "password", secret)
    ref = join(act, person, roles=roles)
    if same_as is not None:
        _state(tx, actor, ref, same_as)
    return ref


def join(act: Act, person_id: str, *, roles: tuple[str, ...], invitation: str | None = None) -> str:
    """Make a person of the vault a member under a fresh pseudonym; Conflict when he is one already."""
    tx, org_id, ref = act.tx, act.actor.org_id, str(uuid4())
    membership.check_roles(roles)
    if any(row.org_id == org_id for row in queries.refs_of(tx.connection, person_id)):
        raise Conflict(why="already-member")
    vault.keep(tx, PersonRef, org_id=org_id, ref=ref, person_id=person_id)
    named = queries.named(tx.connection, tx.keyring, org_id, ref)
    commitment = "" if named is None else named.commitment(ref)
    body = events.Joined(roles=roles, name_commitment=commitment, invitation=invitation)
    record(act, events.JOIN, subject(org_id, ref), body)
    return ref


def assign_roles(tx: Tx, actor: Actor, ref: str, *, roles: tuple[str, ...]) -> Recorded[events.RolesAssigned]:
    """Give a member these roles and no other; nobody changes his own rights (I35)."""
    act = begin(tx, actor, "accounts.assign_roles")
    require_factor(tx, actor, "accounts.assign_roles")
    membership.check_roles(roles)
    row = somebody_else(tx, actor, ref)
    body = events.RolesAssigned(roles=roles, was=tuple(sorted(queries.roles_of(row))))
    return record(act, events.ASSIGN_ROLES, subject(actor.org_id, ref), body)


def authorise(
    tx: Tx,
    actor: Actor,
    ref: str,
    *,
    number: str,
    family: str,
    activity: str,
    site: str,
    valid_from: date,
    valid_to: date,
    scope: str | None = None,
    level: str | None = None,
    issuer: str | None = None,
) -> Recorded[events.Authorised]:
    """Authorise a member for a family (or `*`) and activity, from the first to the last day inclusive.

    Days are days in the organisation's zone. `scope` narrows it to one method or procedure; `level` and `issuer` are
    those of a certificate that the person holds. Quality records what people are able to do, the administrator also
    what they may sign.
    """
    act = begin(tx, actor, "accounts.authorise")
    somebody_else(tx, actor, ref)
    membership.check_qualification(activity, scope, level)
    _check_giver(actor, activity)
    _check_family(tx, actor, family)
    if valid_to < valid_from:
        raise BadInput("valid_to", "ends-before")
    zone = ZoneInfo(actor.zone)
    body = events.Authorised(
        authorisation=tx.new_id(),
        number=_name("number", number),
        family=family,
        activity=activity,
        site=_name("site", site),
        valid_from=stamp(datetime.combine(valid_from, time(), zone)),
        valid_to=stamp(datetime.combine(valid_to + timedelta(days=1), time(), zone)),
        scope=_name("scope", scope) if scope else None,
        level=level or None,
        issuer=_name("issuer", issuer) if issuer else None,
    )
    return record(act, events.AUTHORISE, subject(actor.org_id, ref), body)


def _check_family(tx: Tx, actor: Actor, family: str) -> None:
    known = {EVERY_FAMILY, *load_all()}
    if family not in known and family not in queries.own_families(tx.connection, actor.org_id):
        raise BadInput("family", "not-a-choice")


def _check_giver(actor: Actor, activity: str) -> None:
    """Forbidden for whoever is not the administrator, where it is about signing and not about being able to."""
    if "admin" not in actor.roles and activity not in membership.QUALIFICATIONS:
        raise Forbidden(action="accounts.authorise", needs=["admin"])


def withdraw_authorisation(
    tx: Tx, actor: Actor, authorisation_id: str
) -> Recorded[events.AuthorisationWithdrawn]:
    """End an authorisation now; what was signed under it stays signed."""
    act = begin(tx, actor, "accounts.withdraw_authorisation")
    row = queries.find_authorisation(tx.connection, actor.org_id, authorisation_id)
    if row.withdrawn_at is not None:
        raise Conflict(why="already-withdrawn")
    _check_giver(actor, row.activity)
    body = events.AuthorisationWithdrawn(authorisation=row.id)
    return record(act, events.WITHDRAW_AUTHORISATION, subject(actor.org_id, row.ref), body)


def suspend(tx: Tx, actor: Actor, ref: str, *, why: str) -> Recorded[events.Suspended]:
    """Let a member do nothing from now on; every session ends at once (ASVS 7.4.2)."""
    act = begin(tx, actor, "accounts.suspend")
    if why not in membership.WHY_SUSPENDED:
        raise BadInput("why", "not-a-choice")
    if somebody_else(tx, actor, ref).state != "active":
        raise Conflict(why="not-active")
    vault.end_sessions(tx, Session.org_id == actor.org_id, Session.ref == ref)
    return record(act, events.SUSPEND, subject(actor.org_id, ref), events.Suspended(why=why))


def reinstate(tx: Tx, actor: Actor, ref: str) -> Recorded[events.Reinstated]:
    """Let a suspended member act again."""
    act = begin(tx, actor, "accounts.reinstate")
    if somebody_else(tx, actor, ref).state != "suspended":
        raise Conflict(why="not-suspended")
    return record(act, events.REINSTATE, subject(actor.org_id, ref), events.Reinstated())


def same_as(tx: Tx, actor: Actor, ref: str, *, other: str) -> Recorded[events.SamePeople]:
    """State that two members are one human being, so that the work of one is the work of both (T9, I32).

    It is said once and for good, of members who were erased as well: it only ever forbids.
    """
    require(actor, "accounts.same_as")
    queries.find_member(tx.connection, actor.org_id, ref)
    if other == ref:
        raise BadInput("other", "not-a-choice")
    queries.find_member(tx.connection, actor.org_id, other)
    if other in queries.refs_of_one(tx.connection, actor.org_id, ref):
        raise Conflict(why="one-person-already")
    return _state(tx, actor, ref, other)


def _state(tx: Tx, actor: Actor, ref: str, other: str) -> Recorded[events.SamePeople]:
    act = begin(tx, actor, "accounts.same_as")
    refs = {one for each in (ref, other) for one in queries.refs_of_one(tx.connection, actor.org_id, each)}
    body = events.SamePeople(other=other, refs=tuple(sorted(refs)))
    return record(act, events.SAME_AS, subject(actor.org_id, ref), body)


def erase(tx: Tx, actor: Actor, ref: str) -> Recorded[events.Erased]:
    """Forget a person: name, login, credentials, sessions and sealed documents; every proof still holds.

    His pseudonyms go on standing for one person: what was his own work stays it (I32).

    Run `settle` once this is committed, so that the files forget as well.
    """
    act = begin(tx, actor, "accounts.erase")
    require_factor(tx, actor, "accounts.erase")
    somebody_else(tx, actor, ref)
    person = queries.find_person(tx.connection, actor.org_id, ref)
    # With the person goes what the vault knows of his other accounts; that they are his stays in the record.
    for other in queries.refs_of_one(tx.connection, actor.org_id, ref)[1:2]:
        _state(tx, actor, ref, other)
    alone = len(queries.refs_of(tx.connection, person.id)) == 1
    key = (person.key_ref,)
    body = events.Erased(keys=key if alone else (), kept=() if alone else key)
    return record(act, events.ERASE, subject(actor.org_id, ref), body)


def forget_person(database: Database, org_id: str, ref: str) -> Recorded[events.Erased]:
    """Erase somebody as the operator: the act, the files, and the list beside the keys that back-ups are held to."""
    operator = system_actor(org_id, now=database.clock.now())
    done = database.transact(lambda tx: erase(tx, operator, ref))
    settle_erased(database)
    return done


def settle_erased(database: Database) -> None:
    """What follows an erasure: the files forget, and the list beside the keys that back-ups are held to is kept."""
    settle(database)
    checkpoint.advance(database)


def settle(database: Database) -> None:
    """Make the store's files forget what was deleted: empty SQLite's write-ahead log, vacuum PostgreSQL."""
    with database.reading() as connection:
        connection.exec_driver_sql(_SETTLE[connection.dialect.name])


def somebody_else(tx: Tx, actor: Actor, ref: str) -> queries.Row:
    """A member who is another person than the actor; Forbidden otherwise, Conflict once he was erased."""
    row = queries.find_member(tx.connection, actor.org_id, ref)
    if row.state == "ended":
        raise Conflict(why="already-erased")
    persons = queries.persons_of(tx.connection, actor.org_id, [actor.ref, ref])
    if persons[actor.ref] == persons[ref]:
        raise Forbidden(why="own-rights")
    return row


def enrol_device(tx: Tx, actor: Actor, *, name: str) -> Recorded[events.DeviceEnrolled]:
    """Admit a shared tablet; its token is `tokens.make(keyring.mac, "device", done.subject.id)`."""
    act = begin(tx, actor, "accounts.enrol_device")
    body = events.DeviceEnrolled(name=_name("name", name))
    return record(act, events.ENROL_DEVICE, subject(actor.org_id, tx.new_id()), body)


def retire_device(tx: Tx, actor: Actor, device_id: str) -> Recorded[events.DeviceRetired]:
    """Take a tablet out of use, lost or not; sessions on it end at once (ASVS 6.5.6)."""
    act = begin(tx, actor, "accounts.retire_device")
    if queries.find_device(tx.connection, actor.org_id, device_id).retired_at is not None:
        raise Conflict(why="already-retired")
    vault.end_sessions(tx, Session.org_id == actor.org_id, Session.device_id == device_id)
    return record(act, events.RETIRE_DEVICE, subject(actor.org_id, device_id), events.DeviceRetired())


def issue_badge(tx: Tx, actor: Actor, ref: str) -> str:
    """A new badge for a member: returns its code, shown once; an earlier badge stops working at once."""
    require(actor, "accounts.enrol_device")
    somebody_else(tx, actor, ref)
    code = base64.b32encode(os.urandom(_BADGE_BYTES)).decode()
    person = queries.find_person(tx.connection, actor.org_id, ref)
    vault.keep_secret(tx, person.id, "badge", queries.badge_digest(tx.keyring, code))
    return code
