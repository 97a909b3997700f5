"""What the events about parts say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A part enters the record; `life` counts recorded lives, `words` are what search finds it by.

    `pack` is the digest of the family pack by which it was taken into work.
    """

    code: str
    uri: str
    family: str
    component: str
    name: str
    maker: str
    part_number: str
    serial: str | None = None
    identity: str | None = None
    condition: str
    origin: str
    mass_kg: str | None = None
    life: int
    earlier_lives: str
    simulated: bool = False
    words: tuple[str, ...]
    pack: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A file of evidence: its SHA-256 as hex, what it is and how large in bytes."""

    digest: str
    media_type: str
    size: int
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead:
    """A mark read on the part, exactly as it stands there."""

    mark: str
    kind: str
    text: str
    words: tuple[str, ...]
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRead:
    """A counter's reading with its unit, and where the value came from (photo, host, owner, instrument).

    `corrects` names the reading that this one takes the place of (I6).
    """

    reading: str
    counter: str
    rating: str = ""
    value: str
    unit: str
    origin: str
    corrects: str | None = None
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Evidence added to a part outside any other act."""

    case: str | None = None
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case is stopped until the hold is lifted."""

    hold: str
    case: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted:
    """The hold's cause is gone."""

    hold: str
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A transition of SM-1: the case leaves `source` for `target`."""

    case: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldEvent:
    """Something that happened in service: a fault, a recall notice, a counter reading (SM-1 no. 28)."""

    step: Step
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreReturned:
    """The owner returns the part: its life closes and a new case is announced (SM-1 no. 29), under this pack."""

    step: Step
    new_case: str
    number: int
    life: int
    pack: str | None = None
