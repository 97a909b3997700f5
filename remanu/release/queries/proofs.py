"""By what a certificate was signed, and whether the evidence in its event still shows it (T-R7)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu import passkeys as passkey
from remanu.accounts.queries import passkey_behind
from remanu.ledger.models import EventRow
from remanu.release.queries.certificates import Row

PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class SignedBy:
    """How the signer proved himself; `method` is empty where a signature of former versions says nothing of it.

    `faults` are the reasons why a passkey's evidence does not hold; none where it does, and none for the other ways,
    of which the record keeps nothing that could be checked again. `short_name` is the key's own, to be compared.
    """

    method: str = ""
    continued: bool = False
    short_name: str = ""
    faults: tuple[str, ...] = ()

    @property
    def holds(self) -> bool | None:
        """Whether the evidence was checked and holds; None where there is nothing to check."""
        return not self.faults if self.method == PASSKEY else None


def signed_by(connection: Connection, paper: Row) -> SignedBy | None:
    """By what this certificate was signed, its evidence checked again just now; None for one that nobody signed."""
    if not paper.approval:
        return None
    event = (EventRow.org_id == paper.org_id, EventRow.id == paper.event_id)
    canonical = connection.execute(sa.select(EventRow.canonical).where(*event)).scalar_one()
    said = json.loads(canonical)["body"]["issue"].get("evidence", {})
    if said.get("method") != PASSKEY:
        return SignedBy(said.get("method", ""), continued=bool(said.get("continued")))
    key = passkey_behind(connection, paper.org_id, said["credential"])
    found = faults_in(json.loads(paper.approval), said, key)
    return SignedBy(PASSKEY, short_name=passkey.fingerprint(passkey.decoded(said["key"])), faults=found)


def faults_in(approval: Mapping[str, Any], evidence: Mapping[str, Any], key: Row | None) -> tuple[str, ...]:
    """What is wrong with a passkey's evidence: its own bytes, and that the key is the one this signer registered."""
    if key is None or (key.ref, key.key) != (approval["signer"], evidence["key"]):
        return ("not-the-signers",)
    origin = str(evidence["origin"])
    host = urlsplit(origin).hostname or ""
    if host != key.rp_id and not host.endswith(f".{key.rp_id}"):
        return ("other-origin",)
    return passkey.stands(approval, evidence, origin=origin, rp_id=key.rp_id)
