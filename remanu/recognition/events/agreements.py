"""What can happen to an agreement: drafted, given lines, approved by another person, suspended, ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.accounts.events.signing import Signature
from remanu.db import Tx
from remanu.ledger.body import encode
from remanu.ledger.kinds import Kind, Recorded
from remanu.parts.events import say
from remanu.recognition.models import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule:
    """Whether a status word is taken; what is absent asks nothing of level, side or maker."""

    term: str
    accepted: bool
    level: str | None = None
    side: str | None = None
    by_maker: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Evidence that the receiving side wants as well, over these days."""

    code: str
    since: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an agreement (`rules.agreements.Scope`)."""

    no: int
    categories: tuple[str, ...]
    scheme: str
    editions: tuple[str, ...]
    scheme_there: str
    edition_there: str
    equivalence: str
    level: str
    classes: tuple[str, ...]
    terms: tuple[TermRule, ...]
    arrangements: tuple[str, ...]
    differences: tuple[Difference, ...]
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an agreement says beside its lines, as it stands in a draft and in what is approved."""

    code: str
    revision: int
    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    source: str
    home: str
    there: str
    in_force: str
    covers_from: str | None = None
    basis: str
    documents: bool
    base: str | None = None
    former_tail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDrafted:
    """Somebody wrote an agreement, or copied one to revise it with its lines."""

    text: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAdded:
    """A line joins the draft."""

    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStruck:
    """A line leaves the draft."""

    no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDiscarded:
    """A draft is given up; it was never in force."""

    code: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementApproved:
    """Somebody else approved the whole text, whose canonical bytes have this digest.

    `former` is the revision that it takes the place of, from its first day on.
    """

    text: Text
    lines: tuple[Line, ...]
    digest: str
    former: str | None = None
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSuspended:
    """From a day on the agreement recognises nothing, until it is resumed."""

    since: str
    why: str
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementResumed:
    """From a day on a suspended agreement recognises again."""

    since: str
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementEnded:
    """The agreement ends on a day; its tail says what becomes of certificates issued before (I53)."""

    ends: str
    tail: str
    tail_until: str | None = None
    signature: Signature


def _mine(done: Recorded[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    return Agreement.org_id == done.org_id, Agreement.id == done.subject.id


def _set(tx: Tx, done: Recorded[Any], **values: Any) -> None:
    tx.execute(sa.update(Agreement).where(*_mine(done)).values(**values, changed_at=done.at))


def _json(lines: tuple[Line, ...]) -> str:
    return json.dumps([encode(one) for one in lines], ensure_ascii=False)


def _draft(tx: Tx, done: Recorded[AgreementDrafted]) -> None:
    t = done.body.text
    tx.execute(
        sa.insert(Agreement).values(
            org_id=done.org_id,
            id=done.subject.id,
            code=t.code,
            revision=t.revision,
            name_en=t.name_en,
            name_zh_hans=t.name_zh_hans,
            name_zh_hant=t.name_zh_hant,
            source=t.source,
            home=t.home,
            there=t.there,
            in_force=t.in_force,
            covers_from=t.covers_from,
            basis=t.basis,
            documents=t.documents,
            base=t.base,
            former_tail=t.former_tail,
            lines=_json(done.body.lines),
            state="draft",
            suspended="[]",
            author_ref=done.actor_ref,
            drafted_at=done.at,
            changed_at=done.at,
        )
    )


def _lines(tx: Tx, done: Recorded[Any]) -> list[Any]:
    found: list[Any] = json.loads(tx.execute(sa.select(Agreement.lines).where(*_mine(done))).scalar_one())
    return found


def _add(tx: Tx, done: Recorded[LineAdded]) -> None:
    lines = [*_lines(tx, done), encode(done.body.line)]
    _set(tx, done, lines=json.dumps(lines, ensure_ascii=False))


def _strike(tx: Tx, done: Recorded[LineStruck]) -> None:
    lines = [one for one in _lines(tx, done) if one["no"] != done.body.no]
    _set(tx, done, lines=json.dumps(lines, ensure_ascii=False))


def _discard(tx: Tx, done: Recorded[AgreementDiscarded]) -> None:
    _set(tx, done, state="discarded")


def _approve(tx: Tx, done: Recorded[AgreementApproved]) -> None:
    b = done.body
    approved = {
        "state": "approved",
        "approver_ref": done.actor_ref,
        "approved_at": done.at,
        "digest": b.digest,
    }
    _set(tx, done, lines=_json(b.lines), **approved)
    if b.former is not None:
        former = (Agreement.org_id == done.org_id, Agreement.id == b.former)
        ended = {"ends": b.text.in_force, "tail": b.text.former_tail, "changed_at": done.at}
        tx.execute(sa.update(Agreement).where(*former).values(**ended))
    say(tx, done, "approved")


def _spans(tx: Tx, done: Recorded[Any]) -> list[Any]:
    found: list[Any] = json.loads(tx.execute(sa.select(Agreement.suspended).where(*_mine(done))).scalar_one())
    return found


def _suspend(tx: Tx, done: Recorded[AgreementSuspended]) -> None:
    spans = [*_spans(tx, done), {"since": done.body.since, "until": None, "why": done.body.why}]
    _set(tx, done, suspended=json.dumps(spans))
    say(tx, done, "suspended")


def _resume(tx: Tx, done: Recorded[AgreementResumed]) -> None:
    *before, last = _spans(tx, done)
    _set(tx, done, suspended=json.dumps([*before, {**last, "until": done.body.since}]))
    say(tx, done, "approved")


def _end(tx: Tx, done: Recorded[AgreementEnded]) -> None:
    _set(tx, done, ends=done.body.ends, tail=done.body.tail, tail_until=done.body.tail_until)
    say(tx, done, "ended")


DRAFT_AGREEMENT = Kind("recognition.draft_agreement", 1, AgreementDrafted, _draft)
ADD_LINE = Kind("recognition.add_line", 1, LineAdded, _add)
STRIKE_LINE = Kind("recognition.strike_line", 1, LineStruck, _strike)
DISCARD_AGREEMENT = Kind("recognition.discard_agreement", 1, AgreementDiscarded, _discard)
APPROVE_AGREEMENT = Kind("recognition.approve_agreement", 1, AgreementApproved, _approve)
SUSPEND_AGREEMENT = Kind("recognition.suspend_agreement", 1, AgreementSuspended, _suspend)
RESUME_AGREEMENT = Kind("recognition.resume_agreement", 1, AgreementResumed, _resume)
END_AGREEMENT = Kind("recognition.end_agreement", 1, AgreementEnded, _end)
KINDS = (
    DRAFT_AGREEMENT,
    ADD_LINE,
    STRIKE_LINE,
    DISCARD_AGREEMENT,
    APPROVE_AGREEMENT,
    SUSPEND_AGREEMENT,
    RESUME_AGREEMENT,
    END_AGREEMENT,
)
