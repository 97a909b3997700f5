"""What is asked of a core, done to it and tested on it: criteria, operations, procedures."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.families.vocabulary import Names, Outcome, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a core acceptance question, and the best outcome that it leaves open."""

    code: str
    names: Names
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A question asked of every core at grading; each must be answered (SM-1 no. 6)."""

    code: str
    names: Names
    answers: tuple[Answer, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Work that may be done; `restores` lists characteristics to be measured again afterwards (I18).

    `max_repairs` is how often in its lives a component may have it (I19); None when no limit is known.
    """

    code: str
    names: Names
    special_process: bool
    components: tuple[str, ...]
    restores: tuple[str, ...]
    source: Source
    max_repairs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A point that is a proportion: so many in `base` of what `names` says, of which at least `least` were tried."""

    names: Names
    base: str
    least: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of an acceptance test: inside `min` and `max` it passes, outside it fails.

    `service_min` and `service_max` hold for the classes that are tested to service standards alone. With `share`
    the limits hold for a proportion, such as jams in 10,000 sheets.
    """

    code: str
    names: Names
    unit: str
    mandatory: bool
    source: Source
    min: str | None = None
    max: str | None = None
    service_min: str | None = None
    service_max: str | None = None
    share: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """An acceptance test; its code and edition are frozen when a test starts (SM-1 no. 18)."""

    code: str
    edition: str
    names: Names
    points: tuple[Point, ...]
