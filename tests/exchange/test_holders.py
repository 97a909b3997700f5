"""Which assemblies a part in doubt concerns: the same as whoever walks up at every hour finds (I40)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remanu.clock import stamp
from remanu.exchange.actions.cascade import Doubt, concerned
from remanu.parts.models import Case, Installation, Life
from remanu.parts.queries import find_item
from remanu.release.models import ReleaseCertificate
from remanu.release.queries import holders
from tests import people
from tests.builders import make_item

ZERO = datetime(2026, 3, 1, tzinfo=UTC)
HOURS = 10
ITEMS = 6
SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Stay:
    """Hours in a host; without an end it lasts."""

    host: int
    since: int
    until: int | None


def _moment(hour):
    return None if hour is None else ZERO + timedelta(hours=hour)


def _lasts(since, until, hour):
    return since <= hour and (until is None or hour < until)


@st.composite
def histories(draw):
    """For each item its stays, one after the other, in items of a lower number: no ring can come about."""
    found = {}
    for item in range(1, ITEMS):
        points = sorted(draw(st.sets(st.integers(0, HOURS - 1), max_size=4)))
        stays = []
        for since, until in zip(points, [*points, None][1:], strict=True):
            if draw(st.booleans()):
                stays.append(Stay(draw(st.integers(0, item - 1)), since, until))
        found[item] = stays
    return found


spans = st.tuples(st.integers(0, HOURS - 1), st.none() | st.integers(1, HOURS)).map(
    lambda pair: pair if pair[1] is None or pair[0] < pair[1] else (pair[0], None)
)


def naive(history, lives, part, doubt):
    """Walk up from the part at every hour."""
    reached = set()
    for hour in range(HOURS + 1):
        here, seen = part, []
        while True:
            stay = next((one for one in history.get(here, []) if _lasts(one.since, one.until, hour)), None)
            if stay is None:
                break
            here = stay.host
            seen.append(here)
        if _lasts(*doubt, hour):
            reached |= {host for host in seen if _lasts(*lives[host], hour)}
    return reached


def timeless(history, part):
    """What a search that forgets when things were finds: the fault that the comparison has to catch."""
    reached, ahead = set(), [part]
    while ahead:
        for stay in history.get(ahead.pop(), []):
            if stay.host not in reached:
                reached.add(stay.host)
                ahead.append(stay.host)
    return reached


def opened(tx, org_id, item, *, at, n=0, state="RELEASED"):
    """A case of a part in this state, without the way that leads to it."""
    key = {"org_id": org_id}
    case = f"case-{n}"
    tx.execute(
        sa.insert(Case).values(
            **key,
            id=case,
            item_id=item,
            number=n,
            state=state,
            life_from=0,
            loops=0,
            opened_at=at,
            changed_at=at,
        )
    )
    return case


def released(tx, org_id, item, *, at, n=0):
    """A release in force of a part, without the life that leads to it."""
    key = {"org_id": org_id}
    case = opened(tx, org_id, item, at=at, n=n)
    tx.execute(
        sa.insert(ReleaseCertificate).values(
            **key,
            id=f"paper-{n}",
            no=n,
            number=f"N-{n}",
            item_id=item,
            case_id=case,
            life=7,
            claim_class="REPAIRED",
            state="ISSUED",
            warranty_days=0,
            event_id="",
            drafted_at=at,
            issued_at=at,
        )
    )
    tx.execute(sa.insert(Life).values(**key, item_id=item, n=7, opened_at=at))


@pytest.fixture
def shelf(database):
    """Items, each with a release in force."""

    def work(tx):
        ids = [make_item(tx, serial=f"H-{n}").subject.id for n in range(ITEMS)]
        for n, item in enumerate(ids):
            released(tx, people.WORKSHOP, item, at=ZERO, n=n)
        return ids

    return database.transact(work)


def found(database, ids, history, lives, part, doubt):
    """What the program finds in a store that holds this history."""

    def work(tx):
        tx.execute(sa.delete(Installation))
        for item, stays in history.items():
            for n, stay in enumerate(stays):
                tx.execute(
                    sa.insert(Installation).values(
                        org_id=people.WORKSHOP,
                        id=f"{item}-{n}",
                        item_id=ids[item],
                        host_id=ids[stay.host],
                        position=f"p{item}",
                        from_at=_moment(stay.since),
                        to_at=_moment(stay.until),
                    )
                )
        for item, (since, until) in lives.items():
            tx.execute(
                sa.update(Life)
                .where(Life.item_id == ids[item], Life.n == 7)
                .values(opened_at=_moment(since), closed_at=_moment(until))
            )
        asked = Doubt(
            cause="c",
            reason="part-revoked",
            parts=(ids[part],),
            since=stamp(_moment(doubt[0])),
            until=None if doubt[1] is None else stamp(_moment(doubt[1])),
        )
        rows = holders.assemblies(tx.connection, people.WORKSHOP, asked.parts, cause="c")
        return {int(one.assembly.removeprefix("paper-")): one for one in concerned(rows, asked.span)}

    return database.transact(work)


@SQLITE
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    history=histories(),
    lives=st.fixed_dictionaries(dict.fromkeys(range(ITEMS), spans)),
    part=st.integers(1, ITEMS - 1),
    doubt=spans,
)
def test_as_whoever_walks_up_at_every_hour(database, shelf, history, lives, part, doubt):
    """The set is the same, and a place that is shown as lasting is one in which the part is now."""
    reached = found(database, shelf, history, lives, part, doubt)
    assert set(reached) == naive(history, lives, part, doubt)
    for host, place in reached.items():
        # It may be in it again by a later release, which is not in doubt.
        if place.held.until is None:
            assert host in naive(history, dict.fromkeys(lives, (HOURS, None)), part, (HOURS, None))
        assert place.path[-1] == f"p{part}"


def test_both_engines_find_the_same(database, shelf):
    """Three levels, each narrowing the time of the one below; and the planted fault is one that would be seen."""
    history = {
        1: [Stay(0, 0, 3)],
        2: [Stay(1, 2, None)],
        3: [Stay(2, 4, None)],
    }
    lives = dict.fromkeys(range(ITEMS), (0, None))
    reached = found(database, shelf, history, lives, 3, (0, None))
    assert set(reached) == naive(history, lives, 3, (0, None)) == {1, 2}
    assert reached[1].path == ("p2", "p3")
    assert timeless(history, 3) == {0, 1, 2}
    assert database.transact(lambda tx: find_item(tx.connection, people.WORKSHOP, shelf[0])).serial == "H-0"
