"""A short way to the people, parts and cases of one organisation, without the features that come later."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from remanu.ledger.record import record
from remanu.parts import events, queries
from remanu.rules.actor import Actor
from tests.accounts import site
from tests.accounts.place import PASSWORD, Place
from tests.builders import make_item
from tests.ledger import history


@dataclass(slots=True)
class Hall:
    """One organisation with its people by role."""

    place: Place
    people: dict[str, str] = field(default_factory=dict)

    @property
    def org_id(self) -> str:
        """Whose hall it is."""
        return self.place.org_id

    @property
    def database(self):
        """The store."""
        return self.place.database

    def who(self, role: str) -> Actor:
        """The person of this role, enrolled when first asked for."""
        return self.place.actor(self._ref(role))

    def _ref(self, role: str) -> str:
        if role not in self.people:
            self.people[role] = self.place.member(f"{role}@{self.org_id[-4:]}", role)
        return self.people[role]

    def browser(self, web, role: str):
        """A signed-in browser of this role."""
        self._ref(role)
        one = site.browser(web)
        one.post("/sign-in", data={"login": f"{role}@{self.org_id[-4:]}", "password": PASSWORD})
        return one

    def item(self, **changes):
        """A part of the record: its row."""
        done = self.place.do(make_item, self.who("technician"), **changes)
        return self.ask(queries.find_item, done.subject.id)

    def case(self, state: str = "RECEIVED", item=None, **changes):
        """A case in this state, on a part of its own unless one is given."""
        item = item or self.item(**changes)

        def work(tx):
            number = queries.next_case_number(tx.connection, self.org_id)
            opened = history.Opened(case=tx.new_id(), number=number, state=state)
            act = history.act(tx, self.who("technician"))
            return record(act, history.OPEN, queries.subject_of(item), opened).body.case

        return self.ask(queries.find_case, self.database.transact(work))

    def fit(self, case, component, at: str = "block") -> None:
        """Put a component into a place of the case's unit."""

        def work(tx):
            body = history.Fitted(case=case.id, host=case.item.id, place=at, installation=tx.new_id())
            record(history.act(tx, self.who("technician")), history.FIT, queries.subject_of(component), body)

        self.database.transact(work)

    def move(self, case, target: str) -> None:
        """Take the case to another state."""

        def work(tx):
            seen = queries.find_case(tx.connection, self.org_id, case.id)
            step = events.Step(case=case.id, source=seen.state, target=target)
            act = history.act(tx, self.who("technician"))
            record(act, history.MOVE, seen.subject, history.Moved(step=step))

        self.database.transact(work)

    def do(self, role: str, action, *args, **values):
        """An act by the person of this role."""
        return self.place.do(action, self.who(role), *args, **values)

    def ask(self, query, *args, **values):
        """A question about this organisation."""
        return self.place.ask(query, self.org_id, *args, **values)


@contextmanager
def counted(engine):
    """The statements that an engine runs."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def act(browser, path: str, key: str = "k", **values):
    """An act by JSON."""
    return browser.post(f"/api/v1{path}", json=values, headers={"Idempotency-Key": key})
