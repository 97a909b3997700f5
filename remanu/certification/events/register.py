"""What events of the register do alike: keep a step, move a certification, open and close the lines that cover."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from remanu.certification.events.bodies import Line, Move
from remanu.certification.models import CertificationSpan, ProductCertification, RegisterStep, TakenRequest
from remanu.db import Tx
from remanu.ledger import body as bodies
from remanu.ledger.kinds import Recorded
from remanu.parts.events import say


def keep(tx: Tx, done: Recorded[Any], on: str) -> None:
    """Keep what happened in the list of which the state is a function (I42)."""
    facts = {
        name: one for name, one in bodies.encode(done.body).items() if name not in {"signature", "evidence"}
    }
    tx.execute(
        sa.insert(RegisterStep).values(
            org_id=done.org_id,
            subject_id=done.subject.id,
            seq=done.seq,
            verb=done.kind.partition(".")[2],
            on_day=on,
            facts=json.dumps(facts, ensure_ascii=False, sort_keys=True),
            event_id=done.id,
            digest=done.commitment.hex(),
            at=done.at,
        )
    )


def move(tx: Tx, done: Recorded[Any], step: Move, **values: Any) -> None:
    """The certification reaches the state of the step."""
    keep(tx, done, step.on)
    mine = (ProductCertification.org_id == done.org_id, ProductCertification.id == done.subject.id)
    changed = {"state": step.target, "changed_at": done.at, **values}
    tx.execute(sa.update(ProductCertification).where(*mine).values(**changed))


def proclaim(tx: Tx, done: Recorded[Any], step: Move, **values: Any) -> None:
    """The same for what everybody may rely on: said in the same transaction (architecture.md §4)."""
    move(tx, done, step, **values)
    say(tx, done, step.target.lower())


def cover(tx: Tx, done: Recorded[Any], lines: Iterable[Line], *, on: str) -> None:
    """From this day on exactly these lines cover releases; what else was open is closed (I43)."""
    mine = (CertificationSpan.org_id == done.org_id, CertificationSpan.certification_id == done.subject.id)
    rows = tx.execute(sa.select(CertificationSpan.__table__).where(*mine)).all()
    wanted = {(one.model, one.site, one.claim_class) for one in lines}
    running = {(row.model, row.site, row.claim_class): row for row in rows if row.until is None}
    for key, row in running.items():
        if key not in wanted:
            _close(tx, row, on)
    fresh = sorted(wanted - running.keys())
    if fresh:
        about = tx.execute(
            sa.select(ProductCertification.holder_org, ProductCertification.family).where(
                ProductCertification.org_id == done.org_id, ProductCertification.id == done.subject.id
            )
        ).one()
        last = max((row.no for row in rows), default=0)
        tx.execute(
            sa.insert(CertificationSpan),
            [
                {
                    "org_id": done.org_id,
                    "certification_id": done.subject.id,
                    "no": last + n,
                    "holder_org": about.holder_org,
                    "family": about.family,
                    "model": model,
                    "site": site,
                    "claim_class": claim_class,
                    "since": on,
                }
                for n, (model, site, claim_class) in enumerate(fresh, 1)
            ],
        )


def _close(tx: Tx, row: Any, on: str) -> None:
    one = sa.and_(
        CertificationSpan.org_id == row.org_id,
        CertificationSpan.certification_id == row.certification_id,
        CertificationSpan.no == row.no,
    )
    # What began on this day or later covered nothing.
    ended = sa.delete(CertificationSpan) if row.since >= on else sa.update(CertificationSpan).values(until=on)
    tx.execute(ended.where(one))


def take(tx: Tx, done: Recorded[Any], request: str | None) -> None:
    """A holder's request was acted on."""
    if request is not None:
        tx.execute(sa.insert(TakenRequest).values(org_id=done.org_id, request=request, event_id=done.id))
