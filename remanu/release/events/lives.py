"""What a release says of limited lives: how each stood on the day, and that a rebuilt unit begins at zero time."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from remanu.accounts.events.signing import Signature
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts.events import Cited, cite
from remanu.release.models import ZeroTime


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeLeft:
    """What is left of one limit of a life, in whole units at this rating; `tag` says how far the limit is known."""

    counter: str
    rating: str = ""
    unit: str
    limit: str
    used: str
    remaining: int
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStatus:
    """How the life of a life-limited part stands on the day (I10): its state, by which policy, and what is left.

    `mark` says how far the policy itself is known.
    """

    position: str
    part_number: str
    serial: str | None = None
    state: str
    policy: str
    mark: str
    share: str
    left: tuple[LifeLeft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroTimeStated:
    """A rebuilt unit begins a record without previous operating history (I8); its counters go on all the same.

    `scheme` is the rule that permits it, `agency` the paper by which the maker's agency acted.
    """

    case: str
    life: int
    certificate: str
    scheme: str
    agency: str | None = None
    evidence: tuple[Cited, ...] = ()
    signature: Signature | None = None


def _state_zero_time(tx: Tx, done: Recorded[ZeroTimeStated]) -> None:
    b = done.body
    tx.execute(
        sa.insert(ZeroTime).values(
            org_id=done.org_id,
            item_id=done.subject.id,
            life=b.life,
            case_id=b.case,
            certificate=b.certificate,
            scheme=b.scheme,
            agency=b.agency,
            stated_at=done.at,
        )
    )
    cite(tx, done, b.evidence)


STATE_ZERO_TIME = Kind("release.state_zero_time", 2, ZeroTimeStated, _state_zero_time, {1: unchanged})
