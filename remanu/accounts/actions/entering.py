"""Signing in at a desk in two steps, where the organisation asks for a second factor beside the password.

Nothing is kept between the steps: the password is answered with a keyed tag over person and moment, which comes back
with a one-time code or with a passkey's answer to a challenge that is made of the same two (ASVS 6.3.3).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta

from remanu import passkeys as passkey
from remanu.accounts import queries
from remanu.accounts.actions import sessions, vault
from remanu.accounts.actions.signing import count_use, spend, usable_passkey
from remanu.clock import parse_stamp, stamp
from remanu.db import Database, Tx
from remanu.errors import BadInput, Conflict, SignatureRefused
from remanu.keys import Keyring
from remanu.rules import onetime, signing
from remanu.rules.passwords import normal_login
from remanu.rules.signing import Assertion, Site


@dataclass(frozen=True, slots=True)
class Second:
    """The password was right and a second factor is wanted: what the next form carries, and by what it can be given."""

    at: str
    tag: str
    code: bool
    challenge: str
    passkeys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What came in the second step: the tag of the first with its moment, and a code or a passkey's answer."""

    at: str
    tag: str
    code: str = ""
    assertion: Assertion | None = None


def enter(database: Database, *, login: str, password: str, address: str, cost: str) -> str | Second:
    """The token of a new session, or what the second step takes.

    BadInput and TooMany as `sign_in`; Conflict `no-second-factor` for whoever has neither code nor passkey: a link of
    his administrator lets him set codes up.
    """
    tries, person = sessions.by_password(database, login=login, password=password, address=address, cost=cost)
    home, ways = (None, None) if person is None else _home(database, person)
    if person is None or home is None or ways is None or not signing.takes_second(ways.policy):
        return sessions.open_by(database, tries, person)
    if not ways.code and not ways.passkeys:
        raise Conflict(why="no-second-factor")
    at = stamp(database.clock.now())
    return Second(
        at=at,
        tag=_tag(database.keyring, person, at).hex(),
        code=ways.code,
        challenge=passkey.encoded(_challenge(database.keyring, person, at)),
        passkeys=tuple(one.credential for one in ways.passkeys),
    )


def enter_second(database: Database, *, login: str, given: Given, site: Site, address: str) -> str:
    """The token of a new session; BadInput `entry-old` for a tag that is not ours or too old.

    A code that is wrong or used, and a passkey that does not hold, count as failed tries of the account.
    """
    tries = queries.try_keys(database.keyring, f"account:{normal_login(login)}", address)

    def work(tx: Tx) -> str:
        queries.check_tries(tx.connection, tries, now=tx.now)
        home = _ticketed(tx, login, given)
        _prove(tx, home, given, site)
        vault.note_try(tx, tries, ok=True)
        return vault.open_session(tx, home)

    try:
        return database.transact(work)
    except (BadInput, SignatureRefused):
        database.transact(lambda tx: vault.note_try(tx, tries, ok=False))
        raise


def _home(database: Database, person: str) -> tuple[queries.Row | None, queries.Ways | None]:
    with database.reading() as connection:
        home = next(iter(queries.active_memberships(connection, person)), None)
        return home, None if home is None else queries.ways_of(connection, home.org_id, home.ref, person)


def _ticketed(tx: Tx, login: str, given: Given) -> queries.Row:
    person = queries.by_login(tx.connection, tx.keyring, login)
    expected = b"" if person is None else _tag(tx.keyring, person.id, given.at)
    if person is None or not hmac.compare_digest(expected.hex().encode(), given.tag.encode()):
        raise BadInput("", "entry-old")
    if not timedelta(0) <= tx.now - parse_stamp(given.at) <= signing.ENTRY_FOR:
        raise BadInput("", "entry-old")
    home = next(iter(queries.active_memberships(tx.connection, person.id)), None)
    if home is None:
        raise BadInput("", "entry-old")
    return home


def _prove(tx: Tx, home: queries.Row, given: Given, site: Site) -> None:
    if given.assertion is not None:
        return _by_passkey(tx, home, given, site)
    secret = queries.code_secret(tx.connection, tx.keyring, home.person_id)
    step = None if secret is None else onetime.matching(secret, given.code, tx.now)
    if step is None:
        raise BadInput("code_factor", "wrong-code")
    if not spend(tx, f"code:{home.person_id}:{step}"):
        raise BadInput("code_factor", "code-used")
    return None


def _by_passkey(tx: Tx, home: queries.Row, given: Given, site: Site) -> None:
    one = given.assertion
    assert one is not None, "whoever calls looked"  # noqa: S101 -- for the type checker
    row = usable_passkey(tx, home.org_id, home.ref, credential=one.credential, site=site)
    found = passkey.faults(
        one,
        passkey.decoded(row.key),
        challenge=_challenge(tx.keyring, home.person_id, given.at),
        origin=site.origin,
        rp_id=site.rp_id,
    )
    if found:
        raise SignatureRefused(why=found[0])
    if not spend(tx, f"entry:{given.tag}"):
        raise SignatureRefused(why="replayed")
    count_use(tx, row, passkey.counter_of(one.authenticator))


def _tag(keyring: Keyring, person: str, at: str) -> bytes:
    return keyring.mac("entry", f"{person}:{at}".encode())


def _challenge(keyring: Keyring, person: str, at: str) -> bytes:
    return keyring.mac("entry-passkey", f"{person}:{at}".encode())
