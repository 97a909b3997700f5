"""The schema comes from migrations, fits the program on both engines, and is left only without data."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu import schema
from remanu.clock import SetClock
from remanu.config import for_tests
from remanu.db import connect
from remanu.errors import Misconfigured
from tests import stores

ALONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_migrations_make_what_the_models_say(database):
    """After an upgrade nothing differs."""
    assert schema.check(database) == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("CREATE TABLE surplus (id TEXT)", "remove table: surplus"),
        ("ALTER TABLE item ADD COLUMN colour TEXT", "remove column: item colour"),
        ("DROP INDEX ix_item_org_id_family_id", "add index: ix_item_org_id_family_id"),
    ],
)
def test_a_planted_difference_is_named(database, fault, said):
    """A table, a column or an index that the models do not know is found."""
    rolled_back = pytest.raises(ZeroDivisionError)

    def work(tx):
        tx.execute(sa.text(fault))
        assert schema.differences(tx.connection) == [said]
        raise ZeroDivisionError

    with rolled_back:
        database.transact(work)


@pytest.mark.parametrize("table", schema.APPEND_ONLY)
def test_the_record_refuses_changes(database, table):
    """No row of the record is changed or removed by a statement of ours, on either engine."""

    def fill(tx):
        if table != "log":
            columns = sa.inspect(tx.connection).get_columns(table)
            row = {column["name"]: _value(column["type"]) for column in columns}
            tx.execute(sa.table(table, *map(sa.column, row)).insert().values(row))

    database.transact(fill)
    rows = sa.table(
        table, sa.column("org_id" if table == "event" else "origin" if table == "log" else "log_id")
    )
    for statement in (rows.update().values({rows.columns.values()[0]: "x"}), rows.delete()):
        with pytest.raises(sa.exc.IntegrityError, match=f"{table} is append-only"):
            database.transact(lambda tx, statement=statement: tx.execute(statement))


def _value(kind):
    return 1 if isinstance(kind, sa.Integer) else b"x" if isinstance(kind, sa.LargeBinary) else "x"


@ALONE
def test_a_lost_trigger_is_named(database):
    """A table of the record without its trigger is found."""
    database.transact(lambda tx: tx.execute(sa.text("DROP TRIGGER log_node_refuses_delete")))
    assert schema.check(database) == ["table log_node has no trigger that refuses delete"]


@ALONE
def test_a_store_of_a_newer_program_is_refused(database):
    """A revision that this program does not know is not touched."""
    database.transact(lambda tx: tx.execute(sa.text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(Misconfigured, match="9999"):
        schema.upgrade(database)
    assert schema.check(database) == [f"the store has revision 9999, the program wants {schema.newest()}"]


def test_going_back_is_refused_where_data_would_be_lost(database):
    """The log's own row is reason enough."""
    with pytest.raises(RuntimeError, match="table log holds data"):
        schema.downgrade(database, "base")
    assert schema.check(database) == []


@ALONE
def test_an_empty_store_goes_up_and_down(tmp_path, keyring):
    """Without data all tables go, and come again; the second upgrade has nothing to do."""
    folder = tmp_path / "empty"
    folder.mkdir()
    database = connect(for_tests(folder), clock=SetClock(stores.START), keyring=keyring)
    assert schema.check(database) == [f"the store has revision none, the program wants {schema.newest()}"]
    assert schema.upgrade(database)
    schema.downgrade(database, "base")
    with database.reading() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    assert schema.upgrade(database)
    assert not schema.upgrade(database)
    database.close()
