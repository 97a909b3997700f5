"""What waits at the gate, and what intake recorded of one core."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.accounts.queries import person_of
from remanu.intake import queries
from remanu.intake.actions import APPEALABLE, BEFORE_GRADING
from remanu.intake.schemas import judging
from remanu.intake.schemas.site import ENERGY_WORDS
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.rules import duties
from remanu.rules.permissions import PERMISSIONS, READERS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import gettext

_MAY_OPEN = PERMISSIONS["intake.announce"] | PERMISSIONS["intake.accept"] | {"quality", "supervisor"}
_MAY_RECEIVE = PERMISSIONS["intake.receive"]
_MAY_VALUE = PERMISSIONS["intake.accept"]


@allow("read:workshop")
def gate() -> ResponseReturnValue:
    """Every core that intake has not finished with, grouped by what it waits for."""
    who = actor()
    with here().database.reading() as connection:
        rows = queries.waiting(connection, who.org_id, frozenset(queries.GATE))
    groups = [(state, [row for row in rows if row.state == state]) for state in queries.GATE]
    may = {name: bool(who.roles & PERMISSIONS[f"intake.{name}"]) for name in ("announce", "receive")}
    may["accounts"] = bool(who.roles & READERS["deposits"])
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
        judged = judging.grade_of(connection, case) | judging.seen_on(connection, case)
        appeals = queries.appeals_of(connection, who.org_id, case.id)
        settled = _settlement(connection, case)
        site = queries.site_of(connection, case)
        graded = bool(appeals) and _graded(connection, case)
        files = queries.photos(connection, who.org_id, [row.event_id for row in told.custody])
        last = parts.latest_case(connection, who.org_id, case.item.id)
    return render_template(
        "intake/record.html",
        case=case,
        told=told,
        sealed=sealed,
        files=files,
        appeals=appeals,
        site=site,
        energies=[gettext(ENERGY_WORDS[one]) for one in site.energies.split()] if site else [],
        may=_may(case, appeals, judged["grades"], graded=graded),
        settled=settled,
        again=case.state == "RETURNED_UNPROCESSED" and case == last and bool(who.roles & _MAY_RECEIVE),
        **judged,
    )


def _graded(connection: Connection, case: CaseView) -> bool:
    """Whether the reader graded the core himself: then another person grades it again."""
    who = actor()
    person = person_of(connection, who.org_id, who.ref)
    return bool(duties.barred_by("regrade", person, acts=parts.acts_in(connection, case)))


def _may(
    case: CaseView, appeals: list[queries.Row], grades: list[judging.Told], *, graded: bool
) -> dict[str, bool]:
    """What is offered beside the record: to note or strike defects, to appeal, to grade again, to settle."""
    held = actor().roles
    waits = any(one.answered_by is None for one in appeals)
    looks = case.state in BEFORE_GRADING or (waits and case.state in APPEALABLE)
    return {
        "note_defect": looks and bool(held & PERMISSIONS["intake.note_defect"]),
        "strike_defect": looks and bool(held & PERMISSIONS["intake.strike_defect"]),
        "grade": case.state == "IDENTIFIED" and bool(held & PERMISSIONS["intake.grade"]),
        "appeal": case.state in APPEALABLE and not appeals and bool(held & PERMISSIONS["intake.appeal"]),
        "regrade": waits and bool(held & PERMISSIONS["intake.regrade"]) and not graded,
        "settle": bool(grades) and not waits and bool(held & PERMISSIONS["intake.settle"]),
    }


def _settlement(connection: Connection, case: CaseView) -> dict[str, Any] | None:
    """What the core was credited, for those who deal with deposits."""
    who = actor()
    row = queries.settlement_of_case(connection, who.org_id, case.id)
    if row is None or not who.roles & READERS["deposits"]:
        return None
    amounts = queries.private_of(connection, here().database.keyring, who.org_id, row.event_id)
    return {"row": row, "amounts": amounts}


def _sealed(connection: Connection, told: queries.Intake) -> dict[str, dict[str, str]]:
    """By event id what stands sealed with it, as far as the roles of the reader go."""
    who, keyring = actor(), here().database.keyring
    wanted = [row.event_id for row in told.custody] if who.roles & _MAY_OPEN else []
    if told.decision is not None and who.roles & _MAY_VALUE:
        wanted.append(told.decision.event_id)
    return {one: queries.private_of(connection, keyring, who.org_id, one) for one in wanted}


ROUTES = (("/intake", "gate", gate, ("GET",)), ("/cases/<case_id>/intake", "record", record, ("GET",)))
