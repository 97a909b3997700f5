"""Stores for tests: made once from the migrations, then copied (SQLite) or emptied (PostgreSQL) for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import psycopg
import sqlalchemy as sa

from remanu import schema
from remanu.clock import SetClock
from remanu.config import Config, for_tests
from remanu.db import Base, Database, connect, sqlite_module
from remanu.keys import Keyring, make_keyring
from remanu.ledger import integrate
from tests import postgres, shelf

START = datetime(2026, 3, 1, tzinfo=UTC)
_NAME = "remanu_test"
_POOLS = ("write_engine", "read_engine")
# What a worker's server does not win back by itself: emptied tables keep their pages until they are cleaned.
_CLEAN_EVERY = 50


@dataclass(slots=True)
class Stores:
    """What the tests of one process share: keys, one migrated SQLite file, one PostgreSQL server."""

    folder: Path
    _server: postgres.Server | None = field(default=None)
    _cleaner: psycopg.Connection[tuple[Any, ...]] | None = field(default=None)
    _filled: str = ""
    _cleared: int = 0
    _pools: dict[str, sa.Pool] = field(default_factory=dict)
    _kept: list[Any] = field(default_factory=list)
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
        for name in _POOLS:
            self._share(getattr(opened, name), name)
        shelf.begin(opened, config.dir, self)
        return opened

    def keep(self, folder: Path, opened: Database) -> Callable[[Path, Database], None]:
        """What the store holds now, for `shelf`."""
        return self._keep_file(folder) if opened.is_sqlite else self._keep_rows()

    def _keep_file(self, folder: Path) -> Callable[[Path, Database], None]:
        kept = sqlite_module().connect(":memory:")
        self._kept.append(kept)
        _copy(folder, lambda store: store.backup(kept))
        return lambda target, _: _copy(target, kept.backup)

    def _keep_rows(self) -> Callable[[Path, Database], None]:
        cleaner = self._cleaner
        assert cleaner is not None
        found = cleaner.execute(self._filled, prepare=True).fetchone()
        rows = {name: _read(cleaner, name) for name in cast("list[str]", found and found[0])}
        number = "SELECT setval('event_position_seq', coalesce(max(position), 0) + 1, false) FROM event"
        cleaner.execute(number)

        def put(_: Path, __: Database) -> None:
            self._clear()
            for name, content in rows.items():
                with cleaner.cursor().copy(f'COPY "{name}" FROM STDIN (FORMAT BINARY)') as copy:
                    copy.write(content)
            cleaner.execute(number)

        return put

    def shut(self, opened: Database) -> None:
        """Give up a store; connections to PostgreSQL stay open for the next test."""
        for name in _POOLS:
            engine = getattr(opened, name)
            if engine.pool is not self._pools.get(name):
                engine.dispose()

    def _share(self, engine: sa.Engine, name: str) -> None:
        """Compile each statement once a process: it costs more than running it, and every test has engines anew."""
        kind = engine.dialect.name
        if kind == "postgresql":
            engine.pool = self._pools.setdefault(name, engine.pool)
        else:
            sa.event.listen(engine, "connect", _quick)
        if kind not in self._dialects:
            # The first connection tells a dialect which server it speaks to.
            engine.connect().close()
            self._dialects[kind] = engine.dialect
        engine.dialect = self._dialects[kind]
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
            self._cleaner = self._server.connect(_NAME)
            self._cleaner.execute("SET lock_timeout = '5s'")
            self._cleaner.execute("SET session_replication_role = replica")
            self._filled = _asks(table.name for table in Base.metadata.sorted_tables if table.name != "log")
        return self._server

    def _prepare(self, config: Config) -> None:
        database = connect(config, clock=SetClock(START), keyring=make_keyring(self.folder / "keys"))
        schema.upgrade(database)
        database.transact(lambda tx: integrate.open_log(tx, config.log_origin))
        database.close()

    def _clear(self) -> None:
        """Empty every table but the log's own row, past the triggers that refuse it."""
        self._running()
        assert self._cleaner is not None
        found = self._cleaner.execute(self._filled, prepare=True).fetchone()
        assert found is not None
        if found[0]:
            self._cleaner.execute("; ".join(f'DELETE FROM "{name}"' for name in found[0]))  # noqa: S608 -- our tables
        self._cleared += 1
        if self._cleared % _CLEAN_EVERY == 0:
            self._cleaner.execute("VACUUM")

    def close(self) -> None:
        """Stop what was started."""
        for kept in self._kept:
            kept.close()
        for pool in self._pools.values():
            pool.dispose()
        if self._cleaner is not None:
            self._cleaner.close()
        if self._server is not None:
            self._server.stop()


def _copy(folder: Path, what: Callable[[Any], None]) -> None:
    store = sqlite_module().connect(folder / "remanu.sqlite3", isolation_level=None)
    store.execute("PRAGMA synchronous=OFF")
    what(store)
    store.close()


def _read(cleaner: psycopg.Connection[tuple[Any, ...]], name: str) -> bytes:
    with cleaner.cursor().copy(f'COPY "{name}" TO STDOUT (FORMAT BINARY)') as copy:
        return b"".join(bytes(one) for one in copy)


def _asks(names: Iterable[str]) -> str:
    """Which tables hold rows, and events numbered from one again: most tests fill a few tables of sixty."""
    each = ", ".join(f"CASE WHEN EXISTS (SELECT FROM \"{name}\") THEN '{name}' END" for name in names)
    return f"SELECT array_remove(ARRAY[{each}], NULL), setval('event_position_seq', 1, false)"


def _quick(raw: Any, _: object) -> None:
    # That the program asks for durability was read back by it just now; what a test writes nobody will miss.
    raw.execute("PRAGMA synchronous=OFF")
