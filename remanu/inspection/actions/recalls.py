"""Recalling an instrument: what it measured since it was last known to be good is in doubt."""

from __future__ import annotations

from datetime import date

from remanu.db import Tx
from remanu.errors import BadInput
from remanu.inspection import events, queries
from remanu.inspection.queries import Ready
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.parts.actions import sealed_note
from remanu.rules.actor import Actor
from remanu.rules.findings import RECALL_REASONS
from remanu.rules.observed import check_word

_EARLIEST_YEAR = 2000


def recall_instrument(
    tx: Tx,
    actor: Actor,
    instrument_id: str,
    *,
    why: str,
    last_good: date | None = None,
    note: str | None = None,
) -> Recorded[events.Recalled]:
    """Recall an instrument that is not reliable; it may not be used before it is calibrated again.

    In doubt is what was done with it since `last_good`, else since its last good calibration. Releases that rest on it
    come under review and cases that are open get a nonconformity, in the same act (release/actions/reviews.py).
    """
    act = begin(tx, actor, "inspection.recall_instrument")
    one = queries.find_instrument(tx.connection, actor.org_id, instrument_id)
    check_word("why", why, RECALL_REASONS)
    until = queries.day_at(act.at, actor.zone)
    since = _day(last_good, until) or queries.last_good(tx.connection, actor.org_id, one.id, until=until)
    body = _recalled(act, one, why=why, since=since, until=until, barred=tx.new_id())
    about = subject(actor.org_id, one.id)
    return record(act, events.RECALL_INSTRUMENT, about, body, private=sealed_note(act, note))


def _day(given: date | None, until: str) -> str | None:
    if given is None:
        return None
    if given.year < _EARLIEST_YEAR or given.isoformat() > until:
        raise BadInput("last_good", "absurd-time")
    return given.isoformat()


def note_recall(act: Act, one: Ready, found: events.Calibrated) -> Recorded[events.Recalled]:
    """Recall an instrument within the act of the calibration that found it out of tolerance.

    One that was adjusted is good again from that day on; one that failed is in doubt until today.
    """
    org_id, today = act.actor.org_id, queries.day_at(act.at, act.actor.zone)
    good = queries.last_good(
        act.tx.connection, org_id, one.id, until=found.calibrated_on, but=found.calibration
    )
    until = today if found.result == "failed" else found.calibrated_on
    body = _recalled(
        act, one, why="out-of-tolerance", since=good, until=until, calibration=found.calibration
    )
    return record(act, events.RECALL_INSTRUMENT, subject(org_id, one.id), body)


def _recalled(
    act: Act,
    one: Ready,
    *,
    why: str,
    since: str | None,
    until: str,
    calibration: str | None = None,
    barred: str | None = None,
) -> events.Recalled:
    return events.Recalled(
        recall=act.tx.new_id(),
        number=one.number,
        class_code=one.class_code,
        why=why,
        since=since,
        until=until,
        calibration=calibration,
        barred=barred,
    )
