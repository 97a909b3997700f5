"""The counters of a part in words: each total as it counts now, its ratings by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from remanu.families.family import Family
from remanu.parts.queries import Row, counting, standing
from remanu.rules import counters as rules
from remanu.rules.counters import WHOLE
from remanu.web.locale import current


@dataclass(frozen=True, slots=True)
class Counted:
    """One counter, whole or at one rating: what it stands at, and the reading that says so."""

    words: str
    value: str
    unit: str
    origin: str
    read_at: datetime


def counter_names(family: Family) -> Mapping[tuple[str, str], str]:
    """What a counter is called, and what each of its ratings is, by the codes of both."""
    language = current()
    found = {}
    for one in family.counters:
        words = found[one.code, WHOLE] = one.names.text(language)
        found.update({(one.code, each.code): f"{words} · {each.names.text(language)}" for each in one.ratings})
    return found


def named(names: Mapping[tuple[str, str], str], row: Row) -> str:
    """What a reading is of; codes only where the pack of today knows them no more."""
    known = names.get((row.counter, row.rating))
    return known or " · ".join(filter(None, (row.counter, row.rating)))


def counted(rows: Sequence[Row], family: Family, at: datetime) -> list[Counted]:
    """Every counter that was read, whole and then by rating.

    Ratings may be read without the whole; then the whole is what they sum to, and the newest of them says so.
    """
    names, units = counter_names(family), {one.code: one.unit for one in family.counters}
    taken = {one.id: one for one in counting.readings(rows, family)}
    now = rules.counts(taken.values(), at)
    newest = {(row.counter, row.rating): row for row in standing(list(rows))}
    told = []
    for code in dict.fromkeys(counter for counter, _ in newest):
        shown = [row for (counter, _), row in newest.items() if counter == code]
        whole = next((row for row in shown if row.rating == WHOLE and row.id in taken), None)
        if code in now and (whole is None or taken[whole.id].value != now[code].total):
            carried = max(shown, key=lambda row: row.read_at)
            total = rules.plain(now[code].total)
            told.append(Counted(names[code, WHOLE], total, units[code], carried.origin, carried.read_at))
            shown = [row for row in shown if row is not whole]
        told += [Counted(named(names, row), row.value, row.unit, row.origin, row.read_at) for row in shown]
    return told
