"""What stands against a signature, told before anybody proves who he is: the lint, and what cannot be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from remanu.accounts import queries as accounts
from remanu.parts.queries import CaseView
from remanu.release import queries
from remanu.release.events import CertificateRecord
from remanu.web.context import here, me
from remanu.web.words import LINT_ADVICE, LINTS

LINTED: Mapping[str, Any] = {"lints": LINTS, "advice": LINT_ADVICE}
"""The words that the list of findings is said in."""


def stands_against(
    connection: Connection, case: CaseView, paper: CertificateRecord, *, dossier: Any
) -> list[dict[str, str]]:
    """Everything that stands against this draft as the person who looks would sign it."""
    who, now = me().actor, here().database.clock.now()
    valid = accounts.authorised(
        connection, who.org_id, who.ref, family=case.item.family, activity="release", on=now
    )
    number = None if valid is None else str(valid.number)
    signer = accounts.name_of(connection, here().database.keyring, who.org_id, who.ref) or ""
    found = queries.lint_draft(
        connection, case, paper, dossier, number=paper.number, authorisation=number, now=now
    )
    drawn = queries.trial(connection, case, paper, signer=signer, authorisation=number or "", now=now)
    # Whoever may not sign at all reads that from the act itself.
    kept = [one for one in found if one.code != "authorisation-not-valid"]
    return [one.told() for one in (*kept, *queries.undrawable(drawn))]
