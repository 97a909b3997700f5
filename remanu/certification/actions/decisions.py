"""Acts that decide (SM-5 no. 7, 8, 12 and 16): grant, refuse, extend, move to a new edition; and surveillance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

from remanu.certification import queries
from remanu.certification.actions.deciding import (
    accredited,
    check_person,
    file_of,
    kept,
    sign,
    step,
    today,
)
from remanu.certification.actions.evaluation import words_of
from remanu.certification.events import Cited
from remanu.certification.events import decisions as events
from remanu.certification.events import evaluation as files
from remanu.certification.queries import File
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.ledger.body import encode
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import certification
from remanu.rules.actor import Actor

REFUSED_BECAUSE = ("not-complied", "evidence-missing", "client-withdrew", "misuse")
RESULTS = ("ok", "not_ok")
_LONGEST = timedelta(days=3660)


def grant_certification(
    tx: Tx,
    actor: Actor,
    file_id: str,
    *,
    lines: Sequence[certification.Line],
    valid_from: date,
    valid_to: date,
) -> Recorded[events.Granted]:
    """Issue the certificate with the body's next number (SM-5 no. 7, I38), by somebody who did not evaluate (I34).

    The body must be accredited for scheme, edition and category today (I46).
    """
    act = begin(tx, actor, "certification.grant_certification")
    file = file_of(act, file_id)
    check_person(act, file, "grant_certification")
    if file.row.extends is not None:
        raise Conflict(why="is-an-extension")
    _check_days(act, valid_from, valid_to)
    scope = _applied(file, lines)
    behind = accredited(act, file, file.row.edition)
    facts = {
        "body_accredited": bool(behind),
        "scope_named": bool(scope),
        **_edition(act, file, file.row.edition),
    }
    move = step(act, file.state, "grant_certification", facts)
    no = queries.next_number(tx.connection, actor.org_id)
    number = queries.number_of(no)
    decided = {
        "number": number,
        "lines": [encode(one) for one in kept(scope)],
        "valid_to": valid_to.isoformat(),
    }
    body = events.Granted(
        move=move,
        no=no,
        number=number,
        batch=move.on[:7],
        lines=kept(scope),
        valid_from=valid_from.isoformat(),
        valid_to=valid_to.isoformat(),
        edition=file.row.edition,
        due_on=(valid_from + timedelta(days=file.scheme.surveillance_days)).isoformat(),
        words=words_of(act, file.row.holder_org, file.row, scope, number),
        accreditations=behind,
        signature=sign(act, "grant_certification", file.id, decided=decided),
    )
    return record(act, events.GRANT, subject(actor.org_id, file.id), body)


def _check_days(act: Act, valid_from: date, valid_to: date) -> None:
    # What is certified is what is released from now on; nobody certifies the past.
    if valid_from < today(act):
        raise BadInput("valid_from", "in-the-past")
    if not valid_from < valid_to <= valid_from + _LONGEST:
        raise BadInput("valid_to", "ends-before")


def _applied(file: File, lines: Sequence[certification.Line]) -> tuple[certification.Line, ...]:
    """The lines chosen out of those that were applied for."""
    applied = {certification.Line(**one) for one in json.loads(file.steps[0].facts)["lines"]}
    if not set(lines) <= applied:
        raise BadInput("lines", "not-in-scope")
    return tuple(dict.fromkeys(lines))


def _edition(act: Act, file: File, edition: str) -> dict[str, bool]:
    valid = queries.edition_valid(act.tx.connection, file.row.scheme, edition, today(act))
    return {"edition_in_force": valid}


def refuse_certification(tx: Tx, actor: Actor, file_id: str, *, reason: str) -> Recorded[files.Declined]:
    """Refuse the certificate for a reason of a closed list (SM-5 no. 7), by somebody who did not evaluate (I34)."""
    act = begin(tx, actor, "certification.refuse_certification")
    file = file_of(act, file_id)
    check_person(act, file, "refuse_certification")
    if reason not in REFUSED_BECAUSE:
        raise BadInput("reason", "not-a-choice")
    move = step(act, file.state, "refuse_certification", {"reason_given": True})
    signed = sign(act, "refuse_certification", file.id, decided={"reason": reason})
    body = files.Declined(move=move, reason=reason, signature=signed)
    return record(act, files.REFUSE, subject(actor.org_id, file.id), body)


def extend_scope(
    tx: Tx, actor: Actor, file_id: str, *, lines: Sequence[certification.Line]
) -> Recorded[events.ScopeExtended]:
    """Let the lines of an evaluated extension join the certificate (SM-5 no. 12), by somebody who evaluated neither.

    `file_id` is the extension's file, which ends as EXTENDED; the same act extends the certificate.
    """
    act = begin(tx, actor, "certification.extend_scope")
    own = file_of(act, file_id)
    check_person(act, own, "extend_scope")
    if own.row.extends is None:
        raise Conflict(why="no-extension")
    file = file_of(act, own.row.extends)
    scope = _applied(own, lines)
    facts = {"body_accredited": bool(accredited(act, own, file.row.edition)), "scope_named": bool(scope)}
    ended = step(act, own.state, "extend_scope", facts)
    move = step(act, file.state, "extend_scope", facts)
    then = certification.after(
        file.now, certification.Happened(verb="extend_scope", on=today(act), lines=scope)
    )
    decided = {"certification": file.id, "lines": [encode(one) for one in kept(scope)]}
    body = events.ScopeExtended(
        move=move,
        certification=file.id,
        application=own.id,
        lines=kept(scope),
        covers=kept(then.open_lines),
        words=words_of(act, file.row.holder_org, file.row, then.lines, file.row.number),
        signature=sign(act, "extend_scope", file.id, decided=decided),
    )
    closing = events.ScopeExtended(
        move=ended,
        certification=file.id,
        application=own.id,
        lines=body.lines,
        words=body.words,
        signature=body.signature,
    )
    record(act, events.EXTEND, subject(actor.org_id, own.id), closing)
    return record(act, events.EXTEND, subject(actor.org_id, file.id), body)


def surveil(
    tx: Tx,
    actor: Actor,
    file_id: str,
    *,
    activities: Sequence[str],
    result: str,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Surveilled]:
    """Record surveillance by activities that the scheme names (SM-5 no. 8); when it is due again follows from it.

    A result that is not in order leaves it due: whoever decides suspends or has it done again.
    """
    act = begin(tx, actor, "certification.surveil")
    file = file_of(act, file_id)
    check_person(act, file, "surveil")
    asked = set(queries.SURVEILLANCE) & set(json.loads(file.scheme.activities))
    if not activities or not set(activities) <= asked:
        raise BadInput("activities", "not-of-this-scheme")
    if result not in RESULTS:
        raise BadInput("result", "not-a-choice")
    move = step(act, file.state, "surveil", {})
    following = (today(act) + timedelta(days=file.scheme.surveillance_days)).isoformat()
    body = events.Surveilled(
        move=move,
        activities=tuple(sorted(set(activities))),
        result=result,
        due_on=following if result == "ok" else file.row.due_on,
        evidence=evidence,
    )
    return record(act, events.SURVEIL, subject(actor.org_id, file.id), body)


def standard_transition(tx: Tx, actor: Actor, file_id: str, *, edition: str) -> Recorded[events.EditionMoved]:
    """Let the certificate rest on a new edition that is in force and that the body is accredited for (SM-5 no. 16)."""
    act = begin(tx, actor, "certification.standard_transition")
    file = file_of(act, file_id)
    check_person(act, file, "standard_transition")
    if edition == file.now.edition:
        raise BadInput("edition", "edition-known")
    move = step(act, file.state, "standard_transition", _edition(act, file, edition))
    if not accredited(act, file, edition):
        raise GuardFailed(action="standard_transition", state=file.state, missing=["body_accredited"])
    body = events.EditionMoved(
        move=move,
        former=file.now.edition,
        edition=edition,
        signature=sign(act, "standard_transition", file.id, decided={"edition": edition}),
    )
    return record(act, events.TRANSFER, subject(actor.org_id, file.id), body)
