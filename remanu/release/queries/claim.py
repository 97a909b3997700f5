"""The word that a unit may carry: computed from what the record shows, never typed (I26–I28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy.engine import Connection

from remanu.families.family import Family
from remanu.inspection import queries as inspection
from remanu.parts.queries import CaseView
from remanu.restoration import queries as restoration
from remanu.rules import classes

STATUS = {
    "REUSED": "Inspected",
    "REPAIRED": "Repaired",
    "RECONDITIONED": "Reconditioned",
    "OVERHAULED": "Overhauled",
    "REBUILT": "Rebuilt",
    "REMANUFACTURED": "Remanufactured",
}
"""The status term of each class, one a line (domain.md §5.1); schemes bring vocabularies of their own."""


def warranty_of(family: Family, word: str) -> int:
    """The least warranty in days that the family asks for the class; the new product's for classes as new (I30)."""
    terms = next((one.warranty_days for one in family.claims.terms if one.claim_class == word), 0)
    return max(terms, family.claims.new_warranty_days) if word in _AS_NEW else terms


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
    return classes.strongest(_shown(connection, case, known, warranty_days))


def _shown(
    connection: Connection, case: CaseView, known: Mapping[str, bool], warranty_days: int | None
) -> classes.Evidence:
    family, targeted = restoration.family_of(case), cast("classes.ClaimClass", case.target_class)
    terms = tuple(classes.Terms(one.claim_class, one.depth, one.warranty_days) for one in family.claims.terms)
    return classes.Evidence(
        targeted=targeted,
        terms=terms,
        critical=inspection.critical_zone(connection, case),
        depth=restoration.depth(connection, case),
        test=restoration.test_result(connection, case),
        faults_removed=bool(known.get("no_open_nonconformity")) and bool(known.get("operations_done")),
        concession_outside_new=inspection.capped(connection, case),
        warranty_days=warranty_of(family, targeted) if warranty_days is None else warranty_days,
        new_warranty_days=family.claims.new_warranty_days,
    )
