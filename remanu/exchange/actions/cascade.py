"""The cascade: a part in doubt puts every assembly under review that holds it now or held it then (I40)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from remanu.clock import parse_stamp, stamp
from remanu.db import Tx
from remanu.exchange.queries.reached import BEGINNING, concerned
from remanu.inspection import actions as inspection
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Run
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, going_on
from remanu.parts.events.links import RecordLinked
from remanu.parts.queries.links import DOUBTED
from remanu.release import actions as release
from remanu.release.actions import PartsInDoubt
from remanu.release.events import Affected, ReleaseReviewed, Revoked
from remanu.release.queries import holders
from remanu.rules.actor import Actor
from remanu.rules.cascade import Place, Span

BATCH = 200
JOB = "exchange.doubt_holders"
REASONS = {
    "revoked": "part-revoked",
    "under-review": "part-under-review",
    "scrapped": "part-scrapped",
    "suspended": "part-certification",
    "withdrawn": "part-certification",
    "reduced": "part-certification",
}
"""Why an assembly is doubted, by what is said of the part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Parts that came in doubt by one event: the digest of it, why, which parts, and in which time they are in doubt.

    Times are RFC 3339 text, so that a job can be told as well; without `until` the doubt has no end.
    """

    cause: str
    reason: str
    parts: tuple[str, ...]
    since: str
    until: str | None = None

    @property
    def span(self) -> Span:
        """The time of the doubt."""
        return Span(parse_stamp(self.since), None if self.until is None else parse_stamp(self.until))


def on_revoked(tx: Tx, done: Recorded[Revoked]) -> None:
    """What the revocation of a part's release means for the assemblies that hold it (a reaction, in the act itself)."""
    _spread(tx, done, doubt_of(tx, done, "part-revoked"))


def on_reviewed(tx: Tx, done: Recorded[ReleaseReviewed]) -> None:
    """What a review of a part's release means for the assemblies that hold it.

    Parts inside an assembly that is itself reviewed for them were followed all the way up already, and so were those
    that a recalled instrument measured.
    """
    if done.body.affected is None and done.body.recall is None:
        _spread(tx, done, doubt_of(tx, done, "part-under-review"))


def on_linked(tx: Tx, done: Recorded[RecordLinked]) -> None:
    """A part turns out to have another record, which says already that nobody should rely on it."""
    if done.body.state in DOUBTED:
        doubt = Doubt(
            cause=done.body.digest,
            reason=REASONS[str(done.body.state)],
            parts=(done.subject.id,),
            since=BEGINNING,
        )
        spread(tx, done, doubt)


def doubt_of(tx: Tx, done: Recorded[Any], reason: str) -> Doubt | None:
    """The doubt that an event about a certificate raises: for as long as the part lived by that certificate."""
    lived = holders.lives_under(tx.connection, done.org_id, done.subject.id, done.body.certificate)
    if lived is None or lived.opened_at is None:
        return None
    return Doubt(
        cause=done.commitment.hex(),
        reason=reason,
        parts=(done.subject.id,),
        since=stamp(lived.opened_at),
        until=None if lived.closed_at is None else stamp(lived.closed_at),
    )


def _spread(tx: Tx, done: Recorded[Any], doubt: Doubt | None) -> None:
    if doubt is not None:
        spread(tx, done, doubt)


def spread(tx: Tx, done: Recorded[Any], doubt: Doubt) -> None:
    """Reach the assemblies of a doubt within the act that brought it up; beyond a batch the rest is a job.

    A unit in work that holds the part gets a nonconformity, so that it is not released before somebody looked (I22). A
    part is in one place, so these are few.
    """
    for row in holders.in_work(tx.connection, done.org_id, doubt.parts):
        unit = Subject(done.org_id, row.item_id, row.uri)
        inspection.note_nonconformity(going_on(tx, done), unit, case_id=row.id, cause="paper")
    if not reach(going_on(tx, done), doubt, limit=BATCH):
        return
    jobs.create(tx, JOB, job_of(done, doubt), org_id=done.org_id)


def job_of(done: Recorded[Any], doubt: Doubt) -> jobs.Args:
    """What the job has to know: the doubt, and the act that it goes on with."""
    return {
        "doubt": asdict(doubt),
        "org": done.org_id,
        "act": done.act_id,
        "ref": done.actor_ref,
        "role": done.role,
        "zone": done.zone,
        "at": stamp(done.at),
    }


def doubt_holders(run: Run) -> jobs.Args:
    """The job that reaches what the first batch of a doubt did not, a batch in each unit of work.

    Each batch asks anew who is not reached yet, so that a run which was cut off goes on where it stopped.
    """
    args, more, batches = run.args, True, run.done
    doubt = Doubt(**{**args["doubt"], "parts": tuple(args["doubt"]["parts"])})
    while more:
        more = run.place.database.transact(lambda tx: reach(_again(tx, args), doubt, limit=BATCH))
        batches += 1
        run.progress(batches, batches + more)
    return {"batches": batches}


def _again(tx: Tx, args: jobs.Args) -> Act:
    who = Actor(
        org_id=args["org"],
        person_id="",
        ref=args["ref"],
        roles=frozenset({args["role"]}),
        source="worker",
        zone=args["zone"],
    )
    return Act(tx, who, args["role"], args["act"], parse_stamp(args["at"]), None)


def reach(act: Act, doubt: Doubt, *, limit: int) -> bool:
    """Put the next assemblies under review; whether some are left."""
    connection, org_id = act.tx.connection, act.actor.org_id
    found = concerned(holders.assemblies(connection, org_id, doubt.parts, cause=doubt.cause), doubt.span)
    by_paper = {paper: tuple(places) for paper, places in groupby(found, key=lambda one: one.assembly)}
    chosen = list(by_paper)[:limit]
    if not chosen:
        return bool(by_paper)
    names = holders.named(connection, org_id, {one.part for paper in chosen for one in by_paper[paper]})
    for paper in holders.papers(connection, org_id, chosen):
        affected = tuple(_told(one, names[one.part]) for one in by_paper[paper.id])
        parts = PartsInDoubt(cause=doubt.cause, affected=affected)
        release.doubt_assembly(act, paper, reason=doubt.reason, parts=parts)
    return len(by_paper) > limit


def _told(one: Place, named: Any) -> Affected:
    return Affected(
        item=one.part,
        uri=named.uri,
        name=named.name,
        part_number=named.part_number,
        serial=named.serial,
        path=one.path,
        since=stamp(one.held.since),
        until=None if one.held.until is None else stamp(one.held.until),
    )
