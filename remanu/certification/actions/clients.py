"""Acts of a workshop towards its body, in its own record: apply, and ask for something or answer later.

One act writes one organisation's subjects (architecture.md §4). The body reads what is addressed to it, and its own act
cites this one by digest.
"""

from __future__ import annotations

from collections.abc import Sequence

from remanu.certification import queries
from remanu.certification.actions.deciding import check_is, kept, today
from remanu.certification.events import Cited
from remanu.certification.events import clients as events
from remanu.db import Tx
from remanu.errors import BadInput, Conflict, NotFound
from remanu.families.loader import load_all
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, Private, begin, record
from remanu.rules import certification, text
from remanu.rules.actor import Actor

WISHES = ("corrected", "suspend", "reduce", "terminate", "appeal", "complaint")
"""What a holder says to his body: what he did about findings, what he asks for, that he does not agree."""
_AFTER = frozenset({"suspend", "reduce", "terminate"})
_NOTE = 4000


def apply(
    tx: Tx,
    actor: Actor,
    *,
    body: str,
    scheme: str,
    family: str,
    lines: Sequence[certification.Line],
    agreement: bool,
    extends: str | None = None,
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Applied]:
    """Apply to a certification body for a certificate, or for more models on one (SM-5, domain.md §3.6).

    `extends` is the workshop's application behind the certificate. The edition is the newest one in force today.
    """
    act = begin(tx, actor, "certification.apply")
    check_is(act, "workshop")
    _check_body(act, body)
    if family not in load_all():
        raise BadInput("family", "not-a-choice")
    if not agreement:
        raise BadInput("agreement", "required")
    if not lines:
        raise BadInput("models", "required")
    said = events.Applied(
        body=body,
        scheme=scheme,
        family=family,
        edition=_edition(act, scheme),
        lines=kept(tuple(dict.fromkeys(lines))),
        agreement=agreement,
        extends=None if extends is None else _extended(act, extends, body=body, scheme=scheme, family=family),
        evidence=evidence,
    )
    return record(act, events.APPLY, subject(actor.org_id, tx.new_id()), said)


def _check_body(act: Act, body: str) -> None:
    try:
        known = queries.is_a(act.tx.connection, body, "certification_body")
    except NotFound as error:
        raise BadInput("body", "not-a-choice") from error
    if not known:
        raise BadInput("body", "not-a-choice")
    if body == act.actor.org_id:
        raise Conflict(why="same-organisation")


def _edition(act: Act, scheme: str) -> str:
    if queries.scheme_called(act.tx.connection, scheme) is None:
        raise BadInput("scheme", "not-a-choice")
    valid = [
        one
        for one in queries.editions(act.tx.connection, scheme)
        if queries.edition_in_force(one, today(act))
    ]
    if not valid:
        raise BadInput("scheme", "not-in-force")
    return str(valid[-1].edition)


def _extended(act: Act, application: str, *, body: str, scheme: str, family: str) -> str:
    row = queries.find_application(act.tx.connection, act.actor.org_id, application)
    if row.number is None or (row.body_org, row.scheme, row.family) != (body, scheme, family):
        raise BadInput("extends", "not-a-choice")
    return str(row.certification)


def request(
    tx: Tx,
    actor: Actor,
    application: str,
    *,
    wish: str,
    note: str = "",
    clauses: Sequence[str] = (),
    evidence: tuple[Cited, ...] = (),
) -> Recorded[events.Asked]:
    """Answer the body's findings, or ask it to suspend, reduce, end, or to hear an appeal; the words are sealed."""
    act = begin(tx, actor, "certification.request")
    row = queries.find_application(tx.connection, actor.org_id, application)
    if wish not in WISHES:
        raise BadInput("wish", "not-a-choice")
    if (wish in _AFTER and row.number is None) or (wish == "corrected" and row.state != "AWAITING_CLIENT"):
        raise Conflict(why="nothing-to-ask", state=row.state or "-")
    body = events.Asked(body=row.body_org, wish=wish, clauses=tuple(clauses), evidence=evidence)
    words = {"note": text.clean_note("note", note, limit=_NOTE)} if note else None
    private = None if words is None else Private(seal.organisation_key(actor.org_id), words)
    return record(act, events.REQUEST, subject(actor.org_id, row.id), body, private=private)
