"""Defects are noted, a core is graded by criteria in force, its owner appeals, another person grades it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from remanu.accounts.queries import person_of
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotAllowed, OwnWork
from remanu.intake import events, queries
from remanu.intake.actions import words
from remanu.intake.queries import Row, Sheet
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, begin, record
from remanu.parts import actions as parts_actions
from remanu.parts import queries as parts
from remanu.parts.events import Cited
from remanu.parts.queries import CaseView
from remanu.rules import cores, duties, observed
from remanu.rules.actor import Actor
from remanu.rules.cores import Defect

WHY_STRUCK = ("not_there", "entered_twice", "wrong_code")
BEFORE_GRADING = frozenset({"RECEIVED", "QUARANTINED", "IDENTIFIED"})
APPEALABLE = frozenset({"GRADED", "ACCEPTED", "REJECTED"})
"""States in which the core is still as it came, so that another person can grade it again."""


def note_defect(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    code: str,
    component: str,
    spot: str,
    severity: str,
    evidence: Sequence[Cited],
    note: str | None = None,
) -> Recorded[events.DefectNoted]:
    """Say what is wrong with a core, where, and how badly; it needs a photo, and the note is sealed.

    NotAllowed once the core is graded, unless an appeal is open.
    """
    act = begin(tx, actor, "intake.note_defect")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    _check_judging(tx, case, "note_defect")
    if component not in {one.code for one in case.family.positions}:
        raise BadInput("component", "not-a-choice")
    if not any(one.media_type.startswith("image/") for one in evidence):
        raise BadInput("evidence", "photo-needed")
    body = events.DefectNoted(
        case=case.id,
        defect=tx.new_id(),
        code=observed.check_word("code", code, cores.DEFECTS),
        component=component,
        spot=observed.check_word("spot", spot, cores.SPOTS),
        severity=observed.check_word("severity", severity, cores.SEVERITIES),
        evidence=tuple(evidence),
    )
    sealed = words.private(actor.org_id, note=words.note("note", note))
    return record(act, events.NOTE_DEFECT, case.subject, body, private=sealed)


def _check_judging(tx: Tx, case: CaseView, verb: str) -> None:
    """What a grade was given for does not change afterwards, save while an appeal asks for another look."""
    if case.state in BEFORE_GRADING:
        return
    if case.state not in APPEALABLE or queries.open_appeal(tx.connection, case.org_id, case.id) is None:
        raise NotAllowed(action=verb, state=case.state, allowed=[])


def strike_defect(tx: Tx, actor: Actor, defect_id: str, *, why: str) -> Recorded[events.DefectStruck]:
    """A defect that was noted by mistake counts no more; it stays in the record."""
    act = begin(tx, actor, "intake.strike_defect")
    row = queries.find_defect(tx.connection, actor.org_id, defect_id)
    case = parts.find_case(tx.connection, actor.org_id, row.case_id)
    _check_judging(tx, case, "strike_defect")
    if row.struck_at is not None:
        raise Conflict(why="already-struck")
    body = events.DefectStruck(case=case.id, defect=row.id, why=observed.check_word("why", why, WHY_STRUCK))
    return record(act, events.STRIKE_DEFECT, case.subject, body)


def grade(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    answers: Mapping[str, str],
    criteria: str | None = None,
    evidence: Sequence[Cited] = (),
) -> Recorded[events.Graded]:
    """Answer every question of criteria in force (SM-1 no. 6); the worst answer or defect is the grade.

    Without `criteria`, the id of a set of one's own, they are those of the family pack.
    """
    act = begin(tx, actor, "intake.grade")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    today = _day(act.at, actor)
    sheet = queries.sheet_for(tx.connection, case, criteria, act.at, on=today)
    facts = {"criteria_in_force": sheet is not None, "criteria_answered": _is_answered(sheet, answers)}
    step = parts_actions.check_step(case, "grade", facts)
    known = _given(sheet)
    body = events.Graded(
        step=step,
        grade=tx.new_id(),
        appeal_until=cores.due(today, known.appeal_days).isoformat(),
        evidence=tuple(evidence),
        **_verdict(tx, case, known, answers),
    )
    return record(act, events.GRADE, case.subject, body)


def _day(at: datetime, actor: Actor) -> date:
    return at.astimezone(ZoneInfo(actor.zone)).date()


def _is_answered(sheet: Sheet | None, answers: Mapping[str, str]) -> bool:
    asked = set() if sheet is None else {one.code for one in sheet.asked}
    return asked <= answers.keys()


def _given(sheet: Sheet | None) -> Sheet:
    if sheet is None:
        raise BadInput("criteria", "criteria-of-another")
    return sheet


def _verdict(tx: Tx, case: CaseView, sheet: Sheet, answers: Mapping[str, str]) -> dict[str, Any]:
    """What a grade says whoever gives it: everything it was decided by, and the outcome."""
    _check_answers(sheet, answers)
    seen = queries.defects_of(tx.connection, case.org_id, case.id)
    found = [Defect(one.code, one.component, one.severity) for one in seen]
    verdict = cores.judge(sheet.rules, answers, found)
    return {
        "family": case.item.family,
        "edition": sheet.edition,
        "digest": sheet.digest,
        "criteria": sheet.id,
        "answers": tuple(
            events.Answered(criterion=code, answer=answers[code], outcome=left)
            for code, left in verdict.answers.items()
        ),
        "defects": tuple(
            events.DefectJudged(defect=row.id, outcome=one.outcome, charge=one.charge)
            for row, one in zip(seen, verdict.defects, strict=True)
        ),
        "outcome": verdict.outcome,
        "because": verdict.because,
    }


def _check_answers(sheet: Sheet, answers: Mapping[str, str]) -> None:
    asked = {one.code: {answer.code for answer in one.answers} for one in sheet.asked}
    for code in answers.keys() - asked.keys():
        raise BadInput(f"answers.{code}", "unknown-field")
    for code, known in asked.items():
        if answers[code] not in known:
            raise BadInput(f"answers.{code}", "not-a-choice")


def appeal(
    tx: Tx, actor: Actor, case_id: str, *, reason: str, evidence: Sequence[Cited], note: str | None = None
) -> Recorded[events.Appealed]:
    """The owner asks for another grading, with photos; his words are sealed, and the term is the criteria's.

    Conflict `appeal-open`, `appeal-late`; a grade that answered an appeal is the last word.
    """
    act = begin(tx, actor, "intake.appeal")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    if case.state not in APPEALABLE:
        raise NotAllowed(action="appeal", state=case.state, allowed=[])
    if not any(one.media_type.startswith("image/") for one in evidence):
        raise BadInput("evidence", "photo-needed")
    body = events.Appealed(
        case=case.id,
        appeal=tx.new_id(),
        grade=_appealable(act, case).id,
        reason=observed.check_word("reason", reason, cores.WHY_APPEALED),
        evidence=tuple(evidence),
    )
    sealed = words.private(actor.org_id, note=words.note("note", note))
    return record(act, events.APPEAL, case.subject, body, private=sealed)


def _appealable(act: Act, case: CaseView) -> Row:
    """The grade that may be appealed against now."""
    row = queries.latest_grade(act.tx.connection, case.org_id, case.id)
    if row is None:
        raise Conflict(why="not-graded")
    if queries.open_appeal(act.tx.connection, case.org_id, case.id) is not None:
        raise Conflict(why="appeal-open")
    # Grades of before there were appeals have no term, and answers to an appeal none either.
    if row.appeal_until is None or _day(act.at, act.actor).isoformat() > row.appeal_until:
        raise Conflict(why="appeal-late", until=row.appeal_until)
    return row


def regrade(
    tx: Tx, actor: Actor, case_id: str, *, answers: Mapping[str, str], evidence: Sequence[Cited] = ()
) -> Recorded[events.Regraded]:
    """Grade a core again by the criteria of the grade appealed against; both results stay (SM-1 no. 6).

    OwnWork for whoever graded it before.
    """
    act = begin(tx, actor, "intake.regrade")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    asked = queries.open_appeal(tx.connection, case.org_id, case.id)
    former = None if asked is None else queries.find_grade(tx.connection, case.org_id, asked.grade_id)
    sheet = None if former is None else queries.sheet_of_grade(tx.connection, case, former)
    facts = {"appeal_open": asked is not None, "criteria_answered": _is_answered(sheet, answers)}
    step = parts_actions.check_step(case, "regrade", facts)
    if asked is None or former is None or sheet is None:
        raise Conflict(why="no-appeal")
    _check_other(tx, actor, case)
    body = events.Regraded(
        step=step,
        appeal=asked.id,
        former=former.id,
        grade=tx.new_id(),
        evidence=tuple(evidence),
        **_verdict(tx, case, sheet, answers),
    )
    return record(act, events.REGRADE, case.subject, body)


def _check_other(tx: Tx, actor: Actor, case: CaseView) -> None:
    person = person_of(tx.connection, actor.org_id, actor.ref)
    barred = duties.barred_by("regrade", person, acts=parts.acts_in(tx.connection, case))
    if barred:
        raise OwnWork(acts=[one.verb for one in barred])
