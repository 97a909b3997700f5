"""What can happen to the family packs of an organisation: written, approved, put in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.events import know_family
from remanu.accounts.events.signing import Signature
from remanu.catalogue.models import FamilyPack, PackEdition
from remanu.clock import parse_stamp
from remanu.db import Tx
from remanu.ledger import evidence as files
from remanu.ledger.kinds import Kind, Recorded, unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A text that was kept as evidence: its SHA-256 as hex, what it is and how large in bytes."""

    digest: str
    media_type: str
    size: int
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDrafted:
    """Somebody wrote a pack; `base` is the id of the pack, or the built-in family, that it was copied from."""

    family: str
    edition: str
    applies_from: str
    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    base: str | None = None
    evidence: tuple[Kept, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackApproved:
    """Somebody else approved the pack whose text has this digest."""

    family: str
    edition: str
    digest: str
    signature: Signature | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPutInForce:
    """From `since` on, cases of the family are opened under this pack of the organisation."""

    family: str
    edition: str
    digest: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPublished:
    """From `since` on the organisation works by this edition of the built-in family pack.

    `evidence` keeps the pack's text, so that it can be read when the program brings another.
    """

    family: str
    edition: str
    digest: str
    since: str
    evidence: tuple[Kept, ...] = ()


def _draft_pack(tx: Tx, done: Recorded[PackDrafted]) -> None:
    b = done.body
    files.enter(tx, done, b.evidence)
    named = {"name_en": b.name_en, "name_zh_hans": b.name_zh_hans, "name_zh_hant": b.name_zh_hant}
    tx.execute(
        sa.insert(FamilyPack).values(
            org_id=done.org_id,
            id=done.subject.id,
            family=b.family,
            edition=b.edition,
            digest=b.evidence[0].digest,
            applies_from=b.applies_from,
            base=b.base,
            state="draft",
            author_ref=done.actor_ref,
            drafted_at=done.at,
            **named,
        )
    )


def _approve_pack(tx: Tx, done: Recorded[PackApproved]) -> None:
    mine = (FamilyPack.org_id == done.org_id, FamilyPack.id == done.subject.id)
    approved = {"state": "approved", "approved_at": done.at, "approver_ref": done.actor_ref}
    tx.execute(sa.update(FamilyPack).where(*mine).values(**approved))


def _put_in_force(tx: Tx, done: Recorded[PackPutInForce]) -> None:
    _begin(tx, done, pack_id=done.subject.id)
    know_family(tx, done, done.body.family)


def _publish_edition(tx: Tx, done: Recorded[EditionPublished]) -> None:
    files.enter(tx, done, done.body.evidence)
    _begin(tx, done, pack_id=None)


def _begin(tx: Tx, done: Recorded[Any], *, pack_id: str | None) -> None:
    b = done.body
    tx.execute(
        sa.insert(PackEdition).values(
            org_id=done.org_id,
            id=done.id if pack_id else done.subject.id,
            family=b.family,
            edition=b.edition,
            digest=b.digest,
            since=parse_stamp(b.since),
            pack_id=pack_id,
        )
    )


DRAFT_PACK = Kind("catalogue.draft_pack", 1, PackDrafted, _draft_pack)
APPROVE_PACK = Kind("catalogue.approve_pack", 2, PackApproved, _approve_pack, {1: unchanged})
PUT_IN_FORCE = Kind("catalogue.put_in_force", 1, PackPutInForce, _put_in_force)
PUBLISH_EDITION = Kind("catalogue.publish_edition", 2, EditionPublished, _publish_edition, {1: unchanged})
