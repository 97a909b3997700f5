"""What can happen to an issued release that somebody doubts: it comes under review, and the review is lifted."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.events.signing import Signature
from remanu.db import Tx
from remanu.errors import Conflict
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts.events import say
from remanu.release.models import ReleaseReview


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A part in doubt and its place in the assembly whose release is reviewed because of it.

    `path` names the positions from the assembly down to the part. It sat there from `since` on; `until` is when it
    left, absent while it is in. Both are RFC 3339 text.
    """

    item: str
    uri: str
    name: str
    part_number: str
    serial: str | None = None
    path: tuple[str, ...]
    since: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReviewed:
    """A release is under review, for a reason of the closed list; `recall` names the recall of an instrument behind it.

    `former` is what the part's page said before, where it spoke of this release; `says` what it says now, absent where
    it says so already or speaks of something else. `cause` is the digest of the event that put parts of it in doubt,
    and `affected` says which parts and where they sit.
    """

    review: str
    certificate: str
    number: str
    case: str
    reason: str
    recall: str | None = None
    former: str | None = None
    says: str | None = None
    cause: str | None = None
    affected: tuple[Affected, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLifted:
    """The release was found sound, on this basis; `says` is what the part's page says again."""

    review: str
    certificate: str
    number: str
    case: str
    result: str
    basis: str
    says: str | None = None
    signature: Signature | None = None


def _review_release(tx: Tx, done: Recorded[ReleaseReviewed]) -> None:
    b = done.body
    tx.execute(
        sa.insert(ReleaseReview).values(
            org_id=done.org_id,
            id=b.review,
            certificate_id=b.certificate,
            item_id=done.subject.id,
            case_id=b.case,
            reason=b.reason,
            recall_id=b.recall,
            former=b.former,
            since=done.at,
            cause=b.cause,
            affected=None if b.affected is None else json.dumps([asdict(one) for one in b.affected]),
        )
    )
    if b.says is not None:
        say(tx, done, b.says)


def _lift_review(tx: Tx, done: Recorded[ReviewLifted]) -> None:
    b = done.body
    if _end(tx, done, ReleaseReview.id == b.review, result=b.result) != 1:
        raise Conflict(why="not-under-review", review=b.review)
    if b.says is not None:
        say(tx, done, b.says)


def end_reviews(tx: Tx, done: Recorded[Any], certificate: str, result: str) -> None:
    """What was under review is revoked: nothing is left to look at."""
    _end(tx, done, ReleaseReview.certificate_id == certificate, result=result)


def _end(tx: Tx, done: Recorded[Any], which: sa.ColumnElement[bool], *, result: str) -> int:
    mine = (ReleaseReview.org_id == done.org_id, which, ReleaseReview.lifted_at.is_(None))
    return tx.execute(sa.update(ReleaseReview).where(*mine).values(lifted_at=done.at, result=result)).rowcount


REVIEW_RELEASE = Kind("release.review_release", 2, ReleaseReviewed, _review_release, {1: unchanged})
LIFT_REVIEW = Kind("release.lift_review", 2, ReviewLifted, _lift_review, {1: unchanged})
KINDS: tuple[Kind[Any], ...] = (REVIEW_RELEASE, LIFT_REVIEW)
