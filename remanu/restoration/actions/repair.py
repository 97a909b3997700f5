"""Working on components: plan the operations, do them, finish when everything is measured again."""

from __future__ import annotations

from remanu.accounts import queries as accounts
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotAuthorised, OwnWork
from remanu.families.process import Operation
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import check_step
from remanu.parts.actions.trees import edges
from remanu.parts.events import Cited
from remanu.parts.queries import CaseView
from remanu.restoration import queries
from remanu.restoration.actions import gates
from remanu.restoration.events import repair as events
from remanu.restoration.events.repair import Parameter, Planned
from remanu.restoration.queries import SALVAGE, Row, Sight
from remanu.rules import duties, text, units
from remanu.rules.actor import Actor
from remanu.rules.dispositions import REPLACEMENTS

_LIMIT = 120
_SPECIAL = "special_process"
_GOES_OUT = REPLACEMENTS | {"REPLACE_MANDATORY"}


def start_restoration(
    tx: Tx, actor: Actor, case_id: str, *, plan: tuple[Planned, ...] = ()
) -> Recorded[events.RestorationStarted]:
    """Say what is done to which component; each one to be salvaged needs an operation (SM-1 no. 15)."""
    act = begin(tx, actor, "restoration.start_restoration")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    salvage = {
        row.item_id: row for row in queries.active(tx.connection, case).values() if row.disposition in SALVAGE
    }
    planned = {one.item for one in plan}
    step = check_step(case, "start_restoration", {"operations_planned": salvage.keys() <= planned})
    for n, one in enumerate(plan):
        if one.item not in salvage:
            raise BadInput(f"plan.{n}.item_id", "nothing-to-salvage")
        _operation(case, salvage[one.item], one.operation, field=f"plan.{n}.operation")
    body = events.RestorationStarted(step=step, plan=tuple(dict.fromkeys(plan)))
    return record(act, events.START_RESTORATION, case.subject, body)


def operate(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    operation: str,
    edition: str,
    parameters: tuple[Parameter, ...] = (),
    energy_kwh: str = "0",
    water_l: str = "0",
    material: str = "",
    batch: str = "",
    material_kg: str = "0",
    waste_kg: str = "0",
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Operated]:
    """Record an operation on a component: by which edition of its procedure, with what, and what it used up.

    A special process needs an authorisation of that day (I36); a repair is not done more often than its limit (I19).
    """
    act = begin(tx, actor, "restoration.operate")
    case = queries.case_of(tx.connection, actor.org_id, item_id)
    gates.check_open(case, "operate")
    route = gates.component(Sight(tx.connection, case), item_id)
    if route.disposition in _GOES_OUT:
        raise Conflict(why="to-be-replaced", disposition=route.disposition)
    asked = _operation(case, route, operation, field="operation")
    kg = gates.amount("material_kg", material_kg, "kg")
    _check_batch(kg, material, batch)
    body = events.Operated(
        operation_id=tx.new_id(),
        case=case.id,
        position=route.position,
        operation=asked.code,
        edition=text.clean_line("edition", edition, limit=_LIMIT),
        special=asked.special_process,
        authorisation=_authorisation(act, case, asked) if asked.special_process else None,
        restores=asked.restores,
        nth=_nth(tx, route, asked),
        parameters=_parameters(parameters),
        energy_kwh=gates.amount("energy_kwh", energy_kwh, "kW.h"),
        water_l=gates.amount("water_l", water_l, "L"),
        material=_line("material", material),
        batch=_line("batch", batch),
        material_kg=kg,
        waste_kg=gates.amount("waste_kg", waste_kg, "kg"),
        taken_out=route.host_id is not None,
        edges=None if route.host_id is None else edges(act, item_id, route.host_id),
        evidence=evidence,
    )
    return record(act, events.OPERATE, parts.subject_of(route_item(tx, route)), body)


def route_item(tx: Tx, route: Row) -> Row:
    """The item of a route."""
    return parts.find_item(tx.connection, route.org_id, route.item_id)


def _operation(case: CaseView, route: Row, code: str, *, field: str) -> Operation:
    for one in queries.family_of(case).operations_on(route.component):
        if one.code == code:
            return one
    raise BadInput(field, "not-a-choice")


def _check_batch(kg: str, material: str, batch: str) -> None:
    """Material that stays in the part can be traced (domain.md §9.1)."""
    if units.parse("material_kg", kg, "kg").value and not (material and batch):
        raise BadInput("batch" if material else "material", "required")


def _authorisation(act: Act, case: CaseView, asked: Operation) -> str:
    wanted = {"family": case.item.family, "activity": _SPECIAL, "scope": asked.code}
    held = accounts.authorised(act.tx.connection, act.actor.org_id, act.actor.ref, on=act.at, **wanted)
    if held is None:
        raise NotAuthorised(**wanted, givers=["admin", "quality"])
    return str(held.number)


def _nth(tx: Tx, route: Row, asked: Operation) -> int:
    nth = queries.times_done(tx.connection, route.org_id, route.item_id, asked.code) + 1
    if asked.max_repairs is not None and nth > asked.max_repairs:
        raise Conflict(why="repair-count-reached", limit=asked.max_repairs)
    return nth


def _parameters(given: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
    seen: dict[str, Parameter] = {}
    for n, one in enumerate(given):
        name = text.clean_line(f"parameters.{n}.name", one.name, limit=_LIMIT)
        if name in seen:
            raise BadInput(f"parameters.{n}.name", "given-twice")
        if not units.known(one.unit):
            raise BadInput(f"parameters.{n}.unit", "unknown-unit", unit=one.unit)
        value = units.parse(f"parameters.{n}.value", one.value, one.unit)
        seen[name] = Parameter(name=name, value=value.text, unit=value.unit)
    return tuple(seen.values())


def _line(field: str, given: str) -> str:
    return text.clean_line(field, given, limit=_LIMIT) if given else ""


def finish_restoration(tx: Tx, actor: Actor, case_id: str) -> Recorded[events.RestorationFinished]:
    """Say that everything is restored and measured again; whoever did an operation does not say so (no. 16)."""
    act = begin(tx, actor, "restoration.finish_restoration")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    step = check_step(case, "finish_restoration", queries.facts(tx.connection, case, tx.now))
    person = accounts.person_of(tx.connection, actor.org_id, actor.ref)
    barred = duties.may_check_repair(person, parts.acts_in(tx.connection, case))
    if barred:
        raise OwnWork(acts=sorted({one.verb for one in barred}))
    return record(act, events.FINISH_RESTORATION, case.subject, events.RestorationFinished(step=step))
