"""Putting a unit together: install components one by one, then say that it is whole."""

from __future__ import annotations

from remanu.catalogue import queries as catalogue
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.inspection import queries as inspection
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import check_life, check_step, trees
from remanu.parts.events import Cited
from remanu.restoration import queries
from remanu.restoration.actions import gates
from remanu.restoration.events import assembly as events
from remanu.restoration.events.assembly import Built, Deleted
from remanu.restoration.queries import Row, Sight, changes
from remanu.rules import text
from remanu.rules.actor import Actor

TORQUE_WRENCH = "torque-wrench"
_LIMIT = 120


def install(
    tx: Tx, actor: Actor, item_id: str, *, torque_nm: str | None = None, tool: str | None = None
) -> Recorded[events.Installed]:
    """Put a serviceable component into its position, in the unit or in the assembly around it (I4).

    A torque names a tool in calibration by its number.
    """
    act = begin(tx, actor, "restoration.install")
    case = queries.case_of(tx.connection, actor.org_id, item_id)
    gates.check_open(case, "install")
    seen = Sight(tx.connection, case)
    route = gates.component(seen, item_id)
    _check_free(seen, route)
    if not seen.serviceable(route):
        raise Conflict(why="not-serviceable", code=route.code)
    torque = gates.amount_or_none("torque_nm", torque_nm, "N.m")
    if torque is not None and not tool:
        raise BadInput("tool", "required")
    used = calibrated(act, tool, field="tool", class_code=TORQUE_WRENCH) if tool else None
    if used is not None and not used.ready:
        raise BadInput("tool", used.why)
    host = seen.host_of(route.position)
    item = parts.find_item(tx.connection, actor.org_id, item_id)
    check_life(tx, item, host)
    shown = trees.check_place(act, item_id, host, route.position)
    body = events.Installed(
        case=case.id,
        installation=tx.new_id(),
        host=host,
        position=route.position,
        edges=shown,
        torque_nm=torque,
        tool=None if used is None else used.number,
        tool_due=None if used is None else used.due,
    )
    return record(act, events.INSTALL, parts.subject_of(item), body)


def _check_free(seen: Sight, route: Row) -> None:
    if route.host_id is not None:
        mine = any(row.id == route.item_id for row in seen.seated.values())
        raise Conflict(why="installed-already" if mine else "installed-elsewhere")
    if route.position in seen.seated:
        raise Conflict(why="position-filled", position=route.position)


def calibrated(act: Act, number: str, *, field: str, class_code: str) -> inspection.Ready:
    """The instrument with this number as it stands on the day of the act; BadInput when it is no such instrument."""
    org_id = act.actor.org_id
    row = catalogue.instrument_numbered(act.tx.connection, org_id, number)
    day = inspection.day_at(act.at, act.actor.zone)
    found = None if row is None else inspection.instrument_on(act.tx.connection, org_id, row.id, day)
    if found is None:
        raise BadInput(field, "no-such-instrument")
    if found.class_code != class_code:
        raise BadInput(field, "wrong-instrument", needed=class_code)
    return found


def reassemble(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    unit_mass_kg: str | None = None,
    deleted: tuple[Deleted, ...] = (),
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Reassembled]:
    """Say that the unit is whole: every place filled, or deleted by an approved change (SM-1 no. 17, I20)."""
    act = begin(tx, actor, "restoration.reassemble")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    seen = Sight(tx.connection, case)
    empty = {one.code for one in seen.open_places}
    facts = {
        **queries.facts(tx.connection, case, tx.now),
        "positions_filled": empty <= {one.position for one in deleted},
    }
    step = check_step(case, "reassemble", facts)
    built = tuple(
        Built(position=one.place, item=one.item.id, uri=one.item.uri, origin=one.origin)
        for one in seen.as_built
    )
    body = events.Reassembled(
        step=step,
        as_built=built,
        deleted=tuple(_deleted(seen, one, empty) for one in deleted),
        unit_mass_kg=gates.amount_or_none("unit_mass_kg", unit_mass_kg, "kg"),
        evidence=evidence,
    )
    return record(act, events.REASSEMBLE, case.subject, body)


def _deleted(seen: Sight, one: Deleted, empty: set[str]) -> Deleted:
    """The position with the number of the approved change that lets it stay empty (I20)."""
    if one.position not in empty:
        raise BadInput(f"deleted.{one.position}.position", "not-empty")
    number = text.clean_line(f"deleted.{one.position}.change", one.change, limit=_LIMIT)
    allowed = changes.approved(
        seen.connection,
        seen.case.org_id,
        what="delete",
        family=seen.case.item.family,
        component=gates.place(seen, one.position).position.code,
    )
    if number not in {row.number for row in allowed}:
        raise BadInput(f"deleted.{one.position}.change", "no-such-change")
    return Deleted(position=one.position, change=number)
