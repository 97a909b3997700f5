"""Reading concessions: what deviates on a part, what is conceded in a case, and what an approved one still covers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.families.family import Family
from remanu.families.vocabulary import Names
from remanu.inspection.events.concessions import ConcededTold, Deviates, DeviationTold, Terms
from remanu.inspection.models import Concession, ConcessionUse
from remanu.inspection.queries import results
from remanu.inspection.queries.results import Results, Row
from remanu.ledger import body as bodies
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.reads import once
from remanu.rules import concessions as rules
from remanu.rules.concessions import Deviation

REQUEST = "CONCESSION_REQUEST"
_LOCALES = ("en", "zh-Hans", "zh-Hant")
_OUTSIDE = frozenset({"between_new_and_service", "beyond_service"})


@dataclass(frozen=True, slots=True)
class Conceded:
    """One part of a case that is used under an approved concession: its item and its own terms."""

    item_id: str
    terms: Terms

    @property
    def characteristics(self) -> frozenset[str]:
        """What of it may be outside new limits."""
        return frozenset(one.characteristic for one in self.terms.deviations)


def find_concession(connection: Connection, org_id: str, concession_id: str) -> Any:
    """One concession; NotFound otherwise."""
    row = connection.execute(
        sa.select(Concession.__table__).where(Concession.org_id == org_id, Concession.id == concession_id)
    ).first()
    if row is None:
        raise NotFound(what="concession")
    return row


def concession_numbered(connection: Connection, org_id: str, number: str) -> Any:
    """The concession with this number; NotFound otherwise."""
    row = connection.execute(
        sa.select(Concession.__table__).where(Concession.org_id == org_id, Concession.number == number)
    ).first()
    if row is None:
        raise NotFound(what="concession")
    return row


def next_concession(connection: Connection, org_id: str) -> int:
    """The next number; two who ask at once are told apart by the unique key."""
    last = connection.execute(sa.select(sa.func.max(Concession.no)).where(Concession.org_id == org_id))
    return (last.scalar() or 0) + 1


def number_of(no: int) -> str:
    """A concession's number as it is printed."""
    return f"CON-{no:06d}"


def terms_of(row: Any) -> Terms:
    """What a concession, or its use for one part, says."""
    return bodies.decode(Terms, json.loads(row.terms))


def deviations(family: Family, component: str, found: Results) -> tuple[Deviates, ...]:
    """Every result of a part that lies outside new limits as the part is now, in the order of the pack."""
    rows = (results.newest(found, one.code) for one in family.characteristics_of(component))
    return tuple(_deviates(row) for row in rows if row is not None and row.zone in _OUTSIDE)


def _deviates(row: Row) -> Deviates:
    return Deviates(
        result=row.id,
        characteristic=row.characteristic,
        criticality=row.criticality,
        unit=row.unit,
        value=row.deciding,
        new_min=row.new_min,
        new_max=row.new_max,
        zone=row.zone,
    )


def plain(found: Iterable[Deviates]) -> tuple[Deviation, ...]:
    """Deviations as the rules take them."""
    return tuple(
        Deviation(
            characteristic=one.characteristic,
            unit=one.unit,
            value=one.value,
            new_min=one.new_min,
            new_max=one.new_max,
        )
        for one in found
    )


def permitted(family: Family, component: str, found: Iterable[Deviates]) -> bool:
    """Whether these deviations of this component may be conceded at all."""
    limited = any(one.code == component and one.life_limited for one in family.positions)
    return rules.permitted((one.criticality for one in found), life_limited=limited)


def uses(connection: Connection, org_id: str, concession_id: str) -> list[Row]:
    """The parts that are used under a concession, the first one first."""
    return list(
        connection.execute(
            sa.select(ConcessionUse.__table__)
            .where(ConcessionUse.org_id == org_id, ConcessionUse.concession_id == concession_id)
            .order_by(ConcessionUse.used_at, ConcessionUse.nonconformity_id)
        )
    )


def approved_for(connection: Connection, org_id: str, part_number: str, *, on: str) -> list[Row]:
    """Approved concessions about parts of this number that are in force on a day, newest first."""
    return list(
        connection.execute(
            sa.select(Concession.__table__)
            .where(Concession.org_id == org_id, Concession.part_number == part_number)
            .where(Concession.state == "approved", Concession.expires >= on)
            .order_by(Concession.no.desc())
        )
    )


@once
def conceded(connection: Connection, org_id: str, case_id: str) -> list[Conceded]:
    """Everything in a case that is used under an approved concession, the first one first."""
    rows = connection.execute(
        sa.select(ConcessionUse.item_id, ConcessionUse.terms)
        .where(ConcessionUse.org_id == org_id, ConcessionUse.case_id == case_id)
        .order_by(ConcessionUse.used_at, ConcessionUse.nonconformity_id)
    )
    return [Conceded(row.item_id, terms_of(row)) for row in rows]


def conceded_of(every: Iterable[Conceded], by_item: Mapping[str, Results]) -> Mapping[str, frozenset[str]]:
    """By item, the characteristics that may be outside new limits; an item without measured ones is there too.

    A later result that lies farther out than what was conceded is not conceded.
    """
    found: dict[str, frozenset[str]] = {}
    for one in every:
        mine = by_item.get(one.item_id, {})
        held = frozenset(code for code in one.characteristics if _still(one, mine, code))
        found[one.item_id] = found.get(one.item_id, frozenset()) | held
    return found


def _still(one: Conceded, found: Results, code: str) -> bool:
    row = results.newest(found, code)
    return (
        row is None
        or row.zone not in _OUTSIDE
        or rules.covers(plain(one.terms.deviations), plain([_deviates(row)]))
    )


def standing(connection: Connection, case: CaseView) -> list[Conceded]:
    """What is conceded of parts that still belong to the unit."""
    every = conceded(connection, case.org_id, case.id)
    return kept(every, parts.routes(connection, case.org_id, case.id)) if every else []


def kept(every: Iterable[Conceded], routes: Sequence[Row]) -> list[Conceded]:
    """Of what is conceded, that of parts which still belong to the unit: neither replaced nor scrapped."""
    gone = {row.replaces for row in routes} | {row.item_id for row in routes if row.condition == "scrapped"}
    return [one for one in every if one.item_id not in gone]


def capped(connection: Connection, case: CaseView) -> bool:
    """Whether a concession keeps the unit from the classes that are as new (I28)."""
    return any(one.terms.caps for one in standing(connection, case))


def unanswered(
    held: Sequence[Conceded], routes: Sequence[Row], by_item: Mapping[str, Results], *, on: str
) -> Iterator[str]:
    """Components for which a concession is asked or used, and none that covers them is in force on a day (I22).

    `held` is what is conceded of parts that still belong to the unit.
    """
    gone = {row.replaces for row in routes}
    covered = conceded_of(held, by_item)
    valid = {
        one.item_id
        for one in held
        if rules.in_force(one.terms.expires, on) and one.characteristics <= covered[one.item_id]
    }
    over = {one.item_id for one in held} - valid
    for row in routes:
        asked = row.found and row.disposition == REQUEST
        if row.item_id not in gone and (row.item_id in over or (asked and row.item_id not in valid)):
            yield row.item_id


def printed(connection: Connection, case: CaseView) -> tuple[ConcededTold, ...]:
    """Each concession for the release certificate, with the names that the pack gives in each language (block 12)."""
    return tuple(_told(case.family, one.terms) for one in standing(connection, case))


def _told(family: Family, terms: Terms) -> ConcededTold:
    places = {one.code: one.names for one in family.positions}
    known = {one.code: one.names for one in family.characteristics_of(terms.component)}
    return ConcededTold(
        number=terms.number,
        position=terms.position,
        names=_in_each(places.get(terms.component), terms.component),
        ordinal=terms.position.removeprefix(terms.component).removeprefix("-"),
        cause=terms.cause,
        expires=terms.expires,
        deviations=tuple(
            DeviationTold(
                characteristic=one.characteristic,
                names=_in_each(known.get(one.characteristic), one.characteristic),
                value=one.value,
                unit=one.unit,
                new_min=one.new_min,
                new_max=one.new_max,
            )
            for one in terms.deviations
        ),
    )


def _in_each(names: Names | None, code: str) -> dict[str, str]:
    """A name in each language; the code where the pack has none."""
    return {locale: code if names is None else names.text(locale) for locale in _LOCALES}
