"""Proving who one is: sign in, switch person on a tablet, confirm before signing, redeem a link, sign out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts import queries
from remanu.accounts.actions import members, vault
from remanu.accounts.actions.signing import COMMAND, factor_tries, spend_factor
from remanu.accounts.models import Credential, Invitation, Session
from remanu.db import Database, Tx
from remanu.errors import BadInput, NotFound, NotSignedIn
from remanu.keys import Keyring
from remanu.ledger.record import begin
from remanu.rules import onetime, tokens
from remanu.rules.actor import Actor, require
from remanu.rules.passwords import normal_login
from remanu.rules.signing import Proof

Opening = Callable[[Tx, str], str | None]


def sign_in(database: Database, *, login: str, password: str, address: str, cost: str) -> str:
    """Open a session and return its token; BadInput in the same words for an unknown login.

    The hash is compared outside the transaction, so that strangers cannot hold up those who write, and the
    try is committed though the answer is a refusal. TooMany after 10 failures of an account, 50 of an
    address, in 15 minutes. `cost` is `config.password_cost`.
    """
    tries, person = by_password(database, login=login, password=password, address=address, cost=cost)
    return open_by(database, tries, person)


def by_password(
    database: Database, *, login: str, password: str, address: str, cost: str
) -> tuple[queries.Tries, str | None]:
    """Under what this try is counted, and the person whose login and password these are, if they are anybody's."""
    tries = queries.try_keys(database.keyring, f"account:{normal_login(login)}", address)
    with database.reading() as connection:
        queries.check_tries(connection, tries, now=database.clock.now())
        kept = queries.password_of(connection, database.keyring, login)
    return tries, vault.proved(kept, password, cost=cost)


def open_by(database: Database, tries: queries.Tries, person: str | None) -> str:
    """A session of this person where he belongs, with the try committed; BadInput where it is nobody."""
    return _entered(database, tries, person, field="password", opening=_open_home)


def switch_person(
    database: Database, *, device_token: str, badge: str, pin: str, address: str, cost: str
) -> str:
    """Let a member act on a shared tablet by badge and PIN; whoever acted there before is signed out.

    Returns the session's token; NotFound for a tablet that is not enrolled, BadInput for a wrong badge and
    a wrong PIN alike.
    """
    tries = queries.try_keys(database.keyring, f"badge:{normal_login(badge)}", address)
    with database.reading() as connection:
        device = queries.device_of(connection, database.keyring, device_token)
        queries.check_tries(connection, tries, now=database.clock.now())
        kept = queries.pin_behind(connection, database.keyring, badge)
    if device is None:
        raise NotFound(what="device")
    person = vault.proved(kept, pin, cost=cost)

    def opening(tx: Tx, person_id: str) -> str | None:
        return _open_on(tx, device, person_id)

    return _entered(database, tries, person, field="pin", opening=opening)


def _entered(
    database: Database, tries: queries.Tries, person: str | None, *, field: str, opening: Opening
) -> str:
    def work(tx: Tx) -> str | None:
        queries.check_tries(tx.connection, tries, now=tx.now)
        token = None if person is None else opening(tx, person)
        vault.note_try(tx, tries, ok=token is not None)
        return token

    token = database.transact(work)
    if token is None:
        raise BadInput(field, "no-match")
    return token


def _open_home(tx: Tx, person_id: str) -> str | None:
    homes = queries.active_memberships(tx.connection, person_id)
    return vault.open_session(tx, homes[0]) if homes else None


def _open_on(tx: Tx, device: queries.Row, person_id: str) -> str | None:
    for home in queries.active_memberships(tx.connection, person_id):
        if home.org_id == device.org_id:
            vault.end_sessions(tx, Session.org_id == device.org_id, Session.device_id == device.id)
            return vault.open_session(tx, home, device_id=device.id)
    return None


def redeem_invitation(
    database: Database, token: str, *, login: str, name: str, password: str, address: str, cost: str
) -> str:
    """Become a member by a one-time link, and return a session's token.

    A link for a member sets a new password. Somebody whose login is known here proves it by his password
    and joins as the same person. NotFound for a link that is unknown, used or too old.
    """
    with database.reading() as connection:
        row = queries.invitation(connection, token, now=database.clock.now())
        kept = queries.password_of(connection, database.keyring, login)
        of = (
            None
            if row.member is None
            else queries.named(connection, database.keyring, row.org_id, row.member)
        )
        lost = "" if of is None or row.purpose != queries.CODE else of.login
        kept = queries.password_of(connection, database.keyring, lost) if lost else kept
    if lost:
        return _renewed(database, token, kept, password, login=lost, address=address, cost=cost)
    if row.member is not None:
        secret = vault.hashed(password, login="" if of is None else of.login, cost=cost)
        return database.transact(lambda tx: _reset(tx, token, secret))
    if kept is not None:
        tries = queries.try_keys(database.keyring, f"account:{normal_login(login)}", address)
        person = vault.proved(kept, password, cost=cost)

        def opening(tx: Tx, person_id: str) -> str:
            return _join_by(tx, token, person_id)

        return _entered(database, tries, person, field="password", opening=opening)
    secret = vault.hashed(password, login=login, cost=cost)
    return database.transact(lambda tx: _join_by(tx, token, _newcomer(tx, login, name, secret)))


def _renewed(
    database: Database,
    token: str,
    kept: queries.Row | None,
    password: str,
    *,
    login: str,
    address: str,
    cost: str,
) -> str:
    """Who lost his one-time codes proves himself by link and password, and may set up new ones (ASVS 6.4.3)."""
    tries = queries.try_keys(database.keyring, f"account:{normal_login(login)}", address)
    person = vault.proved(kept, password, cost=cost)

    def opening(tx: Tx, person_id: str) -> str:
        row = _use(tx, token)
        _inviter(tx, row)
        home = queries.find_ref(tx.connection, row.org_id, row.member)
        tx.execute(sa.delete(Credential).where(Credential.person_id == person_id, Credential.kind == queries.CODE))
        return vault.open_session(tx, home)

    return _entered(database, tries, person, field="password", opening=opening)


def _newcomer(tx: Tx, login: str, name: str, secret: str) -> str:
    person = vault.keep_person(tx, login=login, name=name)
    vault.keep_secret(tx, person, "password", secret)
    return person


def _join_by(tx: Tx, token: str, person_id: str) -> str:
    row = _use(tx, token)
    act = begin(tx, _inviter(tx, row), "accounts.join")
    roles = tuple(sorted(queries.roles_of(row)))
    ref = members.join(act, person_id, roles=roles, invitation=row.id)
    return vault.open_session(tx, queries.find_ref(tx.connection, row.org_id, ref))


def _reset(tx: Tx, token: str, secret: str) -> str:
    row = _use(tx, token)
    _inviter(tx, row)
    home = queries.find_ref(tx.connection, row.org_id, row.member)
    vault.keep_secret(tx, home.person_id, "password", secret)
    vault.end_sessions(tx, Session.person_id == home.person_id)
    return vault.open_session(tx, home)


def _use(tx: Tx, token: str) -> queries.Row:
    """The invitation, used up by a guarded change: of two who come at once one finds it used (ASVS 6.5.1)."""
    row = queries.invitation(tx.connection, token, now=tx.now)
    used = tx.execute(
        sa.update(Invitation)
        .where(Invitation.org_id == row.org_id, Invitation.id == row.id, Invitation.used_at.is_(None))
        .values(used_at=tx.now)
    ).rowcount
    if used != 1:
        raise NotFound(what="invitation")
    return row


def _inviter(tx: Tx, row: queries.Row) -> Actor:
    """Who invited, if he still may: links of an administrator who is none any more are dead (T19)."""
    if row.invited_by == COMMAND:
        return members.system_actor(row.org_id, now=tx.now).by("web")
    if row.invited_by not in queries.administrators(tx.connection, row.org_id):
        raise NotFound(what="invitation")
    home = queries.find_ref(tx.connection, row.org_id, row.invited_by)
    zone = queries.find_organisation(tx.connection, row.org_id).zone
    return Actor(row.org_id, home.person_id, home.ref, frozenset({"admin"}), "web", zone)


def check_factor(
    connection: Connection,
    keyring: Keyring,
    actor: Actor,
    secret: str,
    *,
    now: datetime,
    cost: str,
    code: str = "",
) -> Actor:
    """The actor with a fresh factor for five minutes: the password at a desk, the PIN on a shared tablet.

    With a one-time `code` beside it both components were given; it is spent by the act. BadInput when one is wrong,
    which the caller commits by `note_failed_factor` (T-R17); TooMany after ten.
    """
    queries.check_tries(connection, factor_tries(keyring, actor), now=now)
    kept = queries.credential(connection, actor.person_id, "pin" if actor.device else "password")
    if vault.proved(kept, secret, cost=cost) is None:
        raise BadInput("factor", "wrong-password")
    before = actor.proof or Proof()
    if code:
        step = _step(connection, keyring, actor, code, now=now)
        before = Proof("password+code", step=step, session=before.session)
    return replace(actor, fresh_until=now + members.FRESH, proof=before)


def _step(connection: Connection, keyring: Keyring, actor: Actor, code: str, *, now: datetime) -> int:
    secret = queries.code_secret(connection, keyring, actor.person_id)
    step = None if secret is None else onetime.matching(secret, code, now)
    if step is None:
        raise BadInput("code_factor", "wrong-code")
    return step


def note_failed_factor(tx: Tx, actor: Actor) -> None:
    """Remember that somebody failed to confirm who he is, in a unit of work of its own."""
    vault.note_try(tx, factor_tries(tx.keyring, actor), ok=False)


def refresh_factor(tx: Tx, actor: Actor, session_id: str) -> str:
    """Let the session sign for as long as `check_factor` said, under a new token (ASVS 7.2.4)."""
    spend_factor(tx, actor)
    token = secrets.token_urlsafe(32)
    changed = tx.execute(
        sa.update(Session)
        .where(
            Session.org_id == actor.org_id,
            Session.ref == actor.ref,
            Session.token_digest == session_id,
            Session.ended_at.is_(None),
        )
        .values(token_digest=tokens.digest(token), fresh_until=actor.fresh_until)
    ).rowcount
    if changed != 1:
        raise NotSignedIn()
    return token


def set_secret(tx: Tx, actor: Actor, session_id: str, *, kind: str, secret: str) -> None:
    """Replace one's own password or PIN by what `hashed` or `hashed_pin` made; all other sessions end."""
    spend_factor(tx, actor)
    vault.keep_secret(tx, actor.person_id, kind, secret)
    vault.end_sessions(tx, Session.person_id == actor.person_id, Session.token_digest != session_id)


def touch(tx: Tx, session_id: str) -> None:
    """Remember that the session was used now."""
    tx.execute(sa.update(Session).where(Session.token_digest == session_id).values(seen_at=tx.now))


def sign_out(tx: Tx, session_id: str) -> None:
    """End this session on the server (ASVS 7.4.1)."""
    vault.end_sessions(tx, Session.token_digest == session_id)


def end_session(tx: Tx, actor: Actor, session_id: str) -> None:
    """End one's own session elsewhere or, as administrator, a member's; NotFound for any other."""
    own = Session.ref == actor.ref if "admin" not in actor.roles else sa.true()
    if not vault.end_sessions(tx, Session.org_id == actor.org_id, Session.token_digest == session_id, own):
        raise NotFound(what="session")


def end_all_sessions(tx: Tx, actor: Actor, ref: str) -> int:
    """End all of one's own sessions or, as administrator, a member's; returns how many there were."""
    if ref != actor.ref:
        require(actor, "accounts.suspend")
        queries.find_member(tx.connection, actor.org_id, ref)
    return vault.end_sessions(tx, Session.org_id == actor.org_id, Session.ref == ref)
