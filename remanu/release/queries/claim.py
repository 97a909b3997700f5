"""The word that a unit may carry: computed from what the record shows, never typed (I26–I28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy.engine import Connection

from remanu.families import market
from remanu.families.family import ClassTerms
from remanu.inspection import queries as inspection
from remanu.parts.queries import CaseView
from remanu.release.queries.wording import country_of
from remanu.restoration import queries as restoration
from remanu.restoration.queries import changes
from remanu.rules import classes


def warranty_of(connection: Connection, case: CaseView, word: str, on: datetime) -> int:
    """The least warranty in days of the class: as the family asks, and as the jurisdiction asks on the day (I30).

    For classes as new it is that of the new product.
    """
    asked = (one.warranty_days for one in _terms(connection, case, on) if one.claim_class == word)
    least = next(asked, 0)
    return max(least, restoration.family_of(case).claims.new_warranty_days if word in _AS_NEW else 0)


def _terms(connection: Connection, case: CaseView, on: datetime) -> tuple[classes.Terms, ...]:
    claims = restoration.family_of(case).claims
    country, new = country_of(connection, case.org_id), claims.new_warranty_days

    def least(one: ClassTerms) -> int:
        asked = market.least_warranty(one.claim_class, jurisdiction=country, new_days=new, on=on.date())
        return max(one.warranty_days, asked)

    return tuple(classes.Terms(one.claim_class, one.depth, least(one)) for one in claims.terms)


_AS_NEW = frozenset({"REMANUFACTURED", "REBUILT"})


def claim(
    connection: Connection,
    case: CaseView,
    now: datetime,
    *,
    warranty_days: int | None = None,
    known: Mapping[str, bool] | None = None,
) -> classes.Claim:
    """The strongest word that the record supports now, and what the next stronger one lacks.

    Without `warranty_days` the warranty counts as what the targeted class asks; `known` are facts of the earlier
    rooms that whoever asks has gathered already.
    """
    if case.target_class is None:
        return classes.Claim(None, ())
    if known is None:
        known = {**inspection.facts(connection, case, now), **restoration.facts(connection, case, now)}
    return classes.strongest(_shown(connection, case, known, now=now, warranty_days=warranty_days))


def _shown(
    connection: Connection,
    case: CaseView,
    known: Mapping[str, bool],
    *,
    now: datetime,
    warranty_days: int | None,
) -> classes.Evidence:
    targeted, seen = cast("classes.ClaimClass", case.target_class), restoration.Sight(connection, case)
    return classes.Evidence(
        targeted=targeted,
        terms=_terms(connection, case, now),
        critical=inspection.critical_zone(connection, case),
        depth=seen.depth,
        test=restoration.test_result(connection, case),
        faults_removed=bool(known.get("no_open_nonconformity")) and bool(known.get("operations_done")),
        concession_outside_new=inspection.capped(connection, case),
        warranty_days=warranty_of(connection, case, targeted, now) if warranty_days is None else warranty_days,
        new_warranty_days=restoration.family_of(case).claims.new_warranty_days,
        mandatory_kept=mandatory_kept(seen),
        upgrades=upgrades(connection, seen),
    )


def mandatory_kept(seen: restoration.Sight) -> tuple[str, ...]:
    """Places whose part is renewed every time and was taken out and put back instead (I16)."""
    recorded = {one.code for one in seen.places if one.route is not None}
    return tuple(
        one.place
        for one in seen.as_built
        if one.position.mandatory_replace and one.origin != "new" and one.place in recorded
    )


def upgrades(connection: Connection, seen: restoration.Sight) -> tuple[str, ...]:
    """The approved changes by which improved parts came into the unit as it is now."""
    built = {one.item.id for one in seen.as_built}
    numbers = sorted({row.substitution for item, row in seen.new.items() if row.substitution and item in built})
    known = (changes.change_numbered(connection, seen.case.org_id, number) for number in numbers)
    return tuple(row.number for row in known if row is not None and row.why == _IMPROVED)


_IMPROVED = "improved"
