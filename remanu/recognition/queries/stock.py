"""Which units have verdicts, and whether what is kept of them is still what follows from the record (I50, I51)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.certification.models import CertificationSpan
from remanu.recognition.models import StoredVerdict
from remanu.recognition.queries.facts import Facts
from remanu.recognition.queries.kept import Telling
from remanu.recognition.queries.units import Held
from remanu.recognition.queries.verdicts import document
from remanu.release.models import ReleaseCertificate
from remanu.rules.verdicts import FORMER, Used, Verdict, inputs_of

Args = Mapping[str, Any]
LOOKED_AT = 300
"""How many units a page computes while somebody waits; a store that has more asks the command for all of them."""
_SPOKEN = ("ISSUED", "REVOKED")
_org, _item = ReleaseCertificate.org_id, ReleaseCertificate.item_id


def _units(asked: Args) -> sa.Select[*tuple[Any, ...]]:
    chosen = sa.select(_org, _item).where(ReleaseCertificate.state.in_(_SPOKEN)).distinct()
    if "item" in asked:
        chosen = chosen.where(_org == asked["org"], _item == asked["item"])
    if "certification" in asked:
        holder = sa.select(CertificationSpan.holder_org).where(
            CertificationSpan.certification_id == asked["certification"]
        )
        chosen = chosen.where(_org.in_(holder))
    return chosen


def count_units(connection: Connection, asked: Args) -> int:
    """How many units these are."""
    return int(
        connection.execute(sa.select(sa.func.count()).select_from(_units(asked).subquery())).scalar_one()
    )


def unit_at(connection: Connection, asked: Args, done: int) -> tuple[str, str]:
    """The last of so many units in their order, from which a job goes on that was cut off."""
    if not done:
        return "", ""
    row = connection.execute(_units(asked).order_by(_org, _item).offset(done - 1).limit(1)).first()
    return ("", "") if row is None else (row[0], row[1])


def units_after(
    connection: Connection, asked: Args, after: tuple[str, str], *, limit: int
) -> list[tuple[str, str]]:
    """The next units in their order."""
    later = sa.or_(_org > after[0], sa.and_(_org == after[0], _item > after[1]))
    rows = connection.execute(_units(asked).where(later).order_by(_org, _item).limit(limit))
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of kept verdicts found: how many were whole, rest on rows that changed since, or are false."""

    whole: int
    outdated: int
    false: tuple[str, ...]


def check(connection: Connection, now: datetime) -> Checked:
    """Compute every kept verdict again from the rows that it used."""
    whole, outdated, false = 0, 0, []
    for facts, row, unit in _kept(connection, now):
        said = _look(facts, row, unit)
        whole, outdated = whole + (said == "whole"), outdated + (said == "outdated")
        if said == "false":
            false.append(f"{row.org_id}/{row.item_id}/{row.jurisdiction}")
    return Checked(whole, outdated, tuple(false))


def _kept(connection: Connection, now: datetime) -> Iterator[tuple[Facts, Any, Held | None]]:
    facts, after = Facts(connection, now), ("", "", "")
    key = (StoredVerdict.org_id, StoredVerdict.item_id, StoredVerdict.jurisdiction)
    while True:
        rows = connection.execute(
            sa.select(StoredVerdict.__table__)
            .where(sa.tuple_(*key) > sa.tuple_(*map(sa.literal, after)))
            .order_by(*key)
            .limit(500)
        ).all()
        if not rows:
            return
        units = {one.key: one for one in facts.units((row.org_id, row.item_id) for row in rows)}
        yield from ((facts, row, units.get((row.org_id, row.item_id))) for row in rows)
        after = (rows[-1].org_id, rows[-1].item_id, rows[-1].jurisdiction)


def _look(facts: Facts, row: Any, unit: Held | None) -> str:
    """Whether a row says of itself what its document says, and its document what follows from the rows it used."""
    said = json.loads(row.document)
    used = [Used(**one) for one in said["used"]]
    on = date.fromisoformat(row.as_of)
    same = (row.word, row.reason, row.what, row.agreement, row.level, row.as_of, row.inputs) == tuple(
        said[name] for name in ("word", "reason", "what", "agreement", "level", "as_of", "inputs")
    )
    if not same:
        return "false"
    if row.inputs != inputs_of(used, jurisdiction=row.jurisdiction, as_of=on):
        # What a former text of the rule gave may have been right then, and says nothing that it says now.
        former = (inputs_of(used, jurisdiction=row.jurisdiction, as_of=on, text=one) for one in FORMER)
        return "outdated" if row.inputs in former else "false"
    if unit is None:
        return "outdated"
    verdict = facts.verdict(unit, there=row.jurisdiction, on=on)
    if verdict.inputs != row.inputs:
        return "outdated"
    return "whole" if document(verdict) == row.document and _told(facts, row, unit, verdict) else "false"


def _told(facts: Facts, row: Any, unit: Held, verdict: Verdict) -> bool:
    """Whether the part's page says of it what its document says; names may have changed since."""
    if row.told is None:
        return True
    kept, now = json.loads(row.told), json.loads(Telling(replace(facts, now=row.computed_at)).tell(unit, verdict))
    return bool({**kept, "names": {}} == {**now, "names": {}})
