"""Deposits on cores: what a returned core is credited, and which bought units it answers (users.md §5.6).

Windows, tiers and percentages are data of a programme. Nothing is lost on the way: what a core is worth is what is
paid, what is withheld and what is charged; every bought unit is answered, open or lapsed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from remanu.rules import money
from remanu.rules.cores import Outcome

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tier:
    """Cores up to so many percent of the units bought are credited with so many percent of their value."""

    up_to: Decimal
    pays: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """A programme's terms: deposit a unit, value of a core beyond all tiers, share for a damaged one, add-charges."""

    currency: str
    deposit: Decimal
    base: Decimal
    damaged: Decimal
    days: int
    tiers: tuple[Tier, ...]
    charges: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Credit:
    """What became of a core's value: `worth` = `by_outcome` + `charged` + `paid`; `share` is the tier in percent."""

    worth: Decimal
    share: Decimal | None
    by_outcome: Decimal
    charged: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class Bought:
    """Units bought with a deposit on one day; a core answers one of them until its last day."""

    units: int
    on: date
    until: date

    def takes(self, day: date) -> bool:
        """Whether a core that comes on this day is in its term."""
        return self.on <= day <= self.until


@dataclass(frozen=True, slots=True)
class Balance:
    """Units bought = answered + open + lapsed; cores returned = answered + surplus."""

    bought: int
    answered: int
    open: int
    lapsed: int
    surplus: int


def share(position: int, bought: int, tiers: Sequence[Tier]) -> Decimal | None:
    """Percent of the value for the core that stands at this position of the units bought; None beyond all tiers."""
    return next((one.pays for one in tiers if position * _WHOLE <= one.up_to * bought), None)


def worth(terms: Terms, position: int, bought: int) -> tuple[Decimal, Decimal | None]:
    """What a full core at this position is worth, and by which share."""
    percent = share(position, bought, terms.tiers)
    value = terms.base if percent is None else money.part(terms.deposit, percent, terms.currency)
    return value, percent


def credit(
    terms: Terms, outcome: Outcome, *, position: int, bought: int, charges: Sequence[str] = ()
) -> Credit:
    """What is credited for a core of this outcome; add-charges never take more than there is.

    KeyError for an add-charge without an amount.
    """
    value, percent = worth(terms, position, bought)
    kept = {"full": _WHOLE, "damaged": terms.damaged, "none": Decimal(0)}[outcome]
    left = money.part(value, kept, terms.currency)
    asked = money.rounded(sum((terms.charges[one] for one in charges), Decimal(0)), terms.currency)
    charged = min(asked, left)
    return Credit(value, percent, value - left, charged, left - charged)


def balance(purchases: Sequence[Bought], returned: Sequence[date], *, today: date) -> Balance:
    """Each core, in the order of its day, answers the unit whose term ends first; others are surplus."""
    ordered = sorted(purchases, key=lambda one: (one.until, one.on))
    left = [one.units for one in ordered]
    answered = 0
    for day in sorted(returned):
        at = next((n for n, one in enumerate(ordered) if left[n] and one.takes(day)), None)
        if at is not None:
            left[at] -= 1
            answered += 1
    still = sum(units for units, one in zip(left, ordered, strict=True) if today <= one.until)
    return Balance(
        bought=sum(one.units for one in ordered),
        answered=answered,
        open=still,
        lapsed=sum(left) - still,
        surplus=len(returned) - answered,
    )


def in_window(days_of: Sequence[date], *, days: int, today: date) -> int:
    """How many of these days lie in the window that ends today."""
    since = today - timedelta(days=days)
    return sum(since <= one <= today for one in days_of)


def units_in_term(purchases: Sequence[Bought], day: date) -> int:
    """How many units are in their term on this day."""
    return sum(one.units for one in purchases if one.takes(day))
