"""Reading reference data: models by words, types, editions in force on a day, instruments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.models import Instrument, PackEdition, PartType, ReferenceList, ReferenceModel
from remanu.clock import parse_stamp
from remanu.errors import NotFound
from remanu.families.vocabulary import Names
from remanu.ledger.models import Evidence

Row = sa.Row[Any]
PAGE = 50
# Tools that every workshop has and that belong to no one family.
GENERAL_CLASSES: Mapping[str, Names] = {
    "torque-wrench": Names("Torque wrench", "扭矩扳手", "扭力扳手"),
    "test-rig": Names("Test rig", "试验台", "試驗台"),
    "scale": Names("Scale", "秤", "秤"),
}


@dataclass(frozen=True, slots=True)
class InForce:
    """The edition of a family pack that an organisation worked by at some moment."""

    family: str
    edition: str
    digest: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ValueLimit:
    """Up to this value one person may grade and accept a core (domain.md §3.9)."""

    amount: Decimal
    currency: str
    since: datetime


# A dated constant for now: one number that nobody may change alone wants an author and an approver, which come with
# the later rules for limits. It is dated, and decisions freeze it, so that a new row never changes an old decision.
VALUE_LIMITS = (ValueLimit(Decimal(10000), "XTS", parse_stamp("2000-01-01T00:00:00.000000Z")),)

_IN_FORCE = (
    sa.select(PackEdition.family, PackEdition.edition, PackEdition.digest, PackEdition.since)
    .where(
        PackEdition.org_id == sa.bindparam("org_id"),
        PackEdition.family == sa.bindparam("family"),
        PackEdition.since <= sa.bindparam("on", type_=PackEdition.since.type),
    )
    .order_by(PackEdition.since.desc())
    .limit(1)
)


def value_limit(on: datetime) -> ValueLimit:
    """The value limit that held at a moment."""
    return next(one for one in reversed(VALUE_LIMITS) if one.since <= on)


def editions_in_force(connection: Connection, org_id: str, family: str, on: datetime) -> InForce | None:
    """The edition of the family pack by which the organisation worked at that moment; None before the first."""
    row = connection.execute(_IN_FORCE, {"org_id": org_id, "family": family, "on": on}).first()
    return None if row is None else InForce(row.family, row.edition, row.digest, row.since)


def editions(connection: Connection, org_id: str) -> list[Row]:
    """Every edition that the organisation put in force, newest first within its family; `kept` if its text is."""
    cited = sa.and_(Evidence.org_id == PackEdition.org_id, Evidence.digest == PackEdition.digest)
    return list(
        connection.execute(
            sa.select(PackEdition.__table__, Evidence.digest.is_not(None).label("kept"))
            .outerjoin(Evidence, cited)
            .where(PackEdition.org_id == org_id)
            .order_by(PackEdition.family, PackEdition.since.desc())
        )
    )


def find_list(connection: Connection, list_id: str) -> Row | None:
    """A shared list with its source and steward, or None."""
    return connection.execute(
        sa.select(ReferenceList.__table__).where(ReferenceList.id == list_id)
    ).first()


def lists(connection: Connection) -> list[Row]:
    """Every shared list with the number of its models."""
    count = sa.func.count(ReferenceModel.code).label("models")
    return list(
        connection.execute(
            sa.select(ReferenceList.__table__, count)
            .outerjoin(ReferenceModel, ReferenceModel.list_id == ReferenceList.id)
            .group_by(*ReferenceList.__table__.columns)
            .order_by(ReferenceList.id)
        )
    )


def models(connection: Connection, words: Sequence[str] = (), *, after: str = "", limit: int = PAGE) -> list[Row]:
    """Models that carry every word or the beginning of one, by list and code, a page after `after` (list/code)."""
    chosen = sa.select(ReferenceModel.__table__).order_by(ReferenceModel.list_id, ReferenceModel.code)
    for word in words:
        # Words hold letters and digits alone, so that nothing in them is a wildcard.
        chosen = chosen.where(ReferenceModel.words.contains(f" {word}", autoescape=True))
    list_id, _, code = after.partition("/")
    if after:
        place = sa.tuple_(ReferenceModel.list_id, ReferenceModel.code)
        chosen = chosen.where(place > sa.tuple_(sa.literal(list_id), sa.literal(code)))
    return list(connection.execute(chosen.limit(limit)))


def find_model(connection: Connection, list_id: str, code: str) -> Row:
    """One model of a shared list; NotFound otherwise."""
    row = connection.execute(
        sa.select(ReferenceModel.__table__).where(
            ReferenceModel.list_id == list_id, ReferenceModel.code == code
        )
    ).first()
    if row is None:
        raise NotFound(what="model")
    return row


def known_codes(connection: Connection, list_id: str, codes: Sequence[str]) -> list[str]:
    """Those of the codes that the list has already."""
    chosen = sa.select(ReferenceModel.code).where(
        ReferenceModel.list_id == list_id, ReferenceModel.code.in_(codes)
    )
    return sorted(connection.execute(chosen).scalars())


def part_types(connection: Connection, org_id: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """The organisation's part types in the order in which they were defined, a page after the id `after`."""
    chosen = sa.select(PartType.__table__).where(PartType.org_id == org_id, PartType.id > after)
    return list(connection.execute(chosen.order_by(PartType.id).limit(limit)))


def find_type(connection: Connection, org_id: str, type_id: str) -> Row:
    """One part type of the organisation; NotFound otherwise."""
    return _own(connection, PartType, "type", org_id, type_id)


def instruments(
    connection: Connection, org_id: str, *, instrument_class: str = "", after: str = "", limit: int = PAGE
) -> list[Row]:
    """The organisation's instruments by number, of one class where it is given, a page after the number `after`."""
    chosen = sa.select(Instrument.__table__).where(Instrument.org_id == org_id, Instrument.number > after)
    if instrument_class:
        chosen = chosen.where(Instrument.instrument_class == instrument_class)
    return list(connection.execute(chosen.order_by(Instrument.number).limit(limit)))


def find_instrument(connection: Connection, org_id: str, instrument_id: str) -> Row:
    """One instrument of the organisation; NotFound otherwise."""
    return _own(connection, Instrument, "instrument", org_id, instrument_id)


def instrument_numbered(connection: Connection, org_id: str, number: str) -> Row | None:
    """The instrument with this number, as it stands on it, or None."""
    return connection.execute(
        sa.select(Instrument.__table__).where(Instrument.org_id == org_id, Instrument.number == number)
    ).first()


def _own(connection: Connection, model: Any, what: str, org_id: str, one: str) -> Row:
    row = connection.execute(
        sa.select(model.__table__).where(model.org_id == org_id, model.id == one)
    ).first()
    if row is None:
        raise NotFound(what=what)
    return row
