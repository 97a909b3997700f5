"""A diesel engine that passed its test, on its way over the certifier's desk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from remanu.accounts import actions as accounts
from remanu.errors import Conflict
from remanu.parts import queries as parts
from remanu.release import actions, queries
from remanu.rules import canonical as jcs
from remanu.rules.actor import Actor
from tests import shelf
from tests.restoration import story

DECLARED = {"hazards": "none-above", "regime": "GB/T 26572-2011"}
YEAR = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
PATH = ("TEST_PASSED", "SUBMITTED", "RELEASED", "NONCONFORMING", "RECEIVED")


@dataclass(slots=True)
class Desk:
    """The workshop's yard, and its certifier, who may sign for every family."""

    yard: story.Yard

    @property
    def place(self) -> Any:
        """The organisation."""
        return self.yard.place

    @property
    def far(self) -> date:
        """A day that no machine's clock has reached."""
        return date(2099, 12, 31)

    @property
    def case(self) -> str:
        """The case on the desk."""
        return self.yard.case

    @property
    def certifier(self) -> Actor:
        """The person who signs, a factor just confirmed."""
        return self.yard.who["certifying_staff"]

    def act(self, role: str, verb: str, target: str | None = None, **values):
        """One act of release by the person with this role."""
        who = self.yard.who[role]
        if verb == "supersede" and "digest" not in values:
            values["digest"] = self.to_sign(who, str(target), **values)
        return self.place.do(getattr(actions, verb), who, target or self.case, **values)

    def to_sign(self, who: Actor, certificate: str, **values: Any) -> str:
        """The digest that whoever corrects a certificate is shown before anything is signed."""
        with pytest.raises(Conflict) as shown:
            self.place.do(actions.supersede, who, certificate, **values)
        if shown.value.details["why"] != "not-shown":
            raise shown.value
        return shown.value.details["digest"]

    def ask(self, query, *args, **values):
        """Ask release, about the case as it is now."""
        return self.place.ask(query, self.yard.view(), *args, **values)

    def now(self):
        """What the clock says."""
        return self.place.database.clock.now()

    def submit(self, **more: Any):
        """Quality submits what stands in the record."""
        return self.act("quality", "submit", **{**DECLARED, **more})

    def digest(self) -> str:
        """The digest that whoever signs is shown."""
        return self.ask(_shown_digest)

    def release(self, who: Actor | None = None, **more: Any):
        """The certifier signs what he is shown."""
        given = {"digest": self.digest(), **more}
        return self.place.do(actions.release, who or self.certifier, self.case, **given)

    def revoke(self, reason: str = "measurement-wrong"):
        """The certifier revokes it."""
        return self.act("certifying_staff", "revoke_release", reason=reason, holders_notified=True)

    def until(self, state: str) -> Desk:
        """Bring the case this far."""
        self.yard.until("TEST_PASSED")
        steps = (self.submit, self.release, self.revoke, lambda: self.act("receiving_clerk", "recall_return"))
        steps = steps[: PATH.index(state)]
        if steps:
            shelf.told(self.place.database, ("desk", state), lambda: _silent(*steps))
        return self

    def paper(self, *states: str):
        """The newest certificate of the case in one of these states."""
        return self.ask(queries.certificate_in, *(states or ("ISSUED",)))

    def both_hands(self, role: str = "technician") -> Actor:
        """Somebody who worked on the engine and is certifying staff as well, with every authorisation."""
        admin = self.yard.who["admin"]
        ref = self.yard.who[role].ref
        self.place.do(accounts.assign_roles, admin, ref, roles=(role, "certifying_staff"))
        self.authorise(ref, "XA-CS-009")
        return self.place.actor(ref)

    def authorise(self, ref: str, number: str = "XA-CS-001", **more: Any):
        """Let somebody sign releases this year."""
        scope = {"number": number, "family": "*", "activity": "release", "site": "Hall 1", **YEAR, **more}
        return self.place.do(accounts.authorise, self.yard.who["admin"], ref, **scope)

    def kinds(self) -> list[str]:
        """What was recorded about the engine, oldest first."""
        return self.place.kinds(self.yard.unit)

    def last(self, kind: str) -> dict[str, Any]:
        """The canonical document of the newest event of this kind about the engine."""
        rows = self.place.ask(parts.history, self.place.org_id, self.yard.unit)
        return next(jcs.decode(row.canonical) for row in rows if row.kind == kind)


def _shown_digest(connection: Any, case: Any) -> str:
    sealed, draft = queries.sealed_dossier(connection, case), queries.draft_of(connection, case)
    return queries.digest_of(queries.draft_record(connection, case, sealed, draft))


def recomputed(record: dict[str, Any]) -> str:
    """SHA-256 over the canonical bytes of a record, from its JSON alone."""
    return hashlib.sha256(jcs.encode(json.loads(json.dumps(record)))).hexdigest()


def opened(place) -> Desk:
    """A staffed workshop whose certifier is authorised."""
    desk = Desk(story.staffed(place))
    shelf.told(place.database, "authorised", lambda: _silent(lambda: desk.authorise(desk.certifier.ref)))
    return desk


def _silent(*steps: Any) -> None:
    for step in steps:
        step()


@contextmanager
def counted(database: Any, engine: Any = None) -> Iterator[list[str]]:
    """Statements that are sent while this lasts: of readers, or of another engine."""
    engine = engine or database.read_engine
    seen: list[str] = []

    def note(*given: Any) -> None:
        seen.append(given[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
