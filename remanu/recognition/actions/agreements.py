"""Acts on agreements: write or revise one line by line, approve what another wrote, suspend, resume and end it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from remanu.accounts.actions import digest_of
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import begin, record
from remanu.recognition import queries
from remanu.recognition.actions.checking import check_not_past, check_other, check_steward, sign
from remanu.recognition.events import agreements as events
from remanu.recognition.events.agreements import Line, Text
from remanu.rules import agreements as rules
from remanu.rules import text
from remanu.rules.actor import Actor

TAILS = ("yes", "until", "no")
BASES = ("issue", "as_of")
EQUIVALENCES = ("identical", "equivalent", "equivalent_with_differences")
WHY_SUSPENDED = ("side-asked", "findings", "law-changed", "review")
_NAME, _CODE, _SOURCE, _LINES = 120, 40, 400, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """What an agreement says beside its lines; days are dates, `names` in English, Simplified, Traditional Chinese."""

    code: str
    names: tuple[str, str, str]
    source: str
    home: str
    there: str
    in_force: date
    covers_from: date | None = None
    basis: str = "issue"
    documents: bool = False
    former_tail: str | None = None


def draft_agreement(
    tx: Tx, actor: Actor, *, basics: Basics, base: str | None = None
) -> Recorded[events.AgreementDrafted]:
    """Write an agreement in one direction; with `base` the draft begins with the lines of another one.

    A code that is taken makes it the next revision, which its approval puts in the former's place; Conflict while a
    draft of that code is open, or where the code is another organisation's.
    """
    act = begin(tx, actor, "recognition.draft_agreement")
    check_steward(act)
    code = text.clean_line("code", basics.code, limit=_CODE)
    before = queries.newest(tx.connection, code)
    if before is not None and (before.org_id != actor.org_id or before.state == "draft"):
        raise Conflict(why="agreement-code-taken")
    source = None if base is None else queries.find_agreement(tx.connection, actor.org_id, base)
    said = replace(
        _text(basics, code, before, base=None if source is None else str(source.id)),
        revision=queries.next_revision(tx.connection, code),
    )
    lines = () if source is None else queries.lines_of(source)
    body = events.AgreementDrafted(text=said, lines=lines)
    return record(act, events.DRAFT_AGREEMENT, subject(actor.org_id, tx.new_id()), body)


def _text(basics: Basics, code: str, before: queries.Row | None, *, base: str | None) -> Text:
    _check_sides(basics)
    tail = basics.former_tail
    if before is not None and before.state == "approved" and tail not in {"yes", "no"}:
        raise BadInput("former_tail", "required")
    return Text(
        code=code,
        revision=1,
        name_en=text.clean_line("name_en", basics.names[0], limit=_NAME),
        name_zh_hans=text.clean_line("name_zh_hans", basics.names[1], limit=_NAME),
        name_zh_hant=text.clean_line("name_zh_hant", basics.names[2], limit=_NAME),
        source=text.clean_line("source", basics.source, limit=_SOURCE),
        home=basics.home,
        there=basics.there,
        in_force=basics.in_force.isoformat(),
        covers_from=None if basics.covers_from is None else basics.covers_from.isoformat(),
        basis=basics.basis,
        documents=basics.documents,
        base=base,
        former_tail=None if before is None else tail,
    )


def _check_sides(basics: Basics) -> None:
    for field in ("home", "there"):
        if getattr(basics, field) not in queries.jurisdictions():
            raise BadInput(field, "not-a-choice")
    if basics.home == basics.there:
        raise BadInput("there", "same-side")
    if basics.basis not in BASES:
        raise BadInput("basis", "not-a-choice")
    if basics.covers_from is not None and basics.covers_from > basics.in_force:
        raise BadInput("covers_from", "after-first-day")


def add_line(tx: Tx, actor: Actor, agreement_id: str, *, line: Line) -> Recorded[events.LineAdded]:
    """Add a line to a draft; its number is the next one, whatever the caller says."""
    act = begin(tx, actor, "recognition.add_line")
    row = _draft(tx, actor, agreement_id)
    lines = queries.lines_of(row)
    if len(lines) >= _LINES:
        raise Conflict(why="too-many-lines", most=_LINES)
    no = 1 + max((one.no for one in lines), default=0)
    body = events.LineAdded(line=replace(_checked(line), no=no))
    return record(act, events.ADD_LINE, subject(actor.org_id, row.id), body)


def _checked(line: Line) -> Line:
    if line.level not in rules.LEVELS:
        raise BadInput("level", "not-a-choice")
    if line.equivalence not in EQUIVALENCES:
        raise BadInput("equivalence", "not-a-choice")
    if not set(line.asks) <= set(rules.CONDITIONS):
        raise BadInput("asks", "not-a-choice")
    for field in ("categories", "editions", "classes", "terms"):
        if not getattr(line, field):
            raise BadInput(field, "required")
    return line


def strike_line(tx: Tx, actor: Actor, agreement_id: str, *, no: int) -> Recorded[events.LineStruck]:
    """Take a line out of a draft."""
    act = begin(tx, actor, "recognition.strike_line")
    row = _draft(tx, actor, agreement_id)
    if no not in {one.no for one in queries.lines_of(row)}:
        raise BadInput("no", "not-a-choice")
    return record(act, events.STRIKE_LINE, subject(actor.org_id, row.id), events.LineStruck(no=no))


def discard_agreement(tx: Tx, actor: Actor, agreement_id: str) -> Recorded[events.AgreementDiscarded]:
    """Give a draft up; its code is free for another one."""
    act = begin(tx, actor, "recognition.discard_agreement")
    row = _draft(tx, actor, agreement_id)
    body = events.AgreementDiscarded(code=row.code, revision=row.revision)
    return record(act, events.DISCARD_AGREEMENT, subject(actor.org_id, row.id), body)


def _draft(tx: Tx, actor: Actor, agreement_id: str) -> queries.Row:
    row = queries.find_agreement(tx.connection, actor.org_id, agreement_id)
    if row.state != "draft":
        raise Conflict(why="not-a-draft")
    return row


def approve_agreement(tx: Tx, actor: Actor, agreement_id: str) -> Recorded[events.AgreementApproved]:
    """Approve the whole text that others wrote, with a fresh factor; OwnFile for anybody who wrote a part of it."""
    act = begin(tx, actor, "recognition.approve_agreement")
    row = _draft(tx, actor, agreement_id)
    check_other(act, "approve_agreement", queries.writers(tx.connection, row))
    lines = queries.lines_of(row)
    if not lines:
        raise Conflict(why="no-lines")
    check_not_past(act, "in_force", date.fromisoformat(row.in_force))
    former = queries.in_place_of(tx.connection, row)
    said = queries.text_of(row)
    digest = digest_of(events.AgreementDrafted(text=said, lines=lines))
    body = events.AgreementApproved(
        text=said,
        lines=lines,
        digest=digest,
        former=None if former is None else former.id,
        signature=sign(act, "approve_agreement", {"agreement": row.id, "text": digest}),
    )
    return record(act, events.APPROVE_AGREEMENT, subject(actor.org_id, row.id), body)


def suspend_agreement(
    tx: Tx, actor: Actor, agreement_id: str, *, since: date, why: str
) -> Recorded[events.AgreementSuspended]:
    """Suspend an agreement from today or a later day on; nothing is recognised by it meanwhile."""
    act = begin(tx, actor, "recognition.suspend_agreement")
    row = _approved(tx, actor, agreement_id)
    if any(one["until"] is None for one in json.loads(row.suspended)):
        raise Conflict(why="suspended-already")
    if why not in WHY_SUSPENDED:
        raise BadInput("why", "not-a-choice")
    check_not_past(act, "since", since)
    facts = {"agreement": row.id, "since": since.isoformat(), "why": why}
    body = events.AgreementSuspended(
        since=since.isoformat(), why=why, signature=sign(act, "suspend_agreement", facts)
    )
    return record(act, events.SUSPEND_AGREEMENT, subject(actor.org_id, row.id), body)


def resume_agreement(
    tx: Tx, actor: Actor, agreement_id: str, *, since: date
) -> Recorded[events.AgreementResumed]:
    """Let a suspended agreement recognise again, from today or a later day on."""
    act = begin(tx, actor, "recognition.resume_agreement")
    row = _approved(tx, actor, agreement_id)
    if not any(one["until"] is None for one in json.loads(row.suspended)):
        raise Conflict(why="agreement-not-suspended")
    check_not_past(act, "since", since)
    facts = {"agreement": row.id, "since": since.isoformat()}
    body = events.AgreementResumed(since=since.isoformat(), signature=sign(act, "resume_agreement", facts))
    return record(act, events.RESUME_AGREEMENT, subject(actor.org_id, row.id), body)


def end_agreement(
    tx: Tx, actor: Actor, agreement_id: str, *, ends: date, tail: str, tail_until: date | None = None
) -> Recorded[events.AgreementEnded]:
    """End an agreement on a day; `tail` says whether certificates issued before stay recognised (I53)."""
    act = begin(tx, actor, "recognition.end_agreement")
    row = _approved(tx, actor, agreement_id)
    if row.ends is not None:
        raise Conflict(why="ends-already")
    if tail not in TAILS:
        raise BadInput("tail", "not-a-choice")
    check_not_past(act, "ends", ends)
    if (tail == "until") != (tail_until is not None):
        raise BadInput("tail_until", "required" if tail == "until" else "left-empty")
    if tail_until is not None and tail_until <= ends:
        raise BadInput("tail_until", "ends-before")
    until = None if tail_until is None else tail_until.isoformat()
    facts = {"agreement": row.id, "ends": ends.isoformat(), "tail": tail, "tail_until": until or ""}
    body = events.AgreementEnded(
        ends=ends.isoformat(), tail=tail, tail_until=until, signature=sign(act, "end_agreement", facts)
    )
    return record(act, events.END_AGREEMENT, subject(actor.org_id, row.id), body)


def _approved(tx: Tx, actor: Actor, agreement_id: str) -> queries.Row:
    row = queries.find_agreement(tx.connection, actor.org_id, agreement_id)
    if row.state != "approved":
        raise Conflict(why="agreement-not-approved")
    return row
