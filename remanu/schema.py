"""The schema of the store: brought up to date by revisions, and compared with what the program expects."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as Settings
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

import remanu
from remanu.config import resource
from remanu.db import Base, Database, Tx
from remanu.errors import Misconfigured
from remanu.ledger import integrate

# Rows of these are never changed; a trigger refuses it (architecture.md §3).
APPEND_ONLY = ("event", "log", "log_entry", "log_node", "log_checkpoint")
# On SQLite `position` is the rowid, which only a primary key can be; the key of the models is unique instead.
_ROWID = {"uq_event_position", "uq_event_org_id_id"}
# On PostgreSQL the worker's queue lies in the same database; its library makes and keeps those tables itself.
_QUEUE = "huey_"


def metadata() -> sa.MetaData:
    """Every table that some feature's models declare."""
    for found in pkgutil.iter_modules(remanu.__path__):
        name = f"remanu.{found.name}.models"
        if found.ispkg and find_spec(name) is not None:
            import_module(name)
    return Base.metadata


def settings(connection: Connection | None = None) -> Settings:
    """What Alembic needs to know; it works on the connection it is handed and opens none."""
    made = Settings()
    made.set_main_option("script_location", str(resource("migrations")).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def prepare(database: Database, log_origin: str) -> bool:
    """Bring tables up to date and begin the installation's log; True where tables changed."""
    changed = upgrade(database)
    database.transact(lambda tx: integrate.open_log(tx, log_origin))
    return changed


def require(database: Database) -> None:
    """Misconfigured unless the store has the revision of this program: commands begin with this."""
    with database.reading() as connection:
        now = current(connection)
    if now != (newest(),):
        raise Misconfigured(
            setting="database", why="run remanu db upgrade first", value=now[0] if now else "no tables"
        )


def upgrade(database: Database, revision: str = "head") -> bool:
    """Bring the store up to date in one transaction; True where something changed.

    Misconfigured when the store carries a revision that this program does not know.
    """

    def work(tx: Tx) -> bool:
        before = _known(tx.connection)
        command.upgrade(settings(tx.connection), revision)
        changed = current(tx.connection) != before
        if changed:
            tx.execute(sa.text("ANALYZE"))
        return changed

    return database.transact(work)


def downgrade(database: Database, revision: str) -> None:
    """Go back to a revision; refused where a table that would go holds data."""

    def work(tx: Tx) -> None:
        _known(tx.connection)
        command.downgrade(settings(tx.connection), revision)

    database.transact(work)


def current(connection: Connection) -> tuple[str, ...]:
    """The revision of the store: empty, or one serial."""
    return tuple(MigrationContext.configure(connection).get_current_heads())


def newest() -> str:
    """The newest revision that this program carries."""
    return str(ScriptDirectory.from_config(settings()).get_current_head())


def revision(database: Database, message: str) -> str:
    """Write the next revision from what the models have and this up-to-date store lacks; returns its serial."""
    serial = f"{int(newest()) + 1:04d}"

    def work(tx: Tx) -> None:
        made = settings(tx.connection)
        made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.revision(made, message, autogenerate=True, rev_id=serial)

    database.transact(work)
    (resource("migrations") / "HEAD").write_text(f"{serial}\n", "ascii")
    return serial


def _known(connection: Connection) -> tuple[str, ...]:
    serials = {script.revision for script in ScriptDirectory.from_config(settings()).walk_revisions()}
    now = current(connection)
    if not serials.issuperset(now):
        raise Misconfigured(setting="database", why="has a revision this program does not know", value=now[0])
    return now


def check(database: Database) -> list[str]:
    """What differs between the store and the program, in sentences; empty where they fit."""
    with database.reading() as connection:
        now = current(connection)
        if now != (newest(),):
            return [f"the store has revision {now[0] if now else 'none'}, the program wants {newest()}"]
        return [*differences(connection), *_missing_triggers(connection)]


def options(connection: Connection) -> dict[str, Any]:
    """How store and program are compared, and how revisions write types: plain, without our own classes."""
    return {
        "target_metadata": metadata(),
        "compare_type": connection.dialect.name != "sqlite",
        "include_object": _compared,
        "render_item": rendered,
    }


def _compared(_object: object, name: str | None, *_: object) -> bool:
    return name not in _ROWID and not str(name).startswith(_QUEUE)


def rendered(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A column type as revisions write it; False leaves the writing to Alembic."""
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


def differences(connection: Connection) -> list[str]:
    """Tables, columns, keys and indexes that the store has otherwise than the models, in sentences."""
    context = MigrationContext.configure(connection, opts=options(connection))
    return [_said(one) for one in compare_metadata(context, metadata())]


def _said(difference: Any) -> str:
    if isinstance(difference, list):
        return _said(difference[0])
    what, *rest = difference
    names = [str(getattr(part, "name", part)) for part in rest if part is not None]
    return f"{what.replace('_', ' ')}: {' '.join(names)}"


def _missing_triggers(connection: Connection) -> list[str]:
    sqlite = connection.dialect.name == "sqlite"
    asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if not sqlite:
        asked = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    there = set(connection.execute(sa.text(asked)).scalars())
    return [
        f"table {name} has no trigger that refuses {verb}"
        for name in APPEND_ONLY
        for verb in (("update", "delete") if sqlite else ("change",))
        if f"{name}_refuses_{verb}" not in there
    ]
