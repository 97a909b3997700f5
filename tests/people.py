"""The people of the tests: a technician, a certifier, a buyer without an account, an outsider, and one a role."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from remanu.rules.actor import Actor
from remanu.rules.permissions import ROLES

WORKSHOP = "0195a000-0000-7000-8000-000000000001"
ELSEWHERE = "0195a000-0000-7000-8000-000000000002"


def member(name: str, *roles: str, org_id: str = WORKSHOP) -> Actor:
    """A person of this name with these roles; the same name is the same person."""
    return Actor(
        org_id=org_id,
        person_id=_known("person", name),
        ref=_known(org_id, name),
        roles=frozenset(roles),
        source="web",
        zone="Asia/Shanghai",
    )


def _known(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()[:32]


def fresh(actor: Actor, now: datetime) -> Actor:
    """The same person a moment after he proved again who he is."""
    return replace(actor, fresh_until=now + timedelta(minutes=5))


TECHNICIAN = member("technician", "technician")
CERTIFIER = member("certifier", "certifying_staff")
BUYER = None
OUTSIDER = member(
    "outsider", *(role for role in ROLES if role not in {"admin", "supervisor"}), org_id=ELSEWHERE
)
BY_ROLE: Mapping[str, Actor] = {
    role: member(role, role) for role in ROLES if role not in {"technician", "certifying_staff"}
} | {"technician": TECHNICIAN, "certifying_staff": CERTIFIER}
# The token of an open one-time link: nobody can read one from a store.
LINK = "a-link-that-nobody-else-reads"
