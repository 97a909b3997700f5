"""Stores for tests: made once from the migrations, then copied (SQLite) or emptied (PostgreSQL) for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from remanu import schema
from remanu.clock import SetClock
from remanu.config import Config, for_tests
from remanu.db import Base, Database, connect
from remanu.keys import Keyring, make_keyring
from remanu.ledger import integrate
from tests import postgres

START = datetime(2026, 3, 1, tzinfo=UTC)
_NAME = "remanu_test"
# Most tests fill a few tables of sixty: only those are emptied.
_EMPTY = """
DO $$ DECLARE one text; filled boolean; BEGIN
  FOREACH one IN ARRAY ARRAY[{names}] LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %I', one); END IF;
  END LOOP;
END $$
"""
_UNUSED = "SET session_replication_role = replica; ALTER TABLE event ALTER COLUMN position RESTART; "


@dataclass(slots=True)
class Stores:
    """What the tests of one process share: keys, one migrated SQLite file, one PostgreSQL server."""

    folder: Path
    _server: postgres.Server | None = field(default=None)
    _empty: str = ""
    _dialects: dict[str, sa.Dialect] = field(default_factory=dict)
    _compiled: dict[object, object] = field(default_factory=dict)

    def config(self, folder: Path, engine: str) -> Config:
        """The settings of one test's installation; its keys are those of all."""
        shutil.copytree(self._keys(), folder / "keys")
        (folder / "evidence").mkdir()
        if engine == "sqlite":
            shutil.copyfile(self._template(), folder / "remanu.sqlite3")
            return for_tests(folder)
        self._clear()
        return for_tests(folder, database_url=self._running().url(_NAME))

    def open(self, config: Config, keyring: Keyring) -> Database:
        """The store of this installation, its clock standing still."""
        opened = connect(config, clock=SetClock(START), keyring=keyring)
        for engine in (opened.write_engine, opened.read_engine):
            self._share(engine)
        return opened

    def _share(self, engine: sa.Engine) -> None:
        """Compile each statement once a process: it costs more than running it, and every test has engines anew."""
        if engine.dialect.name not in self._dialects:
            # The first connection tells a dialect which server it speaks to.
            engine.connect().close()
            self._dialects[engine.dialect.name] = engine.dialect
        engine.dialect = self._dialects[engine.dialect.name]
        engine.update_execution_options(compiled_cache=self._compiled)

    def _keys(self) -> Path:
        keys = self.folder / "keys"
        if not keys.exists():
            make_keyring(keys)
        return keys

    def _template(self) -> Path:
        path = self.folder / "remanu.sqlite3"
        if not path.exists():
            self._prepare(for_tests(self.folder))
        return path

    def _running(self) -> postgres.Server:
        if self._server is None:
            self._server = postgres.start()
            with self._server.connect() as raw:
                raw.execute(f"CREATE DATABASE {_NAME}")
            self._prepare(for_tests(self.folder, database_url=self._server.url(_NAME)))
            filled = [table for table in Base.metadata.sorted_tables if table.name != "log"]
            self._empty = _UNUSED + _EMPTY.format(names=", ".join(f"'{table.name}'" for table in filled))
        return self._server

    def _prepare(self, config: Config) -> None:
        database = connect(config, clock=SetClock(START), keyring=make_keyring(self.folder / "keys"))
        schema.upgrade(database)
        database.transact(lambda tx: integrate.open_log(tx, config.log_origin))
        database.close()

    def _clear(self) -> None:
        """Empty every table but the log's own row, past the triggers that refuse it."""
        with self._running().connect(_NAME) as raw:
            raw.execute("SET lock_timeout = '5s'")
            raw.execute(self._empty)

    def close(self) -> None:
        """Stop what was started."""
        if self._server is not None:
            self._server.stop()
