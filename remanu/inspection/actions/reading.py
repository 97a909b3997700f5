"""What a reading is held against: the characteristic with its limits, the instrument, the person and the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from statistics import median_low
from typing import Any, cast
from zoneinfo import ZoneInfo

from remanu.accounts.queries import authorised
from remanu.db import Tx
from remanu.errors import BadInput, NotAuthorised
from remanu.families.characteristic import Characteristic
from remanu.inspection import events, queries
from remanu.inspection.queries import Bench, Results, Row, Rule
from remanu.ledger.record import Act, begin
from remanu.parts.queries import find_case
from remanu.rules import dispositions, entry, units
from remanu.rules.actor import Actor, require
from remanu.rules.dispositions import Limits, Scheme, TargetClass
from remanu.rules.entry import Odd
from remanu.rules.findings import LATE_REASONS, NOT_TESTED_REASONS, RETEST_REASONS
from remanu.rules.observed import check_word
from remanu.rules.readings import Judged, Stage, judge_all, stage_in, stepped

_COUNT = "{count}"
_NOON = time(12)
# A case without a target is held to the strictest promise.
_STRICTEST = "REMANUFACTURED"
_TIERS = ("new_min", "new_max", "repair_min", "repair_max", "service_min", "service_max")
GIVERS = ["admin", "quality"]
"""Who records what a person is qualified for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What was so when it was measured; `sure` repeats readings that are hard to believe, `late` says why only now."""

    temperature: str | None = None
    humidity: str | None = None
    uncertainty: str | None = None
    sure: Sequence[str] = ()
    measured_on: date | None = None
    late: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One characteristic of one part on the bench, with everything that a reading of it is held against."""

    at: Bench
    asked: Characteristic
    stage: Stage
    found: Results
    rule: Rule
    day: str
    limits: Limits
    tiers: events.Tiers
    schemes: tuple[Scheme, ...] = field(default=())

    @property
    def target(self) -> str:
        """The class that the work aims at."""
        return self.at.target_class or _STRICTEST

    @property
    def current(self) -> Row | None:
        """The result that counts now at this stage."""
        return self.found.get((self.asked.code, self.stage))

    def judge(self, values: Sequence[Decimal]) -> Judged:
        """What these values mean together."""
        return judge_all(
            values,
            self.limits,
            aggregation=self.asked.aggregation,
            target_class=cast("TargetClass", self.target),
            schemes=self.schemes,
        )


def open_act(tx: Tx, actor: Actor, kind: str, around: Around) -> Act:
    """Begin the act on the day on which it was measured; an earlier day needs to be said, and why only now (T-R6)."""
    require(actor, kind)
    late = None if not around.late else check_word("late", around.late, LATE_REASONS)
    if around.measured_on is None:
        return begin(tx, actor, kind)
    today = date.fromisoformat(queries.day_at(tx.now, actor.zone))
    if around.measured_on > today:
        raise BadInput("measured_on", "in-the-future")
    if around.measured_on == today:
        return begin(tx, actor, kind)
    noon = datetime.combine(around.measured_on, _NOON, ZoneInfo(actor.zone))
    try:
        return begin(tx, actor, kind, at=noon, reason=late)
    except BadInput as problem:
        raise _on_the_form(problem) from problem


def _on_the_form(problem: BadInput) -> BadInput:
    """The same refusal beside the field that people fill in."""
    field_ = {"reason": "late", "at": "measured_on"}.get(str(problem.details["field"]))
    return problem if field_ is None else BadInput(field_, str(problem.details["why"]))


def hold(act: Act, item_id: str, characteristic: str) -> Held:
    """The part on the bench and what is asked of it; BadInput for what its pack does not ask."""
    connection, org_id = act.tx.connection, act.actor.org_id
    at = queries.bench(connection, org_id, item_id)
    stage = stage_in(at.state)
    asked = _characteristic(at, characteristic)
    found = queries.results(connection, org_id, at.case_id, item_id)
    limits, tiers = _limits(act.tx, at, asked, stage=stage, found=found)
    day = queries.day_at(act.at, act.actor.zone)
    _check_here(act, at, day)
    schemes = queries.schemes(connection, org_id, item_id, family=at.family, asked=asked)
    rule = queries.rule_of(connection, org_id, at.case_id)
    return Held(at, asked, stage, found, rule, day, limits, tiers, schemes)


def _characteristic(at: Bench, code: str) -> Characteristic:
    for one in at.family.characteristics_of(at.item.component):
        if one.code == code:
            return one
    raise BadInput("characteristic", "not-a-choice")


def _check_here(act: Act, at: Bench, day: str) -> None:
    """An earlier day is one on which the part was in this case already."""
    if act.at >= act.tx.now:
        return
    case = find_case(act.tx.connection, act.actor.org_id, at.case_id)
    since = date.fromisoformat(queries.day_at(case.opened_at, act.actor.zone))
    entry.check_day(date.fromisoformat(day), since=since)


def _limits(
    tx: Tx, at: Bench, asked: Characteristic, *, stage: Stage, found: Results
) -> tuple[Limits, events.Tiers]:
    """The limits that apply, an approved size counted in, and how they are kept."""
    reference = queries.newest(found, asked.relative_to) if asked.relative_to else None
    read = None if reference is None or reference.deciding is None else Decimal(reference.deciding)
    limits = dispositions.limits_from(
        {name: getattr(asked.limits, name) for name in _TIERS},
        direction=asked.direction,
        rework_allowed=asked.rework_allowed,
        steps=asked.steps.offsets if asked.steps else (),
        relative_to=asked.relative_to,
        reference=read,
    )
    step = None if stage == "as_found" else _approved(tx, at, asked.code)
    if step is not None:
        limits = stepped(limits, step)
    return limits, _tiers(asked, limits, step=step, reference=read)


def _approved(tx: Tx, at: Bench, code: str) -> Decimal | None:
    for row in queries.size_steps(tx.connection, at.item.org_id, at.case_id, at.item.id):
        if row.characteristic == code:
            return Decimal(row.step)
    return None


def _tiers(
    asked: Characteristic, limits: Limits, *, step: Decimal | None, reference: Decimal | None
) -> events.Tiers:
    kept = {name: getattr(limits, name) for name in _TIERS}
    return events.Tiers(
        **{name: text(value) for name, value in kept.items() if value is not None},
        steps=tuple(map(text, limits.steps)),
        direction=limits.direction,
        rework_allowed=limits.rework_allowed,
        size_step=None if step is None else text(step),
        reference=None if reference is None else text(reference),
        source=asked.source.text,
        demonstration=asked.demonstration,
    )


def readings(held: Held, values: Sequence[str], unit: str, sure: Sequence[str]) -> tuple[Decimal, ...]:
    """The readings in the characteristic's own unit, converted exactly, each of them likely or confirmed."""
    asked = held.asked
    check_unit(unit, asked.unit)
    if len(values) != asked.sample_points:
        raise BadInput("values", "missing-points", given=len(values), asked=asked.sample_points)
    taken = tuple(_reading(f"values.{n}", value, unit, asked.unit) for n, value in enumerate(values))
    entry.check_likely(_odd(held, values, taken), sure)
    return taken


def check_unit(unit: str, needed: str) -> None:
    """BadInput for a unit of another dimension, named after the unit and not after a value."""
    # Zero converts into every unit of its dimension.
    units.exact(units.Quantity(Decimal(0), unit), needed)


def _reading(name: str, value: str, unit: str, needed: str) -> Decimal:
    number = units.convert(units.Quantity(entry.number(name, value, unit), unit), needed).value
    if needed == _COUNT and (number < 0 or number != number.to_integral_value()):
        raise BadInput(name, "not-a-count")
    return number


def _odd(held: Held, values: Sequence[str], taken: Sequence[Decimal]) -> list[Odd]:
    """The readings that are decades away from what such a part has."""
    limits, nominal = held.limits, None if held.asked.nominal is None else Decimal(held.asked.nominal)
    if held.asked.aggregation == "range":
        # The limit is one on the spread; what a single reading should be, only the others can tell.
        limits, nominal = Limits(), median_low(taken)
    found = []
    for n, (typed, value) in enumerate(zip(values, taken, strict=True)):
        places = entry.meant(value, limits, nominal)
        if places:
            found.append(Odd(f"values.{n}", typed, text(Decimal(typed).scaleb(-places))))
    return found


def former(held: Held, why: str | None) -> str | None:
    """The result that this one takes the place of; doing it again needs a reason, save after not tested."""
    row = held.current
    if row is None:
        _check_reason(why, NOT_TESTED_REASONS)
        return None
    if row.zone != "not_tested" and not why:
        raise BadInput("why", "retest-reason", former=row.id)
    _check_reason(why, (*RETEST_REASONS, *NOT_TESTED_REASONS))
    return str(row.id)


def _check_reason(why: str | None, known: Sequence[str]) -> None:
    if why:
        check_word("why", why, known)


def used(act: Act, held: Held, instrument_id: str | None) -> events.Used:
    """The instrument, if it may measure this on that day (I14); another organisation's does not exist here."""
    if not instrument_id:
        raise BadInput("instrument", "required")
    one = queries.instrument_on(act.tx.connection, act.actor.org_id, instrument_id, held.day)
    if one is None:
        raise BadInput("instrument", "no-such-instrument")
    if one.class_code != held.asked.instrument_class:
        raise BadInput("instrument", "wrong-instrument", needed=held.asked.instrument_class)
    if one.calibration is None or one.due is None or not one.ready:
        raise BadInput("instrument", one.why or "calibration-ended", due=one.due)
    return events.Used(
        instrument=one.id,
        number=one.number,
        class_code=one.class_code,
        calibration=one.calibration,
        due=one.due,
    )


def qualified(act: Act, held: Held, *, method: str = "") -> str:
    """By what the person was qualified on that day (I14, I36); NotAuthorised names what is missing and who gives it.

    A test takes an authorisation for its method; measuring takes the role, and where the rule says so a dated
    qualification beside it.
    """
    if not method and held.rule.qualified == "role":
        return f"role:{act.role}"
    wanted = {"family": held.at.item.family, "activity": "ndt" if method else "measuring", "scope": method}
    row = authorised(act.tx.connection, act.actor.org_id, act.actor.ref, on=act.at, **wanted)
    if row is None:
        raise NotAuthorised(**wanted, on=held.day, givers=GIVERS)
    return f"authorisation:{row.number}"


def check_surroundings(held: Held, around: Around) -> None:
    """BadInput `surroundings-needed` on site without temperature and humidity: no hall keeps them steady there."""
    if held.at.on_site and not (around.temperature and around.humidity):
        raise BadInput("humidity" if around.temperature else "temperature", "surroundings-needed")


def corrected(held: Held, taken: Sequence[Decimal], cel: Decimal | None) -> tuple[Decimal, ...] | None:
    """The readings as they are at the temperature to which the limits belong; BadInput without a temperature."""
    if not held.asked.wants_temperature or not taken:
        return None
    if cel is None:
        raise BadInput("temperature", "temperature-needed")
    halving = held.asked.halving
    at_cel = entry.REFERENCE_CEL if halving is None else Decimal(halving.at_cel)
    if cel == at_cel:
        return None
    if halving is not None:
        per_k = Decimal(halving.per_k)
        return tuple(entry.at_halving(value, cel, at_cel=at_cel, per_k=per_k) for value in taken)
    per_kelvin = Decimal(held.asked.expansion_per_k or "0")
    return tuple(entry.at_reference(value, cel, per_kelvin) for value in taken)


def correction(held: Held, there: Sequence[Decimal] | None) -> dict[str, Any]:
    """The corrected readings and the rule that made them of what was read, by the names of the event."""
    if there is None:
        return {}
    halving = held.asked.halving
    return {
        "corrected": tuple(map(text, there)),
        "expansion": held.asked.expansion_per_k,
        "halves_per_k": None if halving is None else halving.per_k,
        "reference_cel": None if halving is None else halving.at_cel,
    }


def result(held: Held, judged: Judged) -> dict[str, Any]:
    """What of a result follows from the place, the characteristic and the verdict, by the names of its event."""
    verdict = judged.verdict
    return {
        "case": held.at.case_id,
        "position": held.at.position or "",
        "stage": held.stage,
        "pack": held.at.family.id,
        "edition": held.at.family.edition,
        "component": held.at.item.component,
        "characteristic": held.asked.code,
        "kind": held.asked.kind,
        "criticality": held.asked.criticality,
        "unit": held.asked.unit,
        "aggregation": held.asked.aggregation,
        "judged": tuple(map(text, judged.values)),
        "deciding": None if judged.deciding is None else text(judged.deciding),
        "limits": held.tiers,
        "target_class": held.target,
        "zone": verdict.zone,
        "proposal": verdict.disposition,
        "because": verdict.reason,
        "step": None if verdict.step is None else text(verdict.step),
        "day": held.day,
        "schemes_open": sum(one.open for one in held.schemes),
        "entry": held.rule.entry,
    }


def maybe(value: Decimal | None) -> str | None:
    """The digits of a value, or nothing."""
    return None if value is None else text(value)


def text(value: Decimal) -> str:
    """The digits of a value, never with an exponent."""
    return format(value, "f")
