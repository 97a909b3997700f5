"""Random teardown, rebuilding and returns over three lives: the invariants hold, and every day is as it was.

The same steps run three ways. *Rolled back*: all of one sequence in a unit of work that is never committed, on
SQLite, with the acts and the SQL of the program; that is the quick way, 500 sequences of it. *Committed*: each step a
unit of work of its own on both engines; some here, 500 in the drill.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests import people
from tests.parts.lives_model import World, sequences

_QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
_NESTED = [
    ("fit", "part-0", "part-1", "a"),
    ("fit", "part-1", "unit-0", "a"),
    ("run", "part-0", 7),
    ("return", "unit-0"),
    ("fit", "unit-0", "part-0", "b"),
    ("remove", "part-1", "wear"),
    ("fit", "part-1", "unit-1", "b"),
    ("run", "unit-1", 5),
    ("remove", "part-0", "fault"),
    ("scrap", "part-0"),
    ("fit", "part-0", "unit-0", "b"),
    ("harvest", "part-1"),
    ("twin", "part-1"),
]


class _Undo(Exception):
    """Everything of this unit of work is taken back."""


@pytest.fixture
def count():
    """Numbers for the serials of each sequence."""
    return iter(range(10**6))


@pytest.fixture
def planted(database):
    """The parts from which every sequence that is rolled back begins."""
    world = World(people.TECHNICIAN)
    database.transact(lambda tx: world.begin(tx, "R"))
    return world.items


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=500, deadline=None, suppress_health_check=_QUIET)
@example(_NESTED)
@given(sequences)
def test_lives_rolled_back(database, planted, steps):
    """I1-I5, I11, I12 and answers as of any hour, 500 sequences."""
    world = World(people.TECHNICIAN, items=planted)

    def work(tx):
        for step in steps:
            world.play(tx, step)
        world.check(tx.connection)
        raise _Undo

    with pytest.raises(_Undo):
        database.transact(work)


def _committed(database, mark, steps):
    world = World(people.TECHNICIAN)
    database.transact(lambda tx: world.begin(tx, mark))
    for step in steps:
        database.transact(lambda tx, step=step: world.play(tx, step))
    with database.reading() as connection:
        world.check(connection)


@settings(max_examples=12, deadline=None, suppress_health_check=_QUIET)
@example(_NESTED)
@given(sequences)
def test_lives_committed(database, count, steps):
    """The same with each step in a unit of work of its own, on both engines."""
    _committed(database, f"C{next(count)}", steps)


@pytest.mark.drill
@settings(max_examples=500, deadline=None, suppress_health_check=_QUIET)
@example(_NESTED)
@given(sequences)
def test_many_lives_committed(database, count, steps):
    """500 sequences on each engine."""
    _committed(database, f"D{next(count)}", steps)
