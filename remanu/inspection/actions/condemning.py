"""What is too damaged to measure, and how is measured at all."""

from __future__ import annotations

from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.inspection import events, queries
from remanu.inspection.events import BenchSet, Unmeasured
from remanu.inspection.queries import Bench, Results
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import begin, record
from remanu.parts import queries as parts
from remanu.parts.events import Cited
from remanu.rules.actor import Actor
from remanu.rules.dispositions import UNMEASURABLE
from remanu.rules.findings import CONDEMN_REASONS, ENTRIES, QUALIFIED, SECONDS
from remanu.rules.lifecycle import BEFORE_RELEASE
from remanu.rules.observed import check_word
from remanu.rules.readings import Stage, stage_in


def condemn(
    tx: Tx, actor: Actor, item_id: str, *, why: str, evidence: tuple[Cited, ...] = ()
) -> Recorded[events.Condemned]:
    """Find that a component cannot be measured any more, with a photo; it can then be replaced and nothing else.

    This answers for every characteristic that the family asks of it, so that I13 holds in its sense: nothing is
    disposed of unseen. Results that were there before stay in the record.
    """
    act = begin(tx, actor, "inspection.condemn")
    at = queries.bench(tx.connection, actor.org_id, item_id)
    stage = stage_in(at.state)
    if at.position is None:
        raise Conflict(why="not-a-component")
    check_word("why", why, CONDEMN_REASONS)
    if not any(one.media_type.startswith("image/") for one in evidence):
        raise BadInput("evidence", "photo-needed")
    found = queries.results(tx.connection, actor.org_id, at.case_id, item_id)
    body = events.Condemned(
        condemnation=tx.new_id(),
        case=at.case_id,
        position=at.position,
        component=at.item.component,
        stage=stage,
        why=why,
        zone=UNMEASURABLE.zone,
        proposal=UNMEASURABLE.disposition,
        because=UNMEASURABLE.reason,
        results=_results(tx, at, stage, found),
        qualified_by=f"role:{act.role}",
        day=queries.day_at(act.at, actor.zone),
        evidence=evidence,
    )
    return record(act, events.CONDEMN, parts.subject_of(at.item), body)


def _results(tx: Tx, at: Bench, stage: Stage, found: Results) -> tuple[Unmeasured, ...]:
    asked = queries.wanted(at.family, at.item.component)
    if not asked:
        raise Conflict(why="nothing-to-measure")
    now = {one.code: found.get((one.code, stage)) for one in asked}
    if all(row is not None and row.zone == UNMEASURABLE.zone for row in now.values()):
        raise Conflict(why="already-condemned")
    return tuple(
        Unmeasured(
            measurement=tx.new_id(),
            characteristic=one.code,
            criticality=one.criticality,
            unit=one.unit,
            demonstration=one.demonstration,
            former=None if (row := now[one.code]) is None else str(row.id),
        )
        for one in asked
    )


def set_bench(
    tx: Tx, actor: Actor, case_id: str | None = None, *, entry: str, second: str, qualified: str
) -> Recorded[BenchSet]:
    """Say how is measured from now on: in the whole organisation, or in one case, whose rule then goes before it."""
    act = begin(tx, actor, "inspection.set_bench")
    check_word("entry", entry, ENTRIES)
    check_word("second", second, SECONDS)
    check_word("qualified", qualified, QUALIFIED)
    about = subject(actor.org_id, actor.org_id)
    if case_id is not None:
        case = parts.find_case(tx.connection, actor.org_id, case_id)
        if case.state not in BEFORE_RELEASE:
            raise Conflict(why="case-closed")
        about = case.subject
    body = BenchSet(case=case_id, entry=entry, second=second, qualified=qualified)
    return record(act, events.SET_BENCH, about, body)
