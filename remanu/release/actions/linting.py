"""Lint before signing: keep what is about to be signed, sign, append, publish, and mend what a crash left open (R13).

The draft is kept with what its lint found in a unit of work of its own, so that a process that dies leaves behind what
it was about to sign. Signing and appending are one unit. A job finishes or gives up what was left in between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog

from remanu.accounts import queries as accounts
from remanu.db import Database, Tx
from remanu.errors import Conflict, Refusal
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Place, Run
from remanu.ledger import checkpoint
from remanu.ledger.body import encode
from remanu.parts.queries import CaseView
from remanu.release import queries
from remanu.release.events import CertificateRecord
from remanu.release.models import CertificateLint, LintedDraft
from remanu.rules import canonical as jcs
from remanu.rules.actor import Actor
from remanu.rules.lint import Finding

RELINT = "release.relint"
LINTED, REFUSED, SIGNED, PUBLISHED, GIVEN_UP = "linted", "refused", "signed", "published", "given_up"
PATIENCE = timedelta(minutes=10)
"""How long a draft may wait for its signature before it counts as left behind."""
_PAGE = 100
_log = structlog.get_logger("remanu.worker")


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was linted and kept: its row, what was found, and the paper that is still to be drawn of it."""

    org_id: str
    case_id: str
    number: str
    digest: str
    found: tuple[Finding, ...]
    trial: queries.Trial


def first(database: Database, work: Callable[[Tx], Kept | None]) -> None:
    """Before any factor is asked for: keep the linted draft, and draw the very paper that would be signed.

    Conflict `lint-failed` where something stands against it or it cannot be drawn. What the act would refuse for other
    reasons it refuses itself, in its own words. Drawing waits outside the transaction, so that nobody waits for it.
    """
    kept = None
    with suppress(Refusal):
        kept = database.transact(work)
    if kept is None:
        return
    found = (*kept.found, *queries.undrawable(kept.trial))
    if len(found) > len(kept.found):
        database.transact(lambda tx: _refuse(tx, kept, found))
    if found:
        raise _failed(kept.case_id, found)


def keep(
    tx: Tx,
    actor: Actor,
    case: CaseView,
    record: CertificateRecord,
    *,
    dossier: Any,
    action: str,
    authorisation: str,
) -> Kept:
    """Lint a draft that is about to be signed and keep it with what was found."""
    found = queries.lint_draft(
        tx.connection, case, record, dossier, number=record.number, authorisation=authorisation, now=tx.now
    )
    _put(tx, case, record, action=action, found=found, state=REFUSED if found else LINTED)
    signer = accounts.name_of(tx.connection, tx.keyring, actor.org_id, actor.ref) or ""
    drawn = queries.trial(tx.connection, case, record, signer=signer, authorisation=authorisation, now=tx.now)
    return Kept(case.org_id, case.id, record.number, queries.digest_of(record), found, drawn)


def _refuse(tx: Tx, kept: Kept, found: tuple[Finding, ...]) -> None:
    mine = (
        LintedDraft.org_id == kept.org_id,
        LintedDraft.number == kept.number,
        LintedDraft.digest == kept.digest,
        LintedDraft.state == LINTED,
    )
    said = json.dumps([one.told() for one in found])
    tx.execute(sa.update(LintedDraft).where(*mine).values(state=REFUSED, findings=said, changed_at=tx.now))


def _failed(case_id: str, found: Iterable[Finding]) -> Conflict:
    return Conflict(why="lint-failed", case=case_id, findings=[one.told() for one in found])


def check(tx: Tx, case: CaseView, record: CertificateRecord, dossier: Any, *, authorisation: str) -> None:
    """Conflict `lint-failed` where something stands against the draft, before the signature asks for a factor."""
    found = queries.lint_draft(
        tx.connection, case, record, dossier, number=record.number, authorisation=authorisation, now=tx.now
    )
    if found:
        raise _failed(case.id, found)


def signed(tx: Tx, case: CaseView, record: CertificateRecord, *, action: str) -> None:
    """Keep the draft as signed, with the act."""
    _put(tx, case, record, action=action, found=(), state=SIGNED)


def _put(
    tx: Tx, case: CaseView, record: CertificateRecord, *, action: str, found: Iterable[Finding], state: str
) -> None:
    digest = queries.digest_of(record)
    values = {"state": state, "findings": json.dumps([one.told() for one in found]), "changed_at": tx.now}
    mine = (
        LintedDraft.org_id == case.org_id,
        LintedDraft.number == record.number,
        LintedDraft.digest == digest,
        LintedDraft.state.not_in((SIGNED, PUBLISHED)),
    )
    if tx.execute(sa.update(LintedDraft).where(*mine).values(**values)).rowcount:
        return
    tx.execute(
        sa.insert(LintedDraft).values(
            org_id=case.org_id,
            number=record.number,
            digest=digest,
            case_id=case.id,
            action=action,
            record=jcs.encode(encode(record)).decode(),
            linted_at=tx.now,
            **values,
        )
    )


def publish(database: Database) -> int:
    """Enter in the log what was signed and say so of its drafts; returns how many.

    Which drafts were signed is read before the log goes on, so that none counts as published that it does not hold.
    """
    with database.reading() as connection:
        signed = queries.drafts_in(connection, SIGNED)
    checkpoint.advance(database)
    database.transact(lambda tx: _turn(tx, signed, PUBLISHED))
    return len(signed)


def mend(place: Place) -> None:
    """Finish or give up what a crash left between two steps of issuing; the worker looks every little while.

    A draft that was linted and never signed is given up: it releases nothing, its number stays with the case. What was
    signed stands in the record and is published.
    """
    database = place.database
    with database.reading() as connection:
        left = queries.drafts_in(connection, LINTED, before=database.clock.now() - PATIENCE)
        signed = queries.drafts_in(connection, SIGNED)
    if left:
        _log.warning("drafts were never signed", numbers=[row.number for row in left])
        database.transact(lambda tx: _turn(tx, left, GIVEN_UP))
    if signed:
        publish(database)


def _turn(tx: Tx, rows: Iterable[Any], state: str) -> None:
    for row in rows:
        mine = (
            LintedDraft.org_id == row.org_id,
            LintedDraft.number == row.number,
            LintedDraft.digest == row.digest,
            LintedDraft.state == row.state,
        )
        tx.execute(sa.update(LintedDraft).where(*mine).values(state=state, changed_at=tx.now))


def relint(run: Run) -> jobs.Args:
    """The nightly job: every certificate in force is linted again; what does not pass is kept and said in the log."""
    database = run.place.database
    kept = frozenset(run.place.storage.digests())
    with database.reading() as connection:
        houses = [one.org_id for one in accounts.organisations(connection)]
    counted = [_relinted(database, org_id, kept) for org_id in houses]
    return {"linted": sum(seen for seen, _ in counted), "wrong": sum(wrong for _, wrong in counted)}


def _relinted(database: Database, org_id: str, kept: frozenset[str]) -> tuple[int, int]:
    seen, after = 0, 0
    wrong: dict[str, tuple[Finding, ...]] = {}
    while page := _page(database, org_id, after):
        with database.reading() as connection:
            for row in page:
                found = queries.lint_issued(connection, row, kept=kept)
                if found:
                    wrong[row.id] = found
                    _log.error("a certificate does not pass", number=row.number, found=[one.code for one in found])
        seen, after = seen + len(page), page[-1].no
    database.transact(lambda tx: _note(tx, org_id, wrong))
    return seen, len(wrong)


def _page(database: Database, org_id: str, after: int) -> list[Any]:
    with database.reading() as connection:
        return queries.in_force(connection, org_id, after=after, limit=_PAGE)


def _note(tx: Tx, org_id: str, wrong: dict[str, tuple[Finding, ...]]) -> None:
    tx.execute(sa.delete(CertificateLint).where(CertificateLint.org_id == org_id))
    for certificate, found in wrong.items():
        said = json.dumps([one.told() for one in found])
        tx.execute(
            sa.insert(CertificateLint).values(
                org_id=org_id, certificate_id=certificate, findings=said, linted_at=tx.now
            )
        )
