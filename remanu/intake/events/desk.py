"""The desk: criteria are drafted and approved, deposits kept on accounts, cores moved, tags printed ahead.

Criteria, accounts and batches of tags have chains of their own, which no public page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.intake.models import BlankTag, CoreAccount, CorePurchase, CoreSettlement, CriteriaSet
from remanu.ledger import body as bodies
from remanu.ledger.kinds import Kind, Recorded, unchanged
from remanu.parts import events as parts
from remanu.rules import canonical as jcs


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidAnswer:
    """An answer in the words of the sheet, with the best outcome that it leaves open."""

    code: str
    words: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A criterion in the words of the sheet."""

    code: str
    words: str
    answers: tuple[SaidAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscrepancyRule:
    """What a defect leaves open by its severity, and the add-charge that it brings."""

    defect: str
    component: str
    minor: str
    major: str
    critical: str
    charge: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaDrafted:
    """An edition of criteria for a family, programme and region; deposit, tiers and amounts stand sealed (`priced`)."""

    family: str
    programme: str
    region: str
    edition: str
    applies_from: str
    applies_until: str | None = None
    source: str
    appeal_days: int
    priced: bool
    digest: str
    questions: tuple[AskedQuestion, ...]
    discrepancies: tuple[DiscrepancyRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaApproved:
    """Somebody else than the author approved the edition: it is in force in its days."""

    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaWithdrawn:
    """Nothing is graded by this edition any more; what was stays as it was."""

    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened:
    """An account of cores is kept for a customer, who stands sealed."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseNoted:
    """Units were bought with a deposit; a core answers one until its last day. Amount and order stand sealed."""

    criteria: str
    family: str
    programme: str
    units: int
    bought_on: str
    open_until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A graded core is settled on the account; `replaces` is the settlement of the grade before an appeal."""

    case: str
    item: str
    grade: str
    family: str
    programme: str
    criteria: str
    outcome: str
    returned_on: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A part goes to another place; `before` is where it was, None where that was not known."""

    place: str
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUndone:
    """The move just before was a slip: the part is where it was, at `place`; `undone` is the id of that event."""

    undone: str
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsIssued:
    """Tags are printed ahead: codes of ours that no part has yet."""

    number: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsVoided:
    """Blank tags were spoilt or lost: no core takes them any longer."""

    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsKept:
    """Blank tags of a batch that are left lie at a place: whoever works there answers for them."""

    place: str


def _draft(tx: Tx, done: Recorded[CriteriaDrafted]) -> None:
    b = done.body
    content = bodies.encode(b)
    sheet = {"questions": content["questions"], "discrepancies": content["discrepancies"]}
    tx.execute(
        sa.insert(CriteriaSet).values(
            org_id=done.org_id,
            id=done.subject.id,
            event_id=done.id,
            family=b.family,
            programme=b.programme,
            region=b.region,
            edition=b.edition,
            applies_from=b.applies_from,
            applies_until=b.applies_until,
            source=b.source,
            appeal_days=b.appeal_days,
            priced=b.priced,
            digest=b.digest,
            content=jcs.encode(sheet).decode(),
            author=done.actor_ref,
            drafted_at=done.at,
        )
    )


def _approve(tx: Tx, done: Recorded[CriteriaApproved]) -> None:
    _mark(tx, done, approver=done.actor_ref, approved_at=done.at)


def _withdraw(tx: Tx, done: Recorded[CriteriaWithdrawn]) -> None:
    _mark(tx, done, withdrawn_at=done.at)


def _mark(tx: Tx, done: Recorded[Any], **values: Any) -> None:
    mine = (CriteriaSet.org_id == done.org_id, CriteriaSet.id == done.subject.id)
    tx.execute(sa.update(CriteriaSet).where(*mine).values(**values))


def _open_account(tx: Tx, done: Recorded[AccountOpened]) -> None:
    values = {"org_id": done.org_id, "id": done.subject.id, "number": done.body.number, "event_id": done.id}
    tx.execute(sa.insert(CoreAccount).values(**values, opened_at=done.at))


def _note_purchase(tx: Tx, done: Recorded[PurchaseNoted]) -> None:
    b = done.body
    of_account = {"org_id": done.org_id, "event_id": done.id, "account_id": done.subject.id}
    days = {"bought_on": b.bought_on, "open_until": b.open_until}
    bought = {"family": b.family, "programme": b.programme, "units": b.units, **days}
    tx.execute(sa.insert(CorePurchase).values(**of_account, **bought))


def _settle(tx: Tx, done: Recorded[Settled]) -> None:
    b = done.body
    if b.replaces is not None:
        tx.execute(
            sa.update(CoreSettlement)
            .where(CoreSettlement.org_id == done.org_id, CoreSettlement.event_id == b.replaces)
            .values(replaced_by=done.id)
        )
    tx.execute(
        sa.insert(CoreSettlement).values(
            org_id=done.org_id,
            event_id=done.id,
            account_id=done.subject.id,
            case_id=b.case,
            item_id=b.item,
            grade_id=b.grade,
            family=b.family,
            programme=b.programme,
            outcome=b.outcome,
            returned_on=b.returned_on,
            settled_at=done.at,
            replaced_by=None,
        )
    )


def _move(tx: Tx, done: Recorded[Moved]) -> None:
    parts.set_place(tx, done, done.body.place)


def _undo_move(tx: Tx, done: Recorded[MoveUndone]) -> None:
    parts.set_place(tx, done, done.body.place)


def _issue_tags(tx: Tx, done: Recorded[TagsIssued]) -> None:
    b = done.body
    of_batch = {"org_id": done.org_id, "batch": done.subject.id, "number": b.number, "issued_at": done.at}
    tx.execute(sa.insert(BlankTag), [{**of_batch, "code": code} for code in b.codes])


def _void_tags(tx: Tx, done: Recorded[TagsVoided]) -> None:
    mine = (BlankTag.org_id == done.org_id, BlankTag.code.in_(done.body.codes))
    tx.execute(sa.update(BlankTag).where(*mine).values(voided_at=done.at, void_why=done.body.why))


def _keep_tags(tx: Tx, done: Recorded[TagsKept]) -> None:
    mine = (BlankTag.org_id == done.org_id, BlankTag.batch == done.subject.id)
    tx.execute(sa.update(BlankTag).where(*mine).values(place=done.body.place))


DRAFT_CRITERIA = Kind("intake.draft_criteria", 1, CriteriaDrafted, _draft)
APPROVE_CRITERIA = Kind("intake.approve_criteria", 1, CriteriaApproved, _approve)
WITHDRAW_CRITERIA = Kind("intake.withdraw_criteria", 1, CriteriaWithdrawn, _withdraw)
OPEN_ACCOUNT = Kind("intake.open_account", 1, AccountOpened, _open_account)
NOTE_PURCHASE = Kind("intake.note_purchase", 1, PurchaseNoted, _note_purchase)
SETTLE = Kind("intake.settle", 1, Settled, _settle)
MOVE = Kind("intake.move", 2, Moved, _move, {1: unchanged})
UNDO_MOVE = Kind("intake.undo_move", 1, MoveUndone, _undo_move)
ISSUE_TAGS = Kind("intake.issue_tags", 1, TagsIssued, _issue_tags)
VOID_TAGS = Kind("intake.void_tags", 1, TagsVoided, _void_tags)
KEEP_TAGS = Kind("intake.keep_tags", 1, TagsKept, _keep_tags)
KINDS = (
    DRAFT_CRITERIA,
    APPROVE_CRITERIA,
    WITHDRAW_CRITERIA,
    OPEN_ACCOUNT,
    NOTE_PURCHASE,
    SETTLE,
    MOVE,
    UNDO_MOVE,
    ISSUE_TAGS,
    VOID_TAGS,
    KEEP_TAGS,
)
