"""Shapes and verbs of passkeys, one-time codes and the policy of signing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import g, request, session
from marshmallow import ValidationError, post_load
from sqlalchemy.engine import Connection

from remanu import passkeys as passkey
from remanu.accounts import actions, queries
from remanu.accounts.schemas.proof import confirm, site, takes_passkeys
from remanu.accounts.schemas.shapes import Nothing, Secret, Signed
from remanu.clock import stamp
from remanu.db import Tx
from remanu.drawing import symbol
from remanu.errors import BadInput, NotFound
from remanu.ledger.kinds import Recorded
from remanu.rules import canonical as jcs
from remanu.rules import onetime, signing, tokens
from remanu.rules.actor import Actor
from remanu.web import shape
from remanu.web.acts import On, Values, Verb
from remanu.web.context import here, me
from remanu.web.words import N_

METHOD_WORDS = {
    "password": N_("Password"),
    "password+code": N_("Password and one-time code"),
    "passkey": N_("Passkey"),
}
GROUP_WORDS = {
    "certificates": N_("Release certificates"),
    "quality": N_("Concessions and other decisions about quality"),
    "definitions": N_("Family packs, limits and criteria"),
    "decisions": N_("Certification and accreditation"),
    "agreements": N_("Recognition agreements"),
    "rights": N_("Rights of people, and the ways they sign"),
    "entry": N_("Signing in at a desk"),
}
ENTRY_WORDS = {
    "password": N_("Password alone"),
    "password+code": N_("Password with a one-time code or a passkey"),
}
STATE_WORDS = {
    "registered": N_("Waits for a second person"),
    "active": N_("Signs"),
    "doubted": N_("Doubted: its counter went back"),
    "retired": N_("Retired"),
    "proposed": N_("Waits for a second person"),
    "in_force": N_("In force"),
    "former": N_("Was in force"),
    "withdrawn": N_("Withdrawn"),
}
RETIRED_WORDS = {
    "lost": N_("It was lost"),
    "replaced": N_("Another one takes its place"),
    "left": N_("The person has left"),
}
_LIMIT = 16_384


class RegisterPasskey(Signed):
    """A new passkey: what its owner calls it, and what the authenticator answered."""

    name = shape.Line(
        required=True,
        limit=60,
        metadata={"label": N_("What you call it"), "help": N_("Such as: key on my ring.")},
    )
    answer = Secret(required=True, metadata={"label": N_("Answer of the authenticator"), "widget": "new-passkey"})


class ConfirmPasskey(Signed):
    """That the key is the colleague's: both compared its short name."""

    compared = shape.Yes(
        required=True,
        metadata={"label": N_("The owner read the short name to me, and it is the same.")},
    )

    @post_load
    def _drop(self, values: Values, **_: Any) -> Values:
        if not values.pop("compared"):
            raise ValidationError({"compared": ["required"]})
        return values


class RetirePasskey(shape.Form):
    """Why it signs no more."""

    why = shape.Choice(
        *actions.RETIRED_BECAUSE,
        required=True,
        metadata={"label": N_("Reason"), "choices": tuple(RETIRED_WORDS.items())},
    )


class EnrolCode(Signed):
    """The first code that a new secret makes; whoever has codes already brings an old one as well."""

    sealed = Secret(required=True, metadata={"hidden": True})
    code = Secret(
        required=True,
        metadata={
            "label": N_("First code"),
            "help": N_("The six digits that your application shows now."),
            "widget": "one-time",
        },
    )


class ResetCode(Signed):
    """Nothing more than the decision and a fresh factor."""


def _way(group: str) -> shape.Choice:
    known = signing.METHODS[: 2 if group in signing.NO_CONTENT else 3]
    choices = tuple((one, METHOD_WORDS[one]) for one in known)
    return shape.Choice(*known, required=True, metadata={"label": GROUP_WORDS[group], "choices": choices})


class ProposePolicy(shape.Form):
    """The weakest way for each part of the organisation's acts."""

    certificates = _way("certificates")
    quality = _way("quality")
    definitions = _way("definitions")
    decisions = _way("decisions")
    agreements = _way("agreements")
    rights = _way("rights")
    entry = shape.Choice(
        *signing.ENTRY_WAYS,
        load_default=None,
        metadata={"label": GROUP_WORDS["entry"], "choices": tuple(ENTRY_WORDS.items())},
    )

    @post_load
    def _gather(self, values: Values, **_: Any) -> Values:
        return {"ways": {name: way for name, way in values.items() if way is not None}}


class ApprovePolicy(Signed):
    """Nothing more than a fresh factor."""


def _register(tx: Tx, who: Actor, *, name: str, answer: str) -> Recorded[Any]:
    """Keep the public key of one's own new passkey; it signs nothing before a second person confirms it."""
    values = jcs.decode(answer.encode(), limit=_LIMIT)
    if not isinstance(values, dict):
        raise BadInput("answer", "not-a-passkey")
    return actions.register_passkey(tx, who, name=name, answer=values, site=site())


def _reset(tx: Tx, who: Actor, ref: str) -> Recorded[Any]:
    """Stop a member's one-time codes; the link for new ones stands in this one answer and is kept nowhere."""
    token = tokens.fresh()
    done = actions.reset_code(tx, who, ref, token=token)
    # Only an act that was done anew comes by here: a repeated one has its answer, and the link is not in it.
    g.invited = f"{request.host_url}invitations/{token}"
    return done


def _shown_once() -> Values:
    made = g.pop("invited", None)
    return {} if made is None else {"address": made}


def _after_reset(row: Any, answer: Values) -> str:
    if "address" in answer["more"]:
        session["link"] = answer["more"]["address"]
    return f"/admin/people/{quote(row.ref)}"


def _enrolment(_connection: Connection, _target: Any) -> Mapping[str, Any]:
    """What a browser needs to make a passkey: the challenge is made anew from who asks and when."""
    who, database = me(), here().database
    at = stamp(database.clock.now())
    challenge = actions.enrolment_challenge(database.keyring, who.actor, at)
    options = {
        "at": at,
        "challenge": passkey.encoded(challenge),
        "rp_id": site().rp_id,
        "user": passkey.encoded(who.actor.ref.encode()),
        "name": who.name,
    }
    return {"options": options, "takes_passkeys": takes_passkeys(), "site": site()}


def _offer(_connection: Connection, _target: Any) -> Mapping[str, Any]:
    """A fresh secret as symbol and letters; one that a refused form brought back goes on."""
    who, database = me(), here().database
    now, brought = database.clock.now(), request.form.get("sealed", "")
    secret, sealed = actions.offer_code(database.keyring, who.actor, now)
    if brought:
        try:
            secret, sealed = actions.offered(database.keyring, who.actor, brought, now), brought
        except BadInput:
            # It stood there too long: a new one takes its place.
            brought = ""
    drawn = symbol.encode(onetime.address(secret, login=who.name, issuer="remanu"))
    return {"sealed": sealed, "spelled": onetime.spelled(secret), "drawn": drawn}


def _of_passkey(connection: Connection, row: Any) -> Mapping[str, Any]:
    owner = queries.name_of(connection, here().database.keyring, row.org_id, row.ref)
    return {"owner": owner, "fingerprint": passkey.fingerprint(passkey.decoded(row.key)), "states": STATE_WORDS}


def _of_policy(connection: Connection, row: Any) -> Mapping[str, Any]:
    org_id = me().actor.org_id
    ways = {} if row is None else jcs.decode(row.ways.encode())
    now = queries.policy_of(connection, org_id)
    known = {"groups": GROUP_WORDS, "methods": METHOD_WORDS, "entry": ENTRY_WORDS, "present": now, "ways": ways}
    return {**known, "suggested": {**dict.fromkeys(GROUP_WORDS, "password"), **now}}


def _to_passkeys(row: Any) -> str:
    return "/me" if row.ref == me().actor.ref else "/admin/signing"


def _to_me(_row: Any, _answer: Values) -> str:
    return "/me"


def _signing_page(_row: Any) -> str:
    return "/admin/signing"


def _to_signing(_row: Any, _answer: Values) -> str:
    return "/admin/signing"


def _reachable(connection: Connection, org_id: str, passkey_id: str) -> queries.Row:
    """One's own passkey, or as administrator or quality anybody's; NotFound otherwise."""
    row, who = queries.find_passkey(connection, org_id, passkey_id), me().actor
    if row.ref != who.ref and not who.roles & actions.KEEPERS:
        raise NotFound(what="passkey")
    return row


def _passkey(done: Recorded[Any]) -> Values:
    return {"passkey": done.body.passkey}


def _policy(done: Recorded[Any]) -> Values:
    return {"policy": done.body.policy}


def _state(row: Any) -> str:
    return str(row.state)


_MINE = On("me", queries.find_passkey, _state, lambda _row: "/me")
_PASSKEY = On("passkeys/<target_id>", _reachable, _state, _to_passkeys)
_POLICIES = On("admin/signing", queries.find_policy, _state, _signing_page)
_POLICY = On("admin/signing/<target_id>", queries.find_policy, _state, _signing_page)
_MEMBER = On(
    "admin/people/<target_id>", queries.find_member, _state, lambda row: f"/admin/people/{quote(row.ref)}"
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "accounts.register_passkey",
        N_("Add a passkey"),
        _MINE,
        RegisterPasskey,
        _register,
        prepare=confirm,
        context=_enrolment,
        then=_to_me,
        answer=_passkey,
    ),
    Verb(
        "accounts.confirm_passkey",
        N_("Confirm this passkey"),
        _PASSKEY,
        ConfirmPasskey,
        actions.confirm_passkey,
        prepare=confirm,
        context=_of_passkey,
    ),
    Verb(
        "accounts.retire_passkey",
        N_("Retire this passkey"),
        _PASSKEY,
        RetirePasskey,
        actions.retire_passkey,
        context=_of_passkey,
    ),
    Verb(
        "accounts.enrol_code",
        N_("Set up one-time codes"),
        _MINE,
        EnrolCode,
        actions.enrol_code,
        prepare=confirm,
        context=_offer,
        then=_to_me,
    ),
    Verb(
        "accounts.reset_code",
        N_("Stop the one-time codes"),
        _MEMBER,
        ResetCode,
        _reset,
        prepare=confirm,
        context=lambda connection, row: {
            "owner": queries.name_of(connection, here().database.keyring, row.org_id, row.ref)
        },
        then=_after_reset,
        once=_shown_once,
    ),
    Verb(
        "accounts.propose_policy",
        N_("Propose how people sign"),
        _POLICIES,
        ProposePolicy,
        actions.propose_policy,
        context=_of_policy,
        then=_to_signing,
        answer=_policy,
    ),
    Verb(
        "accounts.approve_policy",
        N_("Put this in force"),
        _POLICY,
        ApprovePolicy,
        actions.approve_policy,
        prepare=confirm,
        context=_of_policy,
        then=_to_signing,
    ),
    Verb(
        "accounts.withdraw_policy",
        N_("Give this proposal up"),
        _POLICY,
        Nothing,
        actions.withdraw_policy,
        context=_of_policy,
        then=_to_signing,
    ),
)
