"""Whether what a release declares of substances is in order on a market and a day (I62, R19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from remanu.families import market
from remanu.rules import substances
from remanu.rules.substances import Share, Verdict

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one jurisdiction says from a day on."""

    jurisdiction: str
    on: date
    verdict: Verdict


def shares_of(hazards: Values) -> tuple[Share, ...]:
    """The shares that the declaration of a dossier or a certificate names; none where it names substances alone."""
    return tuple(Share(one["substance"], Decimal(one["ppm"]), one["basis"]) for one in hazards.get("shares", ()))


def judged(hazards: Values, *, family: str, jurisdiction: str, on: date) -> Verdict:
    """Whether a unit with this declaration may be placed on the market there on that day, by every regime in force."""
    shares = shares_of(hazards)
    return substances.judge(shares, market.regimes(), jurisdiction=jurisdiction, category=family, on=on)


def outlook(hazards: Values, *, family: str, on: date) -> list[Outlook]:
    """What each known jurisdiction says today, and what it will say from the day on which its next rule begins."""
    return [
        Outlook(place, day, judged(hazards, family=family, jurisdiction=place, on=day))
        for place in sorted({one.jurisdiction for one in market.regimes()})
        for day in (on, *_next(place, on))
    ]


def _next(jurisdiction: str, on: date) -> Iterator[date]:
    later = (one.applies_from for one in market.regimes() if one.jurisdiction == jurisdiction)
    yield from sorted(day for day in later if day > on)[:1]
