"""Reviews of releases: opened by hand or by the recall of an instrument, lifted by somebody who may sign them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from remanu.accounts.actions import digest_of, signature
from remanu.clock import parse_stamp, stamp
from remanu.db import Tx
from remanu.errors import Conflict
from remanu.inspection import actions as inspection
from remanu.inspection import queries as bench
from remanu.inspection.events import Recalled
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Run
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, going_on, record
from remanu.parts.actions import sealed_note
from remanu.parts.queries import find_case
from remanu.release import queries
from remanu.release.actions.signing import may_sign
from remanu.release.events import reviews as events
from remanu.release.queries import Window
from remanu.rules import lifecycle
from remanu.rules.actor import Actor
from remanu.rules.observed import check_word

_REPLACED, _CLEARED = "part-replaced", "part-cleared"
REVIEWED_BECAUSE = (
    "instrument-recalled",
    "measurement-wrong",
    "part-suspect",
    "dossier-wrong",
    "report-received",
    "authority-order",
)
"""Why a release is doubted, in a word that everybody reads."""
LIFTED_BECAUSE = (
    "measured-again",
    "error-too-small",
    "not-affected",
    "reading-not-relied-on",
    _REPLACED,
    _CLEARED,
)
"""On what basis a release is found sound; the last two are of a part in it that was in doubt."""
SOUND, REVOKED = "sound", "revoked"
BATCH = 200
JOB = "release.review_recalled"


def review_release(
    tx: Tx, actor: Actor, certificate_id: str, *, reason: str, note: str | None = None
) -> Recorded[events.ReleaseReviewed]:
    """Put an issued release under review: its public page is amber from now on, with the reason."""
    act = begin(tx, actor, "release.review_release")
    check_word("reason", reason, REVIEWED_BECAUSE)
    paper = queries.find_certificate(tx.connection, actor.org_id, certificate_id)
    lifecycle.find("SM-4", paper.state, "revoke")
    return _put(act, paper, Subject(paper.org_id, paper.item_id, paper.uri), reason=reason, note=note)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsInDoubt:
    """Which parts of an assembly came in doubt, and the digest of the event by which they did."""

    cause: str
    affected: tuple[events.Affected, ...]


def doubt_assembly(act: Act, paper: Any, *, reason: str, parts: PartsInDoubt) -> Recorded[events.ReleaseReviewed]:
    """Put the release of an assembly under review because of parts in it, within an act that has begun."""
    return _put(act, paper, Subject(paper.org_id, paper.item_id, paper.uri), reason=reason, parts=parts)


def _put(
    act: Act,
    paper: Any,
    about: Subject,
    *,
    reason: str,
    recall: str | None = None,
    note: str | None = None,
    parts: PartsInDoubt | None = None,
) -> Recorded[events.ReleaseReviewed]:
    """One event on the part's chain; its page changes only where it speaks of this very release."""
    connection = act.tx.connection
    standing = queries.standing_reviews(connection, about.org_id, paper.id)
    now = queries.public_state(connection, about.uri) if _speaks(connection, paper, about) else None
    former = standing[0].former if standing else now
    body = events.ReleaseReviewed(
        review=act.tx.new_id(),
        certificate=paper.id,
        number=paper.number,
        case=paper.case_id,
        reason=reason,
        recall=recall,
        former=former,
        says=queries.UNDER_REVIEW if now not in {None, queries.UNDER_REVIEW} else None,
        cause=None if parts is None else parts.cause,
        affected=None if parts is None else parts.affected,
    )
    return record(act, events.REVIEW_RELEASE, about, body, private=sealed_note(act, note))


def _speaks(connection: Any, paper: Any, about: Subject) -> bool:
    """Whether the part's page speaks of this certificate: it is the one in force, and the part is not in work anew."""
    if queries.public_state(connection, about.uri) not in queries.SPEAKS:
        return False
    held = queries.certificate_of(connection, about.org_id, about.id)
    return held is not None and held.id == paper.id


def lift_review(
    tx: Tx, actor: Actor, review_id: str, *, basis: str, note: str | None = None
) -> Recorded[events.ReviewLifted]:
    """Say that a release under review is sound: its page says again what it said before.

    A signature: by certifying staff who did no work in the case, with a fresh factor. Otherwise it is revoked. While
    another review of the same release stands, the page stays amber.
    """
    act = begin(tx, actor, "release.lift_review")
    row = queries.find_review(tx.connection, actor.org_id, review_id)
    if row.lifted_at is not None:
        raise Conflict(why="not-under-review", review=row.id)
    _check_parts(tx, row, check_word("basis", basis, LIFTED_BECAUSE))
    may_sign(tx, actor, find_case(tx.connection, actor.org_id, row.case_id))
    body = _lifted(tx, row, basis)
    about = Subject(row.org_id, row.item_id, row.uri)
    signed = signature(
        act, "release.lift_review", meaning=queries.MEANINGS["lift_review"], record=digest_of(body)
    )
    done = replace(body, signature=signed)
    return record(act, events.LIFT_REVIEW, about, done, private=sealed_note(act, note))


def take_back(act: Act, causes: Iterable[str], *, part: str, basis: str) -> None:
    """Lift the reviews that these events brought about because of a part, for their source took them back.

    Within an act that has begun, and without a signature: nobody judges anything, and no other review is touched.
    """
    connection, org_id = act.tx.connection, act.actor.org_id
    for row in queries.because_of(connection, org_id, causes, part=part):
        body = _lifted(act.tx, row, basis)
        record(act, events.LIFT_REVIEW, Subject(row.org_id, row.item_id, row.uri), body)


def _lifted(tx: Tx, row: Any, basis: str) -> events.ReviewLifted:
    """What lifting a review says: the page speaks as before once no other review of the release stands."""
    others = queries.standing_reviews(tx.connection, row.org_id, row.certificate_id)
    amber = queries.public_state(tx.connection, row.uri) == queries.UNDER_REVIEW
    return events.ReviewLifted(
        review=row.id,
        certificate=row.certificate_id,
        number=row.number,
        case=row.case_id,
        result=SOUND,
        basis=basis,
        says=row.former if amber and len(others) == 1 else None,
    )


def _check_parts(tx: Tx, row: Any, basis: str) -> None:
    """Who says that a part is out of the assembly, or sound itself, is held to what the record says of it."""
    doubted = [] if row.affected is None else json.loads(row.affected)
    for one in doubted if basis in {_REPLACED, _CLEARED} else ():
        if basis == _REPLACED and queries.sits_in(tx.connection, row.org_id, one["item"], row.item_id):
            raise Conflict(why="part-still-in", part=one["uri"])
        if basis == _CLEARED and queries.in_doubt(tx.connection, row.org_id, one["item"]):
            raise Conflict(why="part-still-doubted", part=one["uri"])


def on_recall(tx: Tx, done: Recorded[Recalled]) -> None:
    """What the recall of an instrument means for releases (a reaction, in the act itself).

    Every release in force that rests on it comes under review, every open case in which it was used gets a
    nonconformity. Beyond a batch the rest is a job, under the same act.
    """
    if not reach(going_on(tx, done), recall=done.body.recall, limit=BATCH):
        return
    jobs.create(tx, JOB, job_of(done), org_id=done.org_id)


def job_of(done: Recorded[Recalled]) -> jobs.Args:
    """What the job has to know: the recall, and the act that it goes on with."""
    return {
        "org": done.org_id,
        "recall": done.body.recall,
        "act": done.act_id,
        "ref": done.actor_ref,
        "role": done.role,
        "zone": done.zone,
        "at": stamp(done.at),
    }


def review_recalled(run: Run) -> jobs.Args:
    """The job that reaches what the first batch of a recall did not, a batch in each unit of work."""
    args, more, batches = run.args, True, run.done
    while more:
        more = run.place.database.transact(lambda tx: reach(_act(tx, args), recall=args["recall"], limit=BATCH))
        batches += 1
        run.progress(batches, batches + more)
    return {"batches": batches}


def _act(tx: Tx, args: jobs.Args) -> Act:
    at: datetime = parse_stamp(args["at"])
    who = Actor(
        org_id=args["org"],
        person_id="",
        ref=args["ref"],
        roles=frozenset({args["role"]}),
        source="worker",
        zone=args["zone"],
    )
    return Act(tx, who, args["role"], args["act"], at, None)


def reach(act: Act, *, recall: str, limit: int) -> bool:
    """Reach the next cases of a recall; whether some are left."""
    connection, org_id = act.tx.connection, act.actor.org_id
    row = bench.find_recall(connection, org_id, recall)
    waiting = queries.unmarked(connection, _window(connection, row), recall)
    for one in waiting[:limit]:
        about = Subject(org_id, one.item_id, one.uri)
        if one.certificate_id is None:
            inspection.note_nonconformity(act, about, case_id=one.id, cause="instrument", recall=recall)
        else:
            paper = queries.find_certificate(connection, org_id, one.certificate_id)
            _put(act, paper, about, reason="instrument-recalled", recall=recall)
    return len(waiting) > limit


def _window(connection: Any, row: Any) -> Window:
    one = bench.find_instrument(connection, row.org_id, row.instrument_id)
    return queries.window(connection, one, since=row.since, until=row.until)
