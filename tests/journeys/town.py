"""A small country for journeys: a workshop certified under a scheme, agreements with others, engines on their way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from remanu.accounts import actions as accounts
from remanu.db import Database
from remanu.demo import agreements, bodies, seed, story
from remanu.demo.tell import Teller
from remanu.demo.world import Crew
from remanu.rules.signing import GROUPS
from remanu.storage import Storage
from tests import shelf

PASSWORD = "harbour bolt seven ledge"
TODAY = datetime(2026, 6, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """A unit as its story left it: ids of the case and the part, the part's code, the label's exact text."""

    case: str
    item: str
    code: str
    payload: str


def founded(database: Database, storage: Storage) -> tuple[Crew, Told, Told]:
    """The workshop, an engine that its owner has, with a label, and one whose test was passed this week."""
    crew, first, second = json.loads(shelf.told(database, "town", lambda: _tell(database, storage)))
    _set(database, TODAY)
    return crew, Told(*first), Told(*second)


def _set(database: Database, moment: datetime) -> None:
    database.clock.advance(seconds=(moment - database.clock.now()).total_seconds())


def _tell(database: Database, storage: Storage) -> str:
    _set(database, seed.BEGINS)
    secret = accounts.hashed(PASSWORD, login="workshop", cost="cheap")
    crew, _ = database.transact(lambda tx: seed.found(tx, secret))
    judges = database.transact(lambda tx: bodies.found(tx, storage, crew, secret))
    database.transact(lambda tx: agreements.agree(tx, judges, secret))
    instruments = database.transact(lambda tx: seed.equip(tx, crew))

    def told(one: story.Story, until: str) -> Teller:
        def work(tx: Any) -> Teller:
            teller = Teller(tx, crew, storage, one, instruments, until=until)
            teller.tell()
            return teller

        return database.transact(work)

    engine = story.load("diesel-engine")
    units = [told(engine, "IN_SERVICE"), told(engine.again(2, date(2026, 5, 4)), "TEST_PASSED")]
    database.transact(lambda tx: _only_passkeys(tx, crew))
    return json.dumps([crew.org_id, *(_told(database, one) for one in units)])


def _only_passkeys(tx: Any, crew: Crew) -> None:
    """Certificates are signed by passkeys alone; a password is enough for people's rights."""
    first, second = (crew.fresh(tx, crew.people[one]) for one in ("admin", "quality"))
    ways = {**dict.fromkeys(set(GROUPS.values()), "passkey"), "rights": "password"}
    accounts.approve_policy(tx, second, accounts.propose_policy(tx, first, ways=ways).body.policy)


def _told(database: Database, one: Teller) -> list[str]:
    code = one.label.rpartition("/")[0].rpartition("/")[2]
    if not code:
        with database.reading() as connection:
            code = seed.find_item(connection, one.crew.org_id, one.item_id).code
    return [one.case_id, one.item_id, code, one.label]
