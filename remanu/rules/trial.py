"""An acceptance test: a point passes or fails, and one without a value is not tested, never passed (SM-1 no. 19)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

PointVerdict = Literal["pass", "fail", "not_tested"]
Coverage = Literal["none", "partial", "full"]

# Classes that promise a new product are tested to new limits; the others have a service tier where the pack gives one.
_AS_NEW = frozenset({"REMANUFACTURED", "REBUILT"})


def span(
    target_class: str,
    *,
    new: tuple[str | None, str | None],
    service: tuple[str | None, str | None],
) -> tuple[str | None, str | None]:
    """The lower and upper limit that apply to this class; a service limit that is missing is the new one."""
    if target_class in _AS_NEW:
        return new
    low, high = service
    return (new[0] if low is None else low, new[1] if high is None else high)


def verdict(value: str | None, low: str | None, high: str | None) -> PointVerdict:
    """Pass inside the limits, which belong to the better side; fail outside; not tested without a value."""
    if value is None:
        return "not_tested"
    number = Decimal(value)
    inside = (low is None or Decimal(low) <= number) and (high is None or number <= Decimal(high))
    return "pass" if inside else "fail"


def proportion(count: Decimal, of: Decimal, *, base: str, least: str) -> Decimal | None:
    """So many in `base`, to four places; None where fewer than `least` were tried, for that proves nothing."""
    if of < Decimal(least):
        return None
    return (count * Decimal(base) / of).quantize(Decimal("0.0001"))


def may_pass(points: Iterable[tuple[bool, str]]) -> bool:
    """Whether a run with these (mandatory, verdict) pairs may pass; a run without points proves nothing."""
    known = list(points)
    return bool(known) and all(said == "pass" for mandatory, said in known if mandatory)


def coverage(asked: Iterable[tuple[str, str]], passed: Iterable[tuple[str, str]]) -> Coverage:
    """How much of what the family asks was passed: (procedure, point) pairs on both sides."""
    wanted, done = set(asked), set(passed)
    if not wanted & done:
        return "none"
    return "full" if wanted <= done else "partial"
