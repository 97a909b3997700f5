"""What can happen: an event kind joins a name, a version, a body and its effect on the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from remanu.clock import parse_stamp
from remanu.db import Tx
from remanu.errors import Damaged
from remanu.ledger import body as bodies
from remanu.rules import canonical as jcs

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: one part, instrument, person reference or organisation, with its URI."""

    org_id: str
    id: str
    uri: str


def subject(org_id: str, subject_id: str) -> Subject:
    """A subject without a public address of its own."""
    return Subject(org_id, subject_id, f"urn:uuid:{subject_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Generic[B]):
    """An event as it stands in the record; what `apply` copies from."""

    id: str
    act_id: str
    subject: Subject
    seq: int
    kind: str
    version: int
    at: datetime
    zone: str
    recorded_at: datetime
    actor_ref: str
    role: str
    source: str
    reason: str | None
    body: B
    commitment: bytes
    previous: bytes | None
    sealed_key: str | None

    @property
    def org_id(self) -> str:
        """The organisation whose record this is."""
        return self.subject.org_id


@dataclass(frozen=True, slots=True)
class Kind(Generic[B]):
    """One (name, version); once landed its body is frozen, and `older` lifts former versions to it."""

    name: str
    version: int
    body: type[B]
    apply: Callable[[Tx, Recorded[B]], None]
    older: Mapping[int, Callable[[bodies.Json], bodies.Json]] = field(default_factory=dict)


def unchanged(values: bodies.Json) -> bodies.Json:
    """The upcaster where a version only added optional fields: what is not said is not there."""
    return values


Registry = Mapping[str, Kind[Any]]


def registry(kinds: Iterable[Kind[Any]]) -> Registry:
    """All kinds by name; a name given twice is a mistake of ours."""
    table: dict[str, Kind[Any]] = {}
    for kind in kinds:
        if kind.name in table:
            raise ValueError(f"event kind {kind.name} is defined twice")
        table[kind.name] = kind
    return table


def read(known: Registry, canonical: bytes) -> Recorded[Any]:
    """The event that these canonical bytes state; Damaged when they state none."""
    return stated(known, jcs.decode(canonical), jcs.commitment(canonical))


def stated(known: Registry, document: Any, commitment: bytes) -> Recorded[Any]:
    """The event that a decoded canonical document states; Damaged when it states none."""
    if not isinstance(document, dict) or document.get("kind") not in known:
        raise Damaged(what="event", why="unknown kind")
    kind = known[document["kind"]]
    values = document["body"]
    for version in range(document["version"], kind.version):
        values = kind.older[version](values)
    return from_document(document, bodies.decode(kind.body, values), commitment)


def from_document(document: Mapping[str, Any], body: B, commitment: bytes) -> Recorded[B]:
    """The event of a decoded canonical document and its typed body."""
    previous = document["prev"]
    return Recorded(
        id=document["id"],
        act_id=document["act"],
        subject=Subject(document["org"], document["subject_id"], document["subject"]),
        seq=document["seq"],
        kind=document["kind"],
        version=document["version"],
        at=parse_stamp(document["at"]["utc"]),
        zone=document["at"]["zone"],
        recorded_at=parse_stamp(document["recorded"]),
        actor_ref=document["by"]["ref"],
        role=document["by"]["role"],
        source=document["source"],
        reason=document.get("reason"),
        body=body,
        commitment=commitment,
        previous=None if previous is None else bytes.fromhex(previous),
        sealed_key=document["sealed"]["key"] if "sealed" in document else None,
    )
