"""Defects are seen on a core, it is graded, and graded again when its owner asks: bodies, kinds and effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.intake.models import CoreAppeal, CoreDefect, CoreGrade, GradeAnswer, GradeDefect
from remanu.ledger import body as bodies
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.parts.events import Cited, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectNoted:
    """A coded defect on a component of the core, with at least one photo; words about it stand sealed."""

    case: str
    defect: str
    code: str
    component: str
    spot: str
    severity: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectStruck:
    """A defect that was noted by mistake counts no more; `why` is a word of a closed list."""

    case: str
    defect: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer to one criterion and the best outcome that it left open."""

    criterion: str
    answer: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectJudged:
    """What a defect left open by the criteria, and the add-charge that it brings; its amount is money and not here."""

    defect: str
    outcome: str
    charge: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A core is graded by the criteria of one edition, bound by its digest.

    Without `criteria`, an organisation's own set, they are those of the family pack. `because` names the answers and
    defects that decided, `appeal_until` is the last day for an appeal.
    """

    step: Step
    grade: str
    family: str
    edition: str
    digest: str
    answers: tuple[Answered, ...]
    outcome: str
    evidence: tuple[Cited, ...] = ()
    criteria: str | None = None
    defects: tuple[DefectJudged, ...] = ()
    because: tuple[str, ...] = ()
    appeal_until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealed:
    """The owner asks that a grade be looked at again; his words stand sealed."""

    case: str
    appeal: str
    grade: str
    reason: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regraded:
    """Another person graded the core again, by the criteria of the grade that was appealed against; both stay."""

    step: Step
    appeal: str
    former: str
    grade: str
    family: str
    edition: str
    digest: str
    answers: tuple[Answered, ...]
    outcome: str
    evidence: tuple[Cited, ...] = ()
    criteria: str | None = None
    defects: tuple[DefectJudged, ...] = ()
    because: tuple[str, ...] = ()


def _key(done: Recorded[Any], case: str) -> dict[str, Any]:
    return {"org_id": done.org_id, "case_id": case, "item_id": done.subject.id}


def _note_defect(tx: Tx, done: Recorded[DefectNoted]) -> None:
    b = done.body
    parts.cite(tx, done, b.evidence)
    seen = {"code": b.code, "component": b.component, "spot": b.spot, "severity": b.severity}
    photo = b.evidence[0].digest if b.evidence else ""
    row = {"id": b.defect, **seen, "photo": photo, "noted_at": done.at, "struck_at": None}
    tx.execute(sa.insert(CoreDefect).values(**_key(done, b.case), **row))


def _strike_defect(tx: Tx, done: Recorded[DefectStruck]) -> None:
    tx.execute(
        sa.update(CoreDefect)
        .where(CoreDefect.org_id == done.org_id, CoreDefect.id == done.body.defect)
        .values(struck_at=done.at)
    )


def _grade(tx: Tx, done: Recorded[Graded]) -> None:
    _enter(tx, done, appeal=None, appeal_until=done.body.appeal_until)


def _enter(tx: Tx, done: Recorded[Any], *, appeal: str | None, appeal_until: str | None) -> None:
    b = done.body
    parts.shift(tx, done, b.step)
    parts.cite(tx, done, b.evidence)
    tx.execute(
        sa.insert(CoreGrade).values(
            id=b.grade,
            family=b.family,
            edition=b.edition,
            outcome=b.outcome,
            at=done.at,
            criteria=b.criteria,
            appeal=appeal,
            appeal_until=appeal_until,
            **_key(done, b.step.case),
        )
    )
    of_grade = {"org_id": done.org_id, "grade_id": b.grade}
    answers = [{**of_grade, **bodies.encode(one)} for one in b.answers]
    if answers:
        tx.execute(sa.insert(GradeAnswer), answers)
    defects = [
        {**of_grade, "defect_id": one.defect, "outcome": one.outcome, "charge": one.charge} for one in b.defects
    ]
    if defects:
        tx.execute(sa.insert(GradeDefect), defects)


def _appeal(tx: Tx, done: Recorded[Appealed]) -> None:
    b = done.body
    parts.cite(tx, done, b.evidence)
    photo = b.evidence[0].digest if b.evidence else ""
    row = {"id": b.appeal, "grade_id": b.grade, "reason": b.reason, "photo": photo, "at": done.at}
    tx.execute(
        sa.insert(CoreAppeal).values(**_key(done, b.case), **row, answered_by=None, answered_at=None)
    )


def _regrade(tx: Tx, done: Recorded[Regraded]) -> None:
    b = done.body
    _enter(tx, done, appeal=b.appeal, appeal_until=None)
    tx.execute(
        sa.update(CoreAppeal)
        .where(CoreAppeal.org_id == done.org_id, CoreAppeal.id == b.appeal)
        .values(answered_by=b.grade, answered_at=done.at)
    )


NOTE_DEFECT = Kind("intake.note_defect", 1, DefectNoted, _note_defect)
STRIKE_DEFECT = Kind("intake.strike_defect", 1, DefectStruck, _strike_defect)
GRADE = Kind("intake.grade", 2, Graded, _grade, {1: unchanged})
APPEAL = Kind("intake.appeal", 1, Appealed, _appeal)
REGRADE = Kind("intake.regrade", 1, Regraded, _regrade)
KINDS = (NOTE_DEFECT, STRIKE_DEFECT, GRADE, APPEAL, REGRADE)
