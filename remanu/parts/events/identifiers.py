"""What can happen to identifiers of parts, and to the GS1 company prefixes that an organisation mints keys under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.errors import Conflict
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events.bodies import Cited
from remanu.parts.events.effects import cite, index
from remanu.parts.models import CompanyPrefix, ItemIdentifier


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierAdded:
    """The part has this identifier; `marked` says that it stands on the part, `words` are what search finds it by."""

    identifier: str
    scheme: str
    value: str
    normalised: str
    issuer: str = ""
    marked: bool
    words: tuple[str, ...]
    evidence: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierMinted:
    """The organisation gave the part a GS1 key under a prefix of its own."""

    identifier: str
    scheme: str
    value: str
    normalised: str
    prefix: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierWithdrawn:
    """The identifier is not the part's, or no more; the reason is a word of a closed list."""

    identifier: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixConfirmed:
    """A document shows that a GS1 company prefix is the organisation's from this day on."""

    prefix: str
    applies_from: str
    evidence: tuple[Cited, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixEnded:
    """From this day on nothing is minted under the prefix; keys that were stay and resolve."""

    ended_from: str


def _add_identifier(tx: Tx, done: Recorded[IdentifierAdded]) -> None:
    b = done.body
    shown = b.evidence[0].digest if b.evidence else None
    _insert(tx, done, issuer=b.issuer, is_marked_on_part=b.marked, minted=False, evidence=shown)
    cite(tx, done, b.evidence)


def _mint_identifier(tx: Tx, done: Recorded[IdentifierMinted]) -> None:
    _insert(tx, done, issuer=done.body.prefix, is_marked_on_part=False, minted=True)


def _insert(tx: Tx, done: Recorded[Any], **more: Any) -> None:
    b = done.body
    tx.execute(
        sa.insert(ItemIdentifier).values(
            org_id=done.org_id,
            id=b.identifier,
            item_id=done.subject.id,
            scheme=b.scheme,
            value=b.value,
            normalised=b.normalised,
            first_seen=done.at,
            occupies=f"{b.scheme}|{b.normalised}",
            **more,
        )
    )
    index(tx, done, b.words)


def _withdraw_identifier(tx: Tx, done: Recorded[IdentifierWithdrawn]) -> None:
    b = done.body
    mine = (ItemIdentifier.org_id == done.org_id, ItemIdentifier.item_id == done.subject.id)
    standing = (*mine, ItemIdentifier.id == b.identifier, ItemIdentifier.withdrawn_at.is_(None))
    changed = (
        sa.update(ItemIdentifier).where(*standing).values(occupies=None, withdrawn_at=done.at, why=b.why)
    )
    if tx.execute(changed).rowcount != 1:
        raise Conflict(why="state-changed", identifier=b.identifier)


def _confirm_prefix(tx: Tx, done: Recorded[PrefixConfirmed]) -> None:
    b = done.body
    tx.execute(
        sa.insert(CompanyPrefix).values(
            org_id=done.org_id,
            id=done.subject.id,
            prefix=b.prefix,
            applies_from=b.applies_from,
            document=b.evidence[0].digest if b.evidence else "",
            confirmed_at=done.at,
        )
    )
    cite(tx, done, b.evidence)


def _end_prefix(tx: Tx, done: Recorded[PrefixEnded]) -> None:
    mine = (CompanyPrefix.org_id == done.org_id, CompanyPrefix.id == done.subject.id)
    changed = sa.update(CompanyPrefix).where(*mine, CompanyPrefix.ended_from.is_(None))
    if tx.execute(changed.values(ended_from=done.body.ended_from)).rowcount != 1:
        raise Conflict(why="state-changed", prefix=done.subject.id)


ADD_IDENTIFIER = Kind("parts.add_identifier", 1, IdentifierAdded, _add_identifier)
MINT_IDENTIFIER = Kind("parts.mint_identifier", 1, IdentifierMinted, _mint_identifier)
WITHDRAW_IDENTIFIER = Kind("parts.withdraw_identifier", 1, IdentifierWithdrawn, _withdraw_identifier)
CONFIRM_PREFIX = Kind("parts.confirm_prefix", 1, PrefixConfirmed, _confirm_prefix)
END_PREFIX = Kind("parts.end_prefix", 1, PrefixEnded, _end_prefix)
KINDS = (ADD_IDENTIFIER, MINT_IDENTIFIER, WITHDRAW_IDENTIFIER, CONFIRM_PREFIX, END_PREFIX)
