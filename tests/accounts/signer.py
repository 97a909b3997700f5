"""Somebody who signs: with a passkey that a second person confirmed, or with password and one-time code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from remanu import passkeys as passkey
from remanu.accounts import actions, queries
from remanu.clock import stamp
from remanu.errors import FactorNeeded
from remanu.ledger.record import begin
from remanu.rules import onetime
from remanu.rules.actor import Actor
from remanu.rules.signing import GROUPS, Proof, Site, Ticket
from tests.accounts.place import COST, PASSWORD, Place
from tests.authenticator import ORIGIN, SITE, Authenticator

HERE = Site(ORIGIN, SITE)
MEANING, RECORD = "I release it.", "ab" * 32


@dataclass(slots=True)
class Signer:
    """A member of the certifying staff with a passkey, and quality beside him."""

    place: Place
    ref: str
    keeper: Actor
    key: Authenticator = field(default_factory=Authenticator)
    passkey: str = ""

    @property
    def actor(self) -> Actor:
        """The signer, his password just given."""
        return self.place.actor(self.ref)

    def register(self, key: Authenticator | None = None, **changes: Any) -> str:
        """Bring the passkey; returns its id."""
        who, one = self.actor, key or self.key
        at = stamp(self.place.database.clock.now())
        challenge = actions.enrolment_challenge(self.place.database.keyring, who, at)
        answer = one.register({"at": at, "challenge": passkey.encoded(challenge)})
        given = {"name": "Key on my ring", "answer": {**answer, **changes}, "site": HERE}
        self.passkey = self.place.do(actions.register_passkey, who, **given).body.passkey
        return self.passkey

    def confirm(self) -> Signer:
        """Let quality confirm it."""
        self.place.do(actions.confirm_passkey, self.keeper, self.passkey)
        return self

    def ask(self, record: str = RECORD, who: Actor | None = None) -> dict[str, Any]:
        """What the server says would be signed."""
        asking = replace(who or self.actor, fresh_until=None, proof=Proof(asking=True, site=HERE))
        with pytest.raises(FactorNeeded) as refusal:
            self.take(asking, record)
        return dict(refusal.value.details)

    def answer(self, given: str, record: str = RECORD, who: Actor | None = None):
        """Send what an authenticator answered; returns the signature."""
        values = json.loads(given)
        ticket = Ticket(values["at"], values["nonce"], values["tag"])
        one = passkey.read("passkey_factor", values)
        proof = Proof("passkey", assertion=one, ticket=ticket, site=HERE)
        return self.take(replace(who or self.actor, fresh_until=None, proof=proof), record)

    def take(self, who: Actor, record: str = RECORD):
        """The signature as a signed act takes it."""
        return self.place.database.transact(lambda tx: _taken(tx, who, record))

    def enrol_code(self) -> bytes:
        """Set up one-time codes; returns the secret."""
        place, who = self.place, self.actor
        now = place.database.clock.now()
        secret, sealed = actions.offer_code(place.database.keyring, who, now)
        place.do(actions.enrol_code, who, sealed=sealed, code=onetime.code(secret, onetime.step_at(now)))
        return secret

    def by_code(self, code: str, who: Actor | None = None) -> Actor:
        """The signer with password and this code."""
        place = self.place
        return place.ask(
            actions.check_factor,
            place.database.keyring,
            who or self.actor,
            PASSWORD,
            now=place.database.clock.now(),
            cost=COST,
            code=code,
        )

    def code(self, secret: bytes) -> str:
        """The code of this moment."""
        return onetime.code(secret, onetime.step_at(self.place.database.clock.now()))

    def state(self) -> str:
        """How the passkey stands."""
        return self.place.ask(queries.find_passkey, self.place.org_id, self.passkey).state


def _taken(tx: Any, who: Actor, record: str):
    act = begin(tx, who, "release.release")
    return actions.signature(act, "release.release", meaning=MEANING, record=record)


def at_work(place: Place, key: Authenticator | None = None) -> Signer:
    """Certifying staff and quality of a workshop."""
    ref = place.member("signer", "certifying_staff")
    keeper = place.actor(place.member("keeper", "quality"))
    return Signer(place, ref, keeper, key or Authenticator())


def decide(place: Place, way: str, *, first: Actor, second: Actor) -> None:
    """Let one person propose and the other approve that everything is signed in this way."""
    ways = actions_by(way)
    policy = place.do(actions.propose_policy, first, ways=ways).body.policy
    place.do(actions.approve_policy, second, policy)


def actions_by(way: str) -> dict[str, str]:
    """A policy that asks the same of certificates and leaves people's rights to the password."""
    return {**dict.fromkeys(set(GROUPS.values()), way), "rights": "password"}
