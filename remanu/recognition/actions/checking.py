"""What acts of recognition check alike: that the organisation keeps agreements, who wrote, what exactly is signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from remanu.accounts import queries as accounts
from remanu.accounts.actions import signature
from remanu.accounts.events.signing import Signature
from remanu.certification.queries import is_a
from remanu.errors import BadInput, Conflict, OwnFile
from remanu.ledger.record import Act
from remanu.rules import canonical as jcs

STEWARDS = ("authority", "scheme_owner")
"""Kinds of organisations that keep agreements."""
MEANINGS: Mapping[str, str] = {
    "approve_agreement": "I approve this agreement: verdicts rest on it from its first day on.",
    "suspend_agreement": "I decide that the agreement is suspended from the day named.",
    "resume_agreement": "I decide that the agreement recognises again from the day named.",
    "end_agreement": "I decide that the agreement ends, and what becomes of certificates issued before.",
    "confirm_signatory": "I looked at the source and confirm that this accreditor signs the arrangement.",
    "end_signatory": "I looked at the source and confirm that this accreditor signs no longer.",
}


def today(act: Act) -> date:
    """The day of the act in the organisation's zone."""
    return act.at.astimezone(ZoneInfo(act.actor.zone)).date()


def check_steward(act: Act) -> None:
    """Conflict unless the organisation is one that keeps agreements."""
    if not is_a(act.tx.connection, act.actor.org_id, *STEWARDS):
        raise Conflict(why="not-such-a-body", needs=list(STEWARDS))


def check_other(act: Act, action: str, written: Iterable[tuple[str, str]]) -> None:
    """OwnFile where the person behind the act is an author, by whatever account; `written` has who did what."""
    by = list(written)
    refs = [act.actor.ref, *(ref for ref, _ in by)]
    persons = accounts.persons_of(act.tx.connection, act.actor.org_id, refs)
    own = {verb for ref, verb in by if persons[ref] == persons[act.actor.ref]}
    if own:
        raise OwnFile(action=action, acts=sorted(own))


def check_not_past(act: Act, field: str, day: date) -> None:
    """BadInput for a day that has passed: verdicts of it were given already."""
    if day < today(act):
        raise BadInput(field, "day-is-over")


def sign(act: Act, action: str, decided: Mapping[str, Any]) -> Signature:
    """The person's signature under what is decided: act, meaning and digest in one object (T-R7)."""
    digest = jcs.commitment(jcs.encode({"action": action, **decided})).hex()
    return signature(act, f"recognition.{action}", meaning=MEANINGS[action], record=digest)
