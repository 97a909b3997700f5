"""Deciding: all parts found are measured, each gets its disposition, the sheet is closed."""

from __future__ import annotations

from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotAllowed
from remanu.inspection import events, queries
from remanu.inspection.actions.nonconformities import note_nonconformity
from remanu.inspection.queries import Bench, Options
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import check_step
from remanu.rules import lifecycle
from remanu.rules.actor import Actor
from remanu.rules.dispositions import DISPOSITIONS
from remanu.rules.findings import CHANGE_REASONS
from remanu.rules.observed import check_word

DECIDES = frozenset({"INSPECTED", "DISPOSITIONED", "IN_RESTORATION", "REWORK"})
"""States in which a component may get a disposition: later ones than INSPECTED change a former one."""

_GONE = "scrapped"
"""The condition of a part that another one replaced: it is scrapped with that act, and never comes back."""


def inspect(tx: Tx, actor: Actor, case_id: str) -> Recorded[events.Inspected]:
    """Say that every part found is measured (SM-1 no. 13); GuardFailed names what is missing (I13, I14)."""
    act = begin(tx, actor, "inspection.inspect")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "inspect", queries.facts(tx.connection, case, tx.now))
    found = [row for row in parts.routes(tx.connection, actor.org_id, case.id) if row.found]
    results = queries.latest(tx.connection, actor.org_id, case.id)
    body = events.Inspected(step=step, components=len(found), results=len(results))
    return record(act, events.INSPECT, case.subject, body)


def dispose(
    tx: Tx, actor: Actor, item_id: str, *, disposition: str, why: str | None = None
) -> Recorded[events.Disposed]:
    """Decide what becomes of one component: one of what its worst verdict permits, the size frozen with it.

    Changing a former disposition needs a reason; BadInput `unmeasured` or `not-permitted` (I13, I15, I16). Asking for
    a concession raises the nonconformity that it is asked for under (SM-3), unless one is open on the part.
    """
    act = begin(tx, actor, "inspection.dispose")
    at = queries.bench(tx.connection, actor.org_id, item_id)
    _check_place(at, why)
    found = queries.results(tx.connection, actor.org_id, at.case_id, item_id)
    may = queries.options_now(tx.connection, at.family, at.item, found, tx.now)
    _check_permitted(disposition, may)
    body = events.Disposed(
        case=at.case_id,
        position=at.position or "",
        component=at.item.component,
        disposition=disposition,
        basis=may.basis,
        zone=may.verdict.zone,
        proposal=may.verdict.disposition,
        because=may.verdict.reason,
        results=tuple(row.id for row in may.decided_by),
        sizes=_sizes(at, may) if disposition == "SALVAGE_SIZE_STEP" else (),
        former=at.disposition,
        why=why or None,
    )
    done = record(act, events.DISPOSE, parts.subject_of(at.item), body)
    if disposition == queries.REQUEST and not _raised(tx, at):
        note_nonconformity(act, parts.subject_of(at.item), case_id=at.case_id, cause="dimension")
    return done


def _raised(tx: Tx, at: Bench) -> bool:
    open_ones = queries.open_nonconformities(tx.connection, at.item.org_id, at.case_id)
    return any(row.item_id == at.item.id for row in open_ones)


def _check_place(at: Bench, why: str | None) -> None:
    if at.position is None:
        raise Conflict(why="not-a-component")
    if at.state not in DECIDES:
        steps = lifecycle.allowed("SM-1", at.state)
        raise NotAllowed(action="dispose", state=at.state, allowed=[step.action for step in steps])
    if at.item.condition == _GONE:
        raise Conflict(why="went-out")
    if at.disposition is not None and not why:
        raise BadInput("why", "change-reason", former=at.disposition)
    if why:
        check_word("why", why, CHANGE_REASONS)


def _check_permitted(disposition: str, may: Options) -> None:
    check_word("disposition", disposition, DISPOSITIONS)
    if not may.permitted:
        raise BadInput("disposition", "unmeasured")
    if disposition not in may.permitted:
        raise BadInput("disposition", "not-permitted", permitted=list(may.permitted))


def _sizes(at: Bench, may: Options) -> tuple[events.Sized, ...]:
    """The size of each characteristic that goes to one; all of a kind go to the size that the worst needs."""
    known = {one.code: one for one in at.family.characteristics_of(at.item.component)}
    found = []
    for row in may.decided_by:
        steps = known[row.characteristic].steps
        if row.proposal == "SALVAGE_SIZE_STEP" and row.step is not None and steps is not None:
            found.append(
                events.Sized(
                    characteristic=row.characteristic, step=row.step, unit=row.unit, mates=steps.mates
                )
            )
    return tuple(found)


def disposition(tx: Tx, actor: Actor, case_id: str) -> Recorded[events.Dispositioned]:
    """Close the disposition sheet (SM-1 no. 14): every part found has exactly one disposition (I15)."""
    act = begin(tx, actor, "inspection.disposition")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "disposition", queries.facts(tx.connection, case, tx.now))
    sheet = tuple(
        events.SheetLine(item=row.item_id, position=row.position, disposition=row.disposition)
        for row in parts.routes(tx.connection, actor.org_id, case.id)
        if row.found
    )
    return record(act, events.DISPOSITION, case.subject, events.Dispositioned(step=step, sheet=sheet))
