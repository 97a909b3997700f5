"""Acts of a body from an application to the end of its review (SM-5 no. 1 to 6), and of its people's impartiality."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from remanu.accounts.queries import find_organisation
from remanu.certification import queries
from remanu.certification.actions.deciding import (
    accredited,
    check_is,
    check_person,
    file_of,
    step,
    today,
)
from remanu.certification.events import Cited, Line
from remanu.certification.events import evaluation as events
from remanu.certification.queries import File
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.families.loader import load_all
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, Private, begin, record
from remanu.rules import certification, lifecycle, text
from remanu.rules.actor import Actor

DECLINED_BECAUSE = ("not-accredited", "no-capacity", "conflict-of-interest", "scope-unclear", "fees")
OPEN_CLAUSE = "not_comply"
_NOTE = 4000
_LONGEST_ANSWER = timedelta(days=366)


def open_application(tx: Tx, actor: Actor, application: str) -> Recorded[events.ApplicationOpened]:
    """Take a workshop's application into the body's own record; it cites the client's event by digest (SM-5 no. 1)."""
    act = begin(tx, actor, "certification.open_application")
    check_is(act, "certification_body")
    row = queries.find_incoming(tx.connection, actor.org_id, application)
    if queries.opened_for(tx.connection, actor.org_id, row.id) is not None:
        raise Conflict(why="already-open")
    scheme = queries.scheme_called(tx.connection, row.scheme)
    facts = {"scheme_open": scheme is not None, "agreement_signed": True}
    move = step(act, lifecycle.NEW, "open_application", facts)
    assert scheme is not None, "the guard asked for it"  # noqa: S101 -- for the type checker
    lines = tuple(Line(**one) for one in json.loads(row.lines))
    body = events.ApplicationOpened(
        move=move,
        holder=row.org_id,
        application=row.id,
        digest=row.digest,
        scheme_owner=scheme.org_id,
        scheme=row.scheme,
        revision=scheme.revision,
        family=row.family,
        edition=row.edition,
        lines=lines,
        words=words_of(act, row.org_id, row, lines),
        extends=row.extends,
    )
    return record(act, events.OPEN, subject(actor.org_id, tx.new_id()), body)


def words_of(
    act: Act, holder: str, asked: Any, lines: Sequence[Line | certification.Line], number: str = ""
) -> str:
    """Words under which the catalogue finds an entry: holder, body, family in every language, scheme, models, number.

    `asked` is whatever names scheme and family: the application or the file.
    """
    named = [find_organisation(act.tx.connection, one) for one in (holder, act.actor.org_id)]
    names = " ".join(f"{one.name_en} {one.name_zh_hans} {one.name_zh_hant}" for one in named)
    models = " ".join(one.model for one in lines)
    known = load_all().get(asked.family)
    family = "" if known is None else " ".join(known.names.text(one) for one in ("en", "zh-Hans", "zh-Hant"))
    found = text.search_words(f"{names} {family} {asked.scheme} {models} {number}")
    return " ".join(("", *dict.fromkeys(found), ""))


def accept_application(tx: Tx, actor: Actor, file_id: str) -> Recorded[events.ApplicationAccepted]:
    """Begin the evaluation, if the body is accredited for scheme, edition and category today (SM-5 no. 2, I46)."""
    act = begin(tx, actor, "certification.accept_application")
    file = file_of(act, file_id)
    behind = accredited(act, file, file.row.edition)
    move = step(act, file.state, "accept_application", {"body_accredited": bool(behind)})
    body = events.ApplicationAccepted(move=move, accreditations=behind)
    return record(act, events.ACCEPT, subject(actor.org_id, file.id), body)


def decline_application(tx: Tx, actor: Actor, file_id: str, *, reason: str) -> Recorded[events.Declined]:
    """Decline an application for a reason of a closed list (SM-5 no. 2)."""
    act = begin(tx, actor, "certification.decline_application")
    file = file_of(act, file_id)
    if reason not in DECLINED_BECAUSE:
        raise BadInput("reason", "not-a-choice")
    move = step(act, file.state, "decline_application", {"reason_given": True})
    return record(
        act, events.DECLINE, subject(actor.org_id, file.id), events.Declined(move=move, reason=reason)
    )


def declare_impartiality(
    tx: Tx, actor: Actor, file_id: str, *, clear: bool
) -> Recorded[events.ImpartialityDeclared]:
    """Say whether one has no interest in the client and did not advise him within two years (I34)."""
    act = begin(tx, actor, "certification.declare_impartiality")
    file = file_of(act, file_id)
    body = events.ImpartialityDeclared(clear=clear)
    return record(act, events.DECLARE, subject(actor.org_id, file.id), body)


def check_clauses(
    tx: Tx,
    actor: Actor,
    file_id: str,
    *,
    clauses: Mapping[str, str],
    note: str = "",
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.ClausesChecked]:
    """Judge clauses of the checklist: comply, observation, not comply; again where something was corrected."""
    act = begin(tx, actor, "certification.check_clauses")
    file = file_of(act, file_id)
    if file.state != "IN_EVALUATION":
        raise Conflict(why="not-in-evaluation", state=file.state)
    check_person(act, file, "check_clauses")
    known = {one.code for one in queries.checklists()[file.scheme.checklist].clauses}
    if not clauses:
        raise BadInput("clauses", "required")
    if not set(clauses) <= known or not set(clauses.values()) <= set(certification.STATUSES):
        raise BadInput("clauses", "not-a-choice")
    body = events.ClausesChecked(checklist=file.scheme.checklist, statuses=dict(clauses), evidence=evidence)
    return record(act, events.CHECK, subject(actor.org_id, file.id), body, private=_sealed(actor, note))


def _sealed(actor: Actor, note: str) -> Private | None:
    words = {"note": text.clean_note("note", note, limit=_NOTE)} if note else None
    return None if words is None else Private(seal.organisation_key(actor.org_id), words)


def raise_findings(
    tx: Tx, actor: Actor, file_id: str, *, answer_by: date, note: str = ""
) -> Recorded[events.FindingsRaised]:
    """Send the clauses that are not complied with to the client, who answers by a day (SM-5 no. 3)."""
    act = begin(tx, actor, "certification.raise_findings")
    file = file_of(act, file_id)
    check_person(act, file, "raise_findings")
    if not today(act) < answer_by <= today(act) + _LONGEST_ANSWER:
        raise BadInput("answer_by", "absurd-time")
    found = tuple(code for code, said in sorted(_clauses(tx, file).items()) if said == OPEN_CLAUSE)
    move = step(act, file.state, "raise_findings", {"findings_open": bool(found)})
    body = events.FindingsRaised(move=move, clauses=found, answer_by=answer_by.isoformat())
    return record(act, events.RAISE, subject(actor.org_id, file.id), body, private=_sealed(actor, note))


def take_answer(tx: Tx, actor: Actor, file_id: str) -> Recorded[events.AnswerTaken]:
    """Go on with the evaluation, because the client said what he did; his act is cited by digest (SM-5 no. 4)."""
    act = begin(tx, actor, "certification.take_answer")
    file = file_of(act, file_id)
    check_person(act, file, "take_answer")
    said = queries.request_for(tx.connection, file.row, "corrected")
    move = step(act, file.state, "take_answer", {"client_answered": said is not None})
    assert said is not None, "the guard asked for it"  # noqa: S101 -- for the type checker
    body = events.AnswerTaken(move=move, request=said.id, digest=said.digest)
    return record(act, events.TAKE, subject(actor.org_id, file.id), body)


def finish_evaluation(
    tx: Tx, actor: Actor, file_id: str, *, activities: Sequence[str], evidence: tuple[Cited, ...]
) -> Recorded[events.EvaluationFinished]:
    """Hand the evaluation to review: every clause judged, none open, a report for each activity (SM-5 no. 5)."""
    act = begin(tx, actor, "certification.finish_evaluation")
    file = file_of(act, file_id)
    check_person(act, file, "finish_evaluation")
    judged = _clauses(tx, file)
    asked = {one.code for one in queries.checklists()[file.scheme.checklist].clauses}
    reports = queries.DETERMINATION & set(json.loads(file.scheme.activities))
    whole = asked <= judged.keys() and OPEN_CLAUSE not in judged.values()
    complete = whole and reports <= set(activities) and bool(evidence)
    move = step(act, file.state, "finish_evaluation", {"evaluation_complete": complete})
    body = events.EvaluationFinished(
        move=move, activities=tuple(sorted(reports)), clauses=judged, evidence=evidence
    )
    return record(act, events.FINISH, subject(actor.org_id, file.id), body)


def _clauses(tx: Tx, file: File) -> dict[str, str]:
    return queries.clauses(tx.connection, file.row.org_id, file.id)


def finish_review(
    tx: Tx, actor: Actor, file_id: str, *, recommends: bool, note: str = ""
) -> Recorded[events.ReviewFinished]:
    """Look at the whole evaluation as somebody who took no part in it, and recommend (SM-5 no. 6, I34)."""
    act = begin(tx, actor, "certification.finish_review")
    file = file_of(act, file_id)
    check_person(act, file, "finish_review")
    move = step(act, file.state, "finish_review", {})
    body = events.ReviewFinished(move=move, recommends=recommends)
    return record(act, events.REVIEW, subject(actor.org_id, file.id), body, private=_sealed(actor, note))
