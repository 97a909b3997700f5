"""Reading intake: who handed a core over, how it came, what it was graded, and which guards that fulfils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import editions_in_force
from remanu.intake.models import (
    ConditionReading,
    CoreDecision,
    Custody,
    GradeAnswer,
    Identification,
    Quarantine,
)
from remanu.intake.queries.criteria import own_in_force
from remanu.intake.queries.judged import grades_of, open_appeal
from remanu.intake.queries.site import site_facts
from remanu.keys import Keyring
from remanu.ledger import seal
from remanu.ledger.models import Evidence
from remanu.parts import queries as parts
from remanu.parts.models import Case, Item
from remanu.parts.queries import CaseView

Row = sa.Row[Any]
ASKED = frozenset(
    {
        "owner_known",
        "custody_signed",
        "permit_shown",
        "isolated",
        "baseline_taken",
        "quarantine_reason",
        "reason_cleared",
        "mark_read",
        "part_number_known",
        "former_life_looked_up",
        "right_to_core_shown",
        "criteria_answered",
        "owner_agrees",
        "waste_recorded",
    }
)
"""Guards that the form of the act itself answers."""
GATE = ("ANNOUNCED", "RECEIVED", "SITE_ACCEPTED", "QUARANTINED", "IDENTIFIED", "GRADED", "REJECTED")
"""The states of intake in the order of the process."""
PAGE = 200
UNKNOWN = "unknown"
"""What stands for a maker or a part number that nobody has read yet."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that intake recorded of a case, oldest first; `grade` and `decision` are the last ones."""

    custody: list[Row]
    condition: list[Row]
    quarantines: list[Row]
    identification: Row | None
    grade: Row | None
    answers: list[Row]
    decision: Row | None


def facts(connection: Connection, case: CaseView, now: datetime) -> dict[str, bool]:
    """The guards of intake that the tables can answer for this case; what they do not know is left out."""
    grade = latest_grade(connection, case.org_id, case.id)
    known = _last(connection, Identification, case.org_id, case.id) is not None
    appeal = open_appeal(connection, case.org_id, case.id)
    found = {
        **site_facts(connection, case),
        "criteria_in_force": _in_force(connection, case, now),
        "no_open_hazard": open_quarantine(connection, case.org_id, case.id) is None,
        "no_open_appeal": appeal is None,
        "appeal_open": appeal is not None,
    }
    answered = {
        "mark_read": bool(parts.marks(connection, case.org_id, case.item.id)),
        "part_number_known": known,
        "former_life_looked_up": known,
        "right_to_core_shown": known,
        "criteria_answered": grade is not None,
        "grade_acceptable": grade is not None and grade.outcome != "none",
    }
    return found | {name: True for name, holds in answered.items() if holds}


def _in_force(connection: Connection, case: CaseView, now: datetime) -> bool:
    if editions_in_force(connection, case.org_id, case.item.family, now) is not None:
        return True
    return bool(own_in_force(connection, case.org_id, on=now.date(), family=case.item.family))


def open_quarantine(connection: Connection, org_id: str, case_id: str) -> Row | None:
    """The quarantine that still stops the case, if there is one."""
    return connection.execute(
        sa.select(Quarantine.__table__)
        .where(Quarantine.org_id == org_id, Quarantine.case_id == case_id, Quarantine.cleared_at.is_(None))
        .order_by(Quarantine.placed_at.desc())
        .limit(1)
    ).first()


def latest_grade(connection: Connection, org_id: str, case_id: str) -> Row | None:
    """The case's last grading with its outcome and edition, or None; an appeal may have brought a second one."""
    return next(iter(grades_of(connection, org_id, case_id)), None)


def grade_answers(connection: Connection, org_id: str, grade_id: str) -> list[Row]:
    """The answers of a grading by criterion."""
    return list(
        connection.execute(
            sa.select(GradeAnswer.__table__)
            .where(GradeAnswer.org_id == org_id, GradeAnswer.grade_id == grade_id)
            .order_by(GradeAnswer.criterion)
        )
    )


def condition_of(connection: Connection, org_id: str, case_id: str) -> list[Row]:
    """The as-received condition of a case in the order in which it was given; `simulated` stands on each."""
    return list(
        connection.execute(
            sa.select(ConditionReading.__table__)
            .where(ConditionReading.org_id == org_id, ConditionReading.case_id == case_id)
            .order_by(ConditionReading.event_id, ConditionReading.n)
        )
    )


def intake_of(connection: Connection, org_id: str, case_id: str) -> Intake:
    """What intake recorded of the organisation's case."""
    grade = latest_grade(connection, org_id, case_id)
    return Intake(
        custody=_all(connection, Custody, org_id, case_id, Custody.at),
        condition=condition_of(connection, org_id, case_id),
        quarantines=_all(connection, Quarantine, org_id, case_id, Quarantine.placed_at),
        identification=_last(connection, Identification, org_id, case_id),
        grade=grade,
        answers=[] if grade is None else grade_answers(connection, org_id, grade.id),
        decision=_last(connection, CoreDecision, org_id, case_id),
    )


def private_of(connection: Connection, keyring: Keyring, org_id: str, event_id: str) -> dict[str, str]:
    """What stands sealed with an event of intake: owner, signer, carrier, value, note; empty once erased."""
    opened = seal.open_sealed(connection, keyring, org_id=org_id, event_id=event_id)
    return {} if opened is None else dict(opened)


def owner_of(connection: Connection, keyring: Keyring, org_id: str, case_id: str) -> str | None:
    """The owner as announced or at receipt, whichever named him last; None when nobody did."""
    named = [row for row in _all(connection, Custody, org_id, case_id, Custody.at) if row.owner_named]
    if not named:
        return None
    return private_of(connection, keyring, org_id, named[-1].event_id).get("owner")


def photos(connection: Connection, org_id: str, event_ids: list[str]) -> list[Row]:
    """The files that these events entered first."""
    chosen = sa.select(Evidence.__table__).where(Evidence.org_id == org_id, Evidence.event_id.in_(event_ids))
    return list(connection.execute(chosen.order_by(Evidence.digest)))


def former_cases(connection: Connection, case: CaseView) -> list[Row]:
    """Earlier cases of the same item here, newest first: its former lives in this workshop."""
    return list(
        connection.execute(
            sa.select(Case.__table__)
            .where(Case.org_id == case.org_id, Case.item_id == case.item.id, Case.number < case.number)
            .order_by(Case.number.desc())
        )
    )


def namesakes(connection: Connection, case: CaseView, *, limit: int = 5) -> list[Row]:
    """Other items here that search finds under the serial number claimed: perhaps the same part."""
    found = parts.find(connection, case.org_id, case.item.serial or "", limit=limit + 1)
    return [row for row in found if row.id != case.item.id][:limit]


def waiting(connection: Connection, org_id: str, states: frozenset[str], *, limit: int = PAGE) -> list[Row]:
    """Cases in these states with their items, the longest waiting first."""
    return list(
        connection.execute(
            sa.select(Case.__table__, Item.code, Item.name, Item.maker, Item.part_number, Item.serial)
            .join(Item, sa.and_(Item.org_id == Case.org_id, Item.id == Case.item_id))
            .where(Case.org_id == org_id, Case.state.in_(states), Case.closed_at.is_(None))
            .order_by(Case.changed_at, Case.id)
            .limit(limit)
        )
    )


def _all(connection: Connection, model: Any, org_id: str, case_id: str, order: Any) -> list[Row]:
    chosen = sa.select(model.__table__).where(model.org_id == org_id, model.case_id == case_id)
    return list(connection.execute(chosen.order_by(order)))


def _last(connection: Connection, model: Any, org_id: str, case_id: str) -> Row | None:
    chosen = sa.select(model.__table__).where(model.org_id == org_id, model.case_id == case_id)
    return connection.execute(chosen.order_by(model.at.desc()).limit(1)).first()
