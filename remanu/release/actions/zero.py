"""Zero time: a unit that its maker rebuilt begins a record without previous operating history (I8)."""

from __future__ import annotations

from dataclasses import replace

from remanu.accounts import queries as accounts
from remanu.accounts.actions import digest_of, signature
from remanu.db import Tx
from remanu.errors import Conflict
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import begin, record
from remanu.parts.events import Cited
from remanu.parts.queries import CaseView, find_case
from remanu.release import queries
from remanu.release.actions.signing import may_sign
from remanu.release.events import STATE_ZERO_TIME, ZeroTimeStated
from remanu.rules import limited, text
from remanu.rules.actor import Actor

_LIMIT = 120


def state_zero_time(
    tx: Tx,
    actor: Actor,
    certificate_id: str,
    *,
    agency: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[ZeroTimeStated]:
    """State that a released unit begins at zero time: only by a rule of its family, as REBUILT, by its maker (I8).

    An agency of the maker names the paper that appoints it and shows it. Total counters go on: the statement opens
    a record without former history, and hides none.
    """
    act = begin(tx, actor, "release.state_zero_time")
    paper = queries.find_certificate(tx.connection, actor.org_id, certificate_id)
    case = find_case(tx.connection, actor.org_id, paper.case_id)
    may_sign(tx, actor, case)
    if paper.state != "ISSUED" or paper.life != case.item.life:
        raise Conflict(why="not-released", certificate=paper.id)
    rule = case.family.claims.zero_time
    appointed = text.clean_line("agency", agency, limit=_LIMIT) if agency else None
    by_maker = _is_maker(tx, case) or (appointed is not None and bool(evidence))
    lacking = limited.zero_time_lacks(
        limited.Rebuild(None if rule is None else rule.text, paper.claim_class, by_maker=by_maker)
    )
    if rule is None or lacking:
        raise Conflict(why=lacking[0], lacking=list(lacking))
    if queries.zero_time(tx.connection, actor.org_id, case.item.id, paper.life) is not None:
        raise Conflict(why="stated-already")
    body = ZeroTimeStated(
        case=case.id,
        life=paper.life,
        certificate=paper.id,
        scheme=rule.text,
        agency=appointed,
        evidence=evidence,
    )
    signed = signature(
        act,
        "release.state_zero_time",
        meaning=queries.MEANINGS["state_zero_time"],
        record=digest_of(body),
    )
    return record(act, STATE_ZERO_TIME, case.subject, replace(body, signature=signed))


def _is_maker(tx: Tx, case: CaseView) -> bool:
    """Whether the organisation is the unit's maker by name."""
    return queries.made_by(accounts.find_organisation(tx.connection, case.org_id), case.item.maker) == "maker"
