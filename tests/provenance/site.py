"""The whole application over the test's store, asked by strangers."""

from __future__ import annotations

from contextlib import contextmanager

from sqlalchemy import event

from tests import application


def browser(config, database):
    """A stranger's browser; each asks from an address of its own, so that limits do not count tests together."""
    client = application.site(config, database).test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.80"
    return client


@contextmanager
def statements(database):
    """The statements that reach the store meanwhile, on either engine of it."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    engines = (database.read_engine, database.write_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
