"""The database: engines for SQLite and PostgreSQL, column types, and the only place that commits."""

from __future__ import annotations

import fcntl
import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Literal, TypeVar

import sqlalchemy as sa
from sqlalchemy import event as sa_event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from remanu.clock import Clock, parse_stamp, stamp
from remanu.config import Config
from remanu.errors import Misconfigured, OutcomeUnknown, Unavailable
from remanu.ids import Ids
from remanu.keys import Keyring
from remanu.reads import anew, reading_once
from remanu.storage import Folder, Storage

Privacy = Literal["public", "partner", "internal", "personal", "secret"]
TableClass = Literal["record", "view", "vault", "working"]
T = TypeVar("T")

SAFE_SQLITE = (
    3,
    51,
    3,
)  # earlier libraries can corrupt a WAL database shared by processes (trust.md finding 5)
PATIENCE = 10.0  # seconds that a writer waits for its turn before it says so
_TRIES = 12
_EVIDENCE = "remanu_evidence"
# Whoever lost a race waits behind others who lost one, before his view of the store is taken; nobody else waits.
_QUEUE = "LOCK TABLE request IN SHARE UPDATE EXCLUSIVE MODE"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "cache_size=-16000",
)
_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An aware UTC time, stored as RFC 3339 text on every engine; naive values are refused."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware datetime to text; ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive time")
        return stamp(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Text to aware datetime."""
        return None if value is None else parse_stamp(value)


class Flag(TypeDecorator[bool]):
    """True or false as 1 or 0, the same on every engine."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: FBT001 -- SQLAlchemy's
        """Bool to integer."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Integer to bool."""
        return None if value is None else bool(value)


@compiles(sa.BigInteger, "sqlite")
def _strict_integer(_type: object, _compiler: object, **_: object) -> str:
    # STRICT tables know five type names; BIGINT is none of them.
    return "INTEGER"


class Base(DeclarativeBase):
    """All tables; every one declares its class and every column its privacy (architecture.md §3)."""

    metadata = sa.MetaData(naming_convention=_NAMING)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads this attribute by its name
        str: sa.Text(),
        int: sa.BigInteger(),
        bytes: sa.LargeBinary(),
        datetime: Moment(),
        bool: Flag(),
    }


def column(privacy: Privacy, *args: Any, **options: Any) -> MappedColumn[Any]:
    """A column with its privacy class (ASVS 14.1.1)."""
    return mapped_column(*args, info={"privacy": privacy}, **options)


def table(kind: TableClass, *constraints: sa.schema.SchemaItem) -> tuple[Any, ...]:
    """Table arguments: its class, its constraints, STRICT on SQLite."""
    return (*constraints, {"info": {"class": kind}, "sqlite_strict": True})


Reaction = Callable[["Tx", Any], None]


@dataclass(slots=True)
class Tx:
    """One unit of work: a connection inside a transaction, one moment, one maker of ids.

    `reactions` maps an event kind to what it means for later features (architecture.md §2, contract 3).
    """

    connection: Connection
    now: datetime
    ids: Ids
    keyring: Keyring
    label_origin: str
    reactions: Mapping[str, tuple[Reaction, ...]] = field(default_factory=dict)
    label_aliases: tuple[str, ...] = ()

    @property
    def label_hosts(self) -> frozenset[str]:
        """Every host whose printed addresses lead here, in lower case (rules.identity)."""
        return frozenset(one.partition("://")[2] for one in (self.label_origin, *self.label_aliases))

    def execute(self, statement: sa.Executable, values: Any = None) -> sa.CursorResult[Any]:
        """Run one statement."""
        return self.connection.execute(statement, values)

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        return self.ids.new(self.now)


@dataclass(slots=True)
class Database:
    """Engines and the rules of one installation's store.

    Writes hold a fair file lock on SQLite, because its busy handler starves writers (performance.md §2.4).
    """

    write_engine: Engine
    read_engine: Engine
    clock: Clock
    keyring: Keyring
    label_origin: str
    lock_path: Path | None
    ids: Ids = field(default_factory=Ids)
    reactions: Mapping[str, tuple[Reaction, ...]] = field(default_factory=dict)
    label_aliases: tuple[str, ...] = ()

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is one SQLite file."""
        return self.write_engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only autocommit connection; it cannot write on either engine. What is marked `once` is read once."""
        with self.read_engine.connect() as connection, reading_once():
            yield connection

    def transact(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in one write transaction and commit; retried on a lost race, so it has no side effects.

        Unavailable when the store cannot take writes; OutcomeUnknown when the commit itself failed.
        """
        for attempt in range(_TRIES):
            try:
                return self._once(work, queue=attempt > 0)
            except sa.exc.DBAPIError as error:
                if attempt + 1 >= _tries(error):
                    raise _translate(error) from error
            time.sleep(random.uniform(0, 0.004 * 2 ** min(attempt, 6)))  # noqa: S311 -- jitter, no secret
        raise AssertionError("the loop returns or raises")

    def _once(self, work: Callable[[Tx], T], *, queue: bool) -> T:
        # What somebody around this read may be changed by it: nothing is kept but within the act's own `reading_once`.
        with anew(), _fair_turn(self.lock_path), self.write_engine.connect() as connection:
            with connection.begin() as transaction:
                if queue and not self.is_sqlite:
                    connection.exec_driver_sql(_QUEUE)
                result = work(self._tx(connection))
                _commit(transaction)
            return result

    def _tx(self, connection: Connection) -> Tx:
        return Tx(
            connection,
            self.clock.now(),
            self.ids,
            self.keyring,
            self.label_origin,
            self.reactions,
            self.label_aliases,
        )

    def close(self) -> None:
        """Give all connections back."""
        self.write_engine.dispose()
        self.read_engine.dispose()


def _commit(transaction: sa.RootTransaction) -> None:
    try:
        transaction.commit()
    except sa.exc.OperationalError as error:
        if "disk I/O" in str(error.orig) or error.connection_invalidated:
            raise OutcomeUnknown(retry_after=5) from error
        raise


@contextmanager
def _fair_turn(path: Path | None) -> Iterator[None]:
    if path is None:
        yield
        return
    try:
        handle = path.open("ab")
    except OSError as error:
        raise Unavailable(retry_after=5) from error
    with _Turn(handle):
        yield


class _Turn:
    """Holds the lock file; waits in the kernel's queue, which is fair, and no longer than PATIENCE seconds."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle

    def __enter__(self) -> None:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait()

    def _wait(self) -> None:
        # The wait has no time limit of its own. A thread that waits longer than the request gives the turn back.
        held, late = threading.Event(), threading.Event()

        def wait() -> None:
            fcntl.flock(self._handle, fcntl.LOCK_EX)
            held.set()
            if late.is_set():
                self._handle.close()

        threading.Thread(target=wait, daemon=True).start()
        if not held.wait(PATIENCE):
            late.set()
            if held.is_set():
                self._handle.close()
            raise Unavailable(retry_after=5)

    def __exit__(self, *_: object) -> None:
        self._handle.close()


def _tries(error: sa.exc.DBAPIError) -> int:
    """How often the work may run: a serialisation failure or a chain position taken first is tried on.

    Any other broken key gets one more run, because the checks of the second run see the row that won and
    say so in words.
    """
    state = getattr(error.orig, "sqlstate", None)
    if state in {"40001", "40P01"} or "uq_event_org_id_subject_id_seq" in str(error.orig):
        return _TRIES
    return 2 if isinstance(error, sa.exc.IntegrityError) else 1


def _translate(error: sa.exc.DBAPIError) -> Exception:
    text = str(error.orig).lower()
    signs = ("locked", "full", "readonly", "read-only", "unable to open", "i/o error", "connection")
    if isinstance(error, sa.exc.OperationalError | sa.exc.InternalError) and any(
        sign in text for sign in signs
    ):
        return Unavailable(retry_after=5)
    return error


def sqlite_module() -> ModuleType:
    """The DB-API module with a safe SQLite library; Misconfigured where there is none."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return sqlite3
    import pysqlite3  # type: ignore[import-untyped]  # noqa: PLC0415 -- absent where Python's own is new enough

    if pysqlite3.sqlite_version_info < SAFE_SQLITE:
        raise Misconfigured(setting="SQLite", why="older than 3.51.3", value=pysqlite3.sqlite_version)
    return pysqlite3  # type: ignore[no-any-return]


def connect(config: Config, *, clock: Clock, keyring: Keyring) -> Database:
    """Open the store; on SQLite the durability settings are read back (trust.md finding 3)."""
    url = config.database_url
    if url.startswith("sqlite"):
        return _connect_sqlite(config, clock, keyring)
    beside = _beside(config)
    write = sa.create_engine(
        url, isolation_level="REPEATABLE READ", pool_pre_ping=True, execution_options=beside
    )
    read = sa.create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, execution_options=beside)

    @sa_event.listens_for(read, "connect")
    def _read_only(raw: Any, _: object) -> None:
        raw.execute("SET default_transaction_read_only = on")
        raw.commit()

    return Database(
        write, read, clock, keyring, config.label_origin, None, label_aliases=config.label_aliases
    )


def _beside(config: Config) -> dict[str, Storage]:
    return {_EVIDENCE: Folder(config.evidence_dir)}


def evidence_of(connection: Connection) -> Storage:
    """The evidence that belongs to the store of this connection: what was frozen by its digest is read from there."""
    storage: Storage = connection.get_execution_options()[_EVIDENCE]
    return storage


def _connect_sqlite(config: Config, clock: Clock, keyring: Keyring) -> Database:
    module = sqlite_module()
    options: dict[str, Any] = {
        "module": module,
        "connect_args": {"isolation_level": None, "timeout": 5},
        "execution_options": _beside(config),
    }
    write = sa.create_engine(config.database_url, **options)
    read = sa.create_engine(config.database_url, isolation_level="AUTOCOMMIT", **options)
    for engine in (write, read):
        sa_event.listen(engine, "connect", _set_pragmas)
    sa_event.listen(read, "connect", _query_only)

    @sa_event.listens_for(write, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    lock = config.dir / "write.lock"
    return Database(
        write, read, clock, keyring, config.label_origin, lock, label_aliases=config.label_aliases
    )


def _set_pragmas(raw: Any, _: object) -> None:
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")
    mode = raw.execute("PRAGMA journal_mode").fetchone()[0]
    level = raw.execute("PRAGMA synchronous").fetchone()[0]
    if (mode, level) != ("wal", 2):
        raise Misconfigured(
            setting="SQLite durability", why="not WAL with synchronous=FULL", value=(mode, level)
        )


def _query_only(raw: Any, _: object) -> None:
    raw.execute("PRAGMA query_only=ON")
