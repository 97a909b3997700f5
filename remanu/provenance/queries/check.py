"""Whether a part's record verifies, computed from the record alone at the moment it is asked (T-R19).

Looked at: each event's bytes against its commitment and its columns, every chain from its first event on, the newest
event of each chain against the signed root of the log, and what the tables say of the part against its events.
`remanu verify` looks at everything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from remanu.clock import parse_stamp
from remanu.errors import BadInput, Damaged
from remanu.ledger import integrate, lineage, notes
from remanu.provenance.queries.kinds import says
from remanu.provenance.queries.lookup import Found
from remanu.provenance.queries.record import Head, Link, Record
from remanu.rules import canonical as jcs
from remanu.rules import merkle

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """The checkpoint that the record was compared with."""

    size: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found at `at`: reason words of `problems`, empty where everything agrees, and what was counted."""

    at: datetime
    problems: tuple[str, ...]
    events: int
    chains: int
    logged: int
    signed: Signed | None

    @property
    def whole(self) -> bool:
        """Whether everything that was looked at agrees."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the record with what its bytes say; `document` is empty where they say nothing."""

    link: Link
    document: Document


def tell(record: Record) -> tuple[Told, ...]:
    """Each event's bytes decoded, in the order of the record."""
    return tuple(Told(link, _decoded(link.canonical)) for link in record.links)


def _decoded(canonical: bytes) -> Document:
    # The strict loader is for what comes from outside; these bytes are compared with their digest instead.
    try:
        document = json.loads(canonical.decode())
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def check(found: Found, record: Record, told: tuple[Told, ...], *, key: bytes, at: datetime) -> Verdict:
    """The verdict over a record; `key` is the public key that signs the log, from outside the store."""
    by_chain: dict[str, list[Told]] = {}
    for one in told:
        by_chain.setdefault(one.link.subject_id, []).append(one)
    problems = [*_events(told), *_chains(by_chain.values()), *_places(record)]
    problems += [*_log(record, by_chain.values(), key), *_views(found, by_chain.get(found.item_id, []))]
    return Verdict(
        at=at,
        problems=tuple(dict.fromkeys(problems)),
        events=len(told),
        chains=len(by_chain),
        logged=sum(1 for one in told if _logged(one.link, record.head)),
        signed=None if record.head is None else _signed(record.head),
    )


def _signed(head: Head) -> Signed | None:
    try:
        return Signed(head.size, parse_stamp(head.at))
    except ValueError:
        return None


def _logged(link: Link, head: Head | None) -> bool:
    return link.idx is not None and head is not None and link.idx < head.size


def _events(told: Iterable[Told]) -> Iterator[str]:
    for one in told:
        if jcs.commitment(one.link.canonical) != one.link.commitment:
            yield "record-bytes"
        elif _repeated(one.document) != _columns(one.link):
            yield "record-columns"


def _repeated(document: Document) -> tuple[object, ...]:
    return tuple(document.get(name) for name in ("subject_id", "id", "kind", "seq", "prev"))


def _columns(link: Link) -> tuple[object, ...]:
    previous = None if link.previous is None else link.previous.hex()
    return link.subject_id, link.id, link.kind, link.seq, previous


def _chains(chains: Iterable[list[Told]]) -> Iterator[str]:
    for chain in chains:
        before: bytes | None = None
        for seq, one in enumerate(sorted(chain, key=lambda told: told.link.seq)):
            if (one.link.seq, one.link.previous) != (seq, before):
                yield "record-chain"
            before = one.link.commitment


def _places(record: Record) -> Iterator[str]:
    for link in record.links:
        if (link.idx is None) == (link.waiting is None):
            yield "record-unlogged"
        if link.entered is not None and link.entered != link.position:
            yield "record-unlogged"


def _log(record: Record, chains: Iterable[list[Told]], key: bytes) -> Iterator[str]:
    if record.head is None:
        return
    try:
        head = lineage.verify(record.head.note, record.head.origin, key)
    except (BadInput, ValueError):
        yield "record-signature"
        return
    for chain in chains:
        under = [one for one in chain if one.link.idx is not None and one.link.idx < head.size]
        if under and not _leads(max(under, key=lambda one: one.link.idx or 0), head, record.nodes):
            yield "record-root"


def _leads(one: Told, head: notes.Checkpoint, nodes: Mapping[merkle.Place, bytes]) -> bool:
    index = one.link.idx or 0

    def get(level: int, idx: int) -> bytes:
        return nodes[level, idx]

    try:
        proof = merkle.inclusion_proof(index, head.size, get)
        leaf = merkle.leaf_hash(integrate.entry(str(one.document["subject"]), one.link.commitment))
        return merkle.verify_inclusion(index, head.size, leaf=leaf, proof=proof, expected=head.root)
    except (Damaged, LookupError, ValueError):
        return False


def _views(found: Found, own: list[Told]) -> Iterator[str]:
    """What the tables say of the part: its code, its address, its public state and the event that set it."""
    first = own[0].document if own else {}
    body = first.get("body", {})
    if first.get("kind") != "parts.register" or body.get("code") != found.code:
        yield "record-code"
    if found.uri is None or found.uri != body.get("uri"):
        yield "record-code"
    by_digest = {one.link.commitment.hex(): one.document for one in own}
    cause = by_digest.get(found.digest or "")
    if cause is None or found.since is None or _when(cause) != found.since:
        yield "record-state"
    speaking = [(one, state) for one in own if (state := _says(one)) is not None]
    heard = [(one, state) for one, state in speaking if one.link.commitment.hex() == found.digest]
    # A kind that is not known here may have spoken last; one that is known may not have been passed over.
    if heard and (heard != speaking[-1:] or heard[-1][1] != found.state):
        yield "record-state"


def _says(one: Told) -> str | None:
    body = one.document.get("body")
    return says(one.link.kind, body if isinstance(body, dict) else {}, one.link.subject_id)


def _when(document: Document) -> datetime | None:
    try:
        return parse_stamp(document["at"]["utc"])
    except (LookupError, TypeError, ValueError):
        return None
