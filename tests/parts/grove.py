"""A grove: parts by name, fitted into each other and taken out, in one organisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from remanu.parts import actions, queries
from remanu.parts.queries import trees, usage

# A module with its disk goes into an engine, which stands beside another one.
MODULE = {"component": "module", "name": "Turbine module", "part_number": "NW-TM-1", "condition": "unreleased"}
DISK = {"component": "disk", "name": "Turbine disk", "part_number": "NW-TD-1", "condition": "unreleased"}


@dataclass(slots=True)
class Grove:
    """Parts of a hall by name."""

    hall: Any
    items: dict[str, Any] = field(default_factory=dict)

    def plant(self, name: str, /, **changes):
        """A part under a name, with a serial number of its own."""
        self.items[name] = self.hall.item(**{"serial": f"S-{name}", **changes})
        return self.items[name]

    def planted(self) -> Grove:
        """Two engines, a module and a disk, none in another."""
        self.plant("engine")
        self.plant("other")
        self.plant("module", **MODULE)
        self.plant("disk", **DISK)
        return self

    def fit(self, name: str, host: str, position: str = "p-1", **given):
        """Put one into another."""
        code = self.items[name].code
        host_id = self.items[host].id
        return self.hall.do("technician", actions.fit, host_id, position=position, code=code, **given)

    def remove(self, name: str, why: str = "scheduled", **given):
        """Take one out."""
        return self.hall.do("technician", actions.remove, self.items[name].id, why=why, **given)

    def shape(self, root: str, at=None) -> dict[str, tuple[str, str]]:
        """What is in a part: host and position by name."""
        names = {item.id: name for name, item in self.items.items()}
        when = at or self.hall.database.clock.now()
        rows = self.hall.ask(trees.tree, self.items[root].id, when)
        return {names[row.item_id]: (names[row.host_id], row.position) for row in rows}

    def used(self, name: str, direction: str = "up"):
        """Where one was used, or what it held: name, level, from, to."""
        names = {item.id: name for name, item in self.items.items()}
        found = self.hall.ask(usage.uses, self.items[name].id, direction)
        return [(names[one.item_id], one.level, one.since, one.until) for one in found]

    def row(self, name: str):
        """One as it is now."""
        return self.hall.ask(queries.find_item, self.items[name].id)

    def later(self, **parts):
        """Time passes."""
        return self.hall.database.clock.advance(**parts)
