"""What can happen between organisations: a record hears what another one says of a part that both have."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.clock import parse_stamp
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events.links import hear


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReceived:
    """Another record of this part said something: which one, by which event, and since when it says so.

    `digest` is the commitment of that event, `kind` what it was; `state` is what everybody reads there now. `said_at`
    is RFC 3339 text.
    """

    uri: str
    digest: str
    kind: str
    state: str
    said_at: str


def _receive_notice(tx: Tx, done: Recorded[NoticeReceived]) -> None:
    b = done.body
    hear(tx, done, uri=b.uri, state=b.state, digest=b.digest, at=parse_stamp(b.said_at))


RECEIVE_NOTICE = Kind("exchange.receive_notice", 1, NoticeReceived, _receive_notice)
KINDS = (RECEIVE_NOTICE,)
