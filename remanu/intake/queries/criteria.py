"""The criteria a core is graded by: an organisation's own editions in force, else those of the family pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import edition_of
from remanu.errors import NotFound
from remanu.families.process import Answer, Criterion
from remanu.families.vocabulary import Names, Source
from remanu.intake.models import CriteriaSet
from remanu.keys import Keyring
from remanu.ledger import seal
from remanu.parts.queries import CaseView
from remanu.rules import canonical as jcs
from remanu.rules import cores, sheets
from remanu.rules.cores import Discrepancy, Question
from remanu.rules.deposits import Terms, Tier

Row = sa.Row[Any]
CRITERIA_PAGE = 50
HOUSE_DAYS = 30
"""Days for an appeal where an organisation has no criteria of its own: this project's plan, first edition."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One edition of criteria as a core is graded by it; `row` is the organisation's own set, None for the pack's."""

    edition: str
    digest: str
    appeal_days: int
    asked: tuple[Criterion, ...]
    discrepancies: tuple[Discrepancy, ...]
    row: Row | None = None

    @property
    def id(self) -> str | None:
        """The organisation's own set."""
        return None if self.row is None else str(self.row.id)

    @property
    def rules(self) -> cores.Criteria:
        """What the verdict is computed from."""
        asked = (Question(one.code, {a.code: a.outcome for a in one.answers}) for one in self.asked)
        return cores.Criteria(tuple(asked), self.discrepancies)


@cache
def house_discrepancies() -> tuple[Discrepancy, ...]:
    """What a defect leaves open where an organisation has no criteria of its own."""
    return sheets.discrepancies("discrepancies", house_sheet(), components=(), currency="XTS")[0]


def house_sheet() -> str:
    """The same as a sheet, for whoever makes criteria of his own."""
    return (files("remanu.families") / "data" / "desk" / "discrepancies-1.csv").read_text("utf-8")


def sheet_for(connection: Connection, case: CaseView, criteria: str | None, now: datetime, *, on: date) -> Sheet | None:
    """The criteria that a core may be graded by now; None when they are not in force, or another family's."""
    if criteria is None:
        edition = edition_of(connection, case.org_id, case.family, digest=case.pack, on=now)
        return None if edition is None else _of_pack(case, edition.edition, edition.digest)
    row = _find(connection, case.org_id, criteria)
    if row is None or row.family != case.item.family or not is_in_force(row, on):
        return None
    return sheet_of(row)


def sheet_of_grade(connection: Connection, case: CaseView, grade: Row) -> Sheet:
    """The criteria by which a grade was given, whether they are in force still or not."""
    row = None if grade.criteria is None else _find(connection, case.org_id, grade.criteria)
    return _of_pack(case, grade.edition, "") if row is None else sheet_of(row)


def _of_pack(case: CaseView, edition: str, digest: str) -> Sheet:
    return Sheet(edition, digest, HOUSE_DAYS, case.family.criteria, house_discrepancies())


def sheet_of(row: Row) -> Sheet:
    """An organisation's own set as criteria."""
    content = jcs.decode(row.content.encode())
    source = Source("own", "V", row.source)
    asked = tuple(_criterion(one, source) for one in content["questions"])
    rules = tuple(Discrepancy(**one) for one in content["discrepancies"])
    return Sheet(row.edition, row.digest, row.appeal_days, asked, rules, row)


def _criterion(values: Mapping[str, Any], source: Source) -> Criterion:
    answers = tuple(
        Answer(code=one["code"], names=_in_all(one["words"]), outcome=one["outcome"]) for one in values["answers"]
    )
    return Criterion(code=values["code"], names=_in_all(values["words"]), answers=answers, source=source)


def _in_all(words: str) -> Names:
    # An organisation writes its criteria in the language of its people.
    return Names(words, words, words)


def is_in_force(row: Row, on: date) -> bool:
    """Whether an edition is approved, not withdrawn, and this day is one of its days."""
    day = on.isoformat()
    begun = row.approved_at is not None and row.withdrawn_at is None and row.applies_from <= day
    return begun and (row.applies_until is None or day <= row.applies_until)


def own_in_force(connection: Connection, org_id: str, *, on: date, family: str | None = None) -> list[Row]:
    """The editions of one's own in force on a day, the newest alone of each programme and region."""
    chosen = sa.select(CriteriaSet.__table__).where(
        CriteriaSet.org_id == org_id, CriteriaSet.approved_at.is_not(None), CriteriaSet.withdrawn_at.is_(None)
    )
    if family is not None:
        chosen = chosen.where(CriteriaSet.family == family)
    rows = connection.execute(chosen.order_by(CriteriaSet.applies_from, CriteriaSet.id)).all()
    newest = {(row.family, row.programme, row.region): row for row in rows if is_in_force(row, on)}
    return sorted(newest.values(), key=lambda row: (row.family, row.programme, row.region))


def criteria_sets(connection: Connection, org_id: str, *, after: str = "", limit: int = CRITERIA_PAGE) -> list[Row]:
    """Every edition of the organisation, newest first, a page after the id `after`."""
    chosen = sa.select(CriteriaSet.__table__).where(CriteriaSet.org_id == org_id)
    if after:
        chosen = chosen.where(CriteriaSet.id < after)
    return list(connection.execute(chosen.order_by(CriteriaSet.id.desc()).limit(limit)))


def find_criteria(connection: Connection, org_id: str, criteria_id: str) -> Row:
    """One edition of the organisation; NotFound otherwise."""
    row = _find(connection, org_id, criteria_id)
    if row is None:
        raise NotFound(what="criteria")
    return row


def _find(connection: Connection, org_id: str, criteria_id: str) -> Row | None:
    mine = (CriteriaSet.org_id == org_id, CriteriaSet.id == criteria_id)
    return connection.execute(sa.select(CriteriaSet.__table__).where(*mine)).first()


def state_of(row: Row, on: date) -> str:
    """draft, waiting, in-force, ended or withdrawn."""
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.approved_at is None:
        return "draft"
    if row.applies_from > on.isoformat():
        return "waiting"
    return "in-force" if is_in_force(row, on) else "ended"


def terms_of(connection: Connection, keyring: Keyring, row: Row) -> Terms | None:
    """The sealed terms of an edition; None when it has none."""
    if not row.priced:
        return None
    told = seal.open_sealed(connection, keyring, org_id=row.org_id, event_id=row.event_id)
    return None if told is None else read_terms(told)


def read_terms(told: Mapping[str, Any]) -> Terms:
    """Terms as they are sealed."""
    return Terms(
        currency=told["currency"],
        deposit=Decimal(told["deposit"]),
        base=Decimal(told["base"]),
        damaged=Decimal(told["damaged"]),
        days=int(told["days"]),
        tiers=tuple(Tier(Decimal(up_to), Decimal(pays)) for up_to, pays in told["tiers"]),
        charges={name: Decimal(value) for name, value in told["charges"].items()},
    )


def sealed_terms(terms: Terms) -> dict[str, Any]:
    """Terms as they go into the sealed document: no number is a float there."""
    return {
        "currency": terms.currency,
        "deposit": str(terms.deposit),
        "base": str(terms.base),
        "damaged": str(terms.damaged),
        "days": str(terms.days),
        "tiers": [[str(one.up_to), str(one.pays)] for one in terms.tiers],
        "charges": {name: str(value) for name, value in terms.charges.items()},
    }


def discrepancies_again(rules: Sequence[Discrepancy], amounts: Mapping[str, Decimal]) -> str:
    """Discrepancies as a sheet, with the amounts of those add-charges that the reader may see."""
    lines = [",".join(sheets.DISCREPANCIES)]
    for one in rules:
        charge = one.charge or ""
        amount = str(amounts.get(charge, ""))
        lines += [f"{one.defect},{one.component},{one.minor},{one.major},{one.critical},{charge},{amount}"]
    return "\n".join(lines) + "\n"


def sheet_again(asked: Sequence[Criterion], locale: str) -> str:
    """Questions as a sheet, for whoever makes a new edition of them."""
    rows = [(one.names.text(locale), [(a.outcome, a.names.text(locale)) for a in one.answers]) for one in asked]
    return sheets.written(rows)
