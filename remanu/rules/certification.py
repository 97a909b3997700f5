"""What may happen to a product certification (SM-5, domain.md §3.6), and how it stands on a day (I42 to I45).

Everything is a pure function of the list of what happened, in its order. Days count, not hours: what happens on a day
holds from its beginning, so a suspension covers nothing of its own day, and a reinstatement all of it. The last day of
validity is included.

Three things are ours. The client applies in his own record, and the body opens what he sent in its own: no. 1 is the
body's act. A suspended certification may be suspended further, because a part of its scope may follow another. An
extension goes through an evaluation of its own, and ends there as EXTENDED.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from remanu.rules.transitions import NEW, Transition, row

ANY = "*"
"""Every model, site or class; a site that nobody named is covered by this alone."""
STATUSES = ("comply", "observation", "not_comply")
"""What an evaluator says of a clause."""
HELD = frozenset({"CERTIFIED", "SUSPENDED"})
"""States in which there is a certificate that has not ended."""
ENDED = frozenset({"WITHDRAWN", "TERMINATED", "EXPIRED"})
_DECIDES = "decision_maker"
_OFFICE = "decision_maker evaluator reviewer"


def _step(no: int, action: str, sources: str, target: str, *, roles: str, guards: str = "") -> Transition:
    return row("SM-5", no, action, sources=sources, target=target, roles=roles, guards=guards)


SM5: tuple[Transition, ...] = (
    _step(1, "open_application", NEW, "APPLIED", roles=_OFFICE, guards="scheme_open agreement_signed"),
    _step(
        2, "accept_application", "APPLIED", "IN_EVALUATION", roles="decision_maker reviewer", guards="body_accredited"
    ),
    _step(2, "decline_application", "APPLIED", "DECLINED", roles="decision_maker reviewer", guards="reason_given"),
    _step(3, "raise_findings", "IN_EVALUATION", "AWAITING_CLIENT", roles="evaluator", guards="findings_open"),
    _step(4, "take_answer", "AWAITING_CLIENT", "IN_EVALUATION", roles="evaluator", guards="client_answered"),
    _step(5, "finish_evaluation", "IN_EVALUATION", "IN_REVIEW", roles="evaluator", guards="evaluation_complete"),
    _step(6, "finish_review", "IN_REVIEW", "DECISION", roles="reviewer"),
    _step(
        7,
        "grant_certification",
        "DECISION",
        "CERTIFIED",
        roles=_DECIDES,
        guards="body_accredited edition_in_force scope_named",
    ),
    _step(7, "refuse_certification", "DECISION", "REFUSED", roles=_DECIDES, guards="reason_given"),
    _step(8, "surveil", "CERTIFIED", "CERTIFIED", roles="evaluator"),
    _step(8, "surveil", "SUSPENDED", "SUSPENDED", roles="evaluator"),
    _step(
        9,
        "suspend_certification",
        "CERTIFIED SUSPENDED",
        "SUSPENDED",
        roles=_DECIDES,
        guards="reason_given scope_named",
    ),
    _step(10, "reinstate_certification", "SUSPENDED", "CERTIFIED", roles=_DECIDES, guards="cause_removed"),
    _step(11, "reduce_scope", "CERTIFIED", "CERTIFIED", roles=_DECIDES, guards="reason_given scope_named"),
    _step(11, "reduce_scope", "SUSPENDED", "SUSPENDED", roles=_DECIDES, guards="reason_given scope_named"),
    _step(12, "extend_scope", "CERTIFIED", "CERTIFIED", roles=_DECIDES, guards="body_accredited scope_named"),
    _step(12, "extend_scope", "DECISION", "EXTENDED", roles=_DECIDES, guards="body_accredited scope_named"),
    _step(13, "withdraw_certification", "CERTIFIED SUSPENDED", "WITHDRAWN", roles=_DECIDES, guards="reason_given"),
    _step(14, "terminate_certification", "CERTIFIED SUSPENDED", "TERMINATED", roles=_DECIDES, guards="client_asked"),
    _step(15, "expire", "CERTIFIED SUSPENDED", "EXPIRED", roles="calendar"),
    _step(16, "standard_transition", "CERTIFIED", "CERTIFIED", roles=_DECIDES, guards="edition_in_force"),
)
_TARGETS = {(source, one.action): one.target for one in SM5 for source in one.sources}


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One line of a scope: a model in a class, made at a site."""

    model: str
    site: str = ANY
    claim_class: str = ANY

    def takes(self, unit: Unit) -> bool:
        """Whether the unit is of this line; a site that nobody named is taken only where every site is."""
        return self.may_take(unit) and self.site in {ANY, unit.site}

    def may_take(self, unit: Unit) -> bool:
        """Whether the unit may be of this line: a release that names no site may have come from any."""
        asked = ((self.model, unit.model), (self.site, unit.site or self.site), (self.claim_class, unit.claim_class))
        return all(mine in {ANY, its} for mine, its in asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A released unit: its model, class, serial and day of release; `site` is empty where the release names none."""

    family: str
    model: str
    claim_class: str
    released: date
    serial: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retro:
    """Which units released before it a suspension or withdrawal speaks of too: of these days, or with these serials."""

    since: date | None = None
    until: date | None = None
    serials: tuple[str, ...] = ()

    def names(self, unit: Unit) -> bool:
        """Whether it speaks of the unit; the last day is included."""
        if unit.serial and unit.serial in self.serials:
            return True
        return self.since is not None and self.since <= unit.released <= (self.until or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One step of a certification: its verb, its day, and the lines that it grants, pauses, takes away or adds.

    Without lines a suspension is of the whole scope. `valid` holds the first and the last day that a grant names.
    """

    verb: str
    on: date
    lines: tuple[Line, ...] = ()
    valid: tuple[date, date] | None = None
    edition: str = ""
    retro: Retro | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a certification stands: its state, its scope, what of that is suspended, and from when until when."""

    state: str = NEW
    lines: tuple[Line, ...] = ()
    paused: frozenset[Line] = frozenset()
    valid: tuple[date, date] | None = None
    edition: str = ""
    retro: Retro | None = None

    @property
    def part(self) -> bool:
        """Whether only a part of the scope is suspended."""
        return self.state == "SUSPENDED" and not self.paused.issuperset(self.lines)

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The lines under which a unit may be released now (I45)."""
        return tuple(one for one in self.lines if one not in self.paused) if self.state in HELD else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """What happened to a certification of one family, in its order."""

    family: str
    happened: tuple[Happened, ...] = field(default=())


def standing(happened: Iterable[Happened]) -> Standing:
    """How it stands after all of this, whatever the day (I42)."""
    now = Standing()
    for one in happened:
        now = after(now, one)
    return now


def on_day(happened: Iterable[Happened], day: date) -> Standing:
    """How it stood on a day: what happened until its end, and expiry by the calendar alone (I42, I43)."""
    now = standing(one for one in happened if one.on <= day)
    return expired(now, day)


def expired(now: Standing, day: date) -> Standing:
    """The standing on a day: nobody has to say that the last day is over."""
    over = now.valid is not None and day > now.valid[1] and now.state in HELD
    return replace(now, state="EXPIRED") if over else now


def after(now: Standing, one: Happened) -> Standing:
    """The standing after one more step; a verb that the table does not know changes nothing."""
    target = _TARGETS.get((now.state, one.verb))
    if target is None:
        return now
    then = replace(now, state=target)
    return _EFFECTS[one.verb](then, one) if one.verb in _EFFECTS and target in _STANDS else then


def _granted(then: Standing, one: Happened) -> Standing:
    return replace(then, lines=one.lines, valid=one.valid, edition=one.edition)


def _extended(then: Standing, one: Happened) -> Standing:
    return replace(then, lines=tuple(dict.fromkeys((*then.lines, *one.lines))))


def _reduced(then: Standing, one: Happened) -> Standing:
    left = tuple(line for line in then.lines if line not in one.lines)
    return replace(then, lines=left, paused=then.paused - set(one.lines))


def _suspended(then: Standing, one: Happened) -> Standing:
    named = set(one.lines or then.lines) & set(then.lines)
    return replace(then, paused=then.paused | named, retro=one.retro or then.retro)


def _reinstated(then: Standing, _one: Happened) -> Standing:
    return replace(then, paused=frozenset(), retro=None)


def _withdrawn(then: Standing, one: Happened) -> Standing:
    return replace(then, retro=one.retro or then.retro)


def _moved(then: Standing, one: Happened) -> Standing:
    return replace(then, edition=one.edition)


_STANDS = HELD | {"WITHDRAWN"}
_EFFECTS: Mapping[str, Callable[[Standing, Happened], Standing]] = {
    "grant_certification": _granted,
    "extend_scope": _extended,
    "reduce_scope": _reduced,
    "suspend_certification": _suspended,
    "reinstate_certification": _reinstated,
    "withdraw_certification": _withdrawn,
    "standard_transition": _moved,
}


def covers(certification: Certification, unit: Unit) -> Line | None:
    """The line under which the unit was released, if there is one (I44): valid, in scope and not suspended that day."""
    if certification.family != unit.family:
        return None
    then = on_day(certification.happened, unit.released)
    if then.valid is None or unit.released < then.valid[0]:
        return None
    return next((line for line in then.open_lines if line.takes(unit)), None)


Claim = Literal["in-force", "kept", "named", "ended", "unknown"]
"""What a unit may say; `unknown` where the scope names a site and the release names none: never green (I48)."""


def claim(now: Standing, line: Line, unit: Unit) -> Claim:
    """What a covered unit may say today: what comes later takes nothing back unless it names the unit.

    `kept`: suspended, withdrawn, ended or taken out of the scope since, without naming the unit (§3.6, amber).
    """
    if now.retro is not None and now.retro.names(unit):
        return "named"
    if now.state in ENDED:
        return "ended" if now.state != "WITHDRAWN" else "kept"
    return "in-force" if line in now.open_lines else "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A line that covers releases from one day until before another; `until` is None while it goes on."""

    line: Line
    since: date
    until: date | None = None


def opened(happened: Sequence[Happened]) -> tuple[Open, ...]:
    """When each line covered releases (I43), in the order in which it began; validity bounds them from outside."""
    running: dict[Line, date] = {}
    done: list[Open] = []
    now = Standing()
    for one in happened:
        now = after(now, one)
        first = now.valid[0] if now.valid and one.verb == "grant_certification" else one.on
        closed = [line for line in running if line not in now.open_lines]
        done += [Open(line=line, since=running.pop(line), until=one.on) for line in closed]
        for line in now.open_lines:
            running.setdefault(line, first)
    still = [Open(line=line, since=since) for line, since in running.items()]
    return tuple(sorted((one for one in (*done, *still) if one.until is None or one.since < one.until), key=_begins))


def _begins(one: Open) -> tuple[date, Line]:
    return one.since, one.line


Due = Literal["", "coming", "due", "late"]
_COMING = timedelta(days=60)


def surveillance(due: date | None, *, grace: int, today: date) -> Due:
    """How a surveillance stands: coming within two months, due, or later than the grace of the scheme in days."""
    if due is None or today < due - _COMING:
        return ""
    if today <= due:
        return "coming"
    return "due" if today <= due + timedelta(days=grace) else "late"


def edition_valid(applies_from: date, transition_end: date | None, day: date) -> bool:
    """Whether a certificate may rest on an edition of a standard on a day; the last day of transition is included."""
    return applies_from <= day and (transition_end is None or day <= transition_end)
