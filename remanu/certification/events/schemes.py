"""What can happen to a scheme: written, approved by another person, given a new edition of its standard."""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from remanu.certification.events.bodies import Signature
from remanu.certification.models import Scheme, SchemeEdition
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition of the standard and its first day; `transition_end` is the last day of the one it follows."""

    standard: str
    edition: str
    applies_from: str
    transition_end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeDrafted:
    """Somebody wrote a scheme: its activities, status words, checklist, and how certificates are watched over."""

    code: str
    revision: int
    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    activities: tuple[str, ...]
    statuses: tuple[str, ...]
    checklist: str
    retroactive: bool
    surveillance_days: int
    grace_days: int
    suspension_days: int
    edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeApproved:
    """Somebody else approved it."""

    code: str
    revision: int
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionAdded:
    """The scheme works by a new edition; the old one holds until the end of its transition (SM-5 no. 16)."""

    code: str
    edition: Edition
    former: str
    signature: Signature


def _draft(tx: Tx, done: Recorded[SchemeDrafted]) -> None:
    b = done.body
    named = {"name_en": b.name_en, "name_zh_hans": b.name_zh_hans, "name_zh_hant": b.name_zh_hant}
    watched = {"surveillance_days": b.surveillance_days, "grace_days": b.grace_days}
    tx.execute(
        sa.insert(Scheme).values(
            org_id=done.org_id,
            id=done.subject.id,
            code=b.code,
            revision=b.revision,
            activities=json.dumps(b.activities),
            statuses=json.dumps(b.statuses, ensure_ascii=False),
            checklist=b.checklist,
            retroactive=b.retroactive,
            suspension_days=b.suspension_days,
            state="draft",
            author_ref=done.actor_ref,
            drafted_at=done.at,
            **named,
            **watched,
        )
    )
    if b.revision == 1:
        _edition(tx, done, b.code, b.edition)


def _edition(tx: Tx, done: Recorded[SchemeDrafted] | Recorded[EditionAdded], code: str, one: Edition) -> None:
    tx.execute(
        sa.insert(SchemeEdition).values(
            org_id=done.org_id,
            scheme=code,
            standard=one.standard,
            edition=one.edition,
            applies_from=one.applies_from,
        )
    )


def _approve(tx: Tx, done: Recorded[SchemeApproved]) -> None:
    mine = (Scheme.org_id == done.org_id, Scheme.id == done.subject.id)
    approved = {"state": "approved", "approver_ref": done.actor_ref, "approved_at": done.at}
    tx.execute(sa.update(Scheme).where(*mine).values(**approved))
    say(tx, done, "approved")


def _add(tx: Tx, done: Recorded[EditionAdded]) -> None:
    b = done.body
    former = (
        SchemeEdition.org_id == done.org_id,
        SchemeEdition.scheme == b.code,
        SchemeEdition.edition == b.former,
    )
    tx.execute(sa.update(SchemeEdition).where(*former).values(transition_end=b.edition.transition_end))
    _edition(tx, done, b.code, b.edition)


DRAFT_SCHEME = Kind("certification.draft_scheme", 1, SchemeDrafted, _draft)
APPROVE_SCHEME = Kind("certification.approve_scheme", 1, SchemeApproved, _approve)
ADD_EDITION = Kind("certification.add_edition", 1, EditionAdded, _add)
KINDS = (DRAFT_SCHEME, APPROVE_SCHEME, ADD_EDITION)
