"""Arrangements and who signs them: a public register; what nobody confirmed is seen by its steward alone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.errors import NotFound
from remanu.recognition.models import Arrangement, Signatory

Row = sa.Row[Any]


def find_arrangement(connection: Connection, org_id: str, arrangement_id: str) -> Row:
    """One arrangement that the organisation keeps; NotFound otherwise."""
    chosen = sa.select(Arrangement.__table__).where(
        Arrangement.org_id == org_id, Arrangement.id == arrangement_id
    )
    return _one(connection, chosen, "arrangement")


def read_arrangement(connection: Connection, arrangement_id: str) -> Row:
    """One arrangement, whoever keeps it."""
    return _one(
        connection, sa.select(Arrangement.__table__).where(Arrangement.id == arrangement_id), "arrangement"
    )


def arrangement_called(connection: Connection, code: str) -> Row | None:
    """The arrangement with a code, whoever keeps it."""
    return connection.execute(sa.select(Arrangement.__table__).where(Arrangement.code == code)).first()


def arrangements(connection: Connection) -> list[Row]:
    """Every arrangement, by its code."""
    return list(connection.execute(sa.select(Arrangement.__table__).order_by(Arrangement.code)))


def find_signatory(connection: Connection, org_id: str, signatory_id: str) -> Row:
    """One signature that the organisation recorded; NotFound otherwise."""
    chosen = sa.select(Signatory.__table__).where(Signatory.org_id == org_id, Signatory.id == signatory_id)
    return _one(connection, chosen, "signatory")


def signatories(connection: Connection, arrangement_id: str) -> list[Row]:
    """Confirmed signatures of an arrangement, by day."""
    chosen = sa.select(Signatory.__table__).where(
        Signatory.arrangement_id == arrangement_id, Signatory.state == "confirmed"
    )
    return list(connection.execute(chosen.order_by(Signatory.since, Signatory.id)))


def to_confirm(connection: Connection, org_id: str) -> list[Row]:
    """Signatures that wait for a second person, oldest first."""
    chosen = sa.select(Signatory.__table__).where(Signatory.org_id == org_id, Signatory.state == "recorded")
    return list(connection.execute(chosen.order_by(Signatory.id)))


def accreditors(connection: Connection) -> list[Row]:
    """The accreditation bodies that keep their record here, by name."""
    chosen = sa.select(Organisation.__table__).where(Organisation.roles.like("%accreditation_body%"))
    return list(connection.execute(chosen.order_by(Organisation.name_en)))


def organisation_name(connection: Connection, org_id: str) -> str:
    """The English name of an organisation here, or what was given where there is none."""
    chosen = sa.select(Organisation.name_en).where(Organisation.org_id == org_id)
    return connection.execute(chosen).scalar_one_or_none() or org_id


def _one(connection: Connection, chosen: sa.Select[Any], what: str) -> Row:
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(what=what)
    return row
