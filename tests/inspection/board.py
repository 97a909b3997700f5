"""A nonconformity on its way through the review board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from remanu.accounts import actions as accounts
from remanu.inspection import actions, queries
from remanu.rules.actor import Actor

WORN = ("64.971",) * 6 + ("64.900",)
"""Main journals of which one lies outside new limits, and within service limits."""
ASKED = {"expires": date(2026, 12, 31), "quantity": 2, "note": "The bearing carries it."}
MAY = {
    "number": "XA-DA-0001",
    "family": "diesel-engine",
    "activity": "concession",
    "site": "Hall 1",
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2026, 12, 31),
}


def decided(tx, board, nonconformity: str, decision: str = "rework") -> None:
    """Reviewed, and what is to be done is decided."""
    actions.review_nonconformity(tx, board, nonconformity)
    data = "SB-72-0123 rev. 2" if decision == "repair" else None
    actions.decide_nonconformity(tx, board, nonconformity, decision=decision, data=data)


def settled(tx, board, checker, nonconformity: str, note: str | None = None) -> None:
    """Decided to be reworked, and seen to be done by somebody else."""
    decided(tx, board, nonconformity)
    actions.verify_nonconformity(tx, checker, nonconformity, seen=True, note=note)


@dataclass(slots=True)
class Board:
    """The people of a review board, and the bench whose parts they look at."""

    bench: Any
    quality: Actor
    authority: Actor
    both: Actor

    def raised(self, position: str = "crankshaft", cause: str = "dimension") -> str:
        """A nonconformity that the technician raised."""
        part = self.bench.parts[position]
        done = self.bench.do(actions.raise_nonconformity, self.bench.technician, part, cause=cause)
        return done.body.nonconformity

    def act(self, verb: str, nonconformity: str, by: Actor | None = None, **given):
        """One act of the board, by quality unless somebody else is named."""
        return self.bench.do(getattr(actions, verb), by or self.quality, nonconformity, **given)

    def row(self, nonconformity: str):
        """The nonconformity as it is now."""
        return self.bench.ask(queries.find_nonconformity, self.bench.org_id, nonconformity)

    def reviewed(self, position: str = "crankshaft", cause: str = "dimension") -> str:
        """One that is before the board."""
        raised = self.raised(position, cause)
        self.act("review_nonconformity", raised)
        return raised

    def pending(self, **given) -> str:
        """One for which quality asks a concession."""
        found = self.reviewed()
        self.act("request_concession", found, **{**ASKED, **given})
        return found

    def approved(self, **given) -> str:
        """One whose concession the design authority approved."""
        found = self.pending(**given)
        self.act("approve_concession", found, self.authority)
        return found


def seated(place, bench) -> Board:
    """A board with an authorised design authority, and somebody who sits on both sides of the table."""
    admin = place.actor(place.member("boss-of-board", "admin"))
    refs = {name: place.member(name, *roles) for name, roles in _SEATS.items()}
    for name, number in (("authority", "XA-DA-0001"), ("both", "XA-DA-0002")):
        place.do(accounts.authorise, admin, refs[name], **{**MAY, "number": number})
    return Board(bench, *(place.actor(ref) for ref in refs.values()))


_SEATS = {"board-quality": ("quality",), "authority": ("mrb",), "both": ("mrb", "quality", "technician")}
