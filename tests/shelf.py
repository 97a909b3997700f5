"""Stores as a story left them: told once a process, then taken from the shelf by every test that begins with it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from remanu.db import Database

T = TypeVar("T")


class Keeper(Protocol):
    """Who can keep what a store holds, and put it back."""

    def keep(self, folder: Path, opened: Database) -> Callable[[Path, Database], None]:
        """Keep what the store holds now; returns what puts it into another store."""


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    put: Callable[[Path, Database], None]
    last_id: int


@dataclass(slots=True)
class _Open:
    """A test's store: which stories it holds, as long as nobody wrote anything else."""

    folder: Path
    keeper: Keeper
    told: tuple[Hashable, ...] | None
    commits: int = 0
    known_commits: int = 0

    def note(self, _connection: object) -> None:
        """Somebody wrote."""
        self.commits += 1


@dataclass(slots=True)
class Shelf:
    """What one process has told so far."""

    kept: dict[tuple[Hashable, ...], _Kept] = field(default_factory=dict)
    open: WeakKeyDictionary[sa.Engine, _Open] = field(default_factory=WeakKeyDictionary)


_SHELF = Shelf()


def begin(opened: Database, folder: Path, keeper: Keeper) -> None:
    """This store is empty, and a story may be put into it."""
    engine = opened.write_engine
    one = _SHELF.open[engine] = _Open(folder, keeper, (engine.dialect.name,))
    sa.event.listen(engine, "commit", one.note)


def told(database: Database, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` returns, a plain value, after it told a part of a story: really, or by what is on the shelf.

    The key names the part and everything that it depends on, beside the parts before it. A store into which somebody
    else wrote meanwhile, and one that is not the tests' own, is told the story really.
    """
    one = _SHELF.open.get(database.write_engine)
    if one is None or one.told is None or one.commits != one.known_commits:
        return make()
    whole = (*one.told, key, database.clock.now(), database.label_origin, len(database.reactions))
    if whole not in _SHELF.kept:
        _keep(whole, one, database, make)
    else:
        _SHELF.kept[whole].put(one.folder, database)
        database.ids._last = max(database.ids._last, _SHELF.kept[whole].last_id)
    one.told, one.known_commits = whole, one.commits
    return copy.deepcopy(_SHELF.kept[whole].value)


def _keep(whole: tuple[Hashable, ...], one: _Open, database: Database, make: Callable[[], Any]) -> None:
    value = copy.deepcopy(make())
    put = one.keeper.keep(one.folder, database)
    files = _Files(one.folder)

    def both(folder: Path, opened: Database) -> None:
        put(folder, opened)
        files.put(folder)

    _SHELF.kept[whole] = _Kept(value, both, database.ids._last)


class _Files:
    """What a story leaves beside the store: what was signed and erased, evidence."""

    def __init__(self, folder: Path) -> None:
        self._content = {
            path.relative_to(folder): (path.read_bytes(), path.stat().st_mode)
            for name in ("keys", "evidence")
            for path in (folder / name).rglob("*")
            if path.is_file()
        }

    def put(self, folder: Path) -> None:
        """Write what is not there yet."""
        for name, (content, mode) in self._content.items():
            path = folder / name
            if not path.exists() or path.stat().st_size != len(content):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                path.chmod(mode)
