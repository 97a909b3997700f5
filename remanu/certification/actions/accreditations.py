"""Acts of an accreditation body (SM-6): grant, suspend, restore, reduce, withdraw; each is a signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from remanu.certification import queries
from remanu.certification.actions.deciding import accreditation_step, check_is, sign, today
from remanu.certification.events import Area
from remanu.certification.events import accreditations as events
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotFound
from remanu.ledger.body import encode
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import accreditation, lifecycle, text
from remanu.rules.actor import Actor

CHANGED_BECAUSE = ("nonconformities", "surveillance-refused", "body-asks", "fees", "resources-lost", "misuse")
_LIMIT = 40


def grant_accreditation(
    tx: Tx,
    actor: Actor,
    *,
    body: str,
    number: str,
    areas: Sequence[accreditation.Area],
    valid_from: date,
    valid_to: date,
) -> Recorded[events.AccreditationGranted]:
    """Accredit a certification body for rows of category × scheme × edition, from one day to another (SM-6 no. 1)."""
    act = begin(tx, actor, "certification.grant_accreditation")
    check_is(act, "accreditation_body")
    _check_body(act, body)
    name = text.clean_line("number", number, limit=_LIMIT)
    if queries.number_taken(tx.connection, actor.org_id, name):
        raise BadInput("number", "number-taken")
    if valid_to < valid_from or valid_from < today(act):
        raise BadInput("valid_to" if valid_to < valid_from else "valid_from", "ends-before")
    rows = tuple(dict.fromkeys(areas))
    step = accreditation_step(act, lifecycle.NEW, "grant_accreditation", {"scope_named": bool(rows)})
    decided = {
        "number": name,
        "body": body,
        "areas": [_plain(one) for one in rows],
        "valid_to": valid_to.isoformat(),
    }
    new = tx.new_id()
    said = events.AccreditationGranted(
        move=step,
        number=name,
        body=body,
        areas=_areas(rows),
        valid_from=valid_from.isoformat(),
        valid_to=valid_to.isoformat(),
        signature=sign(act, "grant_accreditation", number, decided=decided),
    )
    return record(act, events.GRANT, subject(actor.org_id, new), said)


def _check_body(act: Act, body: str) -> None:
    try:
        known = queries.is_a(act.tx.connection, body, "certification_body")
    except NotFound as error:
        raise BadInput("body", "not-a-choice") from error
    if not known or body == act.actor.org_id:
        raise BadInput("body", "not-a-choice")


def suspend_accreditation(
    tx: Tx, actor: Actor, accreditation_id: str, *, reason: str, areas: Sequence[accreditation.Area] = ()
) -> Recorded[events.AccreditationChanged]:
    """Suspend rows of the scope, or all of it where none are named (SM-6 no. 2)."""
    act = begin(tx, actor, "certification.suspend_accreditation")
    return _changed(act, accreditation_id, events.SUSPEND, areas=areas, reason=reason)


def restore_accreditation(
    tx: Tx, actor: Actor, accreditation_id: str
) -> Recorded[events.AccreditationRestored]:
    """Lift the suspension: the whole scope holds again (SM-6 no. 3)."""
    act = begin(tx, actor, "certification.restore_accreditation")
    held = queries.find_accreditation(tx.connection, actor.org_id, accreditation_id)
    now = held.on(today(act))
    step = accreditation_step(act, now.state, "restore_accreditation", {"cause_removed": True})
    restored = accreditation.after(now, accreditation.Decided(verb="restore_accreditation", on=today(act)))
    signature = sign(act, "restore_accreditation", held.row.id, decided={"state": restored.state})
    body = events.AccreditationRestored(move=replace(step, target=restored.state), signature=signature)
    return record(act, events.RESTORE, subject(actor.org_id, held.row.id), body)


def reduce_accreditation(
    tx: Tx, actor: Actor, accreditation_id: str, *, reason: str, areas: Sequence[accreditation.Area]
) -> Recorded[events.AccreditationChanged]:
    """Take rows out of the scope for good (SM-6 no. 4); the last ones are withdrawn instead."""
    act = begin(tx, actor, "certification.reduce_accreditation")
    return _changed(act, accreditation_id, events.REDUCE, areas=areas, reason=reason)


def withdraw_accreditation(
    tx: Tx, actor: Actor, accreditation_id: str, *, reason: str
) -> Recorded[events.AccreditationChanged]:
    """Withdraw the accreditation for good (SM-6 no. 5)."""
    act = begin(tx, actor, "certification.withdraw_accreditation")
    return _changed(act, accreditation_id, events.WITHDRAW, areas=(), reason=reason)


def _changed(
    act: Act, accreditation_id: str, kind: Any, *, areas: Sequence[accreditation.Area], reason: str
) -> Recorded[events.AccreditationChanged]:
    held = queries.find_accreditation(act.tx.connection, act.actor.org_id, accreditation_id)
    verb, now = kind.name.partition(".")[2], held.on(today(act))
    if reason not in CHANGED_BECAUSE:
        raise BadInput("reason", "not-a-choice")
    if not set(areas) <= set(now.areas):
        raise BadInput("areas", "not-in-scope")
    if verb == "reduce_accreditation" and set(areas) == set(now.areas):
        raise Conflict(why="nothing-left")
    named = bool(areas) or verb != "reduce_accreditation"
    step = accreditation_step(act, now.state, verb, {"reason_given": True, "scope_named": named})
    then = accreditation.after(now, accreditation.Decided(verb=verb, on=today(act), areas=tuple(areas)))
    decided = {"reason": reason, "areas": [_plain(one) for one in areas]}
    body = events.AccreditationChanged(
        move=replace(step, target=then.state),
        reason=reason,
        areas=_areas(areas),
        signature=sign(act, verb, held.row.id, decided=decided),
    )
    done: Recorded[events.AccreditationChanged] = record(
        act, kind, subject(act.actor.org_id, held.row.id), body
    )
    return done


def _areas(rows: Sequence[accreditation.Area]) -> tuple[Area, ...]:
    return tuple(Area(category=one.category, scheme=one.scheme, edition=one.edition) for one in rows)


def _plain(one: accreditation.Area) -> dict[str, Any]:
    return encode(_areas([one])[0])
