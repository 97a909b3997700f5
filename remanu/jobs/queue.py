"""The queue: messages that hold nothing but a job's id, on the library and level that the store itself uses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from huey.api import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import PostgresStorage, SqliteStorage

from remanu.config import Config
from remanu.db import sqlite_module
from remanu.errors import Misconfigured

# huey names a task by module and function; this module is never run as a program, so the name stays (stack.md §6).
TASK = "remanu.jobs.queue.job"


class SafeSqliteStorage(SqliteStorage):  # type: ignore[misc]
    """huey's SQLite storage on the safe library with synchronous=FULL (stack.md finding 8)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        module = sqlite_module()
        self.integrity_error = module.IntegrityError
        self.operational_error = module.OperationalError
        super().__init__(*args, **options)

    def _create_connection(self) -> Any:
        connection = sqlite_module().connect(
            self.filename, timeout=self._timeout, check_same_thread=False, isolation_level=None
        )
        self._set_journal_mode(connection)
        connection.execute("PRAGMA synchronous=FULL")
        level = connection.execute("PRAGMA synchronous").fetchone()[0]
        if level != 2:  # noqa: PLR2004 -- SQLite's number for FULL
            raise Misconfigured(setting="queue durability", why="not synchronous=FULL", value=level)
        return connection


class PlainSerializer(Serializer):  # type: ignore[misc]
    """Messages as JSON: who can write the queue file must not be able to run code in the worker."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps([data.id, *data.args]).encode()

    def _deserialize(self, data: bytes) -> Message:
        task_id, job_id = json.loads(bytes(data))
        return Message(task_id, TASK, args=(job_id,), kwargs={}, retries=0, retry_delay=0)


class Queue:
    """The queue of one installation; `run` is what the worker does with a job's id."""

    def __init__(self, config: Config, run: Callable[[str], None] | None = None) -> None:
        def job(job_id: str) -> None:
            (run or _not_here)(job_id)

        self.huey = _open(config)
        self._task = self.huey.task()(job)

    def send(self, job_id: str) -> None:
        """Wake the worker; losing the message loses nothing, because the row is found again."""
        self._task(job_id)

    def close(self) -> None:
        """Give the connection back."""
        self.huey.storage.close()


def _not_here(job_id: str) -> None:
    raise Misconfigured(setting="worker", why="this process only sends", value=job_id)


def _open(config: Config) -> Huey:
    options: dict[str, Any] = {"results": False, "serializer": PlainSerializer()}
    if config.database_url.startswith("sqlite"):
        return Huey("remanu", storage_class=SafeSqliteStorage, filename=str(config.queue_path), **options)
    address = config.database_url.replace("+psycopg", "", 1)
    return Huey("remanu", storage_class=PostgresStorage, dsn=address, **options)
