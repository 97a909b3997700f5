"""How many statements a measurement takes, and what happens when two people measure at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from remanu.inspection import actions, queries
from tests.inspection import pages, shop

MAIN = "main-journal-diameter"


@pytest.fixture
def counted(database):
    """Every statement that goes to the store."""
    seen: list[str] = []

    def note(_conn, _cursor, statement, *_rest):
        if not statement.upper().startswith(("PRAGMA", "BEGIN", "SAVEPOINT")):
            seen.append(statement)

    for engine in (database.read_engine, database.write_engine):
        sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in (database.read_engine, database.write_engine):
        sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_a_measurement_by_form_takes_at_most_fifteen_statements(browser, bench, counted, again):
    """Session, key, act and answer together; NDT with its authorisation is the most that there is."""
    part = f"/parts/{bench.parts['crankshaft']}"
    typed = pages.hidden(browser.get(f"{part}/measure?characteristic=crankshaft-cracks").get_data(as_text=True))
    typed |= pages.TEST | {"instrument": bench.tools["magnetic-particle"]}
    where = f"{part}/examine"
    if again:
        bench.measure("crankshaft", "crankshaft-cracks")
        typed["why"] = "second-opinion"
    counted.clear()

    assert browser.post(where, data=typed).status_code == 303
    assert len(counted) <= 15, "\n".join(counted)


def at_once(database, *works):
    """Run these at once, each meeting the others after its first statement where the engine lets it."""
    barrier = threading.Barrier(len(works))

    def run(work):
        met = []

        def once(tx):
            tx.execute(sa.text("SELECT 1"))
            if not met and not database.is_sqlite:
                met.append(True)
                barrier.wait(5)
            return work(tx)

        return database.transact(once)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def measuring(bench, position, characteristic, by):
    """A unit of work in which somebody measures."""
    return lambda tx: actions.measure(
        tx,
        by,
        bench.parts[position],
        characteristic=characteristic,
        unit="mm",
        values=shop.GOOD[characteristic],
        instrument=bench.tools[shop.CLASS_OF[characteristic]],
        temperature="20",
    )


def test_two_people_measuring_the_same_engine_both_succeed(bench, database):
    """The same shaft and another component: independent observations stand one behind the other."""
    done = at_once(
        database,
        measuring(bench, "crankshaft", MAIN, bench.inspector),
        measuring(bench, "crankshaft", "crankpin-diameter", bench.technician),
        measuring(bench, "cylinder-block", "top-face-flatness", bench.technician),
    )
    assert {one.body.characteristic for one in done} == {MAIN, "crankpin-diameter", "top-face-flatness"}
    assert sorted(one.seq for one in done if one.body.position == "crankshaft") == [2, 3]
    assert len(bench.ask(queries.latest, bench.org_id, bench.case)) == 3
