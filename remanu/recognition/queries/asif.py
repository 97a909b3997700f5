"""What would be: verdicts with a draft agreement beside those without it, and of a unit as if it left today."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.queries import column, local_day
from remanu.families import market
from remanu.jobs.models import Job
from remanu.ledger import body as bodies
from remanu.parts.models import Item
from remanu.parts.queries import CaseView
from remanu.recognition.queries.agreements import PAGE, in_place_of
from remanu.recognition.queries.facts import Facts
from remanu.recognition.queries.register import agreement
from remanu.recognition.queries.units import Held, Printed
from remanu.recognition.queries.verdicts import everywhere
from remanu.release.queries import draft_of, draft_record, sealed_dossier
from remanu.rules import canonical as jcs
from remanu.rules import market as rules
from remanu.rules.attested import Span
from remanu.rules.verdicts import Verdict

Row = sa.Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Change:
    """A unit whose verdict would be another one."""

    code: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would change: how many units have each word before and after, and some of those that change."""

    before: dict[str, int]
    after: dict[str, int]
    changes: tuple[Change, ...]
    changed: int
    units: int


NOTHING = Preview({}, {}, (), 0, 0)
LOOK = "recognition.preview"
"""The job that computes a preview over every unit."""


def together(first: Preview, second: Preview) -> Preview:
    """Two previews of different units as one; the first changes stay."""
    return Preview(
        before=dict(Counter(first.before) + Counter(second.before)),
        after=dict(Counter(first.after) + Counter(second.after)),
        changes=(*first.changes, *second.changes)[:PAGE],
        changed=first.changed + second.changed,
        units=first.units + second.units,
    )


def look_of(draft: Row) -> dict[str, str]:
    """What the job is asked: a draft as it stands, so that another line makes it another question."""
    lines = hashlib.sha256(draft.lines.encode()).hexdigest()
    return {"agreement": draft.id, "org": draft.org_id, "lines": lines}


def looked(connection: Connection, draft: Row) -> tuple[Row, Preview | None] | None:
    """The newest such job of a draft as it stands, and its answer where it has one."""
    mine = (Job.kind == LOOK, Job.args == json.dumps(look_of(draft)))
    row = connection.execute(sa.select(Job.__table__).where(*mine).order_by(Job.id.desc()).limit(1)).first()
    if row is None or row.answer is None:
        return None if row is None else (row, None)
    said = json.loads(row.answer)
    return row, Preview(**{**said, "changes": tuple(Change(**one) for one in said["changes"])})


def preview(
    connection: Connection, draft: Row, keys: Iterable[tuple[str, str]], *, now: datetime, most: int
) -> Preview:
    """The verdicts of these units on the receiving side, on the first day of the draft, without it and with it."""
    on = max(date.fromisoformat(draft.in_force), now.date())
    without = Facts(connection, now)
    new, former = agreement(draft), in_place_of(connection, draft)
    ended = [] if former is None else [replace(agreement(former), ends=new.in_force, tail=draft.former_tail)]
    gone = frozenset(one.uri for one in ended)
    with_it = Facts(connection, now, more=(*ended, new), without=gone)
    said = [
        (
            unit,
            without.verdict(unit, there=draft.there, on=on).word,
            with_it.verdict(unit, there=draft.there, on=on).word,
        )
        for unit in without.units(keys)
    ]
    changed = [
        Change(unit.row.code, unit.row.name, before, after) for unit, before, after in said if before != after
    ]
    return Preview(
        before=dict(Counter(before for _, before, _ in said)),
        after=dict(Counter(after for _, _, after in said)),
        changes=tuple(changed[:most]),
        changed=len(changed),
        units=len(said),
    )


def released_today(connection: Connection, case: CaseView, now: datetime) -> dict[str, Verdict]:
    """The verdicts on a submitted unit in every jurisdiction, as if it left today with its label; none before that."""
    dossier, draft = sealed_dossier(connection, case), draft_of(connection, case)
    if dossier is None or draft is None:
        return {}
    record = bodies.encode(draft_record(connection, case, dossier, draft))
    unit = _as_if(connection, case, draft, record, now)
    return everywhere(Facts(connection, now), unit, unit.released)


def _as_if(connection: Connection, case: CaseView, draft: Row, record: Any, now: datetime) -> Held:
    text = jcs.encode(record).decode()
    house = connection.execute(_HOUSE, {"org_id": case.org_id, "item_id": case.item.id}).one()
    row: Any = SimpleNamespace(
        **{
            name: getattr(case.item, name)
            for name in ("code", "uri", "name", "family", "component", "serial")
        },
        org_id=case.org_id,
        item_id=case.item.id,
        part_number=case.item.part_number,
        pack=case.pack,
        life_now=draft.life,
        certificate_id=draft.id,
        number=draft.number,
        life=draft.life,
        claim_class=draft.claim_class,
        state="ISSUED",
        warranty_days=draft.warranty_days,
        record=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        approval="as if",
        issued_at=now,
        site=record.get("site"),
        ended_at=None,
        closed_at=None,
        zone=house.zone,
        country=house.country,
        covered=house.covered,
    )
    day = local_day(now, house.zone)
    return Held(
        row=row,
        record=json.loads(text),
        released=day,
        spans=(Span(state="issued", since=day),),
        printed=_would_say(row, day),
    )


_HOUSE = (
    sa.select(
        Organisation.zone,
        Organisation.country,
        column(Item.org_id, Item.family, Item.part_number, apart=(Item,)).label("covered"),
    )
    .join(Item, Item.org_id == Organisation.org_id)
    .where(Item.org_id == sa.bindparam("org_id"), Item.id == sa.bindparam("item_id"))
)


def _would_say(row: Any, on: date) -> Printed:
    """The words that its label would carry in the languages of its own country."""
    asked = next(rules.in_force(market.languages(), jurisdiction=row.country, on=on), None)
    spoken = ("en",) if asked is None else asked.languages
    words = tuple(
        market.printed(row.claim_class, jurisdiction=row.country, language=one, on=on).word for one in spoken
    )
    return Printed(words=words, languages=spoken, retired=False)
