"""Which of the parts that sit in a unit sit in places of its family, and which deeper than the pack goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remanu.families.places import Place
from remanu.restoration.queries.rows import Row


def settle(held: Iterable[Row], seats: Iterable[Place], *, hosts: Mapping[str, str | None]) -> dict[str, Row]:
    """What sits in which place: the parts whose host is the unit, or lies in a place around theirs.

    `held` is in the order of levels. `hosts` are the items that count from the beginning with their places, None
    for the unit. A part that sits deeper than the pack goes is in no place, whatever its position is called.
    """
    around = {one.code: one.around for one in seats}
    where, found = dict(hosts), {}
    for row in held:
        fits = row.host_id in where and row.position in around
        if fits and where[row.host_id] in _ways(row.position, around):
            found[row.position] = row
            where[row.id] = row.position
    return found


def _ways(place: str, around: Mapping[str, str | None]) -> set[str | None]:
    """The places around a place, outwards, and the unit."""
    found: set[str | None] = {None}
    here = around.get(place)
    while here is not None:
        found.add(here)
        here = around.get(here)
    return found
