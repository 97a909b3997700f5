"""The world of the matrix: one organisation full of stories, another beside it, and everybody who may knock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

from remanu import app as application
from remanu.accounts import actions, queries
from remanu.accounts.models import PersonRef
from remanu.config import Config
from remanu.db import Base, Database, Tx
from remanu.ledger import seal
from remanu.ledger.models import EventRow, Sealed
from remanu.rules.permissions import ROLES
from remanu.storage import Folder
from tests import people
from tests.accounts import place as accounts
from tests.matrix import certified, stories

ROOT = Path(__file__).parent.parent.parent
GONE = ("ex-member", "suspended", "signed-out", "nobody")
_WORKERS = tuple(role for role in ROLES if role not in {"admin", "supervisor"})
_SHORTEST = 8
# What bodies publish of themselves and of what they certified may be read by everybody (architecture.md §4), and
# everybody may know what they are called.
REGISTER = frozenset(
    {
        "organisation",
        "certification_scheme",
        "scheme_edition",
        "accreditation",
        "register_step",
        "product_certification",
        "certification_span",
        "outside_record",
        "arrangement",
        "signatory",
        "agreement",
    }
)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who asks: `here` says whether he belongs to the organisation that is full of stories."""

    name: str
    roles: frozenset[str]
    here: bool
    ref: str = ""


@dataclass(slots=True)
class World:
    """A store, the application over it, everybody; `secret` is told to no stranger, `inside` on public pages alone."""

    app: Flask
    config: Config
    database: Database
    personas: list[Persona] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()
    sessions: dict[str, str] = field(default_factory=dict)
    watching: sa.Connection | None = None
    at: int = 0

    @property
    def storage(self) -> Folder:
        """Where evidence lies."""
        return Folder(self.config.evidence_dir)

    def token(self, one: Persona) -> str | None:
        """A live session of a member; the dead one of somebody who is gone.

        It stays the same until something is written: only then a session may have ended or got worse.
        """
        if not one.ref:
            return self.tokens.get(one.name)
        if self.version() != self.at:
            self.sessions.clear()
        if one.name not in self.sessions:
            self.sessions[one.name] = self._enter(one)
            self.at = self.version()
        return self.sessions[one.name]

    def version(self) -> int:
        """A number that rises with each commit of anybody else."""
        if self.watching is None:
            self.watching = self.database.read_engine.connect()
        return int(self.watching.exec_driver_sql("PRAGMA data_version").scalar_one())

    def _enter(self, one: Persona) -> str:
        org_id = people.WORKSHOP if one.here else people.ELSEWHERE

        def enter(tx: Tx) -> str:
            return actions.open_session(tx, queries.find_ref(tx.connection, org_id, one.ref))

        return self.database.transact(enter)


def build(config: Config, database: Database) -> World:
    """Found both organisations, let everybody in, tell every story in the first one."""
    world = World(application.create_app(config, database), config, database)
    full, other = (_found(config, database, org_id) for org_id in (people.WORKSHOP, people.ELSEWHERE))
    for role in ROLES:
        world.personas.append(_member(full, f"{role} here", role, here=True))
    for name, roles in (("workers", _WORKERS), ("admin", ("admin",)), ("supervisor", ("supervisor",))):
        world.personas.append(_member(other, f"{name} elsewhere", *roles, here=False))
    for name in GONE:
        world.personas.append(Persona(name, frozenset(), here=True))
    world.tokens = _gone(full)
    full.member("session.holder")
    full.sign_in("session.holder")
    stories.tell(full, Folder(config.evidence_dir))
    words = _vocabulary()
    # Other tables repeat the ids of events, which anybody may ask a proof for.
    world.secret = (
        frozenset(_telling(words, {*_kept(database, _is_private), *_sealed(database), *_names(database)}))
        - _events(database)
        - _published(database)
    )
    world.inside = frozenset(_telling(words, set(_kept(database, _is_public)))) - world.secret - _published(database)
    return world


def _events(database: Database) -> frozenset[str]:
    with database.reading() as connection:
        return frozenset(connection.execute(sa.select(EventRow.id)).scalars())


def _published(database: Database) -> frozenset[str]:
    """What stands in the public register, wherever else it stands as well."""
    found: set[str] = set()
    with database.reading() as connection:
        for table in (one for one in Base.metadata.sorted_tables if one.name in REGISTER):
            chosen = [one for one in table.columns if isinstance(one.type, sa.Text) and _is_public(one)]
            found |= {value for row in connection.execute(sa.select(*chosen)) for value in row if value}
    return frozenset(found)


def _found(config: Config, database: Database, org_id: str) -> accounts.Place:
    place = accounts.Place(database, org_id, config)
    name = "Full Workshop" if org_id == people.WORKSHOP else "Other Workshop"
    body = replace(accounts.WORKSHOP, name_en=name, roles=certified.ROLES)
    place.do(actions.found, place.system, organisation=body)
    return place


def _member(place: accounts.Place, name: str, *roles: str, here: bool) -> Persona:
    ref = place.member(name.replace(" ", "."), *roles)
    return Persona(name, frozenset(roles), here, ref)


def _gone(place: accounts.Place) -> dict[str, str]:
    """Tokens of sessions that ended: by erasing, by suspending, by signing out."""
    refs = {name: place.member(name, "technician", "quality") for name in GONE[:-1]}
    tokens = {name: place.sign_in(name) for name in refs}
    place.do(actions.erase, place.system, refs["ex-member"])
    place.do(actions.suspend, place.system, refs["suspended"], why="other")
    live = place.live(tokens["signed-out"])
    place.do(actions.sign_out, live.id)
    return tokens


def _telling(words: str, values: set[str]) -> Iterator[str]:
    """Those values that tell something: no short ones, no lists of words, none that stands in the program itself."""
    return (one for one in values if len(one) >= _SHORTEST and one[0] not in "[{" and one not in words)


def _is_private(column: sa.Column[Any]) -> bool:
    return column.info["privacy"] != "public"


def _is_public(column: sa.Column[Any]) -> bool:
    return not _is_private(column)


def _vocabulary() -> str:
    folders = (("remanu", "*.py"), ("remanu", "*.toml"), ("templates", "*.html"))
    texts = (path.read_text("utf-8") for folder, kind in folders for path in (ROOT / folder).rglob(kind))
    return "\n".join(texts)


def _kept(database: Database, which: Callable[[sa.Column[Any]], bool]) -> Iterator[str]:
    with database.reading() as connection:
        for table in Base.metadata.sorted_tables:
            if "org_id" not in table.columns or table.name in {"event", "session"}:
                continue
            chosen = [one for one in table.columns if isinstance(one.type, sa.Text) and which(one)]
            if chosen:
                mine = sa.select(*chosen).where(table.c.org_id == people.WORKSHOP)
                yield from (value for row in connection.execute(mine) for value in row if value)


def _sealed(database: Database) -> Iterator[str]:
    with database.reading() as connection:
        rows = (
            connection.execute(sa.select(Sealed.event_id).where(Sealed.org_id == people.WORKSHOP))
            .scalars()
            .all()
        )
        for event_id in rows:
            found = seal.open_sealed(connection, database.keyring, org_id=people.WORKSHOP, event_id=event_id)
            yield from _strings(found)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _names(database: Database) -> Iterator[str]:
    with database.reading() as connection:
        refs = (
            connection.execute(sa.select(PersonRef.ref).where(PersonRef.org_id == people.WORKSHOP))
            .scalars()
            .all()
        )
        for ref in refs:
            found = queries.named(connection, database.keyring, people.WORKSHOP, ref)
            yield from (found.name, found.login)
