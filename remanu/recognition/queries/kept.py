"""What a kept verdict's one sentence needs, in few words: written beside it, and read by a part's own page.

The page behind a label has two statements and no room for the rows of a verdict; this is one column of the first.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from remanu.recognition.models import StoredVerdict
from remanu.recognition.queries.facts import Facts
from remanu.recognition.queries.naming import Named, name_of, named_rows
from remanu.recognition.queries.units import Held
from remanu.rules.verdicts import Failure, Outcome, Verdict

# No JSON text holds it: control characters are escaped there.
_ROW = "\x1e"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A verdict as far as its sentence goes, when it was computed, and for which release.

    `names` are those that the sentence needs, by the texts under which the verdict names them.
    """

    verdict: Verdict
    at: datetime
    certificate: str
    names: dict[str, Named]


@dataclass(slots=True)
class Telling:
    """Tells verdicts of many units; what rows are called is read once."""

    facts: Facts
    _named: dict[str, Named] = field(default_factory=dict)

    def tell(self, unit: Held, verdict: Verdict) -> str:
        """What is kept of a verdict for its sentence, as JSON text."""
        failure = next(iter(verdict.failures), None)
        names = {row: self.name(unit, row) for row in named_rows(verdict)}
        said = {
            "there": verdict.jurisdiction,
            "word": verdict.word,
            "on": verdict.as_of.isoformat(),
            "at": self.facts.now.isoformat(),
            "certificate": unit.row.certificate_id,
            "level": verdict.level,
            "agreement": verdict.agreement,
            "conditions": list(dict.fromkeys((one.kind, one.state) for one in verdict.conditions)),
            "failure": None if failure is None else astuple(failure),
            "names": {row: (one.names, one.code) for row, one in names.items()},
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    def name(self, unit: Held, row: str) -> Named:
        """What a row is called; a place by the unit's own pack."""
        if row not in self._named:
            found = name_of(self.facts.connection, row, self.facts.pack(unit))
            self._named[row] = found or Named((row,) * 3)
        return self._named[row]


def column(org_id: sa.SQLColumnExpression[str], item_id: sa.SQLColumnExpression[str]) -> sa.ScalarSelect[Any]:
    """One text with what is told of a unit's verdicts, for a statement that reads more than this."""
    row = sa.literal_column(f"'{_ROW}'", sa.Text)
    return (
        sa.select(sa.func.aggregate_strings(StoredVerdict.told, row))  # type: ignore[arg-type]
        .where(StoredVerdict.org_id == org_id, StoredVerdict.item_id == item_id)
        .correlate(org_id.class_, item_id.class_)  # type: ignore[attr-defined]
        .scalar_subquery()
    )


def read(text: str | None) -> dict[str, Kept]:
    """What `column` read, by jurisdiction."""
    told = [json.loads(one) for one in (text or "").split(_ROW) if one]
    return {one["there"]: _kept(one) for one in told}


def _kept(said: dict[str, Any]) -> Kept:
    failure = said["failure"]
    verdict = Verdict(
        word=said["word"],
        jurisdiction=said["there"],
        as_of=date.fromisoformat(said["on"]),
        failures=() if failure is None else (Failure(*failure),),
        conditions=tuple(Outcome(kind, state) for kind, state in said["conditions"]),
        agreement=said["agreement"],
        level=said["level"],
    )
    names = {row: Named(tuple(names), code) for row, (names, code) in said["names"].items()}
    return Kept(
        verdict=verdict, at=datetime.fromisoformat(said["at"]), certificate=said["certificate"], names=names
    )
