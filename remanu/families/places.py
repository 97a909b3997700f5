"""The places of a unit and which lies in which, for a whole unit and for one of its assemblies alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from remanu.families.assembly import Position
from remanu.families.family import Family
from remanu.rules.genealogy import seat


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its code, what sits there, and the place around it, None directly under the unit."""

    code: str
    position: Position
    around: str | None


def places(family: Family, component: str | None = None) -> tuple[Place, ...]:
    """Every place below the component, or below the whole unit, in the order of the pack.

    What there is eight times in an engine of four cylinders is there twice in one of four assemblies.
    """
    root = _root(family, component)
    below: dict[str, tuple[str, ...]] = {root.code: (root.code,)}
    found: list[Place] = []
    for position in _below(family, root):
        codes = _codes(position, share=root.quantity if root.serialised else 1)
        below[position.code] = codes
        hosts = below[position.parent or ""]
        direct = position.parent == root.code
        for n, code in enumerate(codes, 1):
            host = None if direct else hosts[seat(n, len(codes), seats=len(hosts)) - 1]
            found.append(Place(code, position, host))
    order = {one.code: n for n, one in enumerate(family.positions)}
    return tuple(sorted(found, key=lambda one: order[one.position.code]))


def place_names(family: Family, locale: str) -> dict[str, str]:
    """What each place is called in a language, by its code: the position, with its number where there are several."""
    return {
        code: position.names.text(locale) + (f" {n}" if len(codes) > 1 else "")
        for position in family.positions
        for codes in (position.places(),)
        for n, code in enumerate(codes, 1)
    }


def in_order(family: Family, routes: Iterable[Any]) -> list[Any]:
    """Components by their places in the order of the pack, those that replace behind those that they replace."""
    codes = [code for position in family.positions for code in position.places()]
    order = {code: n for n, code in enumerate(codes)}
    return sorted(routes, key=lambda row: (order.get(row.position, len(order)), not row.found))


def _root(family: Family, component: str | None) -> Position:
    known = {position.code: position for position in family.positions}
    return known.get(component or "", family.root)


def _below(family: Family, root: Position) -> list[Position]:
    """Positions under this one on all levels; an upper one stands before what is in it, whatever the pack's order."""
    inside, found = {root.code}, []
    waiting = [one for one in family.positions if one.parent is not None]
    while ready := [one for one in waiting if one.parent in inside]:
        inside |= {one.code for one in ready}
        found += ready
        waiting = [one for one in waiting if one.code not in inside]
    return found


def _codes(position: Position, *, share: int) -> tuple[str, ...]:
    codes = position.places()
    return codes[: max(1, len(codes) // share)]
