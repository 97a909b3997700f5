"""What a person is offered to do with a part now: each act, whether he may, and if not why not.

The transitions of the machine come first, then observations that make sense in the state. An offer is advice:
the action itself checks everything again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from remanu.rules import duties, lifecycle
from remanu.rules.guards import Facts
from remanu.rules.permissions import PERMISSIONS

# Ways out of the usual path: they are offered, and are never the one thing that the page asks for.
ASIDE = frozenset(
    """
    accept_site quarantine reject return_to_owner send_to_recycling keep_as_donor fail_test resume_to_assembly
    send_back downgrade field_event return_core cannibalise scrap revoke_release
    """.split()  # noqa: SIM905 -- a list of words reads better than fifteen quoted ones
)
_HERE = lifecycle.BEFORE_RELEASE - {"ANNOUNCED", "REJECTED"}
_JUDGED = frozenset({"GRADED", "ACCEPTED", "REJECTED"})
_OPEN = frozenset("IN_WORK DISASSEMBLED CLEANED INSPECTED".split())  # noqa: SIM905 -- as in lifecycle.py
_MENDING = frozenset("DISPOSITIONED IN_RESTORATION RESTORED REWORK".split())  # noqa: SIM905 -- the same
_SERVED = frozenset({"RELEASED", "LABELLED", "IN_SERVICE"})

SENSIBLE: Mapping[str, frozenset[str]] = {
    "parts.read_mark": _HERE,
    "parts.read_counter": _HERE | _SERVED,
    "parts.attach": _HERE | _SERVED | {"REJECTED"},
    "parts.hold": lifecycle.BEFORE_RELEASE,
    "intake.note_defect": frozenset({"RECEIVED", "QUARANTINED", "IDENTIFIED"}),
    "intake.appeal": _JUDGED,
    "intake.settle": _JUDGED,
    "intake.move": _HERE | {"REJECTED"},
    "inspection.measure": _OPEN | _MENDING | {"REASSEMBLED"},
    "inspection.repeat": _OPEN,
    "inspection.condemn": _OPEN | _MENDING,
    "inspection.dispose": frozenset({"CLEANED", "INSPECTED"}),
    "inspection.raise_nonconformity": _HERE | _SERVED,
    "restoration.record_component": frozenset({"IN_WORK"}),
    "restoration.operate": frozenset({"IN_RESTORATION"}),
    "restoration.replace": frozenset({"DISPOSITIONED", "IN_RESTORATION", "RESTORED"}),
    "restoration.install": frozenset({"DISPOSITIONED", "RESTORED"}),
    "labelling.reserve": _HERE | _SERVED,
}
"""In which states of its case an observation or an act on one component makes sense, by event kind."""

COMPONENT = frozenset(
    {
        "inspection.measure",
        "inspection.repeat",
        "inspection.condemn",
        "inspection.dispose",
        "restoration.operate",
        "restoration.replace",
        "restoration.install",
    }
)
"""What is done to a component of a case and never to the whole unit."""

ONLY_WHERE: Mapping[str, str] = {"lift_isolation": "locked_out"}
"""Steps that are spoken of only where their fact holds: in a workshop nobody asks for a lock-out."""
_HOLD = "not_on_hold"
_HELD = frozenset(
    {
        "restoration.record_component",
        "restoration.operate",
        "restoration.replace",
        "restoration.install",
    }
)
"""What a hold stops beside the steps of the case; looking and measuring go on."""
FULFILS: Mapping[str, str] = {
    _HOLD: "parts.lift_hold",
    "mark_read": "parts.read_mark",
    "as_found_recorded": "restoration.record_component",
    "characteristics_measured": "inspection.measure",
    "readings_repeated": "inspection.repeat",
    "components_disposed": "inspection.dispose",
    "operations_done": "restoration.operate",
    "restored_remeasured": "inspection.measure",
    "positions_filled": "restoration.install",
    "final_counters": "parts.read_counter",
}
"""By which act a missing fact comes about, where there is one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An act by its event kind; `missing` guards, `needs` roles and `own` work each stand against it."""

    kind: str
    missing: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    own: bool = False

    @property
    def possible(self) -> bool:
        """Whether nothing that is known stands against it."""
        return not (self.missing or self.needs or self.own)

    @property
    def aside(self) -> bool:
        """Whether it leads away from the usual path."""
        return self.kind.rpartition(".")[2] in ASIDE


@dataclass(frozen=True, slots=True)
class Person:
    """Who is asking: roles, the person behind them, and what was done in the case until now, by whom."""

    roles: frozenset[str]
    person: str
    acts: tuple[duties.Act, ...] = ()


def steps(
    state: str, person: Person, *, kinds: Collection[str], facts: Facts, asked: Collection[str]
) -> list[Offer]:
    """The transitions of a case in this state, in the order of the machine's table; those in `kinds` exist.

    Guards in `asked` are answered by the act's own form.
    """
    answered = {**facts, **dict.fromkeys(asked, True)}
    known = {kind.rpartition(".")[2]: kind for kind in kinds}
    return [
        Offer(
            known[step.action],
            missing=lifecycle.missing(step, answered),
            needs=_needs(known[step.action], person),
            own=_barred(step.action, person),
        )
        for step in lifecycle.allowed("SM-1", state)
        if step.action in known and _concerns(step.action, facts)
    ]


def _concerns(action: str, facts: Facts) -> bool:
    return action not in ONLY_WHERE or facts.get(ONLY_WHERE[action]) is True


def others(state: str, person: Person, *, kinds: Iterable[str], facts: Facts) -> list[Offer]:
    """The observations among `kinds` that make sense in this state, in the order of the table."""
    there = set(kinds)
    stopped = () if facts.get(_HOLD) is True else (_HOLD,)
    return [
        Offer(kind, missing=stopped if kind in _HELD else (), needs=_needs(kind, person))
        for kind, states in SENSIBLE.items()
        if kind in there and state in states
    ]


def first(steps_: Iterable[Offer], others_: Iterable[Offer]) -> Offer | None:
    """The one to be asked for: the first possible step of the usual path, else what brings about what one misses."""
    usual = [one for one in steps_ if not one.aside]
    ready = next((one for one in usual if one.possible), None)
    if ready is not None:
        return ready
    wanted = [FULFILS[guard] for step in usual for guard in _lacking(step) if guard in FULFILS]
    possible = {one.kind: one for one in others_ if one.possible}
    return next((possible[kind] for kind in wanted if kind in possible), None)


def _lacking(step: Offer) -> tuple[str, ...]:
    # While a hold stands nothing else is worth asking for.
    return (_HOLD,) if _HOLD in step.missing else step.missing


def may(kind: str) -> frozenset[str]:
    """The roles that may do this kind of act."""
    return PERMISSIONS.get(kind, frozenset())


def _needs(kind: str, person: Person) -> tuple[str, ...]:
    return () if person.roles & may(kind) else tuple(sorted(may(kind)))


def _barred(verb: str, person: Person) -> bool:
    """Whether the person's own work stands against the verb; acceptance depends on values that only it knows."""
    if verb == "accept":
        return False
    if verb == "release":
        return bool(duties.may_release(person.person, person.acts))
    return bool(duties.barred_by(verb, person.person, acts=person.acts))
