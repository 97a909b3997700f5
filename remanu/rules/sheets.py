"""Criteria as a core manager has them: sheets of rows, one a criterion, one a discrepancy, read from a spreadsheet.

The first sheet has the columns of the published ones: criterion, full_refund, damaged_refund, no_refund. The second
has discrepancy, component, minor, major, critical, charge, amount; the amount is money and leaves the sheet here.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from remanu.errors import BadInput
from remanu.rules import money, text
from remanu.rules.cores import ANYWHERE, DEFECTS, OUTCOMES, SEVERITIES, Discrepancy, Outcome

CRITERIA = ("criterion", "full_refund", "damaged_refund", "no_refund")
DISCREPANCIES = ("discrepancy", "component", "minor", "major", "critical", "charge", "amount")
MOST_ROWS = 100
ANYTHING_ELSE = "*"
"""The text of the answer that a sheet with one answer leaves unsaid."""
_CELL = 300
T = TypeVar("T")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE_LIMIT = 40
_CELLS: Mapping[str, Outcome] = {"full_refund": "full", "damaged_refund": "damaged", "no_refund": "none"}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in the words of the sheet; its code is the best outcome that it leaves open."""

    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion in the words of the sheet, with two answers or three."""

    code: str
    words: str
    answers: tuple[Said, ...]


def criteria(field: str, sheet: str) -> tuple[Asked, ...]:
    """The questions of a sheet of criteria.

    BadInput names the row: `no-rows`, `no-such-column`, `row-empty`, `given-twice`, `too-long`.
    """
    found = [_asked(field, at, row) for at, row in _rows(field, sheet, CRITERIA, needed=CRITERIA)]
    return _once(field, [(one.code, one) for one in found])


def _asked(field: str, at: int, row: Mapping[str, str]) -> Asked:
    words = row["criterion"]
    answers: dict[str, Said] = {}
    for column, outcome in _CELLS.items():
        # Where the sheet demands the same for a full and a damaged refund, the answer leaves the better one open.
        if row[column]:
            answers.setdefault(gist(row[column]), Said(outcome, row[column]))
    if not words or not answers:
        raise BadInput(field, "row-empty", row=at)
    if len(answers) == 1:
        answers[ANYTHING_ELSE] = Said("none", ANYTHING_ELSE)
    return Asked(_slug(words) or f"row-{at}", words, tuple(answers.values()))


def gist(cell: str) -> str:
    """What a cell demands, without the explanation that may follow in brackets."""
    return re.sub(r"\s*\([^()]*\)$", "", cell).casefold() or cell


def discrepancies(
    field: str, sheet: str, *, components: Sequence[str], currency: str
) -> tuple[tuple[Discrepancy, ...], dict[str, Decimal]]:
    """The discrepancies of a sheet, and the amount of each add-charge.

    BadInput names the row: what `criteria` says, `not-a-defect`, `no-such-component`, `not-an-outcome`, `outcome-rises`
    where a worse defect would leave more, `charge-without-amount`, `two-amounts`, and those of an amount.
    """
    if not sheet.strip():
        return (), {}
    rows = list(_rows(field, sheet, DISCREPANCIES, needed=DISCREPANCIES[:5]))
    amounts: dict[str, Decimal] = {}
    found = [(_rule(field, at, row, components), at, row) for at, row in rows]
    for rule, at, row in found:
        if rule.charge is not None:
            _add_amount(field, at, amounts, rule.charge, row.get("amount", ""), currency)
    return _once(field, [(f"{one.defect}/{one.component}", one) for one, _, _ in found]), amounts


def _rule(field: str, at: int, row: Mapping[str, str], components: Sequence[str]) -> Discrepancy:
    defect, component, charge = row["discrepancy"], row["component"] or ANYWHERE, row.get("charge", "")
    if defect not in DEFECTS:
        raise BadInput(field, "not-a-defect", row=at)
    if component not in {ANYWHERE, *components}:
        raise BadInput(field, "no-such-component", row=at)
    if charge and (len(charge) > _CODE_LIMIT or _CODE.fullmatch(charge) is None):
        raise BadInput(field, "not-a-charge", row=at)
    minor, major, critical = (_outcome(field, at, row[one]) for one in SEVERITIES)
    rule = Discrepancy(defect, component, minor, major, critical, charge or None)
    if not rule.falls:
        raise BadInput(field, "outcome-rises", row=at)
    return rule


def _outcome(field: str, at: int, word: str) -> Outcome:
    found = next((one for one in OUTCOMES if one == word), None)
    if found is None:
        raise BadInput(field, "not-an-outcome", row=at)
    return found


def _add_amount(field: str, at: int, amounts: dict[str, Decimal], charge: str, said: str, currency: str) -> None:
    if not said:
        raise BadInput(field, "charge-without-amount", row=at)
    try:
        value = money.amount(field, said, currency)
    except BadInput as error:
        raise BadInput(field, str(error.details["why"]), row=at) from error
    if amounts.setdefault(charge, value) != value:
        raise BadInput(field, "two-amounts", row=at)


def _rows(
    field: str, sheet: str, columns: Sequence[str], *, needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of each row, cleaned; a first row of names is wanted, further columns are passed over."""
    lines = text.clean_note(field, sheet, limit=40_000).split("\n")
    marks = {mark: lines[0].count(mark) for mark in (",", ";")}
    # Spreadsheets of half the world write semicolons.
    table = list(csv.reader(lines, delimiter=max(marks, key=lambda one: marks[one])))
    names = [one.strip().lower() for one in table[0]]
    if missing := [one for one in needed if one not in names]:
        raise BadInput(field, "no-such-column", column=missing[0])
    filled = [(at, row) for at, row in enumerate(table[1:], 2) if any(cell.strip() for cell in row)]
    if not filled or len(filled) > MOST_ROWS:
        raise BadInput(field, "no-rows" if not filled else "too-long", limit=MOST_ROWS)
    for at, row in filled:
        cells = dict(zip(names, row, strict=False))
        yield at, {one: _cell(field, at, cells.get(one) or "") for one in columns}


def _cell(field: str, at: int, cell: str) -> str:
    plain = " ".join(cell.split())
    if len(plain) > _CELL:
        raise BadInput(field, "too-long", row=at)
    return plain


def _once(field: str, found: Sequence[tuple[str, T]]) -> tuple[T, ...]:
    codes = [code for code, _ in found]
    twice = next((code for n, code in enumerate(codes) if code in codes[:n]), None)
    if twice is not None:
        raise BadInput(field, "given-twice", code=twice)
    return tuple(one for _, one in found)


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_CODE_LIMIT].strip("-")


def tiers(field: str, line: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """Tiers as people write them: `110:100, 120:50` (up to so many percent of units bought, so many percent paid).

    BadInput `not-a-tier`, `tiers-fall` where the steps do not rise or a later one pays more.
    """
    found = []
    for one in filter(None, (each.strip() for each in line.split(","))):
        up_to, colon, pays = one.partition(":")
        if not colon:
            raise BadInput(field, "not-a-tier")
        found.append((money.percent(field, up_to, most=1000), money.percent(field, pays)))
    steps = [one[0] for one in found]
    paid = [one[1] for one in found]
    if steps != sorted(set(steps)) or paid != sorted(paid, reverse=True):
        raise BadInput(field, "tiers-fall")
    return tuple(found)


def written(asked: Sequence[tuple[str, Sequence[tuple[Outcome, str]]]]) -> str:
    """Questions and answers as a sheet again, so that whoever makes a new edition begins with what there is."""
    lines = [",".join(CRITERIA)]
    for words, answers in asked:
        cells: dict[str, str] = {}
        for outcome, said in answers:
            cells.setdefault(outcome, said)
        lines.append(",".join(_quoted(one) for one in (words, *(cells.get(one, "") for one in _CELLS.values()))))
    return "\n".join(lines) + "\n"


def _quoted(cell: str) -> str:
    plain = "" if cell == ANYTHING_ELSE else cell
    return '"' + plain.replace('"', '""') + '"' if set(plain) & set(',;"') else plain
