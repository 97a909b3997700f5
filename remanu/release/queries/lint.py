"""Reading what a lint needs: the certificate as data with what the record knows beside it, and what lints found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts import queries as accounts
from remanu.families import market
from remanu.ledger import body as bodies
from remanu.ledger.models import Evidence
from remanu.parts.queries import CaseView, find_case
from remanu.release.events import CertificateRecord
from remanu.release.models import CertificateLint, Dossier, LintedDraft, ReleaseCertificate
from remanu.release.queries.claim import warranty_of
from remanu.release.queries.papers import digest_of
from remanu.release.queries.wording import vocabulary_of
from remanu.rules import canonical as jcs
from remanu.rules import text
from remanu.rules.lint import Finding, Paper, lint

Row = sa.Row[Any]
_ISSUED = (
    sa.select(ReleaseCertificate.__table__)
    .where(ReleaseCertificate.org_id == sa.bindparam("org_id"), ReleaseCertificate.state == "ISSUED")
    .where(ReleaseCertificate.no > sa.bindparam("after"))
    .order_by(ReleaseCertificate.no)
    .limit(sa.bindparam("limit"))
)


def lint_draft(
    connection: Connection,
    case: CaseView,
    record: CertificateRecord,
    dossier: Row,
    *,
    number: str,
    authorisation: str | None,
    now: datetime,
) -> tuple[Finding, ...]:
    """What stands against signing this certificate now."""
    plain = bodies.encode(record)
    digest = digest_of(record)
    return _linted(
        _paper(
            connection,
            case,
            plain,
            dossier,
            digest=digest,
            computed=digest,
            number=number,
            authorisation=authorisation,
            at=now,
            missing=not_kept(connection, case.org_id, plain.get("evidence", ())),
        )
    )


def lint_issued(
    connection: Connection, row: Row, *, kept: Iterable[str] | None = None
) -> tuple[Finding, ...]:
    """What stands against a certificate in force, by what is stored of it and by the rules of its own day.

    `kept` are the digests of files that the store of evidence holds; without it the table of evidence answers.
    """
    case, plain = find_case(connection, row.org_id, row.case_id), json.loads(row.record)
    cited = plain.get("evidence", ())
    missing = not_kept(connection, row.org_id, cited) if kept is None else tuple(sorted({*cited} - {*kept}))
    valid = accounts.authorised(
        connection, row.org_id, row.signer_ref, family=case.item.family, activity="release", on=row.issued_at
    )
    signed = json.loads(row.approval)["record"]
    return _linted(
        _paper(
            connection,
            case,
            plain,
            _dossier(connection, row, plain.get("dossier", "")),
            digest=signed if signed == row.digest else "",
            computed=jcs.commitment(row.record.encode()).hex(),
            number=row.number,
            authorisation=None if valid is None else valid.number,
            at=row.issued_at,
            missing=missing,
        )
    )


def _linted(paper: Paper) -> tuple[Finding, ...]:
    return lint(paper, asks=market.asks(), words=market.label_words())


def _paper(
    connection: Connection, case: CaseView, plain: Mapping[str, Any], dossier: Row | None, *, at: datetime, **said: Any
) -> Paper:
    submitted: date = at.date() if dossier is None else dossier.submitted_at.date()
    return Paper(
        record=plain,
        dossier="" if dossier is None else dossier.digest,
        claim_class="" if dossier is None else dossier.claim_class,
        submitted_on=submitted,
        on=at.date(),
        least_warranty=warranty_of(connection, case, str(plain.get("claim_class")), at),
        by_maker=_made_by(plain),
        vocabulary=vocabulary_of(plain.get("scheme"), submitted),
        **said,
    )


def _made_by(plain: Mapping[str, Any]) -> Literal["maker", "other"]:
    """As the certificate names issuer and maker."""
    issuer, maker = plain["organisation"], plain["unit"]["maker"]
    names = {text.skeleton(issuer[name]) for name in ("name_en", "name_zh_hans", "name_zh_hant")}
    return "maker" if text.skeleton(maker) in names else "other"


def _dossier(connection: Connection, row: Row, digest: str) -> Row | None:
    mine = (Dossier.org_id == row.org_id, Dossier.case_id == row.case_id, Dossier.digest == digest)
    return connection.execute(sa.select(Dossier.__table__).where(*mine).limit(1)).first()


def not_kept(connection: Connection, org_id: str, digests: Iterable[str]) -> tuple[str, ...]:
    """Of these files those that no event of the organisation cites."""
    wanted = sorted(set(digests))
    mine = (Evidence.org_id == org_id, Evidence.digest.in_(wanted))
    known = set(connection.execute(sa.select(Evidence.digest).where(*mine)).scalars()) if wanted else set()
    return tuple(one for one in wanted if one not in known)


def in_force(connection: Connection, org_id: str, *, after: int, limit: int) -> list[Row]:
    """The certificates in force of an organisation by number, a page behind the number `after`."""
    return list(connection.execute(_ISSUED, {"org_id": org_id, "after": after, "limit": limit}))


def faulty(connection: Connection, org_id: str) -> list[Row]:
    """The certificates in force that did not pass their last lint, the newest number first."""
    held = sa.and_(
        ReleaseCertificate.org_id == CertificateLint.org_id, ReleaseCertificate.id == CertificateLint.certificate_id
    )
    return list(
        connection.execute(
            sa.select(CertificateLint.__table__, ReleaseCertificate.number)
            .join(ReleaseCertificate, held)
            .where(CertificateLint.org_id == org_id, ReleaseCertificate.state == "ISSUED")
            .order_by(ReleaseCertificate.no.desc())
        )
    )


def drafts_in(connection: Connection, *states: str, before: datetime | None = None) -> list[Row]:
    """Linted drafts of every organisation in these states, that nobody changed since `before`: for the worker alone."""
    chosen = sa.select(LintedDraft.__table__).where(LintedDraft.state.in_(states))
    if before is not None:
        chosen = chosen.where(LintedDraft.changed_at < before)
    return list(connection.execute(chosen.order_by(LintedDraft.changed_at)))


def linted(connection: Connection, org_id: str, number: str) -> list[Row]:
    """The drafts that were linted under a number, the newest first."""
    chosen = sa.select(LintedDraft.__table__).where(LintedDraft.org_id == org_id, LintedDraft.number == number)
    return list(connection.execute(chosen.order_by(LintedDraft.linted_at.desc())))
