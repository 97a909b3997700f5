"""By what a person signs: the ways there are, which acts each organisation asks which way for, and what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from remanu.errors import BadInput

METHODS = ("password", "password+code", "passkey")
"""Weakest first; on a shared tablet the PIN stands for the password."""
GROUPS: Mapping[str, str] = {
    "release": "certificates",
    "inspection": "quality",
    "restoration": "quality",
    "catalogue": "definitions",
    "certification": "decisions",
    "recognition": "agreements",
    "exchange": "agreements",
    "accounts": "rights",
}
"""Which part of the policy an act falls under, by the feature of its kind."""
FACTORS = frozenset({"factor", "code_factor", "passkey_factor"})
"""Under which names what proves the person comes with an act; it goes no further than the proof."""
NO_CONTENT = frozenset({"rights"})
"""Acts about people show no record whose digest could be signed, so that a passkey is not asked for there."""
ALONE_FOR = timedelta(minutes=15)
"""How long after both components one of them is enough, within one session (T-R8)."""
TICKET_FOR = timedelta(minutes=5)
"""How long a challenge may be answered."""
ALERT_AFTER, ALERT_WITHIN = 5, timedelta(minutes=10)
"""So many failed signatures of one person in this time are called out (T-R17)."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """What an authenticator answered: which credential, what it saw, what the browser saw, and the signature."""

    credential: str
    authenticator: bytes
    client: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """Where the person is: the browser's origin, and the name that a passkey is bound to."""

    origin: str
    rp_id: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the server said when it was asked what would be signed: moment, nonce, and its own keyed tag over both."""

    at: str
    nonce: str
    tag: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What came with an act to prove who does it; `step` is that of a one-time code, spent when the act is done.

    `asking` is set where the person only asks what he would sign. `session` is the session it came by.
    """

    method: str = METHODS[0]
    continued: bool = False
    step: int | None = None
    session: str | None = None
    asking: bool = False
    assertion: Assertion | None = None
    ticket: Ticket | None = None
    site: Site | None = None


ENTRY = "entry"
"""The part of the policy that says whether signing in at a desk takes a second factor; a policy may leave it out."""
ENTRY_WAYS = METHODS[:2]
"""A password alone, or with a one-time code or a passkey beside it."""
ENTRY_FOR = timedelta(minutes=5)
"""How long after the password the second factor may come."""


def group_of(kind: str) -> str:
    """The part of the policy that an act falls under; an unknown feature is treated like certificates."""
    return GROUPS.get(kind.partition(".")[0], "certificates")


def wanted(policy: Mapping[str, str], kind: str) -> str:
    """The weakest way by which this act may be signed."""
    return policy.get(group_of(kind), METHODS[0])


def wanted_beside(policy: Mapping[str, str], kind: str) -> str:
    """The weakest way for a second person who stands beside an act: he signs no content that a passkey could bind.

    Where the act itself asks for a passkey, he gives password and one-time code.
    """
    least = wanted(policy, kind)
    return METHODS[1] if least == METHODS[-1] else least


def enough(method: str, least: str) -> bool:
    """Whether a way is at least as strong as the one that is asked for."""
    return METHODS.index(method) >= METHODS.index(least)


def check_policy(ways: Mapping[str, str]) -> None:
    """BadInput unless each part is known and has a way that can be asked for there."""
    for group in sorted(set(GROUPS.values())):
        way = ways.get(group)
        if way not in METHODS or (group in NO_CONTENT and way == METHODS[-1]):
            raise BadInput(group, "not-a-choice")
    if ways.get(ENTRY, ENTRY_WAYS[0]) not in ENTRY_WAYS:
        raise BadInput(ENTRY, "not-a-choice")
    if set(ways) - {ENTRY} != set(GROUPS.values()):
        raise BadInput("", "unknown-field")


def takes_second(policy: Mapping[str, str]) -> bool:
    """Whether signing in at a desk takes a second factor. A shared tablet is one itself, beside badge and PIN."""
    return policy.get(ENTRY, ENTRY_WAYS[0]) != ENTRY_WAYS[0]


def all_by(method: str) -> dict[str, str]:
    """A policy that asks the same of every act, as far as it can be asked."""
    rest = METHODS[1] if method == METHODS[-1] else method
    return {group: rest if group in NO_CONTENT else method for group in sorted(set(GROUPS.values()))}
