"""An improved part comes in by an approved change, so that the unit is above its original type (the flag UPGRADED)."""

from __future__ import annotations

from remanu.demo.hand import Hand
from remanu.parts.queries import Row
from remanu.restoration import actions as restoration
from remanu.restoration.queries import changes


def instead_of(told: Hand, route: Row) -> str:
    """The part number that comes in for this component: its own, or the improved one, whose change is approved."""
    better = told.story.improved.get(route.component)
    if better is None:
        return str(route.part_number)
    about = {"family": told.story.family.id, "component": route.component}
    numbers = {"part_number": better, "instead_of": route.part_number}
    if changes.substitution(told.tx.connection, told.crew.org_id, **about, **numbers) is None:
        kind = "restoration.propose_change"
        number = f"EC-{told.story.serial}-1"
        made = told.do(
            restoration.propose_change,
            kind,
            number=number,
            what="substitute",
            why="improved",
            **about,
            **numbers,
        )
        told.act(restoration.approve_change, "restoration.approve_change", made.subject.id)
    return better
