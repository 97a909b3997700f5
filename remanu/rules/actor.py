"""Who acts: one person for one organisation, by one of his roles, through one door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from remanu.errors import FactorNeeded, Forbidden
from remanu.rules.permissions import PERMISSIONS
from remanu.rules.signing import Proof

Source = Literal["web", "api", "command", "demo", "worker", "import"]


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an act; never empty.

    `ref` is the pseudonym that stands in events: random for each person in each organisation, so that a
    record can forget the name and keep the proof (trust.md §7). `fresh_until` is set for a few minutes by
    re-authentication; without it nothing can be signed (T-R7). `proof` says by what, and with a passkey it is all
    there is: its assertion is checked against what is signed.
    """

    org_id: str
    person_id: str
    ref: str
    roles: frozenset[str]
    source: Source
    zone: str = "UTC"
    device: str | None = None
    fresh_until: datetime | None = None
    proof: Proof | None = None

    def by(self, source: Source) -> Actor:
        """The same person through another door."""
        return replace(self, source=source)


def require(actor: Actor, kind: str) -> str:
    """The role by which the actor may do this kind of act; Forbidden when he holds none.

    A kind without a permission row is refused for everybody: default deny (ASVS 8.2.1).
    """
    may = PERMISSIONS.get(kind, frozenset())
    held = sorted(actor.roles & may)
    if not held:
        raise Forbidden(action=kind, needs=sorted(may))
    return held[0]


def require_fresh(actor: Actor, now: datetime) -> None:
    """FactorNeeded unless the person re-authenticated within the last minutes (T-R8)."""
    if actor.fresh_until is None or actor.fresh_until < now:
        raise FactorNeeded()
