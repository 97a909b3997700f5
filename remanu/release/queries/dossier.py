"""The dossier of a case: a checklist by gate, and whether it is still what was submitted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.families import market
from remanu.families.assembly import LifeLimit
from remanu.inspection import queries as inspection
from remanu.intake import queries as intake
from remanu.ledger.models import EventRow
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView, limited
from remanu.reads import once
from remanu.release.events import CameIn, Head, LifeLeft, LifeStatus, Line, OnSite
from remanu.release.models import Dossier
from remanu.release.queries.certificates import worked_since
from remanu.release.queries.claim import claim
from remanu.release.queries.wording import scheme_of
from remanu.restoration import queries as restoration
from remanu.rules import canonical as jcs
from remanu.rules import classes, counters, dossiers
from remanu.rules.lives import Left

Row = sa.Row[Any]
ASKED = frozenset(
    {
        "hazards_declared",
        "mass_balanced",
        "findings_given",
        "class_reduced",
        "owner_told",
        "certificate_revoked",
        "holders_notified",
        "reason_given",
        "successor_issued",
    }
)
"""Guards that the forms of this room answer themselves; an open mass balance may be explained at submission."""


@dataclass(frozen=True, slots=True)
class DossierView:
    """The checklist with its verdicts; `sealed` is the row of the submission, None while it is being compiled."""

    lines: tuple[Line, ...]
    sealed: Row | None

    @property
    def done(self) -> int:
        """How many lines the record shows."""
        return sum(line.done for line in self.lines)

    @property
    def whole(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the lines that are open."""
        return tuple(line.code for line in self.lines if not line.done)


@once
def sealed_dossier(connection: Connection, case: CaseView) -> Row | None:
    """The submission that holds for the case: the newest one that was not sent back."""
    chosen = (
        sa.select(Dossier.__table__)
        .where(Dossier.org_id == case.org_id, Dossier.case_id == case.id, Dossier.state != "sent_back")
        .order_by(Dossier.seq.desc())
        .limit(1)
    )
    return connection.execute(chosen).first()


def dossier(connection: Connection, case: CaseView, now: datetime) -> DossierView:
    """The checklist: as it was submitted, or as the record stands now while it is not submitted."""
    row = sealed_dossier(connection, case)
    if row is not None and case.state not in _OPEN:
        return DossierView(tuple(Line(**line) for line in json.loads(row.lines)), row)
    return compiled(connection, case, gathered(connection, case, now), on=now)


_OPEN = frozenset({"TEST_PASSED", "REWORK", "IN_RESTORATION", "REASSEMBLED", "IN_TEST", "RESTORED"})


def compiled(
    connection: Connection, case: CaseView, facts: Mapping[str, bool], *, on: datetime, scheme: str | None = None
) -> DossierView:
    """The checklist by these facts, gathered now, and by what was done in the case.

    Which lines there are is dated data, by class, family and scheme, with those that the family's pack adds. `scheme`
    is the one that the release names, else the one that a unit of this family and class is released under.
    """
    acted = {act.verb for act in parts.acts_in(connection, case)}
    every = (*market.requirements(), *case.family.dossier)
    judged = dossiers.judge(every, _about(case, facts, on=on, scheme=scheme), facts=facts, acted=acted)
    return DossierView(tuple(Line(gate=one.gate, code=one.code, done=one.done) for one in judged), None)


def _about(case: CaseView, facts: Mapping[str, bool], *, on: datetime, scheme: str | None) -> dossiers.About:
    # A family without limited lives may hold a part of one that has them.
    limited_lives = bool(case.family.life_limits) or facts.get("lives_hold") is False
    given: dict[dossiers.Circumstance, bool] = {"on-site": case.on_site, "limited-lives": limited_lives}
    return dossiers.About(
        claim_class=case.target_class,
        family=case.item.family,
        scheme=scheme or scheme_of(case.item.family, case.target_class, on.date()),
        on=on.date(),
        circumstances=frozenset(name for name, true in given.items() if true),
    )


def carried(connection: Connection, case: CaseView, view: DossierView, now: datetime) -> classes.Claim:
    """The word of a sealed dossier, or the one that the record supports while there is none."""
    if view.sealed is None:
        return claim(connection, case, now)
    return classes.Claim(view.sealed.claim_class, tuple(json.loads(view.sealed.why_not_higher)))


def gathered(connection: Connection, case: CaseView, now: datetime) -> dict[str, bool]:
    """What the tables of the earlier rooms answer about the case."""
    return {
        **intake.facts(connection, case, now),
        **inspection.facts(connection, case, now),
        **restoration.facts(connection, case, now),
    }


def facts(connection: Connection, case: CaseView, now: datetime) -> dict[str, bool]:
    """The guards that this room's tables answer, in the states whose steps ask for them."""
    if case.state == "TEST_PASSED":
        known = gathered(connection, case, now)
        lines = compiled(connection, case, known, on=now).lines
        missing = [one for one in lines if not one.done and one.gate not in _GUARDED_APART]
        supported = claim(connection, case, now, known=known).word is not None
        return {"dossier_complete": supported and not missing}
    if case.state == "SUBMITTED":
        return {"certificate_ready": not why_not_ready(connection, case, now)}
    return {}


_GUARDED_APART = frozenset({"concessions", "substances", "mass_balance"})


def why_not_ready(connection: Connection, case: CaseView, now: datetime) -> tuple[str, ...]:
    """What stands against signing the submitted dossier, as guard names and reason words; empty when nothing does.

    Work done after submission changes what the dossier says, so it has to be sent back and submitted again.
    """
    row = sealed_dossier(connection, case)
    if row is None or row.state != "submitted":
        return ("dossier_complete",)
    known = inspection.facts(connection, case, now)
    open_ = [name for name in ("no_open_nonconformity", "concessions_approved") if known.get(name) is False]
    ended = ["lives_hold"] if restoration.lifeless(connection, case, now) else []
    return (*open_, *ended, *(["dossier-changed"] if changed_since(connection, case, row) else []))


def changed_since(connection: Connection, case: CaseView, row: Row) -> list[str]:
    """Kinds of work that were recorded after the dossier was sealed."""
    heads = {head["uri"]: head["seq"] for head in json.loads(row.heads)}
    subjects = chains(connection, case)
    after = {subject: heads.get(uri, -1) for subject, uri in subjects.items()}
    return worked_since(connection, case.org_id, sorted(after), after)


def chains(connection: Connection, case: CaseView) -> dict[str, str]:
    """The unit and every component that has a route in the case: item and URI."""
    routed = {row.item_id: row.uri for row in parts.routes(connection, case.org_id, case.id)}
    return {case.item.id: case.item.uri, **routed}


def heads(connection: Connection, case: CaseView) -> tuple[Head, ...]:
    """The newest event of each of these chains, the unit's first."""
    uris = chains(connection, case)
    newest = (
        sa.select(EventRow.subject_id, sa.func.max(EventRow.seq).label("seq"))
        .where(EventRow.org_id == case.org_id, EventRow.subject_id.in_(sorted(uris)))
        .group_by(EventRow.subject_id)
        .subquery()
    )
    rows = connection.execute(
        sa.select(EventRow.subject_id, EventRow.seq, EventRow.commitment)
        .join(newest, sa.and_(newest.c.subject_id == EventRow.subject_id, newest.c.seq == EventRow.seq))
        .where(EventRow.org_id == case.org_id)
    )
    found = {row.subject_id: row for row in rows}
    return tuple(
        Head(uri=uri, seq=found[subject].seq, commitment=found[subject].commitment.hex())
        for subject, uri in uris.items()
    )


def evidence(connection: Connection, case: CaseView) -> tuple[str, ...]:
    """SHA-256 of every file that the events of the case cite, sorted.

    Read from the events, because a file that two cases cite stands in the table of evidence once.
    """
    rows = connection.execute(
        sa.select(EventRow.canonical)
        .where(EventRow.org_id == case.org_id, EventRow.subject_id.in_(sorted(chains(connection, case))))
        .where(EventRow.recorded_at >= case.opened_at)
    )
    cited = (one for row in rows for one in jcs.decode(row.canonical)["body"].get("evidence", ()))
    return tuple(sorted({one["digest"] for one in cited}))


def came_in(connection: Connection, case: CaseView) -> tuple[CameIn, ...]:
    """The parts from outside that sit in the unit now, by position."""
    here = {row.item_id: row for row in restoration.active(connection, case).values()}
    rows = [row for row in restoration.replaced(connection, case) if row.item_id in here]
    return tuple(
        CameIn(
            position=row.position,
            part_number=here[row.item_id].part_number,
            serial=here[row.item_id].serial,
            origin=row.origin,
            release=row.release_reference,
        )
        for row in sorted(rows, key=lambda row: row.position)
    )


def on_site(connection: Connection, case: CaseView) -> OnSite | None:
    """Which places the work on site was limited to, and which nobody disturbed; None in the workshop (I31)."""
    if not case.on_site:
        return None
    seen = restoration.places(connection, case)
    return OnSite(
        worked=tuple(one.code for one in seen if one.route is not None),
        not_disturbed=tuple(one.code for one in seen if one.said == "not_disturbed"),
    )


def lives(connection: Connection, case: CaseView, now: datetime) -> tuple[LifeStatus, ...] | None:
    """How the life of each life-limited part of the unit stands; None where there is none and its family has none."""
    found = tuple(_status(one) for one in limited.in_case(connection, case, case.family, now))
    return found if found or case.family.life_limits else None


def _status(one: limited.Limited) -> LifeStatus:
    return LifeStatus(
        position=one.item.position,
        part_number=one.item.part_number,
        serial=one.item.serial,
        state=one.state,
        policy=one.family.life_policy,
        mark=one.policy.mark,
        share=counters.percent(one.standing.fraction),
        left=tuple(_left(one, *pair) for pair in zip(one.limits, one.standing.left, strict=True)),
    )


def _left(one: limited.Limited, limit: LifeLimit, left: Left) -> LifeLeft:
    known = one.family.counter(limit.counter)
    return LifeLeft(
        counter=limit.counter,
        rating=limit.rating,
        unit="" if known is None else known.unit,
        limit=limit.limit,
        used=counters.plain(left.used),
        remaining=left.remaining,
        tag=limit.source.tag,
    )


def tests(connection: Connection, case: CaseView) -> tuple[str, ...]:
    """Procedures and editions of the newest run, which passed."""
    run = next(iter(restoration.tests(connection, case)), None)
    points = () if run is None or run.run.state != "passed" else run.points
    return tuple(dict.fromkeys(f"{point.procedure} {point.edition}" for point in points))
