"""What the pages of grading show: questions of the criteria chosen, defects, grades and appeals in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy.engine import Connection

from remanu.catalogue import queries as catalogue
from remanu.intake import queries
from remanu.intake.queries import Row, Sheet
from remanu.intake.schemas import words
from remanu.parts.queries import CaseView
from remanu.rules.sheets import ANYTHING_ELSE
from remanu.web import acts, shape
from remanu.web.acts import Field
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.words import N_

PACK = "pack"
"""What the address says for the criteria of the family pack."""


@dataclass(frozen=True, slots=True)
class Told:
    """A grade in words: its answers as question, answer and outcome, its defects, and by whose criteria it was."""

    row: Row
    answers: list[tuple[str, str, str]]
    defects: list[Row]
    criteria: Row | None


def today() -> date:
    """The day in the organisation's zone."""
    return here().database.clock.now().astimezone(ZoneInfo(actor().zone)).date()


def _own(connection: Connection, case: CaseView) -> list[Row]:
    return queries.own_in_force(connection, case.org_id, on=today(), family=case.item.family)


def _chosen(connection: Connection, case: CaseView) -> str | None:
    """The criteria that the address names, else one's own where there are some, else those of the pack."""
    asked = request.form.get("criteria") or request.args.get("criteria")
    if asked is not None or request.method == "POST":
        return None if asked == PACK else asked
    own = _own(connection, case)
    return own[0].id if own else None


def _sheet(connection: Connection, case: CaseView) -> Sheet | None:
    now = here().database.clock.now()
    return queries.sheet_for(connection, case, _chosen(connection, case), now, on=today())


def _questions(sheet: Sheet | None, schema: type[shape.Form]) -> Sequence[Field]:
    language = current()
    asked = () if sheet is None else sheet.asked
    fields = [
        Field(
            name=f"answers.{one.code}",
            label=one.names.text(language),
            widget="choice",
            required=True,
            choices=[(answer.code, said(answer.names.text(language))) for answer in one.answers],
        )
        for one in asked
    ]
    return [*fields, *acts.plain_fields(schema)]


def said(answer: str) -> str:
    """The words of an answer; a sheet leaves some unsaid."""
    return gettext(N_("Anything else")) if answer == ANYTHING_ELSE else answer


def grading(connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    """One control a criterion, in the order of the sheet."""
    sheet = _sheet(connection, case)
    if sheet is None and _chosen(connection, case) is None:
        # Without an edition in force the pack's questions are shown, so that one sees what will be asked.
        return _questions(Sheet("", "", 0, case.family.criteria, ()), schema)
    return _questions(sheet, schema)


def graded_by(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """Which criteria the questions are from, which others there are, what was seen, and how the core came."""
    sheet = _sheet(connection, case)
    now = here().database.clock.now()
    pack = case.family
    asked = sheet.asked if sheet else pack.criteria
    return {
        "sheet": sheet,
        "edition": catalogue.edition_of(connection, case.org_id, pack, digest=case.pack, on=now),
        "own": _own(connection, case),
        "family": pack.names.text(current()),
        "sources": sorted({one.source.text for one in asked}),
        "demonstration": any(one.source.demonstration for one in asked),
        "condition": queries.condition_of(connection, case.org_id, case.id),
        **seen_on(connection, case),
    }


def regrading(connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    """The questions of the grade that was appealed against."""
    return _questions(_appealed(connection, case)[1], schema)


def regraded_by(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """What the owner says and shows; not what the first person answered, so that the second looks for himself."""
    appeal, sheet = _appealed(connection, case)
    asked = sheet.asked if sheet else ()
    return {
        "appeal": appeal,
        "appeal_words": words.APPEAL_WORDS,
        "sheet": sheet,
        "own": [],
        "family": case.family.names.text(current()),
        "sources": sorted({one.source.text for one in asked}),
        "demonstration": any(one.source.demonstration for one in asked),
        "condition": queries.condition_of(connection, case.org_id, case.id),
        **seen_on(connection, case),
    }


def _appealed(connection: Connection, case: CaseView) -> tuple[Row | None, Sheet | None]:
    appeal = queries.open_appeal(connection, case.org_id, case.id)
    if appeal is None:
        return None, None
    grade = queries.find_grade(connection, case.org_id, appeal.grade_id)
    return appeal, queries.sheet_of_grade(connection, case, grade)


def seen_on(connection: Connection, case: CaseView) -> dict[str, Any]:
    """The defects of a core that count, and the words of their codes."""
    return {
        "defects": queries.defects_of(connection, case.org_id, case.id),
        "components": components_of(case),
        "words": words,
    }


def components_of(case: CaseView) -> dict[str, str]:
    """Names of the family's components by code."""
    return {one.code: one.names.text(current()) for one in case.family.positions}


def noting(_connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    """What is asked of a defect, with the components of the family; the photo first."""
    choices = tuple(components_of(case).items())
    asked = appealing(_connection, case, schema)
    return [replace(one, choices=choices) if one.name == "component" else one for one in asked]


def appealing(_connection: Connection, _case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    """What is asked of an appeal: the owner's photos are needed."""
    return [replace(one, required=one.required or one.name == "evidence") for one in acts.plain_fields(schema)]


def appealed(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """The grade that the owner does not agree with, and until when he may say so."""
    return grade_of(connection, case)


def accepting(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """The grade with its answers, and up to which value one person may decide."""
    limit = catalogue.value_limit(here().database.clock.now())
    return {"limit": limit, **grade_of(connection, case)}


def grade_of(connection: Connection, case: CaseView) -> dict[str, Any]:
    """The grades of a case in words, the last one first, with what was appealed."""
    rows = queries.grades_of(connection, case.org_id, case.id)
    judged = queries.judged_defects(connection, case.org_id, [row.id for row in rows])
    told = [_told(connection, case, row, [one for one in judged if one.grade_id == row.id]) for row in rows]
    return {
        "grades": told,
        "grade": rows[0] if rows else None,
        "outcomes": words.OUTCOME_WORDS,
        "components": components_of(case),
        "words": words,
    }


def _told(connection: Connection, case: CaseView, row: Row, defects: list[Row]) -> Told:
    sheet = queries.sheet_of_grade(connection, case, row)
    answers = queries.grade_answers(connection, case.org_id, row.id)
    return Told(row, answers_in_words(sheet, answers), defects, sheet.row)


def answers_in_words(sheet: Sheet, rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Question, answer and outcome of each row as they were asked; codes where the criteria know one no more."""
    asked_of = {one.code: one for one in sheet.asked}
    order = {code: n for n, code in enumerate(asked_of)}
    language = current()
    found = []
    for row in sorted(rows, key=lambda one: order.get(one.criterion, len(order))):
        criterion = asked_of.get(row.criterion)
        known = {one.code: said(one.names.text(language)) for one in criterion.answers} if criterion else {}
        question = criterion.names.text(language) if criterion else row.criterion
        found.append((question, known.get(row.answer, row.answer), row.outcome))
    return found
