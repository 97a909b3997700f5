"""A body's own files: what waits for it, one certification with everything in it, who did what there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation, PersonRef
from remanu.accounts.queries import find_organisation, persons_of, refs_of_one
from remanu.certification.models import (
    CertificationApplication,
    CertificationNumber,
    CertificationRequest,
    CheckedClause,
    Complaint,
    Impartiality,
    ProductCertification,
    Scheme,
    TakenRequest,
)
from remanu.certification.queries.register import PAGE, happened, lost, scheme_of, steps_of
from remanu.errors import NotFound
from remanu.ledger.models import EventRow
from remanu.rules import certification
from remanu.rules.duties import Act

Row = sa.Row[Any]
_HOLDER = (
    Organisation.name_en.label("holder_en"),
    Organisation.name_zh_hans.label("holder_zh_hans"),
    Organisation.name_zh_hant.label("holder_zh_hant"),
    Organisation.country.label("holder_country"),
)
_FILE = sa.select(ProductCertification.__table__, *_HOLDER).join(
    Organisation, Organisation.org_id == ProductCertification.holder_org
)
_ITS_FILE = (ProductCertification.id.label("file"), ProductCertification.number, ProductCertification.family)
WAITING = ("APPLIED", "IN_EVALUATION", "AWAITING_CLIENT", "IN_REVIEW", "DECISION")
_LAST = (
    sa.select(CertificationNumber.last)
    .where(CertificationNumber.org_id == sa.bindparam("org_id"))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class File:
    """A certification as the body reads it: its row, its scheme, what happened to it, and how it stands."""

    row: Row
    scheme: Row
    steps: tuple[Row, ...]
    now: certification.Standing

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.row.id)

    @property
    def family(self) -> str:
        """The product family."""
        return str(self.row.family)

    @property
    def state(self) -> str:
        """The state of SM-5 today."""
        return self.now.state

    @property
    def happened(self) -> tuple[certification.Happened, ...]:
        """What happened, as the rule reads it."""
        return tuple(map(happened, self.steps))


def find_file(connection: Connection, org_id: str, file_id: str, today: date) -> File:
    """One certification of the body; NotFound otherwise."""
    asked = _FILE.where(ProductCertification.org_id == org_id, ProductCertification.id == file_id)
    row = connection.execute(asked).first()
    if row is None:
        raise NotFound(what="certification")
    steps = tuple(steps_of(connection, [file_id])[file_id])
    return File(row, scheme_of(connection, row), steps, certification.on_day(map(happened, steps), today))


def files(connection: Connection, org_id: str, states: tuple[str, ...], *, after: str = "") -> list[Row]:
    """Certifications of the body in these states with their holders, oldest first, a page after an id."""
    chosen = _FILE.where(ProductCertification.org_id == org_id, ProductCertification.state.in_(states))
    chosen = chosen.where(ProductCertification.id > after)
    return list(connection.execute(chosen.order_by(ProductCertification.id).limit(PAGE + 1)))


def surveillance_due(connection: Connection, org_id: str, before: date) -> list[Row]:
    """Certificates in force whose surveillance falls due before a day with their scheme's grace, most urgent first."""
    same = sa.and_(
        Scheme.org_id == ProductCertification.scheme_org,
        Scheme.code == ProductCertification.scheme,
        Scheme.revision == ProductCertification.revision,
    )
    chosen = _FILE.add_columns(Scheme.grace_days).join(Scheme, same)
    chosen = chosen.where(
        ProductCertification.org_id == org_id,
        ProductCertification.state.in_(certification.HELD),
        ProductCertification.due_on < before.isoformat(),
    )
    return list(connection.execute(chosen.order_by(ProductCertification.due_on, ProductCertification.id).limit(PAGE)))


def overdue_since(connection: Connection, row: Row, today: date) -> str:
    """The day on which the surveillance of a certificate was due, once the grace of its scheme is over; else empty."""
    if row.due_on is None or row.state not in certification.HELD:
        return ""
    grace = scheme_of(connection, row).grace_days
    late = certification.surveillance(date.fromisoformat(row.due_on), grace=grace, today=today) == "late"
    return str(row.due_on) if late else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Certificates of one family under one edition of a scheme whose accreditation is lost, since when, how many."""

    family: str
    scheme: str
    edition: str
    since: date
    certificates: int


def lost_of_body(connection: Connection, org_id: str, today: date) -> list[Lost]:
    """What the body certified and is not accredited for any longer: it suspends, withdraws, or is accredited again."""
    of = ProductCertification
    chosen = (
        sa.select(of.org_id, of.family, of.scheme, of.edition, sa.func.min(of.id).label("id"))
        .add_columns(sa.func.min(of.state).label("state"), sa.func.count().label("n"))
        .where(of.org_id == org_id, of.state.in_(certification.HELD), of.valid_to >= today.isoformat())
        .group_by(of.org_id, of.family, of.scheme, of.edition)
    )
    rows = connection.execute(chosen).all()
    since = lost(connection, rows, today)
    found = [
        Lost(family=one.family, scheme=one.scheme, edition=one.edition, since=since[one.id], certificates=one.n)
        for one in rows
        if one.id in since
    ]
    return sorted(found, key=lambda one: (one.since, one.family, one.scheme))


def incoming(connection: Connection, org_id: str) -> list[Row]:
    """Applications that are addressed to the body and that it has not opened, oldest first.

    They stand in the holders' records; a body reads those addressed to it and no others.
    """
    opened = sa.select(ProductCertification.application).where(ProductCertification.org_id == org_id)
    chosen = _asked().where(
        CertificationApplication.body_org == org_id, CertificationApplication.id.not_in(opened)
    )
    return list(connection.execute(chosen.order_by(CertificationApplication.id).limit(PAGE)))


def find_incoming(connection: Connection, org_id: str, application: str) -> Row:
    """One application that is addressed to the body; NotFound otherwise."""
    chosen = _asked().where(
        CertificationApplication.body_org == org_id, CertificationApplication.id == application
    )
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(what="application")
    return row


def _asked() -> sa.Select[Any]:
    return sa.select(CertificationApplication.__table__, *_HOLDER).join(
        Organisation, Organisation.org_id == CertificationApplication.org_id
    )


def opened_for(connection: Connection, org_id: str, application: str) -> Row | None:
    """The body's file of an application, if it opened one."""
    chosen = sa.select(ProductCertification.__table__).where(
        ProductCertification.org_id == org_id, ProductCertification.application == application
    )
    return connection.execute(chosen).first()


def requests(connection: Connection, org_id: str, application: str = "") -> list[Row]:
    """What holders ask of the body that it has not acted on, oldest first; of one file where it is named.

    Each with its holder and its file here, which is none before the application was taken up.
    """
    taken = sa.select(TakenRequest.request).where(TakenRequest.org_id == org_id)
    chosen = (
        sa.select(CertificationRequest.__table__, *_HOLDER, *_ITS_FILE)
        .join(Organisation, Organisation.org_id == CertificationRequest.org_id)
        .outerjoin(
            ProductCertification,
            sa.and_(
                ProductCertification.org_id == CertificationRequest.body_org,
                ProductCertification.application == CertificationRequest.application,
            ),
        )
        .where(CertificationRequest.body_org == org_id, CertificationRequest.id.not_in(taken))
    )
    if application:
        chosen = chosen.where(CertificationRequest.application == application)
    return list(connection.execute(chosen.order_by(CertificationRequest.id).limit(PAGE)))


def request_for(connection: Connection, file: Row, *wishes: str) -> Row | None:
    """The oldest open request of the file's holder that wishes one of these."""
    found = requests(connection, file.org_id, file.application)
    return next((one for one in found if one.wish in wishes), None)


def clauses(connection: Connection, org_id: str, file_id: str) -> dict[str, str]:
    """What was said last of each clause."""
    chosen = sa.select(CheckedClause.clause, CheckedClause.status).where(
        CheckedClause.org_id == org_id, CheckedClause.certification_id == file_id
    )
    return {row.clause: row.status for row in connection.execute(chosen)}


def complaints(connection: Connection, org_id: str, *, file_id: str = "", state: str = "") -> list[Row]:
    """Complaints and appeals of the body with number and holder of each certificate, oldest first."""
    its = sa.and_(
        ProductCertification.org_id == Complaint.org_id, ProductCertification.id == Complaint.certification_id
    )
    chosen = (
        sa.select(Complaint.__table__, ProductCertification.number, *_HOLDER)
        .join(ProductCertification, its)
        .join(Organisation, Organisation.org_id == ProductCertification.holder_org)
        .where(Complaint.org_id == org_id)
    )
    if file_id:
        chosen = chosen.where(Complaint.certification_id == file_id)
    if state:
        chosen = chosen.where(Complaint.state == state)
    return list(connection.execute(chosen.order_by(Complaint.id).limit(PAGE)))


def find_complaint(connection: Connection, org_id: str, complaint_id: str) -> Row:
    """One complaint; NotFound otherwise."""
    row = connection.execute(
        sa.select(Complaint.__table__).where(Complaint.org_id == org_id, Complaint.id == complaint_id)
    ).first()
    if row is None:
        raise NotFound(what="complaint")
    return row


def acts_in(connection: Connection, org_id: str, *subjects: str) -> list[Act]:
    """Who did what in a file, by person, two accounts of one person being one (I34)."""
    chosen = sa.select(EventRow.actor_ref, EventRow.kind).where(
        EventRow.org_id == org_id, EventRow.subject_id.in_(subjects)
    )
    rows = connection.execute(chosen).all()
    persons = persons_of(connection, org_id, [row.actor_ref for row in rows])
    return [Act(persons[row.actor_ref], row.kind) for row in rows]


def declared(connection: Connection, org_id: str, file_id: str) -> list[tuple[str, bool]]:
    """Who declared what of his impartiality in a file, by person."""
    chosen = sa.select(Impartiality.ref, Impartiality.clear).where(
        Impartiality.org_id == org_id, Impartiality.certification_id == file_id
    )
    rows = connection.execute(chosen).all()
    persons = persons_of(connection, org_id, [row.ref for row in rows])
    return [(persons[row.ref], row.clear) for row in rows]


def belongs_to(connection: Connection, org_id: str, ref: str, *, client: str) -> bool:
    """Whether the person behind a pseudonym is or was a member of the client too, by whichever account."""
    mine = sa.select(PersonRef.person_id).where(
        PersonRef.org_id == org_id, PersonRef.ref.in_(refs_of_one(connection, org_id, ref))
    )
    there = sa.select(PersonRef.ref).where(PersonRef.org_id == client, PersonRef.person_id.in_(mine))
    return connection.execute(there.limit(1)).first() is not None


def next_number(connection: Connection, org_id: str) -> int:
    """The next certificate number of the body, none left out; the row is locked until the act is over (I38)."""
    return (connection.execute(_LAST, {"org_id": org_id}).scalar() or 0) + 1


def number_of(no: int) -> str:
    """A certificate number as it is printed."""
    return f"PC-{no:06d}"


def is_a(connection: Connection, org_id: str, *roles: str) -> bool:
    """Whether the organisation holds one of these roles."""
    return bool(set(json.loads(find_organisation(connection, org_id).roles)) & set(roles))


def bodies(connection: Connection, role: str) -> list[Row]:
    """Organisations that hold a role, by name; it is public who is a body of which kind."""
    chosen = sa.select(Organisation.__table__).where(Organisation.roles.contains(f'"{role}"'))
    return list(connection.execute(chosen.order_by(Organisation.name_en).limit(PAGE)))
