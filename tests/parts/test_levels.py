"""Lists stay level: each of their pages is found by an index, on both engines."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import queries as accounts
from remanu.inspection import queries as inspection
from remanu.labelling import queries as labelling
from remanu.parts import queries
from remanu.release import queries as release

_LATER = "2026-03-01T00:00:00.000000Z|x"
_LISTS = {
    "parts": lambda hall: hall.ask(queries.items, after="x"),
    "found": lambda hall: hall.ask(queries.find, "nordwerk diesel", after="x"),
    "cases": lambda hall: hall.ask(queries.cases_in, {"RECEIVED", "IN_WORK"}, after=_LATER),
    "work": lambda hall: hall.ask(queries.work_for, {"RECEIVED", "IN_WORK"}, limit=8),
    "labels": lambda hall: hall.ask(labelling.labels_in, frozenset({"reserved", "printed"}), after="x"),
    "instruments": lambda hall: hall.ask(inspection.instruments_page, "2026-03-01", after="x"),
    "nonconformities": lambda hall: hall.ask(inspection.listed, before="x"),
    "certificates": lambda hall: hall.ask(release.issued, before=9),
}
_WHOLE = ("SCAN item", "SCAN reman_case", "SCAN label", "SCAN search_word", "SCAN hold", "SCAN nonconformity")


@pytest.mark.parametrize("name", _LISTS)
def test_a_page_is_found_by_an_index(hall, name):
    """No page of a list reads a whole table, however long it grows (performance.md §3)."""
    plans = explained(hall.database.read_engine, lambda: _LISTS[name](hall))
    assert plans
    bare = [line for line in plans if line.strip().startswith(_WHOLE) and "INDEX" not in line]
    bare += [line for line in plans if "Seq Scan on" in line and "Subquery" not in line]
    assert bare == [], plans


def explained(engine, ask) -> list[str]:
    """The plans of every statement that a question runs; on PostgreSQL as if tables were large."""
    seen = []

    def note(_connection, _cursor, statement, parameters, *_):
        seen.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if not sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")
        how = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
        return [str(row[-1]) for text, given in seen for row in connection.exec_driver_sql(how + text, given)]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_late_page_of_a_common_word_begins_where_it_begins(hall):
    """The words of parts on former pages are not read, and nothing is gathered of a word that is seen to be common."""
    said = explained(hall.database.read_engine, lambda: hall.ask(queries.find, "diesel", after="0195"))
    assert any("item_id < " in line for line in said), said
    assert any("One-Time Filter" in line for line in said), said


def test_people_come_a_page_at_a_time(hall):
    """Those who joined first come first, and each once."""
    for n in range(5):
        hall.who(("technician", "quality", "planner", "logistics", "inspector")[n])
    asked = {"keyring": hall.database.keyring, "org_id": hall.org_id}
    with hall.database.reading() as connection:
        whole = accounts.members_page(connection, **asked)
        told, after = [], ""
        while page := accounts.members_page(connection, **asked, after=after, limit=2):
            told += page
            after = page[-1]["cursor"]
    assert [one["ref"] for one in told] == [one["ref"] for one in whole]
    assert len(told) >= 5
