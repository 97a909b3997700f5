"""What proves who signs, as it comes with an act: the controls that a person is shown, and how they are read."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import Response, after_this_request
from sqlalchemy.engine import Connection

from remanu import passkeys as passkey
from remanu.accounts import actions, queries
from remanu.errors import BadInput
from remanu.rules import canonical as jcs
from remanu.rules import signing
from remanu.rules.actor import Actor
from remanu.rules.signing import FACTORS, METHODS, Proof, Site, Ticket
from remanu.web.acts import Field, Signing, Values
from remanu.web.context import here, me

ASKING = "?"
_ANSWER = 16_384


def site() -> Site:
    """Where people of this installation sign: the address it is reached under, and the name in it."""
    origin = here().config.label_origin
    return Site(origin, origin.partition("://")[2].partition(":")[0])


def takes_passkeys() -> bool:
    """Whether browsers offer passkeys here: they are bound to a name, which a number is not (WebAuthn §5.1.2)."""
    try:
        ipaddress.ip_address(site().rp_id)
    except ValueError:
        return True
    return False


def confirm(connection: Connection, who: Actor, values: Values) -> Actor:
    """For `Verb.prepare`: the actor with what came with the act to prove who he is (T-R8).

    A password that comes, with its code, is checked here; a passkey's assertion where what it signs is known. A wrong
    password or code is remembered once the refused act is rolled back (T-R17).
    """
    if values.get("passkey_factor"):
        return _by_passkey(who, values["passkey_factor"])
    factor = values.get("factor")
    if not factor:
        return who
    place, now = here(), here().database.clock.now()
    cost, code = place.config.password_cost, values.get("code_factor") or ""
    try:
        return actions.check_factor(connection, place.database.keyring, who, factor, now=now, cost=cost, code=code)
    except BadInput:

        @after_this_request
        def _note(response: Response) -> Response:
            place.database.transact(lambda tx: actions.note_failed_factor(tx, who))
            return response

        raise


def second_of(values: Values) -> actions.Given:
    """What came in the second step of signing in; BadInput for an answer that is none."""
    answer = values["passkey_factor"]
    assertion = passkey.read("passkey_factor", _object(answer)) if answer else None
    return actions.Given(at=values["at"], tag=values["tag"], code=values["code_factor"], assertion=assertion)


def _by_passkey(who: Actor, given: str) -> Actor:
    """The actor with nothing but the passkey's answer: whatever else his session could sign by counts no more."""
    if given == ASKING:
        return replace(who, fresh_until=None, proof=Proof(asking=True, site=site()))
    values = _object(given)
    ticket = Ticket(*(str(values.get(name, "")) for name in ("at", "nonce", "tag")))
    assertion = passkey.read("passkey_factor", values)
    return replace(who, fresh_until=None, proof=Proof(METHODS[-1], assertion=assertion, ticket=ticket, site=site()))


def _object(given: str) -> Mapping[str, Any]:
    try:
        values = jcs.decode(given.encode(), limit=_ANSWER)
    except BadInput as error:
        raise BadInput("passkey_factor", "not-an-assertion") from error
    if not isinstance(values, dict):
        raise BadInput("passkey_factor", "not-an-assertion")
    return values


def controls(connection: Connection, kind: str, listed: Sequence[Field]) -> Sequence[Field]:
    """The controls of an act, those that prove who signs after all others, and only the ways that count here."""
    proving = {one.name: one for one in listed if one.name in FACTORS}
    if not proving:
        return listed
    who = me().actor
    ways = queries.ways_of(connection, who.org_id, who.ref, who.person_id)
    least = signing.wanted(ways.policy, kind)
    both = least == METHODS[1] and not (who.proof or Proof()).continued
    typed = least != METHODS[-1]
    # Each way with whether it is offered at all, and whether the form is nothing without it.
    asked = {
        "passkey_factor": (_wants_passkey(kind, ways, least), False),
        "factor": (typed, True),
        "code_factor": (both or (ways.code and typed), both),
    }
    offered = [(proving[name], must) for name, (there, must) in asked.items() if there and name in proving]
    shown = [_told(replace(one, required=must)) for one, must in offered]
    return [*(one for one in listed if one.name not in FACTORS), *shown]


def _told(one: Field) -> Field:
    """A passkey that cannot be had at this address says so, with what to do; nothing else changes."""
    if one.name != "passkey_factor" or takes_passkeys():
        return one
    return replace(one, widget="no-passkey")


def _wants_passkey(kind: str, ways: queries.Ways, least: str) -> bool:
    if signing.group_of(kind) in signing.NO_CONTENT:
        return False
    return least == METHODS[-1] or (bool(ways.passkeys) and takes_passkeys())


SIGNING = Signing(controls, actions.remember_failure)
