"""Acts on arrangements: record one, record who signs it from a source, confirm or end that by another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import begin, record
from remanu.recognition import queries
from remanu.recognition.actions.checking import check_other, check_steward, sign
from remanu.recognition.events import arrangements as events
from remanu.rules import text
from remanu.rules.actor import Actor

_NAME, _CODE, _SOURCE = 120, 40, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """An accreditor, by the id of its organisation or by name, the schemes it signs for, and the days."""

    accreditor: str
    schemes: tuple[str, ...]
    since: date
    until: date | None = None


def record_arrangement(
    tx: Tx, actor: Actor, *, code: str, names: tuple[str, str, str], source: str
) -> Recorded[events.ArrangementRecorded]:
    """Record that there is such an arrangement; Conflict where somebody has the code."""
    act = begin(tx, actor, "recognition.record_arrangement")
    check_steward(act)
    name = text.clean_line("code", code, limit=_CODE)
    if queries.arrangement_called(tx.connection, name) is not None:
        raise Conflict(why="arrangement-code-taken")
    body = events.ArrangementRecorded(
        code=name,
        name_en=text.clean_line("name_en", names[0], limit=_NAME),
        name_zh_hans=text.clean_line("name_zh_hans", names[1], limit=_NAME),
        name_zh_hant=text.clean_line("name_zh_hant", names[2], limit=_NAME),
        source=text.clean_line("source", source, limit=_SOURCE),
    )
    return record(act, events.RECORD_ARRANGEMENT, subject(actor.org_id, tx.new_id()), body)


def record_signatory(
    tx: Tx, actor: Actor, arrangement_id: str, *, signs: Signs, source: str
) -> Recorded[events.SignatoryRecorded]:
    """Record that an accreditor signs, from this source; it counts once another person confirmed it."""
    act = begin(tx, actor, "recognition.record_signatory")
    row = queries.find_arrangement(tx.connection, actor.org_id, arrangement_id)
    if not signs.schemes:
        raise BadInput("schemes", "required")
    if signs.until is not None and signs.until <= signs.since:
        raise BadInput("until", "ends-before")
    accreditor = text.clean_line("accreditor", signs.accreditor, limit=_NAME)
    body = events.SignatoryRecorded(
        arrangement=row.code,
        arrangement_id=row.id,
        accreditor=accreditor,
        accreditor_name=queries.organisation_name(tx.connection, accreditor),
        schemes=tuple(text.clean_line("schemes", one, limit=_CODE) for one in signs.schemes),
        since=signs.since.isoformat(),
        until=None if signs.until is None else signs.until.isoformat(),
        source=text.clean_line("source", source, limit=_SOURCE),
    )
    return record(act, events.RECORD_SIGNATORY, subject(actor.org_id, tx.new_id()), body)


def confirm_signatory(tx: Tx, actor: Actor, signatory_id: str) -> Recorded[events.SignatoryConfirmed]:
    """Confirm what another person recorded, with a fresh factor."""
    act = begin(tx, actor, "recognition.confirm_signatory")
    row = queries.find_signatory(tx.connection, actor.org_id, signatory_id)
    if row.state != "recorded":
        raise Conflict(why="confirmed-already")
    check_other(act, "confirm_signatory", [(row.recorder_ref, "record_signatory")])
    facts = {"signatory": row.id, "arrangement": row.arrangement, "accreditor": row.accreditor}
    body = events.SignatoryConfirmed(
        arrangement=row.arrangement,
        accreditor=row.accreditor,
        signature=sign(act, "confirm_signatory", facts),
    )
    return record(act, events.CONFIRM_SIGNATORY, subject(actor.org_id, row.id), body)


def end_signatory(tx: Tx, actor: Actor, signatory_id: str, *, until: date) -> Recorded[events.SignatoryLeft]:
    """Record that the accreditor signs no longer from a day on, which may have passed."""
    act = begin(tx, actor, "recognition.end_signatory")
    row = queries.find_signatory(tx.connection, actor.org_id, signatory_id)
    if row.state != "confirmed":
        raise Conflict(why="signatory-not-confirmed")
    if row.until is not None:
        raise Conflict(why="ends-already")
    if until.isoformat() <= row.since:
        raise BadInput("until", "ends-before")
    facts = {"signatory": row.id, "until": until.isoformat()}
    body = events.SignatoryLeft(until=until.isoformat(), signature=sign(act, "end_signatory", facts))
    return record(act, events.END_SIGNATORY, subject(actor.org_id, row.id), body)
