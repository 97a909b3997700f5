"""Action first, then scan: what somebody wants to do with whatever he scans next (users.md §6).

An aim is never a way of its own into an act: it leads to the page of a verb that the part offers this person now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.labelling import queries as labelling
from remanu.parts import queries
from remanu.parts.schemas.offered import offered
from remanu.parts.views import doing
from remanu.rules.permissions import PERMISSIONS
from remanu.web import acts
from remanu.web.context import actor, here
from remanu.web.words import N_

_LIVE = frozenset({"printed", "applied", "active"})


@dataclass(frozen=True, slots=True)
class Aim:
    """Words of the pill, and the verbs that serve it; none of its own where the part's next step is meant."""

    words: str
    verbs: tuple[str, ...] = ()


AIMS: Mapping[str, Aim] = {
    "look": Aim(N_("Look up")),
    "step": Aim(N_("Next step")),
    "move": Aim(N_("Move"), ("intake.move",)),
    "measure": Aim(N_("Measure"), ("inspection.measure",)),
    "install": Aim(N_("Install"), ("restoration.install", "parts.fit")),
    "fit": Aim(N_("Install"), ("parts.fit",)),
    "remove": Aim(N_("Remove"), ("parts.remove",)),
}


# What only the second of two scans can be meant for.
_SECOND = frozenset({"fit"})
# Acts that no state of the part stands against: their own page says what else does.
_ANYTIME = {"move": "intake.move", "fit": "parts.fit"}


def pills(chosen: str) -> list[dict[str, object]]:
    """The aims that one of the person's roles can have, the chosen one marked."""
    roles = actor().roles
    known = [(name, one.verbs) for name, one in AIMS.items() if name not in _SECOND]
    may = [name for name, verbs in known if not verbs or any(roles & PERMISSIONS[kind] for kind in verbs)]
    return [
        {"href": url_for("parts.scan", do=name), "words": AIMS[name].words, "chosen": name == chosen} for name in may
    ]


def way(item_id: str, aim: str, label: str | None) -> str | None:
    """The address at which the aim is met with this part now; None where the part's own page has to say why not.

    A label that is not in force is warned of first, whatever somebody wants to do.
    """
    with here().database.reading() as connection:
        item = queries.find_item(connection, actor().org_id, item_id)
        if label and not in_force(connection, item.code, label):
            return None
        case = queries.case_about(connection, actor().org_id, item.id)
        routes = queries.routes(connection, actor().org_id, case.id) if case else []
        names = {one.code: one.names.en for one in pack_of(connection, item).positions}
        told = offered(
            connection, actor(), item, case=case, verbs=acts.all_verbs(), now=here().database.clock.now()
        )
        seen = doing.Seen(item, case, list(routes), names)
        first = doing.first(connection, told, seen)
        every = [one for one in (first, *doing.others(told, seen, but=first)) if one and not one["reason"]]
    if aim == "step":
        return first["href"] if first and not first["reason"] else None
    anytime = _ANYTIME.get(aim)
    if anytime is not None and actor().roles & PERMISSIONS[anytime]:
        return url_for(anytime, target_id=item_id)
    found = next((one["href"] for one in every if _serves(one["href"], aim)), None)
    if aim == "install" and not str(found).endswith("/install") and actor().roles & PERMISSIONS["parts.fit"]:
        # A part without a position that waits for it goes into whatever is scanned next.
        return url_for("parts.scan", do="into", part=item_id)
    return found


def _serves(href: str, aim: str) -> bool:
    return any(href.endswith(f"/{kind.partition('.')[2]}") for kind in AIMS[aim].verbs)


def in_force(connection: Connection, item_code: str, label: str) -> bool:
    """Whether the label that was scanned with the part's code stands for it now."""
    row = labelling.find_by_code(connection, item_code, label)
    return row is not None and row.state in _LIVE
