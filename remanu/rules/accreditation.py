"""What may happen to the accreditation of a certification body (SM-6, domain.md §3.7), and what it covers (I46).

A pure function of what happened, in its order; days count, and the last day of validity is included. After a reduction
it reads REDUCED, also when a suspension was lifted since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from remanu.rules.transitions import NEW, Transition, row

ANY = "*"
HELD = frozenset({"GRANTED", "SUSPENDED", "REDUCED"})
_BY = "accreditor"


def _step(no: int, action: str, sources: str, target: str, *, roles: str = _BY, guards: str = "") -> Transition:
    return row("SM-6", no, action, sources=sources, target=target, roles=roles, guards=guards)


SM6: tuple[Transition, ...] = (
    _step(1, "grant_accreditation", NEW, "GRANTED", guards="scope_named"),
    _step(2, "suspend_accreditation", "GRANTED REDUCED SUSPENDED", "SUSPENDED", guards="reason_given scope_named"),
    _step(3, "restore_accreditation", "SUSPENDED", "GRANTED", guards="cause_removed"),
    _step(4, "reduce_accreditation", "GRANTED REDUCED SUSPENDED", "REDUCED", guards="reason_given scope_named"),
    _step(5, "withdraw_accreditation", "GRANTED REDUCED SUSPENDED", "WITHDRAWN", guards="reason_given"),
    _step(6, "expire", "GRANTED REDUCED SUSPENDED", "EXPIRED", roles="calendar"),
)
_TARGETS = {(source, one.action): one.target for one in SM6 for source in one.sources}


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """One row of an accreditation's scope: category × scheme × edition of the standard."""

    category: str
    scheme: str
    edition: str = ANY

    def takes(self, other: Area) -> bool:
        """Whether it covers all that the other one names."""
        asked = ((self.category, other.category), (self.scheme, other.scheme), (self.edition, other.edition))
        return all(mine in {ANY, its} for mine, its in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision of the accreditor: its verb, its day, and the rows it is about; without rows it is about all."""

    verb: str
    on: date
    areas: tuple[Area, ...] = ()
    valid: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an accreditation stands: state, scope, what of it is suspended, from when until when."""

    state: str = NEW
    areas: tuple[Area, ...] = ()
    paused: frozenset[Area] = frozenset()
    valid: tuple[date, date] | None = None
    reduced: bool = False

    @property
    def live(self) -> tuple[Area, ...]:
        """The rows that hold now."""
        return tuple(one for one in self.areas if one not in self.paused) if self.state in HELD else ()


def standing(decided: Iterable[Decided]) -> Standing:
    """How it stands after all of these decisions."""
    now = Standing()
    for one in decided:
        now = after(now, one)
    return now


def on_day(decided: Iterable[Decided], day: date) -> Standing:
    """How it stood on a day; expiry needs nobody to say so."""
    now = standing(one for one in decided if one.on <= day)
    return expired(now, day)


def expired(now: Standing, day: date) -> Standing:
    """The standing on a day by the calendar."""
    over = now.valid is not None and day > now.valid[1] and now.state in HELD
    return replace(now, state="EXPIRED") if over else now


def after(now: Standing, one: Decided) -> Standing:
    """The standing after one more decision; a verb that the table does not know changes nothing."""
    if (now.state, one.verb) not in _TARGETS:
        return now
    then = replace(now, state=_TARGETS[now.state, one.verb])
    if one.verb == "grant_accreditation":
        return replace(then, areas=one.areas, valid=one.valid)
    if one.verb == "suspend_accreditation":
        return replace(then, paused=now.paused | (set(one.areas or now.areas) & set(now.areas)))
    if one.verb == "restore_accreditation":
        return replace(then, state="REDUCED" if now.reduced else then.state, paused=frozenset())
    if one.verb == "reduce_accreditation":
        left = tuple(each for each in now.areas if each not in one.areas)
        paused = now.paused & set(left)
        return replace(then, areas=left, paused=paused, reduced=True, state="SUSPENDED" if paused else then.state)
    return then


def covers(decided: Iterable[Decided], wanted: Area, day: date) -> bool:
    """Whether the body is accredited for category, scheme and edition on this day (I46)."""
    then = on_day(decided, day)
    if then.valid is None or day < then.valid[0]:
        return False
    return any(one.takes(wanted) for one in then.live)


def lost_on(held: Iterable[Sequence[Decided]], wanted: Area, day: date) -> date | None:
    """Since when no accreditation of a body covers what it did before, as of a day; None where one does, or none did.

    Suspended, reduced, withdrawn and expired count alike: a certificate rests on a body that is competent (I46).
    """
    every = [tuple(one) for one in held]
    if any(covers(one, wanted, day) for one in every):
        return None
    days = sorted({each for one in every for each in _turns(one) if each <= day}, reverse=True)
    lost = None
    for each in days:
        if any(covers(one, wanted, each) for one in every):
            return lost
        lost = each
    return None


def _turns(decided: Sequence[Decided]) -> Iterable[date]:
    """The days on which an accreditation may begin or cease to cover something."""
    for one in decided:
        yield one.on
        if one.valid is not None:
            yield one.valid[0]
            yield one.valid[1] + timedelta(days=1)
