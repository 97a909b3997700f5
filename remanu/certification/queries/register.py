"""The public register: schemes, editions, accreditations, and what happened to each, as the pure rules read it.

These rows may be read across organisations: bodies publish them. Nothing of a workshop stands here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.models import Accreditation, RegisterStep, Scheme, SchemeEdition
from remanu.errors import NotFound
from remanu.rules import accreditation, certification

Row = sa.Row[Any]
PAGE = 50
ACTIVITIES = (
    "selection",
    "test",
    "inspection",
    "audit",
    "design_appraisal",
    "review",
    "decision",
    "attestation",
)
SURVEILLANCE = ("market_sample", "factory_sample", "process_audit", "system_audit")
DETERMINATION = frozenset({"test", "inspection", "audit", "design_appraisal"})
"""Activities of a scheme whose reports an evaluation must hold."""

_OWNER = sa.and_(Organisation.org_id == Scheme.org_id)
_NAMED = (Organisation.name_en.label("owner_en"), Organisation.name_zh_hans.label("owner_zh_hans"))
_NAMES = (*_NAMED, Organisation.name_zh_hant.label("owner_zh_hant"), Organisation.country)


def schemes(connection: Connection, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """Approved schemes of everybody with their owners, newest first, a page after an id."""
    chosen = sa.select(Scheme.__table__, *_NAMES).join(Organisation, _OWNER).where(Scheme.state == "approved")
    if after:
        chosen = chosen.where(Scheme.id < after)
    return list(connection.execute(chosen.order_by(Scheme.id.desc()).limit(limit)))


def drafts(connection: Connection, org_id: str) -> list[Row]:
    """Schemes of the organisation that nobody approved yet."""
    chosen = sa.select(Scheme.__table__).where(Scheme.org_id == org_id, Scheme.state == "draft")
    return list(connection.execute(chosen.order_by(Scheme.id.desc()).limit(PAGE)))


def find_scheme(connection: Connection, org_id: str, scheme_id: str) -> Row:
    """One scheme of the organisation; NotFound otherwise."""
    chosen = sa.select(Scheme.__table__).where(Scheme.org_id == org_id, Scheme.id == scheme_id)
    return _one(connection, chosen, "scheme")


def read_scheme(connection: Connection, scheme_id: str) -> Row:
    """One approved scheme, whoever's; NotFound for a draft."""
    chosen = sa.select(Scheme.__table__, *_NAMES).join(Organisation, _OWNER)
    return _one(connection, chosen.where(Scheme.id == scheme_id, Scheme.state == "approved"), "scheme")


def scheme_called(connection: Connection, code: str) -> Row | None:
    """The newest approved revision of the scheme with this code, whoever's."""
    chosen = sa.select(Scheme.__table__).where(Scheme.code == code, Scheme.state == "approved")
    return connection.execute(chosen.order_by(Scheme.revision.desc()).limit(1)).first()


def owner_of(connection: Connection, code: str) -> Row | None:
    """The newest revision under this code, drafts too: whose code it is."""
    return connection.execute(
        sa.select(Scheme.__table__).where(Scheme.code == code).order_by(Scheme.revision.desc()).limit(1)
    ).first()


def scheme_of(connection: Connection, file: Row) -> Row:
    """The revision of the scheme that a certification was opened under."""
    chosen = sa.select(Scheme.__table__).where(
        Scheme.org_id == file.scheme_org, Scheme.code == file.scheme, Scheme.revision == file.revision
    )
    return _one(connection, chosen, "scheme")


def editions(connection: Connection, scheme: str) -> list[Row]:
    """Every edition that the scheme works or worked by, oldest first."""
    chosen = sa.select(SchemeEdition.__table__).where(SchemeEdition.scheme == scheme)
    return list(connection.execute(chosen.order_by(SchemeEdition.applies_from, SchemeEdition.edition)))


def edition_valid(connection: Connection, scheme: str, edition: str, day: date) -> bool:
    """Whether a certificate may rest on this edition on a day."""
    return any(one.edition == edition and in_force(one, day) for one in editions(connection, scheme))


def in_force(edition: Row, day: date) -> bool:
    """Whether an edition is in force on a day."""
    end = edition.transition_end
    return certification.edition_valid(
        date.fromisoformat(edition.applies_from), date.fromisoformat(end) if end else None, day
    )


@dataclass(frozen=True, slots=True)
class Accredited:
    """An accreditation with its accreditor and what was decided about it, in the order of the decisions."""

    row: Row
    decided: tuple[accreditation.Decided, ...]

    def on(self, day: date) -> accreditation.Standing:
        """How it stands on a day."""
        return accreditation.on_day(self.decided, day)

    @property
    def uri(self) -> str:
        """Its address as a subject of the record."""
        return f"urn:uuid:{self.row.id}"


_BODY = Organisation.__table__.alias("body")
_HELD = (
    sa.select(Accreditation.__table__, *_NAMES)
    .add_columns(*(_BODY.c[f"name_{one}"].label(f"body_{one}") for one in ("en", "zh_hans", "zh_hant")))
    .add_columns(_BODY.c.country.label("body_country"))
    .join(Organisation, Organisation.org_id == Accreditation.org_id)
    .join(_BODY, _BODY.c.org_id == Accreditation.body_org)
)


def accreditations_of(connection: Connection, body_org: str) -> list[Accredited]:
    """Every accreditation that a certification body ever held, by whomever, in two statements."""
    rows = list(
        connection.execute(_HELD.where(Accreditation.body_org == body_org).order_by(Accreditation.id))
    )
    return _accredited(connection, rows)


def accreditations(
    connection: Connection, *, org_id: str = "", after: str = "", limit: int = PAGE
) -> list[Accredited]:
    """Accreditations of everybody, or those that one accreditor granted, newest first, a page after an id."""
    chosen = _HELD.where(Accreditation.org_id == org_id) if org_id else _HELD
    if after:
        chosen = chosen.where(Accreditation.id < after)
    return _accredited(
        connection, list(connection.execute(chosen.order_by(Accreditation.id.desc()).limit(limit)))
    )


def read_accreditation(connection: Connection, accreditation_id: str) -> Accredited:
    """One accreditation, whoever's; NotFound otherwise."""
    row = _one(connection, _HELD.where(Accreditation.id == accreditation_id), "accreditation")
    return _accredited(connection, [row])[0]


def find_accreditation(connection: Connection, org_id: str, accreditation_id: str) -> Accredited:
    """One that the organisation granted; NotFound otherwise."""
    chosen = _HELD.where(Accreditation.org_id == org_id, Accreditation.id == accreditation_id)
    return _accredited(connection, [_one(connection, chosen, "accreditation")])[0]


def number_taken(connection: Connection, org_id: str, number: str) -> bool:
    """Whether an accreditor gave this number already."""
    asked = sa.select(Accreditation.id).where(Accreditation.org_id == org_id, Accreditation.number == number)
    return connection.execute(asked).first() is not None


def competent(
    connection: Connection, body_org: str, wanted: accreditation.Area, day: date
) -> tuple[str, ...]:
    """The accreditations of a body that cover category, scheme and edition on a day (I46); empty for none."""
    held = accreditations_of(connection, body_org)
    return tuple(one.uri for one in held if accreditation.covers(one.decided, wanted, day))


def _accredited(connection: Connection, rows: list[Row]) -> list[Accredited]:
    told = steps_of(connection, [row.id for row in rows])
    return [Accredited(row, tuple(map(decided, told[row.id]))) for row in rows]


def steps_of(connection: Connection, subjects: Iterable[str]) -> Mapping[str, list[Row]]:
    """What happened to each of these, in its order, by one statement."""
    found: dict[str, list[Row]] = defaultdict(list)
    chosen = sa.select(RegisterStep.__table__).where(RegisterStep.subject_id.in_(list(subjects)))
    for row in connection.execute(chosen.order_by(RegisterStep.subject_id, RegisterStep.seq)):
        found[row.subject_id].append(row)
    return found


def decided(row: Row) -> accreditation.Decided:
    """A kept step as the rule of accreditations reads it."""
    return decided_as(row.verb, row.on_day, row.facts)


def decided_as(verb: str, on_day: str, text: str) -> accreditation.Decided:
    """A decision about an accreditation from the texts in which it is kept."""
    facts = json.loads(text)
    areas = tuple(accreditation.Area(**one) for one in facts.get("areas", ()))
    return accreditation.Decided(verb=verb, on=date.fromisoformat(on_day), areas=areas, valid=_valid(facts))


def lost(connection: Connection, rows: Iterable[Row], day: date) -> Mapping[str, date]:
    """Since when the body behind each of these certifications is not accredited for it, by id; two statements."""
    wanted = list(rows)
    held = _accredited(connection, list(connection.execute(_HELD.where(_of_bodies(wanted)))))
    found: dict[str, date] = {}
    for row in wanted:
        area = accreditation.Area(row.family, row.scheme, row.edition)
        since = accreditation.lost_on([one.decided for one in held if one.row.body_org == row.org_id], area, day)
        if since is not None and row.state in certification.HELD:
            found[row.id] = since
    return found


def _of_bodies(rows: Iterable[Row]) -> sa.ColumnElement[bool]:
    return Accreditation.body_org.in_({row.org_id for row in rows})


def happened(row: Row) -> certification.Happened:
    """A kept step as the rule of certifications reads it."""
    facts = json.loads(row.facts)
    return certification.Happened(
        verb=row.verb,
        on=date.fromisoformat(row.on_day),
        lines=tuple(certification.Line(**one) for one in facts.get("lines", ())),
        valid=_valid(facts),
        edition=facts.get("edition", ""),
        retro=retro_of(facts.get("retro")),
    )


def retro_of(facts: Mapping[str, Any] | None) -> certification.Retro | None:
    """Which earlier releases a suspension or withdrawal speaks of."""
    if facts is None:
        return None
    return certification.Retro(
        since=_day(facts.get("since")),
        until=_day(facts.get("until")),
        serials=tuple(facts.get("serials", ())),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _valid(facts: Mapping[str, Any]) -> tuple[date, date] | None:
    if "valid_from" not in facts:
        return None
    return date.fromisoformat(facts["valid_from"]), date.fromisoformat(facts["valid_to"])


def _one(connection: Connection, chosen: sa.Select[Any], what: str) -> Row:
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(what=what)
    return row
