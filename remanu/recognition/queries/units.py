"""Released units as they are stored, many at once: their release, how it ran, their labels, what sits in them.

Read across organisations, because a verdict is for everybody: what is read of a unit stands on its public page.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.models import OutsideRecord
from remanu.certification.queries import column, local_day
from remanu.labelling.models import Label
from remanu.parts.models import InstalledNow, Item, Life
from remanu.release.models import ReleaseCertificate, ReleaseReview
from remanu.rules.attested import Span
from remanu.rules.genealogy import DEEPEST

Row = sa.Row[*tuple[Any, ...]]
_SPOKEN = ("ISSUED", "SUPERSEDED", "REVOKED")
_ENDED = {"SUPERSEDED": "superseded", "REVOKED": "revoked"}
_LIVE = frozenset({"printed", "applied", "active"})
_RETIRED = frozenset({"revoked", "destroyed"})
_NEWEST = (
    sa.select(sa.func.max(ReleaseCertificate.no))
    .where(
        ReleaseCertificate.org_id == Item.org_id,
        ReleaseCertificate.item_id == Item.id,
        ReleaseCertificate.state.in_(_SPOKEN),
    )
    .correlate(Item)
    .scalar_subquery()
)
_UNIT: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        Item.org_id,
        Item.id.label("item_id"),
        Item.code,
        Item.uri,
        Item.name,
        Item.family,
        Item.component,
        Item.part_number,
        Item.serial,
        Item.pack,
        Item.life.label("life_now"),
        ReleaseCertificate.id.label("certificate_id"),
        ReleaseCertificate.number,
        ReleaseCertificate.life,
        ReleaseCertificate.claim_class,
        ReleaseCertificate.state,
        ReleaseCertificate.warranty_days,
        ReleaseCertificate.record,
        ReleaseCertificate.digest,
        ReleaseCertificate.approval,
        ReleaseCertificate.issued_at,
        ReleaseCertificate.site,
        ReleaseCertificate.ended_at,
        Life.closed_at,
        Organisation.zone,
        Organisation.country,
        column(Item.org_id, Item.family, Item.part_number, apart=(Item,)).label("covered"),
    )
    .join(
        ReleaseCertificate,
        sa.and_(ReleaseCertificate.org_id == Item.org_id, ReleaseCertificate.item_id == Item.id),
    )
    .join(Organisation, Organisation.org_id == Item.org_id)
    .outerjoin(
        Life,
        sa.and_(Life.org_id == Item.org_id, Life.item_id == Item.id, Life.n == ReleaseCertificate.life),
    )
    .where(ReleaseCertificate.no == _NEWEST)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What stands on the labels of a life: the words and languages of those that live; whether all are retired."""

    words: tuple[str, ...] | None
    languages: tuple[str, ...] | None
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A unit with its newest release, and what a verdict asks beside it; `record` is what the certificate says."""

    row: Row
    record: Mapping[str, Any]
    released: date
    spans: tuple[Span, ...]
    printed: Printed
    papers: tuple[Row, ...] = ()
    inside: tuple[Held, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Whose part it is, and which."""
        return self.row.org_id, self.row.item_id


NO_LABEL = Printed(words=None, languages=None, retired=False)


def held(connection: Connection, keys: Iterable[tuple[str, str]]) -> list[Held]:
    """The units of these organisations and items that were ever released, with what sits in them, in their order."""
    wanted = list(dict.fromkeys(keys))
    above = _inside(connection, wanted)
    rows = _rows(connection, [*wanted, *above])
    found = _with_all(connection, rows)
    inner: dict[tuple[str, str], list[Held]] = defaultdict(list)
    # The deepest first, so that a part is whole when it is put into its host.
    for key in sorted(found, key=lambda one: -above[one][1] if one in above else 0):
        one = found[key]
        found[key] = one = _filled(one, inner[key])
        for host in above.get(key, ((), 0))[0]:
            if host in found:
                inner[host].append(one)
                break
    return [found[key] for key in wanted if key in found]


def _filled(one: Held, inside: Sequence[Held]) -> Held:
    if not inside:
        return one
    return replace(one, inside=tuple(sorted(inside, key=lambda each: str(each.row.uri))))


def _inside(
    connection: Connection, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[tuple[tuple[str, str], ...], int]]:
    """What sits in these parts at any depth: each with its hosts from the next one up, and how deep it is."""
    found: dict[tuple[str, str], tuple[tuple[tuple[str, str], ...], int]] = {}
    level = list(keys)
    for depth in range(1, DEEPEST):
        rows = _installed(connection, level)
        level = []
        for row in rows:
            key, host = (row.org_id, row.item_id), (row.org_id, row.host_id)
            if key not in found:
                found[key] = ((host, *found.get(host, ((), 0))[0]), depth)
                level.append(key)
        if not level:
            break
    return found


_PAIRS = 400
"""Pairs of keys in one statement, so that no engine's limit of parameters is met."""


def _chunks(keys: Sequence[tuple[str, str]]) -> Iterable[Sequence[tuple[str, str]]]:
    return (keys[at : at + _PAIRS] for at in range(0, len(keys), _PAIRS))


def _among(org_id: Any, item_id: Any, keys: Sequence[tuple[str, str]]) -> sa.ColumnElement[bool]:
    by_org: dict[str, list[str]] = defaultdict(list)
    for org, item in keys:
        by_org[org].append(item)
    return sa.or_(*(sa.and_(org_id == org, item_id.in_(items)) for org, items in by_org.items()))


def _installed(connection: Connection, keys: Sequence[tuple[str, str]]) -> list[Row]:
    chosen: sa.Select[*tuple[Any, ...]] = sa.select(
        InstalledNow.org_id, InstalledNow.item_id, InstalledNow.host_id
    )
    return [
        row
        for some in _chunks(keys)
        for row in connection.execute(chosen.where(_among(InstalledNow.org_id, InstalledNow.host_id, some)))
    ]


def _rows(connection: Connection, keys: Sequence[tuple[str, str]]) -> list[Row]:
    return [
        row
        for some in _chunks(keys)
        for row in connection.execute(_UNIT.where(_among(Item.org_id, Item.id, some)))
    ]


def _with_all(connection: Connection, rows: Sequence[Row]) -> dict[tuple[str, str], Held]:
    reviews = _reviews(connection, rows)
    labels = _labels(connection, rows)
    papers = _papers(connection, rows)
    found = {}
    for row in rows:
        key = (row.org_id, row.item_id)
        record = json.loads(row.record) if row.record else {}
        numbers = (row.code, *(one["release"] for one in came_in(record)))
        found[key] = Held(
            row=row,
            record=record,
            released=local_day(row.issued_at, row.zone),
            spans=_spans(row, reviews[row.certificate_id]),
            printed=_printed(row, labels[key]),
            papers=tuple(one for number in dict.fromkeys(numbers) for one in papers[row.org_id, number]),
        )
    return found


def _reviews(connection: Connection, rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    chosen: sa.Select[*tuple[Any, ...]] = sa.select(
        ReleaseReview.certificate_id, ReleaseReview.since, ReleaseReview.lifted_at
    )
    for some in _chunks([(row.org_id, row.certificate_id) for row in rows]):
        where = _among(ReleaseReview.org_id, ReleaseReview.certificate_id, some)
        for row in connection.execute(chosen.where(where)):
            found[row.certificate_id].append(row)
    return found


def _labels(connection: Connection, rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    chosen: sa.Select[*tuple[Any, ...]] = sa.select(
        Label.org_id, Label.item_id, Label.id, Label.life, Label.state, Label.locale, Label.words
    )
    for some in _chunks([(row.org_id, row.item_id) for row in rows]):
        where = (_among(Label.org_id, Label.item_id, some), Label.kind == "label")
        for row in connection.execute(chosen.where(*where).order_by(Label.id)):
            found[row.org_id, row.item_id].append(row)
    return found


def _papers(connection: Connection, rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """Evidence about single units that two people saw: by the code of the unit, or the number of a part's paper.

    A code names one unit to everybody, so that any organisation may have looked; numbers of papers are the workshop's.
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    chosen = sa.select(OutsideRecord.__table__).where(
        OutsideRecord.kind == "evidence", OutsideRecord.state == "confirmed"
    )
    owners = {row.code: row.org_id for row in rows}
    for some in _chunks(list(dict.fromkeys(about for row in rows for about in _spoken_of(row)))):
        codes = [about for _org, about in some if about in owners]
        where = sa.or_(_among(OutsideRecord.org_id, OutsideRecord.about, some), OutsideRecord.about.in_(codes))
        for row in connection.execute(chosen.where(where).order_by(OutsideRecord.id)):
            found[owners.get(row.about, row.org_id), row.about].append(row)
    return found


def _spoken_of(row: Row) -> Iterable[tuple[str, str]]:
    yield row.org_id, row.code
    for came in came_in(json.loads(row.record) if row.record else {}):
        yield row.org_id, came["release"]


def came_in(record: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Used parts that a release names with papers of their own; a new part is its maker's matter."""
    return [one for one in record.get("came_in", ()) if one["origin"] != "new"]


def _spans(row: Row, reviews: Sequence[Row]) -> tuple[Span, ...]:
    """How the release ran: issued, doubted meanwhile, ended."""
    since = local_day(row.issued_at, row.zone)
    ended = None if row.ended_at is None else local_day(row.ended_at, row.zone)
    told = [Span(state="issued", since=since, until=ended)]
    for one in reviews:
        lifted = None if one.lifted_at is None else local_day(one.lifted_at, row.zone)
        told.append(Span(state="under_review", since=local_day(one.since, row.zone), until=lifted))
    if ended is not None:
        told.append(Span(state=_ENDED.get(row.state, "revoked"), since=ended))
    return tuple(told)


def _printed(row: Row, labels: Sequence[Row]) -> Printed:
    mine = [one for one in labels if one.life == row.life]
    live = [json.loads(one.words) | {"_": one.locale} for one in mine if one.state in _LIVE and one.words]
    retired = bool(mine) and mine[-1].state in _RETIRED
    if not live:
        return Printed(words=None, languages=None, retired=retired)
    words = tuple(dict.fromkeys(str(one["class_word"]) for one in live if "class_word" in one))
    return Printed(words=words, languages=tuple(sorted({one["_"] for one in live})), retired=retired)
