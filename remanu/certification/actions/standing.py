"""Acts that change how a certificate stands (SM-5 no. 9 to 14): suspend, reinstate, reduce, withdraw, terminate.

Whoever sees a danger may suspend or withdraw; what favours the client again is decided by
somebody who did not evaluate (I34).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from remanu.certification import queries
from remanu.certification.actions.deciding import check_person, chosen, file_of, kept, sign, step, today
from remanu.certification.events import Retro
from remanu.certification.events import decisions as events
from remanu.certification.queries import File
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.body import encode
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import certification
from remanu.rules.actor import Actor

SUSPENDED_BECAUSE = (
    "surveillance-missed",
    "nonconformities",
    "client-asks",
    "accreditation-lost",
    "misuse",
    "safety",
)
REDUCED_BECAUSE = ("nonconformities", "client-asks", "model-ended", "accreditation-lost")
WITHDRAWN_BECAUSE = ("not-corrected", "misuse", "safety", "accreditation-lost", "holder-ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Which earlier releases it speaks of too: of these days, both included, and with these serials."""

    since: date | None = None
    until: date | None = None
    serials: tuple[str, ...] = ()


def suspend_certification(
    tx: Tx,
    actor: Actor,
    file_id: str,
    *,
    reason: str,
    until: date,
    lines: Sequence[certification.Line] = (),
    retro: Named | None = None,
) -> Recorded[events.Suspended]:
    """Suspend lines of the scope, or all of it where none is named, until a day at most (SM-5 no. 9, I45).

    Units released before keep their claim unless `retro` names them, where the scheme allows that.
    """
    act = begin(tx, actor, "certification.suspend_certification")
    file = file_of(act, file_id)
    _check_reason(reason, SUSPENDED_BECAUSE)
    named = chosen(file, lines)
    if not today(act) < until <= today(act) + timedelta(days=file.scheme.suspension_days):
        raise BadInput("until", "too-long-suspension", days=file.scheme.suspension_days)
    back = _retro(act, file, retro)
    # A whole suspension names nothing.
    facts = {"reason_given": True, "scope_named": not named or not set(named) <= file.now.paused}
    move = step(act, file.state, "suspend_certification", facts)
    then = _after(act, file, "suspend_certification", named)
    body = events.Suspended(
        move=move,
        reason=reason,
        lines=kept(named),
        until=until.isoformat(),
        retro=back,
        covers=kept(then.open_lines),
        request=_request(act, file, "suspend") if reason == "client-asks" else None,
        signature=sign(act, "suspend_certification", file.id, decided=_decided(reason, named, back)),
    )
    return record(act, events.SUSPEND, subject(actor.org_id, file.id), body)


def _check_reason(reason: str, known: tuple[str, ...]) -> None:
    if reason not in known:
        raise BadInput("reason", "not-a-choice")


def _retro(act: Act, file: File, retro: Named | None) -> Retro | None:
    if retro is None:
        return None
    if not file.scheme.retroactive:
        raise BadInput("retro", "retro-not-allowed")
    if retro.since is None and not retro.serials:
        raise BadInput("retro", "required")
    since, until = retro.since, retro.until
    if until is not None and (since is None or until < since or until > today(act)):
        raise BadInput("retro", "ends-before")
    return Retro(
        since=None if since is None else since.isoformat(),
        until=None if until is None else until.isoformat(),
        serials=tuple(dict.fromkeys(retro.serials)),
    )


def _after(
    act: Act, file: File, verb: str, lines: Sequence[certification.Line] = ()
) -> certification.Standing:
    step_ = certification.Happened(verb=verb, on=today(act), lines=tuple(lines))
    return certification.after(file.now, step_)


def _decided(
    reason: str, lines: Sequence[certification.Line] = (), retro: Retro | None = None
) -> dict[str, Any]:
    named = {} if retro is None else {"retro": encode(retro)}
    return {"reason": reason, "lines": [encode(one) for one in kept(lines)], **named}


def _request(act: Act, file: File, wish: str) -> str:
    found = queries.request_for(act.tx.connection, file.row, wish)
    if found is None:
        raise Conflict(why="no-open-request", wish=wish)
    return str(found.id)


def reinstate_certification(tx: Tx, actor: Actor, file_id: str) -> Recorded[events.Reinstated]:
    """Lift the suspension: the whole scope covers releases again from today (SM-5 no. 10)."""
    act = begin(tx, actor, "certification.reinstate_certification")
    file = file_of(act, file_id)
    check_person(act, file, "reinstate_certification")
    move = step(act, file.state, "reinstate_certification", {"cause_removed": _is_removed(act, file)})
    body = events.Reinstated(
        move=move,
        covers=kept(_after(act, file, "reinstate_certification").open_lines),
        signature=sign(act, "reinstate_certification", file.id, decided={"state": move.target}),
    )
    return record(act, events.REINSTATE, subject(actor.org_id, file.id), body)


def _is_removed(act: Act, file: File) -> bool:
    """Whether what the record can see of the cause is gone: surveillance is not missed any longer."""
    due = None if file.row.due_on is None else date.fromisoformat(file.row.due_on)
    return certification.surveillance(due, grace=file.scheme.grace_days, today=today(act)) != "late"


def reduce_scope(
    tx: Tx, actor: Actor, file_id: str, *, reason: str, lines: Sequence[certification.Line]
) -> Recorded[events.ScopeReduced]:
    """Take lines out of the scope; what was released under them keeps its claim (SM-5 no. 11)."""
    act = begin(tx, actor, "certification.reduce_scope")
    file = file_of(act, file_id)
    _check_reason(reason, REDUCED_BECAUSE)
    named = chosen(file, lines)
    if named and set(named) == set(file.now.lines):
        raise Conflict(why="nothing-left")
    move = step(act, file.state, "reduce_scope", {"reason_given": True, "scope_named": bool(named)})
    body = events.ScopeReduced(
        move=move,
        reason=reason,
        lines=kept(named),
        covers=kept(_after(act, file, "reduce_scope", named).open_lines),
        request=_request(act, file, "reduce") if reason == "client-asks" else None,
        signature=sign(act, "reduce_scope", file.id, decided=_decided(reason, named)),
    )
    return record(act, events.REDUCE, subject(actor.org_id, file.id), body)


def withdraw_certification(
    tx: Tx, actor: Actor, file_id: str, *, reason: str, retro: Named | None = None
) -> Recorded[events.Ended]:
    """Withdraw the certificate for good (SM-5 no. 13); its mark may not be used any longer."""
    act = begin(tx, actor, "certification.withdraw_certification")
    file = file_of(act, file_id)
    _check_reason(reason, WITHDRAWN_BECAUSE)
    back = _retro(act, file, retro)
    move = step(act, file.state, "withdraw_certification", {"reason_given": True})
    body = events.Ended(
        move=move,
        reason=reason,
        retro=back,
        signature=sign(act, "withdraw_certification", file.id, decided=_decided(reason, retro=back)),
    )
    return record(act, events.WITHDRAW, subject(actor.org_id, file.id), body)


def terminate_certification(tx: Tx, actor: Actor, file_id: str) -> Recorded[events.Ended]:
    """End the certificate because its holder asked for it; his request is cited (SM-5 no. 14)."""
    act = begin(tx, actor, "certification.terminate_certification")
    file = file_of(act, file_id)
    asked = queries.request_for(tx.connection, file.row, "terminate")
    move = step(act, file.state, "terminate_certification", {"client_asked": asked is not None})
    assert asked is not None, "the guard asked for it"  # noqa: S101 -- for the type checker
    body = events.Ended(
        move=move,
        reason="client-asks",
        request=asked.id,
        signature=sign(act, "terminate_certification", file.id, decided={"request": asked.digest}),
    )
    return record(act, events.TERMINATE, subject(actor.org_id, file.id), body)
