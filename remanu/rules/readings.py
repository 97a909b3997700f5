"""From what an instrument showed to a verdict: the stage of measuring, approved sizes, and the reading that decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from remanu.errors import NotAllowed
from remanu.rules import lifecycle
from remanu.rules.dispositions import (
    UNLIMITED,
    Aggregation,
    Limits,
    Scheme,
    TargetClass,
    Verdict,
    aggregate,
    judge,
    worst,
)

Stage = Literal["as_found", "after_operation", "final"]
STAGES: Mapping[str, Stage] = {
    "IN_WORK": "as_found",
    "DISASSEMBLED": "as_found",
    "CLEANED": "as_found",
    "INSPECTED": "as_found",
    "DISPOSITIONED": "after_operation",
    "IN_RESTORATION": "after_operation",
    "REWORK": "after_operation",
    "RESTORED": "final",
    "REASSEMBLED": "final",
}
"""What a measurement speaks for, by the state of its case: nobody types it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The values that were held against the limits, the one that decides, and what it means."""

    values: tuple[Decimal, ...]
    deciding: Decimal | None
    verdict: Verdict


def stage_in(state: str) -> Stage:
    """The stage for which this state measures; NotAllowed where nothing is measured."""
    if state not in STAGES:
        steps = lifecycle.allowed("SM-1", state)
        raise NotAllowed(action="measure", state=state, allowed=[step.action for step in steps])
    return STAGES[state]


def stepped(limits: Limits, step: Decimal) -> Limits:
    """The limits of a part that goes to an approved over- or undersize, which then counts as new (SM-2).

    The service limit stays where it is, save that it never cuts into the new range of that size.
    """
    return replace(
        limits,
        new_min=_moved(limits.new_min, step),
        new_max=_moved(limits.new_max, step),
        repair_min=_moved(limits.repair_min, step),
        repair_max=_moved(limits.repair_max, step),
        service_min=_outer(limits.service_min, _moved(limits.new_min, step), by=min),
        service_max=_outer(limits.service_max, _moved(limits.new_max, step), by=max),
        steps=(),
    )


def _moved(limit: Decimal | None, step: Decimal) -> Decimal | None:
    return None if limit is None else limit + step


def _outer(
    service: Decimal | None, new: Decimal | None, *, by: Callable[[Decimal, Decimal], Decimal]
) -> Decimal | None:
    return service if service is None or new is None else by(service, new)


def judge_all(
    readings: Sequence[Decimal],
    limits: Limits,
    *,
    aggregation: Aggregation,
    target_class: TargetClass,
    schemes: Sequence[Scheme] = UNLIMITED,
) -> Judged:
    """What the readings of one characteristic mean together; none at all is not tested, never accepted."""
    values = aggregate(readings, aggregation)
    verdicts = [judge(value, limits, target_class=target_class, schemes=schemes) for value in values]
    decided = worst(verdicts)
    worst_values = [value for value, one in zip(values, verdicts, strict=True) if one == decided]
    return Judged(values, max(worst_values, key=lambda value: _beyond(value, limits), default=None), decided)


def _beyond(value: Decimal, limits: Limits) -> Decimal:
    """How far a value lies beyond the nearer new limit; within, less than nothing, and the nearest to a limit wins."""
    margins = [] if limits.new_min is None else [limits.new_min - value]
    margins += [] if limits.new_max is None else [value - limits.new_max]
    return max(margins, default=Decimal(0))
