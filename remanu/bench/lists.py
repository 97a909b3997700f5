"""Whether lists stay level: their first page and one near the end, with a tenth of the parts and with all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection

from remanu.bench import rows
from remanu.bench.place import Figures, elsewhere, installation, least, ms
from remanu.db import Database
from remanu.labelling import queries as labelling
from remanu.parts import queries as parts

FEW, MANY, ROUNDS = 10_000, 100_000, 50
LEVEL = 1.5  # performance.md P25: a page far into a list against its first page
_ORG = "0195b000-0000-7000-8000-000000000001"
_STATES = ("SUBMITTED", "TEST_PASSED", "IN_WORK", "RECEIVED", "IN_SERVICE")
_LABELS = ("reserved", "printed", "applied", "active")

Ask = Callable[[Connection, int], object]
LISTS: dict[str, tuple[Ask, Ask]] = {
    "parts": (
        lambda c, _: parts.items(c, _ORG),
        lambda c, n: parts.items(c, _ORG, after=rows.key(n // 20)),
    ),
    "parts_by_a_word_that_all_carry": (
        lambda c, _: parts.find(c, _ORG, "bench"),
        lambda c, n: parts.find(c, _ORG, "bench", after=rows.key(n // 20)),
    ),
    "parts_by_a_word_that_some_carry": (
        lambda c, _: parts.find(c, _ORG, "s42"),
        lambda c, n: parts.find(c, _ORG, "s42", after=rows.key(n // 2)),
    ),
    "part_by_its_serial": (
        lambda c, n: parts.find(c, _ORG, f"s{n - 3}"),
        lambda c, n: parts.find(c, _ORG, f"s{n // 2}"),
    ),
    "cases_in_one_state": (
        lambda c, _: parts.cases_in(c, _ORG, {"IN_WORK"}),
        lambda c, n: parts.cases_in(c, _ORG, {"IN_WORK"}, after=_late(n)),
    ),
    "cases_in_all_states": (
        lambda c, _: parts.cases_in(c, _ORG, _STATES),
        lambda c, n: parts.cases_in(c, _ORG, _STATES, after=_late(n)),
    ),
    "work_at_home": (
        lambda c, _: parts.work_for(c, _ORG, _STATES, limit=8),
        lambda c, _: parts.work_for(c, _ORG, ("RECEIVED",), limit=8),
    ),
    "labels": (
        lambda c, _: labelling.labels_in(c, _ORG, frozenset(_LABELS)),
        lambda c, n: labelling.labels_in(c, _ORG, frozenset(_LABELS), after=rows.key(n * 19 // 20)),
    ),
}


def _late(n: int) -> str:
    return f"{rows.moment(n * 9)}|{rows.key(0)}"


def lists(url: str | None = None) -> Figures:
    """Each list's first page and a late one, with 10,000 parts and with 100,000."""
    told: dict[str, Any] = {"sqlite": _engine(None)}
    if url is not None:
        told["postgresql"] = _engine(url)
    return {
        "figures": {engine: found["figures"] for engine, found in told.items()},
        "floors": {"late_to_first": LEVEL},
        "ratios": {engine: found["ratios"] for engine, found in told.items()},
        "settings": {"few": FEW, "many": MANY, "rounds": ROUNDS, "page": parts.PAGE},
    }


def _engine(url: str | None) -> Figures:
    few, many = _measured(url, FEW), _measured(url, MANY)
    return {
        "figures": {name: {"few_ms": few[name], "many_ms": many[name]} for name in LISTS},
        "ratios": {
            name: {
                "late_to_first": round(many[name][1] / many[name][0], 2),
                "many_to_few": round(many[name][0] / few[name][0], 2),
            }
            for name in LISTS
        },
    }


def _measured(url: str | None, count: int) -> dict[str, tuple[float, float]]:
    with _store(url, count) as database, database.reading() as connection:

        def timed(ask: Ask) -> float:
            return ms(least(ROUNDS, lambda: ask(connection, count)))

        return {name: (timed(first), timed(late)) for name, (first, late) in LISTS.items()}


@contextmanager
def _store(url: str | None, count: int) -> Iterator[Database]:
    with installation() if url is None else elsewhere(url) as (_, database):
        rows.put(database, "item", rows.items(_ORG, count))
        rows.put(database, "search_word", rows.words(_ORG, count))
        rows.put(database, "reman_case", rows.cases(_ORG, count, _STATES))
        rows.put(database, "label", rows.labels(_ORG, count, _LABELS))
        rows.settle(database)
        yield database
