"""Where the mass of a case went (I25): what came in against what went out, in exact kilograms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

TOLERANCE = Decimal("0.01")
_SHOWN = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class MassBalance:
    """Kilograms as decimal strings; `unknown` names what nobody weighed, and then nothing is closed.

    `difference` is in minus out, `share` that difference as a fraction of what came in.
    """

    came_in: Mapping[str, str]
    went_out: Mapping[str, str]
    unknown: tuple[str, ...]
    difference: str | None
    share: str | None
    closed: bool


def balance(came_in: Mapping[str, str | None], went_out: Mapping[str, str | None]) -> MassBalance:
    """Compare what came in with what went out; the tolerance is one per cent of what came in."""
    unknown = tuple(name for name, mass in (*came_in.items(), *went_out.items()) if mass is None)
    known_in = {name: mass for name, mass in came_in.items() if mass is not None}
    known_out = {name: mass for name, mass in went_out.items() if mass is not None}
    total = sum(map(Decimal, known_in.values()), Decimal(0))
    difference = total - sum(map(Decimal, known_out.values()), Decimal(0))
    judged = not unknown and total > 0
    return MassBalance(
        came_in=known_in,
        went_out=known_out,
        unknown=unknown,
        difference=format(difference, "f") if judged else None,
        share=format((difference / total).quantize(_SHOWN), "f") if judged else None,
        closed=judged and abs(difference) <= total * TOLERANCE,
    )
