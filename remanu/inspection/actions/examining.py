"""Non-destructive testing: by a method and its procedure, with every indication, signed by a level 2."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remanu.db import Tx
from remanu.errors import BadInput
from remanu.inspection import events
from remanu.inspection.actions import reading
from remanu.inspection.actions.reading import Around
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import record
from remanu.parts.queries import subject_of
from remanu.rules import ndt, text
from remanu.rules.actor import Actor
from remanu.rules.ndt import Seen
from remanu.rules.observed import check_word

_LIMIT = 60


def examine(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    characteristic: str,
    method: str,
    procedure: str,
    procedure_edition: str,
    sensitivity: str,
    found: str,
    indications: Sequence[Seen] = (),
    instrument: str | None = None,
    measured_on: date | None = None,
    late: str | None = None,
    why: str | None = None,
) -> Recorded[events.Examined]:
    """Record a non-destructive test; that nothing was found is said by `found`, an empty list says nothing.

    What is held against the limits is the number of indications or their lengths, as the characteristic asks.
    NotAuthorised without a qualification of that day for the method, of level 2 or 3 (I14, I36).
    """
    act = reading.open_act(tx, actor, "inspection.examine", Around(measured_on=measured_on, late=late))
    held = reading.hold(act, item_id, characteristic)
    if held.asked.kind != "ndt":
        raise BadInput("characteristic", "needs-no-test")
    check_word("method", method, ndt.METHODS)
    seen = ndt.read(indications, found)
    values = ndt.values(seen, held.asked.unit)
    body = events.Examined(
        measurement=tx.new_id(),
        readings=tuple(map(reading.text, values)),
        method=method,
        procedure=text.clean_line("procedure", procedure, limit=_LIMIT),
        procedure_edition=text.clean_line("procedure_edition", procedure_edition, limit=_LIMIT),
        sensitivity=text.clean_line("sensitivity", sensitivity, limit=_LIMIT),
        found=found,
        indications=tuple(
            events.IndicationSeen(
                kind=one.kind, position=reading.text(one.position), length=reading.text(one.length)
            )
            for one in seen
        ),
        used=reading.used(act, held, instrument),
        qualified_by=reading.qualified(act, held, method=method),
        former=reading.former(held, why),
        why=why or None,
        **reading.result(held, held.judge(values)),
    )
    return record(act, events.EXAMINE, subject_of(held.at.item), body)
