"""What `remanu bench` measures: each measurement makes a store of its own and says figures, floors and ratios."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa

from remanu.bench.acts import record
from remanu.bench.labels.figures import labels
from remanu.bench.limits import exceeded
from remanu.bench.lists import lists
from remanu.bench.place import Figures, installation
from remanu.bench.scans import scan
from remanu.bench.trees import tree
from remanu.bench.verdicts import recognition
from remanu.errors import BadInput

_PACKAGES = ("flask", "sqlalchemy", "granian", "jinja2")
BENCHES: Mapping[str, Callable[..., Figures]] = {
    "labels": labels,
    "record": record,
    "scan": scan,
    "tree": tree,
    "lists": lists,
    "recognition": recognition,
}
_ON_BOTH = ("tree", "lists")


def measure(name: str, database: str | None = None, *, count: int | None = None) -> Figures:
    """One measurement, or `all`, with the versions it was made with; BadInput for an unknown name.

    `database` is the address of an empty PostgreSQL database, on which trees and lists are measured as well;
    `count` says of how many labels the peak of memory is taken.
    """
    if name != "all" and name not in BENCHES:
        raise BadInput("name", "not-a-choice", choices=[*BENCHES, "all"])
    chosen = BENCHES if name == "all" else {name: BENCHES[name]}
    given: dict[str, tuple[Any, ...]] = {**dict.fromkeys(_ON_BOTH, (database,)), "labels": (count,)}
    measured = {one: _judged(do(*given.get(one, ()))) for one, do in chosen.items()}
    told = measured if name == "all" else measured[name]
    return {"bench": name, "versions": _versions(), **told}


def _judged(told: Figures) -> Figures:
    return {**told, "exceeded": exceeded(told)}


def beyond(measured: Figures) -> list[str]:
    """Everything that is beyond its limit, of one measurement or of all."""
    if "exceeded" in measured:
        return list(measured["exceeded"])
    each = {name: told for name, told in measured.items() if isinstance(told, dict)}
    return [f"{name}: {line}" for name, told in each.items() for line in told.get("exceeded", ())]


def _versions() -> dict[str, str]:
    with installation() as (_, database), database.reading() as connection:
        sqlite = str(connection.execute(sa.text("SELECT sqlite_version()")).scalar_one())
    packages = {name: version(name) for name in ("remanu", *_PACKAGES)}
    return {"python": platform.python_version(), "sqlite": sqlite, **packages}


def lines(measured: Figures, before: str = "") -> Iterator[str]:
    """The measurement for a person, a value a line."""
    for name, value in measured.items():
        if isinstance(value, dict):
            yield from lines(value, f"{before}{name}.")
        else:
            yield f"{before}{name}: {value}"
