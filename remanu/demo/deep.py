"""What sits deeper in a unit than its pack goes: cutters on a cutterhead, motors on a drive, each with its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from remanu.parts import actions as parts
from remanu.parts.actions import Unrecorded


class Teller(Protocol):
    """Whoever tells the story: acts by the person whose turn it is, and knows what lies in which place."""

    def act(self, action: Any, kind: str, target: str, /, **given: Any) -> Any:
        """One act of the person whose turn it is."""
        ...

    def routes(self) -> Sequence[Any]:
        """The components of the case."""
        ...


def tell(telling: Teller, inside: Sequence[Mapping[str, Any]], *, serial: str) -> None:
    """Record each part in the assembly that it was found in, from the outside inwards.

    A line of the story says in which place or in what the parts sit, how many in each, what they are and their
    number; `rows` of one line become the hosts of the lines that name its slot.
    """
    hosts = {row.position: [(row.item_id, "")] for row in telling.routes()}
    for line in inside:
        made = []
        for host, above in hosts[line["within"]]:
            made += [_found(telling, host, line, n=n, above=above, serial=serial) for n in range(1, line["each"] + 1)]
        hosts[line["slot"]] = made


def _found(
    telling: Teller, host: str, line: Mapping[str, Any], *, n: int, above: str, serial: str
) -> tuple[str, str]:
    number = f"{n:02d}" if line["each"] > 1 else ""
    position = "-".join(filter(None, (line["slot"], number)))
    mark = "-".join(filter(None, (above, line["mark"] + number)))
    new = Unrecorded(part_number=line["part_number"], serial=f"{serial}-{mark}", name=line["name"])
    done = telling.act(parts.fit, "parts.fit", host, position=position, new=new)
    return done.subject.id, mark
