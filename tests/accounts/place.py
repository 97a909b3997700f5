"""One organisation of the tests, and a short way to its people, sessions and links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from remanu.accounts import actions, events, queries
from remanu.db import Database
from remanu.rules import tokens
from remanu.rules.actor import Actor
from tests import shelf

PASSWORD = "tunnel bolt seven ledge"
PIN = "482913"
COST = "cheap"
ADDRESS = "192.0.2.7"
WORKSHOP = events.Founded(
    name_en="Workshop One",
    name_zh_hans="一号车间",
    name_zh_hant="一號車間",
    country="XA",
    zone="Asia/Shanghai",
    roles=("workshop",),
)


@dataclass(slots=True)
class Place:
    """One organisation in a store."""

    database: Database
    org_id: str
    config: Any

    def do(self, action, *args, **values):
        """Run an action in a unit of work of its own."""
        return self.database.transact(lambda tx: action(tx, *args, **values))

    def ask(self, query, *args, **values):
        """Run a query on a reading connection."""
        with self.database.reading() as connection:
            return query(connection, *args, **values)

    @property
    def system(self) -> Actor:
        """The operator at the command line."""
        return actions.system_actor(self.org_id, now=self.database.clock.now())

    def member(self, login: str = "clerk", *roles: str, same_as: str | None = None) -> str:
        """Enrol somebody with the test's password; returns the pseudonym."""
        return self.do(
            actions.enrol,
            self.system,
            login=login,
            name=f"Name of {login}",
            secret=actions.hashed(PASSWORD, login=login, cost=COST),
            roles=roles or ("technician",),
            same_as=same_as,
        )

    def actor(self, ref: str) -> Actor:
        """The member as he acts on a page, a factor just confirmed."""
        member = self.ask(queries.find_member, self.org_id, ref)
        return Actor(
            self.org_id,
            self.ask(queries.find_ref, self.org_id, ref).person_id,
            ref,
            queries.roles_of(member),
            "web",
            zone=WORKSHOP.zone,
            fresh_until=self.database.clock.now() + timedelta(minutes=5),
        )

    def sign_in(self, login: str = "clerk", password: str = PASSWORD, address: str = ADDRESS) -> str:
        """The token of a new session."""
        return actions.sign_in(self.database, login=login, password=password, address=address, cost=COST)

    def live(self, token: str):
        """Who holds the token now, if anybody."""
        return self.ask(queries.load_session, self.database.keyring, token, self.database.clock.now())

    def link(self, *roles: str, by: Actor | None = None, member: str | None = None) -> str:
        """The token of a one-time link."""
        token = tokens.fresh()
        held = () if member else roles or ("technician",)
        self.do(actions.invite, by or self.system, token=token, roles=held, member=member)
        return token

    def redeem(self, token: str, login: str = "newcomer", password: str = PASSWORD) -> str:
        """Become a member by a link; returns a session's token."""
        return actions.redeem_invitation(
            self.database,
            token,
            login=login,
            name=f"Name of {login}",
            password=password,
            address=ADDRESS,
            cost=COST,
        )

    def kinds(self, subject_id: str) -> list[str]:
        """What was recorded about a subject, in order."""
        rows = self.ask(
            lambda connection: (
                connection.exec_driver_sql(
                    "SELECT kind FROM event WHERE subject_id = ? ORDER BY seq"
                    if self.database.is_sqlite
                    else "SELECT kind FROM event WHERE subject_id = %s ORDER BY seq",
                    (subject_id,),
                )
                .scalars()
                .all()
            )
        )
        return list(rows)


def founded(database: Database, config: Any, organisation: events.Founded = WORKSHOP) -> Place:
    """A new organisation in the store."""

    def tell() -> str:
        place = Place(database, database.transact(lambda tx: tx.new_id()), config)
        place.do(actions.found, place.system, organisation=organisation)
        return place.org_id

    return Place(database, shelf.told(database, organisation, tell), config)
