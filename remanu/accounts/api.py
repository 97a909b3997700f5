"""JSON about accounts: who I am, and the administrator's reads; acts are published from the table of verbs."""

from __future__ import annotations

from json import loads
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.accounts import queries
from remanu.accounts.queries import sites as site_queries
from remanu.accounts.schemas import VERBS
from remanu.web import acts
from remanu.web.access import SIGNED_IN, allow
from remanu.web.context import actor, here, me

_ADMINISTRATION = "read:administration"


class Me(Schema):
    """Who is signed in."""

    ref = fields.String()
    name = fields.String()
    organisation = fields.String()
    roles = fields.List(fields.String())
    device = fields.String(allow_none=True)
    fresh_until = fields.AwareDateTime(allow_none=True)


class Member(Schema):
    """A member as the administrator sees him; an erased one has no name."""

    ref = fields.String()
    name = fields.String(allow_none=True)
    login = fields.String(allow_none=True)
    roles = fields.List(fields.String())
    state = fields.String()
    joined_at = fields.AwareDateTime()


class AuthorisationRow(Schema):
    """An authorisation; it has ended at `valid_to`, or at `withdrawn_at`."""

    id = fields.String()
    ref = fields.String()
    number = fields.String()
    family = fields.String()
    activity = fields.String()
    site = fields.String()
    valid_from = fields.AwareDateTime()
    valid_to = fields.AwareDateTime()
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    scope = fields.String(allow_none=True)
    level = fields.String(allow_none=True)
    issuer = fields.String(allow_none=True)


class DeviceRow(Schema):
    """A shared tablet."""

    id = fields.String()
    name = fields.String()
    enrolled_at = fields.AwareDateTime()
    retired_at = fields.AwareDateTime(allow_none=True)


class SiteRow(Schema):
    """A site of the organisation, from its first day on and before the day on which it was closed."""

    id = fields.String()
    name = fields.String()
    places = fields.Function(lambda row: loads(row.places))
    usual = fields.Boolean()
    opened_on = fields.String()
    closed_on = fields.String(allow_none=True)


class Link(Schema):
    """A one-time link that still works; its address stood in the answer that made it."""

    id = fields.String()
    member = fields.String(allow_none=True)
    expires_at = fields.AwareDateTime()


class PasskeyRow(Schema):
    """A passkey: who signs with it, its COSE public key, and whether it signs."""

    id = fields.String()
    ref = fields.String()
    name = fields.String()
    credential = fields.String()
    key = fields.String()
    rp_id = fields.String()
    copyable = fields.Boolean()
    state = fields.String()
    registered_at = fields.AwareDateTime()
    confirmed_at = fields.AwareDateTime(allow_none=True)
    retired_at = fields.AwareDateTime(allow_none=True)


class PolicyRow(Schema):
    """By what each part of the organisation's acts is signed, or was, or is proposed to be."""

    id = fields.String()
    ways = fields.Dict(keys=fields.String(), values=fields.String())
    state = fields.String()
    proposed_by = fields.String()
    proposed_at = fields.AwareDateTime()
    decided_by = fields.String(allow_none=True)
    decided_at = fields.AwareDateTime(allow_none=True)


class SigningRules(Schema):
    """How people sign: every policy, the newest first, and passkeys that wait for a second person."""

    policies = fields.List(fields.Nested(PolicyRow))
    waiting = fields.List(fields.Nested(PasskeyRow))


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("accounts")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in _READS:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


@allow(SIGNED_IN)
def whoami() -> dict[str, Any]:
    """Who is signed in, by which roles."""
    who = me()
    return {
        "ref": who.actor.ref,
        "name": who.name,
        "organisation": who.organisation,
        "roles": sorted(who.actor.roles),
        "device": who.actor.device,
        "fresh_until": who.actor.fresh_until,
    }


@allow(_ADMINISTRATION)
def people() -> list[dict[str, Any]]:
    """Everybody in the organisation."""
    database = here().database
    with database.reading() as connection:
        return queries.members(connection, database.keyring, actor().org_id)


@allow(_ADMINISTRATION)
def authorisations() -> list[queries.Row]:
    """Every authorisation of the organisation, newest first."""
    with here().database.reading() as connection:
        return queries.authorisations(connection, actor().org_id)


@allow("read:qualifications")
def qualifications() -> list[queries.Row]:
    """What members may do and sign, and until when, newest first."""
    with here().database.reading() as connection:
        return queries.authorisations(connection, actor().org_id)


@allow(_ADMINISTRATION)
def devices() -> list[queries.Row]:
    """Shared tablets of the organisation."""
    with here().database.reading() as connection:
        return queries.devices(connection, actor().org_id)


@allow(_ADMINISTRATION)
def sites() -> list[queries.Row]:
    """Sites of the organisation, those in use first."""
    with here().database.reading() as connection:
        return site_queries.sites(connection, actor().org_id)


@allow(_ADMINISTRATION)
def invitations() -> list[dict[str, Any]]:
    """Links that still work."""
    database = here().database
    with database.reading() as connection:
        pending = queries.pending_invitations(connection, actor().org_id, now=database.clock.now())
    return [
        {
            "id": row.id,
            "member": row.member,
            "expires_at": row.expires_at,
        }
        for row in pending
    ]


@allow(SIGNED_IN)
def passkeys() -> list[queries.Row]:
    """My passkeys, retired ones as well."""
    who = actor()
    with here().database.reading() as connection:
        return queries.passkeys_of(connection, who.org_id, who.ref)


@allow("read:qualifications")
def signing() -> dict[str, Any]:
    """How people sign here."""
    who = actor()
    with here().database.reading() as connection:
        listed = queries.policies(connection, who.org_id)
        waiting = queries.waiting_passkeys(connection, who.org_id)
    # What a row holds as text is an object for whoever reads it.
    policies = [{**row._mapping, "ways": loads(row.ways)} for row in listed]  # noqa: SLF001 -- public
    return {"policies": policies, "waiting": waiting}


_READS = (
    ("/me", Me, whoami),
    ("/me/passkeys", PasskeyRow(many=True), passkeys),
    ("/admin/signing", SigningRules, signing),
    ("/admin/people", Member(many=True), people),
    ("/admin/authorisations", AuthorisationRow(many=True), authorisations),
    ("/qualifications", AuthorisationRow(many=True), qualifications),
    ("/admin/devices", DeviceRow(many=True), devices),
    ("/admin/sites", SiteRow(many=True), sites),
    ("/admin/invitations", Link(many=True), invitations),
)
