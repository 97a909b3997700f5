"""Finding parts: what is found, in what order, by how many statements and by which keys."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import NotFound
from remanu.parts import actions, queries
from remanu.parts.models import Case
from remanu.rules import identity
from tests.parts.hall import counted


def found(hall, asked, **more):
    """The names of what is found."""
    return [row.name for row in hall.ask(queries.find, asked, **more)]


@pytest.fixture
def engine_part(hall):
    """An engine with a name in Chinese, marked."""
    item = hall.item(name="柴油机 Diesel engine", maker="Nordwerk", part_number="NW-6L-200", serial="E-0O1-77")
    hall.do("technician", actions.read_mark, item.id, kind="cast", mark="鑄造 2019/04")
    return item


@pytest.mark.parametrize(
    "asked",
    [
        "diesel",
        "DIES",
        "nordwerk diesel eng",
        "NW-6L-200",
        "nw6l200",
        "nw 6l",
        "E-0O1-77",
        "e0o177",
        "柴油机",
        "柴油機",
        "油",
        "铸造",
        "鑄",
        "2019/04",
        "ＮＷ－６Ｌ",
    ],
)
def test_a_part_is_found_by_what_one_knows(hall, engine_part, asked):
    """Name, maker, number, serial, mark; beginnings; without hyphens; in both scripts; in full width."""
    assert found(hall, asked) == ["柴油机 Diesel engine"]


@pytest.mark.parametrize("asked", ["", "  ", "--", "petrol", "diesel petrol", "油煤", "esel", "%", "_", "'; --"])
def test_nothing_is_found_for_something_else(hall, engine_part, asked):
    """Every word counts, signs of a query language mean nothing."""
    assert found(hall, asked) == []


@pytest.mark.parametrize(
    "spelt", [str, str.lower, identity.group, lambda code: code[:6], lambda code: code[:4] + "-" + code[4:7].lower()]
)
def test_a_code_is_found_as_people_write_it(hall, engine_part, spelt):
    """Whole or its beginning, with and without hyphens."""
    assert len(found(hall, spelt(engine_part.code))) == 1


@pytest.mark.parametrize(("sign", "misread"), [("0", "O"), ("1", "I"), ("1", "l")])
def test_a_code_is_found_as_people_misread_it(hall, sign, misread):
    """O for 0, I and L for 1."""
    item = next(one for one in (hall.item() for _ in range(99)) if sign in one.code)
    assert item.id in {row.id for row in hall.ask(queries.find, item.code.replace(sign, misread))}


def test_only_ones_own_parts_are_found(hall, other):
    """Another organisation's words are not ours."""
    other.item(name="Petrol engine")
    assert found(hall, "petrol") == []


def test_newest_first_a_page_at_a_time(hall):
    """By keyset: no item twice, none left out."""
    for n in range(5):
        hall.item(name=f"Pump {n}")
    first = hall.ask(queries.find, "pump", limit=2)
    second = hall.ask(queries.find, "pump", limit=2, after=first[-1].id)
    third = hall.ask(queries.find, "pump", limit=2, after=second[-1].id)
    assert [row.name for row in (*first, *second, *third)] == [f"Pump {n}" for n in (4, 3, 2, 1, 0)]
    assert [row.name for row in hall.ask(queries.items, limit=2, after=first[-1].id)] == ["Pump 2", "Pump 1"]


def test_cases_are_listed_oldest_first_a_page_at_a_time(hall, clock):
    """Three changed at one moment, two later: the cursor tells them apart."""
    cases = [hall.case() for _ in range(3)]
    clock.advance(hours=1)
    cases += [hall.case() for _ in range(2)]
    seen, after = [], ""
    while rows := hall.ask(queries.cases_in, {"RECEIVED"}, after=after, limit=2):
        seen += [row.id for row in rows]
        after = queries.cursor(rows[-1])
    assert seen == [case.id for case in cases]


@pytest.mark.parametrize("after", ["nonsense", "|", "2026|", "2026-01-01T00:00:00Z|'", "a|b|c"])
def test_an_odd_cursor_breaks_nothing(hall, after):
    """It is text in an address that anybody may write."""
    hall.case()
    hall.ask(queries.cases_in, {"RECEIVED"}, after=after)


def test_work_on_hold_comes_last(hall, clock):
    """Nobody can go on with it."""
    held, free = hall.case(), hall.case()
    hall.do("quality", actions.hold, held.id, why="paper")
    rows = hall.ask(queries.work_for, {"RECEIVED"}, limit=7)
    assert [row.id for row in rows] == [free.id, held.id]
    assert [row.holds for row in rows] == [0, 1]


def test_closed_cases_are_listed_no_more(hall):
    """The part goes on in another one."""
    case = hall.case("IN_SERVICE")
    hall.do("technician", actions.read_counter, case.item.id, counter="hours", value="1", origin="photo")
    hall.do("logistics", actions.return_core, case.id)
    assert hall.ask(queries.cases_in, {"IN_SERVICE"}) == []
    assert len(hall.ask(queries.cases_in, {"ANNOUNCED"})) == 1


def test_the_case_that_a_part_is_in(hall):
    """Its own newest, or that of the unit it is a component of; none for a part that was never in one."""
    item, block = hall.item(), hall.item(component="cylinder-block")
    assert hall.ask(queries.case_about, item.id) is None
    hall.case(item=item)
    case = hall.case(item=item)
    hall.fit(case, block)
    assert hall.ask(queries.case_about, item.id).id == case.id
    assert hall.ask(queries.case_about, block.id).id == case.id
    assert hall.ask(queries.find_route, case.id, block.id).position == "block"


def test_what_is_not_there_is_not_found(hall, other):
    """And what is another organisation's reads the same."""
    theirs = other.case()
    asked = (
        (queries.find_item, theirs.item.id),
        (queries.find_case, theirs.id),
        (queries.find_route, theirs.id, theirs.item.id),
        (queries.find_evidence, "ab" * 32),
    )
    for query, *key in asked:
        with pytest.raises(NotFound):
            hall.ask(query, *key)


@pytest.mark.parametrize(
    "question",
    [
        lambda hall: hall.ask(queries.find, "柴油 nw-6l"),
        lambda hall: hall.ask(queries.items),
        lambda hall: hall.ask(queries.cases_in, {"RECEIVED", "GRADED"}, after="2026-01-01T00:00:00Z|x"),
        lambda hall: hall.ask(queries.work_for, {"RECEIVED"}, limit=8),
    ],
)
def test_a_list_is_one_statement(hall, engine_part, question):
    """Beside the session's own: two for a whole page (architecture.md §7)."""
    with counted(hall.database.read_engine) as seen:
        question(hall)
    assert len(seen) == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("question", "keys"),
    [
        (lambda hall: hall.ask(queries.find, "diesel"), ("search_word", "item")),
        (lambda hall: hall.ask(queries.find, "nw-6l diesel"), ("search_word", "item")),
        (lambda hall: hall.ask(queries.cases_in, {"RECEIVED"}), ("reman_case",)),
        (lambda hall: hall.ask(queries.cases_in, {"RECEIVED"}, after="2026|x"), ("reman_case",)),
        (lambda hall: hall.ask(queries.items, after="x"), ("item",)),
        (lambda hall: hall.ask(queries.history, "x"), ("event",)),
        (lambda hall: hall.ask(queries.marks, "x"), ("mark",)),
    ],
)
def test_lists_are_read_by_keys(hall, engine_part, question, keys):
    """The plan searches each table, by a key that leads with the organisation where the table is long."""
    hall.database.transact(lambda tx: tx.execute(sa.text("ANALYZE")))
    plans = []

    def explain(_connection, cursor, statement, parameters, *_):
        rows = cursor.connection.execute("EXPLAIN QUERY PLAN " + statement, parameters).fetchall()
        plans.extend(row[3] for row in rows)

    sa.event.listen(hall.database.read_engine, "before_cursor_execute", explain)
    try:
        question(hall)
    finally:
        sa.event.remove(hall.database.read_engine, "before_cursor_execute", explain)
    for table in keys:
        read = [line for line in plans if table in line.split()]
        assert read
        assert all(line.startswith("SEARCH") for line in read), read


def test_numbers_of_cases_follow_each_other(hall, other):
    """Each organisation counts for itself."""
    assert [hall.case().number, hall.case().number, other.case().number] == [1, 2, 1]
    with hall.database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(Case)).scalar() == 3
