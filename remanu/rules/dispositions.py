"""From a measurement to what becomes of the component (SM-2, domain.md §3.3): zone, proposal and reason.

Limits come in three tiers. Within the new tier a part is as good as new. Beyond the repair tier it must be worked
on. Beyond the service tier it is not used. Where a tier is missing, the rule is the stricter reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from remanu.errors import BadInput

Zone = Literal["not_tested", "within_new", "between_new_and_service", "beyond_service", "not_measurable"]
Direction = Literal["two_sided", "smaller_better", "larger_better"]
Aggregation = Literal["each", "mean", "max", "range"]
TargetClass = Literal["REUSED", "REPAIRED", "RECONDITIONED", "OVERHAULED", "REBUILT", "REMANUFACTURED"]
Proposal = Literal[
    "NOT_TESTED", "REUSE_AS_IS", "ACCEPT_SERVICE_LIMIT", "SALVAGE", "SALVAGE_SIZE_STEP", "REPLACE"
]
Reason = Literal[
    "not-tested",
    "within-new-limits",
    "within-service-limits",
    "outside-new-limits",
    "within-size-step",
    "beyond-service-limits",
    "no-rework",
    "no-scheme",
    "repair-count-reached",
    "life-limit-reached",
    "cannot-be-measured",
]

_GUARD_PLACES = 2
REPLACEMENTS = frozenset({"REPLACE_NEW", "REPLACE_REMAN", "REPLACE_USED_SERVICEABLE"})
DISPOSITIONS: tuple[str, ...] = (
    "REUSE_AS_IS",
    "ACCEPT_SERVICE_LIMIT",
    "SALVAGE",
    "SALVAGE_SIZE_STEP",
    "REPLACE_NEW",
    "REPLACE_REMAN",
    "REPLACE_USED_SERVICEABLE",
    "REPLACE_MANDATORY",
    "CONCESSION_REQUEST",
)
"""What a person may record; REPLACE_MANDATORY belongs to positions that are never inspected for reuse (I16)."""

# REMANUFACTURED and REBUILT promise a new product, the others have service limits (domain.md §2.1).
_SERVICE_CLASSES = frozenset({"REUSED", "REPAIRED", "RECONDITIONED", "OVERHAULED"})
_MENDING = frozenset({"SALVAGE", "SALVAGE_SIZE_STEP"})
_FINAL = frozenset({"life-limit-reached", "cannot-be-measured"})
_PERMITTED: dict[str, frozenset[str]] = {
    # I13: nothing is disposed of unmeasured.
    "NOT_TESTED": frozenset(),
    "REUSE_AS_IS": REPLACEMENTS | {"REUSE_AS_IS"},
    "ACCEPT_SERVICE_LIMIT": REPLACEMENTS | _MENDING | {"ACCEPT_SERVICE_LIMIT"},
    "SALVAGE": REPLACEMENTS | {"SALVAGE", "CONCESSION_REQUEST"},
    "SALVAGE_SIZE_STEP": REPLACEMENTS | _MENDING | {"CONCESSION_REQUEST"},
    "REPLACE": REPLACEMENTS | {"CONCESSION_REQUEST"},
}
_SEVERITY: tuple[Proposal, ...] = (
    "REUSE_AS_IS",
    "ACCEPT_SERVICE_LIMIT",
    "SALVAGE",
    "SALVAGE_SIZE_STEP",
    "REPLACE",
    "NOT_TESTED",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Three tiers in one unit, inclusive; `steps` are over- or undersizes as offsets, nearest first."""

    new_min: Decimal | None = None
    new_max: Decimal | None = None
    repair_min: Decimal | None = None
    repair_max: Decimal | None = None
    service_min: Decimal | None = None
    service_max: Decimal | None = None
    steps: tuple[Decimal, ...] = ()
    rework_allowed: bool = True
    direction: Direction = "two_sided"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to restore a characteristic: how often this part had it, and how often it may (I19); None is no limit."""

    done: int
    most: int | None

    @property
    def open(self) -> bool:
        """Whether the part may have it once more."""
        return self.most is None or self.done < self.most


UNLIMITED = (Scheme(0, None),)
"""What holds where nobody counts: there is a way, and it may be gone again."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a value lies, what is proposed and why; `step` is the size to go to, where there is one."""

    zone: Zone
    disposition: Proposal
    reason: Reason
    step: Decimal | None = None


def limits_from(
    tiers: Mapping[str, str | None],
    *,
    direction: Direction,
    rework_allowed: bool,
    steps: Sequence[str] = (),
    relative_to: str | None = None,
    reference: Decimal | None = None,
) -> Limits:
    """The limits of a characteristic from the decimal strings of its pack or edition.

    `tiers` has the six names of `Limits`; absent and None mean no such limit. Where limits are a formula,
    `relative_to` names the characteristic whose reading, `reference`, multiplies them; BadInput `formula-limit`
    when one of the two is given without the other.
    """
    if (relative_to is None) != (reference is None):
        raise BadInput("limits", "formula-limit", relative_to=relative_to)
    by = Decimal(1) if reference is None else reference
    read = {name: None if text is None else Decimal(text) * by for name, text in tiers.items()}
    return Limits(
        new_min=read.get("new_min"),
        new_max=read.get("new_max"),
        repair_min=read.get("repair_min"),
        repair_max=read.get("repair_max"),
        service_min=read.get("service_min"),
        service_max=read.get("service_max"),
        steps=tuple(Decimal(offset) for offset in steps),
        rework_allowed=rework_allowed,
        direction=direction,
    )


def aggregate(readings: Sequence[Decimal], how: Aggregation) -> tuple[Decimal, ...]:
    """The values to judge: every reading, or their mean, largest or spread; none for no readings.

    A mean has at most two places more than the finest reading, ties to even, so that what is judged is what is shown.
    """
    if not readings or how == "each":
        return tuple(readings)
    if how == "mean":
        return (_mean(readings),)
    return (max(readings) - (min(readings) if how == "range" else 0),)


def _mean(readings: Sequence[Decimal]) -> Decimal:
    last = min(_last_place(one) for one in readings) - _GUARD_PLACES
    exact = sum(readings, Decimal(0)) / len(readings)
    return exact if _last_place(exact) >= last else exact.quantize(Decimal(1).scaleb(last), ROUND_HALF_EVEN)


def _last_place(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def judge(
    value: Decimal | None,
    limits: Limits,
    *,
    target_class: TargetClass,
    schemes: Sequence[Scheme] = UNLIMITED,
) -> Verdict:
    """What is proposed for a component with this value; None is not tested, and never accepted.

    `schemes` are the ways to restore the characteristic: without one, or when each was gone as often as it may, the
    part is replaced (I19).
    """
    if value is None:
        return Verdict("not_tested", "NOT_TESTED", "not-tested")
    zone = zone_of(value, limits)
    if zone == "within_new":
        return Verdict(zone, "REUSE_AS_IS", "within-new-limits")
    if zone == "beyond_service":
        return Verdict(zone, "REPLACE", "beyond-service-limits")
    if target_class in _SERVICE_CLASSES and _within(value, _service(limits)):
        return Verdict(zone, "ACCEPT_SERVICE_LIMIT", "within-service-limits")
    return _mend(value, limits, schemes)


def _mend(value: Decimal, limits: Limits, schemes: Sequence[Scheme]) -> Verdict:
    zone: Zone = "between_new_and_service"
    if not limits.rework_allowed:
        return Verdict(zone, "REPLACE", "no-rework")
    if not schemes:
        return Verdict(zone, "REPLACE", "no-scheme")
    if not any(one.open for one in schemes):
        return Verdict(zone, "REPLACE", "repair-count-reached")
    step = _step(value, limits)
    if step is not None:
        return Verdict(zone, "SALVAGE_SIZE_STEP", "within-size-step", step)
    return Verdict(zone, "SALVAGE", "outside-new-limits")


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict that decides for a component with several characteristics; without any it is not tested."""
    untested = Verdict("not_tested", "NOT_TESTED", "not-tested")
    return max(verdicts, key=_severity, default=untested)


UNMEASURABLE = Verdict("not_measurable", "REPLACE", "cannot-be-measured")
"""What a finding of a part too damaged to measure means: it is replaced, and nothing else may be done with it."""


def out_of_life(verdict: Verdict) -> Verdict:
    """The verdict on a life-limited part that reached its limit, however sound it measures (SM-2, SM-9)."""
    return Verdict(verdict.zone, "REPLACE", "life-limit-reached")


def permitted(verdict: Verdict) -> frozenset[str]:
    """The dispositions that a person may record on this verdict; a sound part may always be replaced.

    Nobody concedes what nobody measured, nor a life that has ended: there only replacing is left.
    """
    if verdict.reason in _FINAL:
        return REPLACEMENTS
    return _PERMITTED[verdict.disposition]


def zone_of(value: Decimal, limits: Limits) -> Zone:
    """Where the value lies; limits belong to the better side."""
    if not _within(value, _sided(limits, limits.service_min, limits.service_max)):
        return "beyond_service"
    return "within_new" if _within_new(value, limits) else "between_new_and_service"


Span = tuple[Decimal | None, Decimal | None]


def _sided(limits: Limits, low: Decimal | None, high: Decimal | None) -> Span:
    """A tier without the side on which a value cannot be too good."""
    return (
        None if limits.direction == "smaller_better" else low,
        None if limits.direction == "larger_better" else high,
    )


def _within(value: Decimal, span: Span) -> bool:
    low, high = span
    return (low is None or low <= value) and (high is None or value <= high)


def _within_new(value: Decimal, limits: Limits) -> bool:
    low = _new_end(limits.new_min, limits.new_max, worn=_first(limits.repair_min, limits.service_min))
    high = _new_end(limits.new_max, limits.new_min, worn=_first(limits.repair_max, limits.service_max))
    unproved = limits.new_min is None and limits.new_max is None
    return not unproved and _within(value, _sided(limits, low, high))


def _new_end(end: Decimal | None, other: Decimal | None, *, worn: Decimal | None) -> Decimal | None:
    # A source that gives a wear limit and no new limit on that side (a taper of 0, limit 0.01) proves nothing
    # as new but the nominal value at the other end.
    return other if end is None and worn is not None else end


def _service(limits: Limits) -> Span:
    """How far a part may go unworked: to the repair limit, else to the service limit, else to the new one."""
    low = _first(limits.repair_min, limits.service_min, limits.new_min)
    return _sided(limits, low, _first(limits.repair_max, limits.service_max, limits.new_max))


def _first(*values: Decimal | None) -> Decimal | None:
    return next((value for value in values if value is not None), None)


def _step(value: Decimal, limits: Limits) -> Decimal | None:
    """The nearest size that machining can still reach: material is only ever taken away."""
    return next((step for step in limits.steps if _reaches(value, limits, step)), None)


def _reaches(value: Decimal, limits: Limits, step: Decimal) -> bool:
    low, high = limits.new_min, limits.new_max
    if low is None or high is None:
        return False
    if step < 0:
        # A shaft is ground down; the ground size itself must not be worn out.
        return low + step <= value < low and (limits.service_min is None or limits.service_min <= high + step)
    return high < value <= high + step and (limits.service_max is None or low + step <= limits.service_max)


def _severity(verdict: Verdict) -> tuple[int, bool, Decimal]:
    final = verdict.reason in _FINAL
    return _SEVERITY.index(verdict.disposition), final, abs(verdict.step or Decimal(0))
