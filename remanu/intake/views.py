"""Pages of intake: what waits at the gate, what was recorded of one core, and the page of each act."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.intake import queries
from remanu.intake.schemas import VERBS, shown, words
from remanu.parts import queries as parts
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.acts import publish_pages
from remanu.web.context import actor, here

_MAY_OPEN = PERMISSIONS["intake.announce"] | PERMISSIONS["intake.accept"] | {"quality", "supervisor"}
_MAY_RECEIVE = PERMISSIONS["intake.receive"]
_MAY_VALUE = PERMISSIONS["intake.accept"]


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("intake", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_url_rule("/intake", "gate", gate)
    blueprint.add_url_rule("/cases/<case_id>/intake", "record", record)
    return blueprint


@allow("read:workshop")
def gate() -> ResponseReturnValue:
    """Every core that intake has not finished with, grouped by what it waits for."""
    who = actor()
    with here().database.reading() as connection:
        rows = queries.waiting(connection, who.org_id, frozenset(queries.GATE))
    groups = [(state, [row for row in rows if row.state == state]) for state in queries.GATE]
    may = {name: bool(who.roles & PERMISSIONS[f"intake.{name}"]) for name in ("announce", "receive")}
    return render_template(
        "intake/gate.html", groups=[one for one in groups if one[1]], may=may, full=len(rows) >= queries.PAGE
    )


@allow("read:workshop")
def record(case_id: str) -> ResponseReturnValue:
    """What intake recorded of one core; owners and carriers are opened for those who deal with them."""
    who = actor()
    with here().database.reading() as connection:
        case = parts.find_case(connection, who.org_id, case_id)
        told = queries.intake_of(connection, who.org_id, case.id)
        sealed = _sealed(connection, told)
        grade = shown.grade_of(connection, case)
        files = queries.photos(connection, who.org_id, [row.event_id for row in told.custody])
        last = parts.latest_case(connection, who.org_id, case.item.id)
    return render_template(
        "intake/record.html",
        case=case,
        told=told,
        sealed=sealed,
        files=files,
        words=words,
        again=case.state == "RETURNED_UNPROCESSED" and case == last and bool(who.roles & _MAY_RECEIVE),
        **grade,
    )


def _sealed(connection: Connection, told: queries.Intake) -> dict[str, dict[str, str]]:
    """By event id what stands sealed with it, as far as the roles of the reader go."""
    who, keyring = actor(), here().database.keyring
    wanted = [row.event_id for row in told.custody] if who.roles & _MAY_OPEN else []
    if told.decision is not None and who.roles & _MAY_VALUE:
        wanted.append(told.decision.event_id)
    return {one: queries.private_of(connection, keyring, who.org_id, one) for one in wanted}
