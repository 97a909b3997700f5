"""What is printed on a certificate, for pages, JSON and the PDF alike: all from the record."""

from __future__ import annotations

import json
from typing import Any

from flask import abort
from sqlalchemy.engine import Connection

from remanu.accounts import queries as accounts
from remanu.clock import parse_stamp
from remanu.drawing.form import Block, numbered
from remanu.drawing.paper import Print, blocks, document
from remanu.ledger import body as bodies
from remanu.parts.queries import find_case
from remanu.release import queries
from remanu.web.context import here
from remanu.web.locale import current, gettext
from remanu.web.words import N_, REASONS

_METHODS = {
    "": N_("The record of that time does not say"),
    "password": N_("Password"),
    "password+code": N_("Password and one-time code"),
    "passkey": N_("Passkey"),
}
_KEPT = {
    "password": N_("The record says that the password was right. It keeps nothing that others could check again."),
    "password+code": N_("The record says that both were right. It keeps nothing that others could check again."),
    "continued": N_(
        "One of the two was given, both a short time before. The record keeps nothing that others could check again."
    ),
    "passkey": N_("The key of this person signed this certificate and no other. Anybody can check it from the record."),
}
_NOT_THE_SIGNERS = N_("It is no passkey of the person who is named")


def method_word(one: queries.SignedBy) -> str:
    """By what it was signed, in the reader's words."""
    return gettext(_METHODS[one.method])


def kept_word(one: queries.SignedBy) -> str:
    """What the record keeps of it, in a sentence; of evidence that does not hold, why."""
    if one.faults:
        return gettext(REASONS.get(one.faults[0], _NOT_THE_SIGNERS))
    key = "continued" if one.continued else one.method
    return gettext(_KEPT[key]) if key in _KEPT else ""


def signer_of(connection: Connection, paper: Any) -> str | None:
    """The name of whoever signed, for insiders; None for a draft and where it was erased."""
    if not paper.signer_ref:
        return None
    return accounts.name_of(connection, here().database.keyring, paper.org_id, paper.signer_ref)


def drawn(connection: Connection, row: Any, *, signer: str | None, copy: int = 0) -> Print:
    """Everything that is printed on one certificate; a draft shows what a signature would sign."""
    record, approval = _said(connection, row)
    at = parse_stamp(approval["at"]) if approval else here().database.clock.now()
    log = queries.logged(connection, row.org_id, row.event_id) if approval else None
    return Print(
        record=record,
        document=document(json.dumps(record), row.approval, row.authorisation),
        state=row.state,
        signed_at=at,
        authorisation=row.authorisation,
        signer=signer,
        origin=log.origin if log else "",
        size=log.size if log else 0,
        root=log.root if log else b"",
        url=row.uri,
        copy=copy,
        demonstration=here().config.demonstration,
        class_word=queries.class_word(record, language=current(), on=at.date()),
        **queries.spoken_names(connection, row.org_id, record["unit"], current()),
    )


def _said(connection: Connection, row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    if row.record:
        return json.loads(row.record), json.loads(row.approval)
    case = find_case(connection, row.org_id, row.case_id)
    sealed = queries.sealed_dossier(connection, case)
    if sealed is None:
        abort(404)
    return bodies.encode(queries.draft_record(connection, case, sealed, row)), {}


def block_by_block(connection: Connection, row: Any) -> tuple[Block, ...]:
    """The certificate as the blocks of its form, in the language of the request; of a draft what would be signed."""
    one = drawn(connection, row, signer=signer_of(connection, row))
    return numbered(blocks(one, locale=current()), current())
