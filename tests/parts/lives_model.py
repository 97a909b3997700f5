"""Random lives of a few parts in some assemblies, played on the record and, naively, on a list of intervals."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st

from remanu.errors import Conflict
from remanu.ledger.kinds import Kind
from remanu.ledger.record import begin, record
from remanu.parts import actions, events, queries
from remanu.parts.queries import trees as reading
from remanu.parts.queries import usage
from remanu.rules import genealogy
from tests.builders import make_item
from tests.ledger import history
from tests.stores import START

UNITS, PARTS, SLOTS = 2, 4, ("a", "b")
NAMES = (*(f"unit-{n}" for n in range(UNITS)), *(f"part-{n}" for n in range(PARTS)))
LIVES = 3

_names = st.sampled_from(NAMES)
_steps = st.one_of(
    st.tuples(st.just("fit"), _names, _names, st.sampled_from(SLOTS)),
    st.tuples(st.just("fit"), _names, _names, st.sampled_from(SLOTS)),
    st.tuples(st.just("remove"), _names, st.sampled_from(genealogy.REMOVALS)),
    st.tuples(st.just("scrap"), _names),
    st.tuples(st.just("harvest"), _names),
    st.tuples(st.just("run"), _names, st.integers(1, 400)),
    st.tuples(st.just("return"), st.sampled_from(NAMES[:UNITS])),
    st.tuples(st.just("twin"), _names),
)
sequences = st.lists(_steps, min_size=4, max_size=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A part leaves what it sits in: for scrap, or because its unit is given up."""

    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reborn:
    """A life closes and the next one opens by a release."""

    n: int


def _scrapped(tx, done):
    events.remove(tx, done, item=done.subject.id)
    events.set_condition(tx, done, "scrapped")


def _harvested(tx, done):
    events.remove(tx, done, item=done.subject.id)
    events.set_condition(tx, done, "unreleased")


def _reborn(tx, done):
    events.close_life(tx, done)
    events.open_life(tx, done, n=done.body.n, by=f"XA-{done.body.n}")


SCRAP = Kind("test.scrap", 1, Ended, _scrapped)
HARVEST = Kind("test.harvest", 1, Ended, _harvested)
REBORN = Kind("test.reborn", 1, Reborn, _reborn)


@dataclass(slots=True)
class Span:
    """One stay, as the naive book has it."""

    item: str
    host: str
    slot: str
    since: int
    until: int | None = None
    at_start: tuple[int, int] = (0, 0)
    at_end: tuple[int, int] | None = None


@dataclass(slots=True)
class Book:
    """The naive book: every stay, what is scrapped, hours by part, lives by unit; time counts in whole hours."""

    spans: list[Span] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    hours: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))
    lives: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NAMES, 0))
    now: int = 0

    def sits(self, name: str, at: int | None = None) -> Span | None:
        """Where a part is at an hour."""
        when = self.now if at is None else at
        for one in self.spans:
            if one.item == name and one.since <= when and (one.until is None or one.until > when):
                return one
        return None

    def holds(self, host: str, name: str) -> bool:
        """Whether the host is the part or has it inside on any level now."""
        if host == name:
            return True
        where = self.sits(name)
        return where is not None and self.holds(host, where.host)

    def shape(self, root: str, at: int) -> dict[str, tuple[str, str]]:
        """What was in a part at an hour: host and slot by name, found part by part."""
        found = {}
        for name in NAMES:
            where, up = self.sits(name, at), name
            while where is not None and up != root:
                up = where.host
                if up == root:
                    mine = self.sits(name, at)
                    found[name] = (mine.host, mine.slot)
                where = self.sits(up, at)
        return found

    def top(self, name: str) -> str:
        """The outermost assembly of a part now."""
        where = self.sits(name)
        return name if where is None else self.top(where.host)

    def may_fit(self, name: str, host: str, slot: str) -> bool:
        """Whether the rules let a part into a slot."""
        if {name, host} & self.gone or self.holds(name, host) or self.sits(name) is not None:
            return False
        return all((one.host, one.slot) != (host, slot) or one.until is not None for one in self.spans)

    def used(self, name: str) -> set[tuple[str, int, int | None]]:
        """Every host a part was ever in, with the time that all levels leave."""
        found = set()
        waiting = [(name, 0, None)]
        while waiting:
            here, lo, hi = waiting.pop()
            for one in self.spans:
                since = max(lo, one.since)
                until = min((t for t in (hi, one.until) if t is not None), default=None)
                if one.item == here and (until is None or since < until):
                    found.add((one.host, since, until))
                    waiting.append((one.host, since, until))
        return found


@dataclass(slots=True)
class World:
    """The same lives on the record, in one unit of work or many."""

    actor: Any
    book: Book = field(default_factory=Book)
    items: dict[str, Any] = field(default_factory=dict)

    def begin(self, tx, mark: str) -> None:
        """Register everybody, each with a serial of its own."""
        for name in NAMES:
            done = make_item(tx, self.actor, serial=f"{mark}-{name}", condition="unreleased", component=name)
            self.items[name] = done.subject

    def time(self) -> datetime:
        """The present hour."""
        return START + timedelta(hours=self.book.now)

    def play(self, tx, step: tuple) -> None:
        """One step, an hour later than the one before it."""
        self.book.now += 1
        tx.now = self.time()
        verb, *rest = step
        getattr(self, f"_{verb}")(tx, *rest)

    def _fit(self, tx, name, host, slot) -> None:
        may = self.book.may_fit(name, host, slot)
        code = queries.find_item(tx.connection, self.actor.org_id, self.items[name].id).code
        if not may:
            with pytest.raises(Conflict):
                actions.fit(tx, self.actor, self.items[host].id, position=slot, code=code)
            return
        actions.fit(tx, self.actor, self.items[host].id, position=slot, code=code)
        shown = (self.book.hours[name], self.book.hours[self.book.top(host)])
        self.book.spans.append(Span(name, host, slot, self.book.now, at_start=shown))

    def _remove(self, tx, name, why) -> None:
        where = self.book.sits(name)
        if where is None:
            with pytest.raises(Conflict):
                actions.remove(tx, self.actor, self.items[name].id, why=why)
            return
        actions.remove(tx, self.actor, self.items[name].id, why=why)
        where.at_end = (self.book.hours[name], self.book.hours[self.book.top(where.host)])
        where.until = self.book.now

    def _scrap(self, tx, name) -> None:
        if any(one.host == name and one.until is None for one in self.book.spans):
            return
        act = history.act(tx, self.actor)
        record(act, SCRAP, self.items[name], Ended(item=self.items[name].id))
        self._left(name)
        self.book.gone.add(name)

    def _harvest(self, tx, name) -> None:
        """I12: a part taken from a unit that is given up begins unreleased and keeps its counters."""
        if name in self.book.gone or self.book.sits(name) is None:
            return
        record(history.act(tx, self.actor), HARVEST, self.items[name], Ended(item=self.items[name].id))
        self._left(name)
        item = queries.find_item(tx.connection, self.actor.org_id, self.items[name].id)
        assert item.condition == "unreleased"

    def _left(self, name) -> None:
        where = self.book.sits(name)
        if where is not None:
            where.until = self.book.now

    def _run(self, tx, name, hours) -> None:
        """The outermost assembly runs, and with it everything in it."""
        top = self.book.top(name)
        for one in NAMES:
            if self.book.top(one) == top and one not in self.book.gone:
                self.book.hours[one] += hours
                given = {"counter": "hours", "value": str(self.book.hours[one]), "origin": "instrument"}
                actions.note_counter(begin(tx, self.actor, "parts.read_counter"), self.items[one], **given)

    def _return(self, tx, name) -> None:
        """A life closes and the next one opens, three at the most."""
        if self.book.lives[name] + 1 >= LIVES or name in self.book.gone:
            return
        self.book.lives[name] += 1
        body = Reborn(n=self.book.lives[name])
        record(history.act(tx, self.actor), REBORN, self.items[name], body)

    def _twin(self, tx, name) -> None:
        """I1: nobody else gets the serial."""
        row = queries.find_item(tx.connection, self.actor.org_id, self.items[name].id)
        with pytest.raises(Conflict) as refused:
            make_item(tx, self.actor, serial=row.serial)
        assert refused.value.details["code"] == row.code, "I1"

    def check(self, connection) -> None:
        """Everything that has to hold, and every answer against the naive book."""
        org_id, ids = self.actor.org_id, {one.id: name for name, one in self.items.items()}
        for at in sorted({self.book.now // 2, self.book.now}):
            for root in NAMES:
                when = START + timedelta(hours=at)
                rows = reading.tree(connection, org_id, self.items[root].id, when)
                told = {ids[row.item_id]: (ids[row.host_id], row.position) for row in rows}
                assert told == self.book.shape(root, at), f"as of hour {at}"
        for name, subject in self.items.items():
            self._check_one(connection, name, subject, ids)

    def _check_one(self, connection, name, subject, ids) -> None:
        org_id = self.actor.org_id
        found = usage.uses(connection, org_id, subject.id, "up")
        told = {(ids[one.item_id], _hour(one.since), _hour(one.until)) for one in found}
        assert told == {one for one in self.book.used(name) if one[1] != one[2]}
        spans = usage.installations(connection, org_id, subject.id)
        for former, later in pairwise(spans):
            assert former.to_at is not None, "I4"
            assert former.to_at <= later.from_at, "I4"
        lives = queries.lives(connection, org_id, subject.id)
        assert [life.n for life in lives] == list(range(self.book.lives[name], -1, -1)), "I2"
        assert all(life.opened_by for life in lives[:-1]), "I3"
        assert sum(life.closed_at is None for life in lives) == 1, "I2: only the last is open"
        if name in self.book.gone:
            assert usage.sits(connection, org_id, subject.id) is None, "I11"
        self._check_counters(connection, name, subject)

    def _check_counters(self, connection, name, subject) -> None:
        """I5: over each stay that a removal ended, the part counts what its unit counts."""
        held: dict[str, dict[tuple[str, str], int]] = {}
        for row in usage.edges(connection, self.actor.org_id, subject.id):
            held.setdefault(row.installation_id, {})[(row.edge, row.whose)] = int(row.value)
        for shown in held.values():
            if len(shown) == 4:
                part = shown["end", "item"] - shown["start", "item"]
                unit = shown["end", "host"] - shown["start", "host"]
                assert part == unit, "I5"


def _hour(moment: datetime | None) -> int | None:
    return None if moment is None else round((moment - START).total_seconds() / 3600)

