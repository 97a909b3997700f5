"""What acts about people need beside their shapes, and the table of verbs that gives each its page and its route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Response, after_this_request, g, request, session
from sqlalchemy.engine import Connection

from remanu.accounts import actions, queries
from remanu.accounts.queries import sites as site_queries
from remanu.accounts.schemas.proof import SIGNING, confirm, second_of, site, takes_passkeys
from remanu.accounts.schemas.shapes import (
    LEVEL_WORDS,
    STATE_WORDS,
    WHY_WORDS,
    AssignRoles,
    Authorise,
    Confirm,
    Day,
    EnrolDevice,
    Invite,
    NewSecret,
    Nothing,
    OnTablet,
    Redeem,
    SameAs,
    Second,
    Signed,
    SignIn,
    Suspend,
)
from remanu.accounts.schemas.sites import CloseSite, OpenSite
from remanu.accounts.schemas.ways import GROUP_WORDS, METHOD_WORDS
from remanu.accounts.schemas.ways import STATE_WORDS as WAY_STATES
from remanu.accounts.schemas.ways import VERBS as WAYS
from remanu.catalogue.queries import packs_to_open
from remanu.db import Tx
from remanu.errors import FactorNeeded, InvalidForm, Refusal
from remanu.ledger.kinds import Recorded
from remanu.rules import tokens
from remanu.rules.actor import Actor
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.context import actor, cookie, here, me
from remanu.web.locale import current
from remanu.web.words import N_, PROBLEMS, REASONS, ROLES

DEVICE_COOKIE = "remanu_device"
_KEPT_DAYS = 400
__all__ = [
    "DEVICE_COOKIE",
    "GROUP_WORDS",
    "LEVEL_WORDS",
    "METHOD_WORDS",
    "SIGNING",
    "STATE_WORDS",
    "VERBS",
    "WAY_STATES",
    "WHY_WORDS",
    "Confirm",
    "Day",
    "NewSecret",
    "OnTablet",
    "Redeem",
    "Second",
    "SignIn",
    "Signed",
    "address_of",
    "confirm",
    "said",
    "second_of",
    "site",
    "takes_passkeys",
]


def _with_families(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    packs = packs_to_open(connection, actor().org_id, here().database.clock.now())
    known = [(family.id, family.names.text(current())) for family in packs.values()]
    every = [("*", N_("Every family"))]
    return [
        replace(one, choices=(*every, *known)) if one.name == "family" else one
        for one in acts.plain_fields(schema)
    ]


def _with_members(connection: Connection, target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    """Every other member, erased ones by their reference: an account that is gone may still have done the work."""
    listed = queries.members(connection, here().database.keyring, actor().org_id)
    known = tuple((one["ref"], one["name"] or one["ref"]) for one in listed if one["ref"] != target.ref)
    return [replace(one, choices=known) for one in acts.plain_fields(schema)]


def said(problem: Refusal | None) -> dict[str, str]:
    """What to say beside each field, as English message ids; under the empty name what concerns the whole."""
    if problem is None:
        return {}
    if isinstance(problem, InvalidForm):
        fields_: dict[str, list[str]] = problem.details["fields"]  # type: ignore[assignment]
        return {name.partition(".")[0]: _words_of(why[0]) for name, why in fields_.items()}
    if isinstance(problem, FactorNeeded):
        return {"factor": PROBLEMS[problem.code][1]}
    why = str(problem.details.get("why", ""))
    return {str(problem.details.get("field", "")): _words_of(why) or PROBLEMS[problem.code][1]}


def _words_of(why: str) -> str:
    return REASONS.get(why, why)


def _about(connection: Connection, target: Any) -> dict[str, Any]:
    """Whom the page of an act is about, beside what its form asks; `held` are the roles at present."""
    keyring = here().database.keyring
    named = None if target is None else queries.named(connection, keyring, target.org_id, target.ref)
    about = "" if named is None else named.name
    held = queries.roles_of(target) if hasattr(target, "roles") else frozenset()
    return {"named": named, "about": about, "held": held, "words": ROLES, "said_of": said}


def _about_device(_connection: Connection, target: Any) -> dict[str, Any]:
    return {"about": "" if target is None else target.name, "said_of": said}


def _member_page(row: Any) -> str:
    """Quality sees what people are qualified for, and not the rest of what is kept about them."""
    return f"/admin/people/{quote(row.ref)}" if "admin" in me().actor.roles else "/qualifications"


def _people_page(_row: Any) -> str:
    return "/admin/people"


def _devices_page(_row: Any) -> str:
    return "/admin/devices"


def _after_enrolment(_row: Any, answer: Values) -> str:
    """Make the browser that sent the form the tablet, and sign the administrator out on it (T10).

    The tablet's token lives in its cookie and nowhere else.
    """
    place, session = here(), me().session_id
    place.database.transact(lambda tx: actions.sign_out(tx, session))
    token = tokens.make(place.database.keyring.mac, "device", answer["more"]["device"])

    @after_this_request
    def _become_tablet(response: Response) -> Response:
        response.set_cookie(
            DEVICE_COOKIE,
            token,
            max_age=_KEPT_DAYS * 86400,
            secure=place.config.secure_cookies,
            httponly=True,
            samesite="Lax",
        )
        response.delete_cookie(cookie(), path="/", secure=here().config.secure_cookies, httponly=True)
        return response

    return "/tablet"


def _device(done: Recorded[Any]) -> Values:
    return {"device": done.subject.id}


def _invite(tx: Tx, who: Actor, *, roles: tuple[str, ...]) -> Recorded[Any]:
    """Make a one-time link of 72 hours for somebody new; it stands in this one answer and is kept nowhere."""
    token = tokens.fresh()
    done = actions.invite(tx, who, token=token, roles=roles)
    # Only an act that was done anew comes by here: a repeated one has its answer, and the link is not in it.
    g.invited = address_of(token)
    return done


def address_of(token: str) -> str:
    """The address of a one-time link."""
    return f"{request.host_url}invitations/{token}"


def _shown_once() -> Values:
    made = g.pop("invited", None)
    return {} if made is None else {"address": made}


def _after_invitation(_row: Any, answer: Values) -> str:
    if "address" in answer["more"]:
        session["link"] = answer["more"]["address"]
    return "/admin/people"


def _invitation(done: Recorded[Any]) -> Values:
    return {"invitation": done.body.invitation}


_PEOPLE = On("admin/people", queries.find_member, lambda row: str(row.state), _people_page)
_PERSON = On("admin/people/<target_id>", queries.find_member, lambda row: str(row.state), _member_page)
_AUTHORISATION = On(
    "admin/authorisations/<target_id>",
    queries.find_authorisation,
    lambda row: "live" if row.withdrawn_at is None else "withdrawn",
    _member_page,
)
_DEVICES = On("admin/devices", queries.find_device, lambda _row: "live", _devices_page)
_DEVICE = On(
    "admin/devices/<target_id>",
    queries.find_device,
    lambda row: "live" if row.retired_at is None else "retired",
    _devices_page,
)

_SITES = On("admin/sites", site_queries.find_site, lambda _row: "", lambda _row: "/admin/sites")
_SITE = On(
    "admin/sites/<target_id>",
    site_queries.find_site,
    lambda row: str(row.closed_on or ""),
    lambda _row: "/admin/sites",
    chain=lambda row: str(row.id),
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "accounts.invite",
        N_("Invite somebody"),
        _PEOPLE,
        Invite,
        _invite,
        context=_about,
        then=_after_invitation,
        answer=_invitation,
        once=_shown_once,
    ),
    Verb(
        "accounts.assign_roles",
        N_("Change roles"),
        _PERSON,
        AssignRoles,
        actions.assign_roles,
        context=_about,
        prepare=confirm,
    ),
    Verb(
        "accounts.authorise",
        N_("Authorise"),
        _PERSON,
        Authorise,
        actions.authorise,
        fields=_with_families,
        context=_about,
    ),
    Verb(
        "accounts.withdraw_authorisation",
        N_("Withdraw authorisation"),
        _AUTHORISATION,
        Nothing,
        actions.withdraw_authorisation,
        context=_about,
    ),
    Verb("accounts.suspend", N_("Suspend"), _PERSON, Suspend, actions.suspend, context=_about),
    Verb("accounts.reinstate", N_("Reinstate"), _PERSON, Nothing, actions.reinstate, context=_about),
    Verb(
        "accounts.same_as",
        N_("State that two accounts are one person"),
        _PERSON,
        SameAs,
        actions.same_as,
        fields=_with_members,
        context=_about,
    ),
    Verb(
        "accounts.erase",
        N_("Erase person"),
        _PERSON,
        Signed,
        actions.erase,
        context=_about,
        prepare=confirm,
        after=actions.settle_erased,
    ),
    Verb(
        "accounts.enrol_device",
        N_("Make this a shared tablet"),
        _DEVICES,
        EnrolDevice,
        actions.enrol_device,
        context=_about_device,
        then=_after_enrolment,
        answer=_device,
    ),
    Verb(
        "accounts.retire_device",
        N_("Retire tablet"),
        _DEVICE,
        Nothing,
        actions.retire_device,
        context=_about_device,
    ),
    Verb(
        "accounts.open_site",
        N_("Enter a site"),
        _SITES,
        OpenSite,
        actions.open_site,
        context=_about_device,
    ),
    Verb(
        "accounts.close_site",
        N_("Close the site"),
        _SITE,
        CloseSite,
        actions.close_site,
        context=_about_device,
    ),
    *WAYS,
)
