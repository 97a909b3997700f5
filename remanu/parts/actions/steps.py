"""What every act on a case asks: its transition of SM-1, and a note for the organisation's own eyes."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.errors import Conflict, GuardFailed
from remanu.ledger.record import Act, Private
from remanu.ledger.seal import organisation_key
from remanu.parts.events import Step
from remanu.parts.queries import CaseView
from remanu.rules import lifecycle, text

_NOTE_LIMIT = 2000


def check_step(case: CaseView, verb: str, facts: Mapping[str, bool]) -> Step:
    """The transition of SM-1 for this verb; NotAllowed from this state, GuardFailed naming what is missing."""
    if case.closed_at is not None:
        raise Conflict(why="case-closed", case=case.id)
    transition = lifecycle.find("SM-1", case.state, verb)
    # In a workshop nothing is locked out; on site the record has to say that it no longer is.
    plain = {"not_on_hold": not case.holds, "isolation_lifted": not case.on_site}
    missing = lifecycle.missing(transition, {**plain, **facts})
    if missing:
        raise GuardFailed(action=verb, state=case.state, missing=list(missing))
    return Step(case=case.id, source=case.state, target=transition.target)


def sealed_note(act: Act, note: str | None) -> Private | None:
    """A note for the organisation's own eyes, sealed beside the event; None where nothing was noted."""
    if not note:
        return None
    plain = text.clean_note("note", note, limit=_NOTE_LIMIT)
    return Private(organisation_key(act.actor.org_id), {"note": plain})
