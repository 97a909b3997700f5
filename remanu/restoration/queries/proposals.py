"""What the system proposes for a case and why: the condition of its core, its yield, a scheme for each worn part.

It is decision support. Each proposal carries the digest of everything it was drawn from, so that the record can say
which proposal a person followed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.families.fleet import TREND_SENSORS, cmapss_trends, grade_rule
from remanu.families.reference import CMAPSS_CITATION, cmapss_fleet
from remanu.inspection import queries as inspection
from remanu.inspection.queries import Results
from remanu.intake import queries as intake
from remanu.parts.queries import CaseView, limited
from remanu.restoration.models import ProposalDecision
from remanu.restoration.queries import history
from remanu.restoration.queries.rows import Row
from remanu.restoration.queries.sight import SALVAGE, Sight
from remanu.rules import canonical, trend
from remanu.rules.schemes import Proposal, Share, Work, propose

CONDITION = "condition"
"""What a decision about the core's condition is about; one about a part names the part."""
TREND_METHOD = "trend-ridge 1"
SCHEME_METHOD = "schemes 1"
_BEYOND = frozenset({"beyond_service"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How much life a core's sensors suggest, in cycles, with the error of the method on `n` known lives."""

    remaining: int
    error: int
    n: int
    grade: str
    edition: str
    source: str
    citation: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartProposal:
    """What is proposed for one worn component: `worn` are results, `left` is how often each operation may still be."""

    route: Row
    worn: tuple[Row, ...]
    proposal: Proposal
    works: Mapping[str, Work]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Everything proposed for a case, and what people decided on it, newest first."""

    condition: Condition | None
    grade: str | None
    yields: Mapping[str, Share]
    parts: tuple[PartProposal, ...]
    decisions: tuple[Row, ...]

    def decided(self, digest: str) -> Row | None:
        """The newest decision on exactly this proposal."""
        return next((row for row in self.decisions if row.inputs == digest), None)


def proposals(connection: Connection, case: CaseView, now: datetime) -> Proposals:
    """What the system proposes for this case now."""
    grade = history.grade_of(connection, case)
    return Proposals(
        condition=condition(connection, case),
        grade=grade,
        yields={} if grade is None else history.yields(connection, case, grade),
        parts=tuple(_parts(Sight(connection, case), now)),
        decisions=decisions(connection, case),
    )


def decisions(connection: Connection, case: CaseView) -> tuple[Row, ...]:
    """What people decided on proposals of this case, newest first."""
    rows = connection.execute(
        sa.select(ProposalDecision.__table__)
        .where(ProposalDecision.org_id == case.org_id, ProposalDecision.case_id == case.id)
        .order_by(ProposalDecision.id.desc())
    )
    return tuple(rows)


def condition(connection: Connection, case: CaseView) -> Condition | None:
    """What the trend of its sensors says of a core that came in with one; None for any other."""
    rows = {row.name: row.value for row in intake.condition_of(connection, case.org_id, case.id)}
    names = [name for sensor in TREND_SENSORS for name in (f"{sensor} level", f"{sensor} slope")]
    if any(name not in rows for name in names):
        return None
    figures = tuple(float(rows[name]) for name in names)
    # A core never tells of itself: the fleet's own record of it is left out.
    past = [one for one in _fleet() if one.figures != figures]
    remaining, rule = trend.estimate(past, figures), grade_rule()
    return Condition(
        remaining=round(remaining),
        error=round(_fleet_error()),
        n=len(past),
        grade=rule.grade(remaining),
        edition=rule.edition,
        source=rule.source,
        citation=CMAPSS_CITATION,
        digest=_digest(TREND_METHOD, {name: rows[name] for name in names}, rule.edition),
    )


@cache
def _fleet() -> tuple[trend.Past, ...]:
    lives = {one.unit: float(one.remaining_cycles) for one in cmapss_fleet()}
    return tuple(trend.Past(one.figures, lives[one.unit]) for one in cmapss_trends())


@cache
def _fleet_error() -> float:
    past = _fleet()
    return trend.errors(trend.left_out(past), [one.remaining for one in past]).root_mean_square


def _parts(seen: Sight, now: datetime) -> Iterable[PartProposal]:
    ended = _ended(seen, now)
    found = [one.route for one in seen.places if one.route is not None and one.route.found]
    worn = {route.item_id: _worn(seen, route) for route in found}
    asked = [
        route
        for route in found
        if worn[route.item_id] or route.item_id in ended or route.disposition in SALVAGE
    ]
    if not asked:
        return
    held = history.how_it_held(seen.connection, seen.case)
    times = history.times_of(seen.connection, seen.case.org_id, [route.item_id for route in asked])
    for route in asked:
        works = _works(seen, route, held, times=times)
        yield _part(seen, route, worn[route.item_id], works=works, ended=ended)


def _ended(seen: Sight, now: datetime) -> frozenset[str]:
    """Life-limited parts of the unit without any life left that can be told (I10)."""
    if not seen.family.life_limits:
        return frozenset()
    known = limited.in_case(seen.connection, seen.case, seen.family, now)
    return frozenset(one.item.id for one in known if not one.serviceable)


def _worn(seen: Sight, route: Row) -> tuple[Row, ...]:
    found: Results = seen.measured.get(route.item_id, {})
    rows = (inspection.newest(found, one.code) for one in inspection.wanted(seen.family, route.component))
    return tuple(row for row in rows if row is not None and row.zone not in {"within_new", "not_tested"})


def _works(
    seen: Sight, route: Row, held: Mapping[str, history.Held], *, times: Mapping[tuple[str, str], int]
) -> dict[str, Work]:
    none = history.Held(0, 0)
    return {
        one.code: Work(
            code=one.code,
            restores=frozenset(one.restores),
            special=one.special_process,
            left=None
            if one.max_repairs is None
            else max(one.max_repairs - times.get((route.item_id, one.code), 0), 0),
            tried=held.get(one.code, none).tried,
            held=held.get(one.code, none).held,
        )
        for one in seen.family.operations_on(route.component)
    }


def _part(
    seen: Sight, route: Row, worn: tuple[Row, ...], *, works: Mapping[str, Work], ended: frozenset[str]
) -> PartProposal:
    codes = [row.characteristic for row in worn]
    beyond = [row.characteristic for row in worn if row.zone in _BEYOND]
    life = Decimal(0) if route.item_id in ended else None
    made = propose(codes, list(works.values()), beyond=beyond, life_left=life, life_wanted=Decimal(1))
    drawn = {
        "item": route.item_id,
        "results": sorted(row.id for row in worn),
        "ended": route.item_id in ended,
        "works": {code: [one.left if one.left is not None else -1, one.tried, one.held] for code, one in works.items()},
    }
    digest = _digest(SCHEME_METHOD, drawn, seen.family.edition)
    return PartProposal(route=route, worn=worn, proposal=made, works=works, digest=digest)


def _digest(method: str, drawn: Mapping[str, Any], edition: str) -> str:
    told = {"method": method, "edition": edition, "drawn": dict(drawn)}
    return hashlib.sha256(canonical.encode(told)).hexdigest()
