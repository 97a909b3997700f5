"""Shapes of what is typed about people, and the table of verbs that gives each act its page and its route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Response, after_this_request
from marshmallow import fields
from sqlalchemy.engine import Connection

from remanu.accounts import actions, queries
from remanu.catalogue.queries import packs_to_open
from remanu.errors import BadInput, FactorNeeded, InvalidForm, Refusal
from remanu.ledger.kinds import Recorded
from remanu.rules import membership, tokens
from remanu.rules.actor import Actor
from remanu.rules.ndt import LEVELS
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.context import COOKIE, actor, here, me
from remanu.web.locale import current
from remanu.web.words import ACTIVITIES, N_, PROBLEMS, REASONS, ROLES

DEVICE_COOKIE = "remanu_device"
_KEPT_DAYS = 400
_Messages = dict[str, str | list[Any] | dict[Any, Any]]
_REASONS: _Messages = {
    "required": "required",
    "null": "required",
    "invalid": "wrong-type",
    "invalid_utf8": "wrong-type",
    "format": "wrong-type",
}

LEVEL_WORDS = {"1": N_("Level 1"), "2": N_("Level 2"), "3": N_("Level 3")}
WHY_WORDS = {
    "left": N_("Has left"),
    "leave": N_("Is away for some time"),
    "enquiry": N_("While something is being looked into"),
    "other": N_("Another reason"),
}
STATE_WORDS = {"active": N_("Active"), "suspended": N_("Suspended"), "ended": N_("Erased")}


class Secret(fields.String):
    """A password or PIN exactly as it was typed (ASVS 6.2.8)."""

    default_error_messages = _REASONS


class Day(fields.Date):
    """A calendar day in the organisation's zone."""

    default_error_messages = _REASONS


class Roles(fields.List[Any]):
    """One or more roles; on pages boxes named `roles.0`, `roles.1` and so on."""

    default_error_messages = _REASONS

    def __init__(self, **options: Any) -> None:
        """A list of role words."""
        choices = tuple(ROLES.items())
        super().__init__(shape.Choice(*ROLES), metadata={"widget": "several", "choices": choices}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(sorted(set(super()._deserialize(value, attr, data, **more))))


class Signed(shape.Form):
    """Base of shapes that want a fresh factor: the password at a desk, the PIN on a shared tablet."""

    factor = Secret(
        load_default="",
        metadata={
            "label": N_("Your password"),
            "help": N_("On a shared tablet: your PIN."),
            "widget": "password",
        },
    )


class SignIn(shape.Form):
    """What one signs in with."""

    login = Secret(required=True)
    password = Secret(required=True)


class Redeem(shape.Form):
    """What somebody invited brings; a member who lost the password brings only a new one."""

    login = Secret(load_default="")
    name = Secret(load_default="")
    password = Secret(required=True)


class OnTablet(shape.Form):
    """Badge and PIN."""

    badge = Secret(required=True)
    pin = Secret(required=True)


class Confirm(shape.Form):
    """The present password, or the PIN on a shared tablet."""

    factor = Secret(required=True)


class NewSecret(Confirm):
    """A new password or PIN, confirmed by the present password."""

    secret = Secret(required=True)


class Invite(shape.Form):
    """Which roles the new member will hold."""

    roles = Roles(required=True)


class AssignRoles(Signed):
    """Which roles the member holds from now on."""

    roles = Roles(required=True)


class Authorise(shape.Form):
    """Scope and dates of an authorisation."""

    number = shape.Line(required=True, limit=40, metadata={"label": N_("Authorisation number")})
    family = shape.Line(required=True, metadata={"label": N_("Product family"), "widget": "choice"})
    activity = shape.Choice(
        *membership.ACTIVITIES,
        required=True,
        metadata={"label": N_("For"), "choices": tuple(ACTIVITIES.items())},
    )
    site = shape.Line(required=True, limit=80, metadata={"label": N_("Site")})
    valid_from = Day(required=True, metadata={"label": N_("First day"), "widget": "day"})
    valid_to = Day(required=True, metadata={"label": N_("Last day"), "widget": "day"})
    scope = shape.Line(
        load_default=None,
        limit=40,
        metadata={
            "label": N_("Method or procedure"),
            "help": N_("For testing: FPI, MPI, ET, UT, RT or VT; for a special process its code. Empty covers all."),
        },
    )
    level = shape.Choice(
        *LEVELS,
        load_default=None,
        metadata={
            "label": N_("Level"),
            "choices": tuple(LEVEL_WORDS.items()),
            "help": N_("Of a certificate for non-destructive testing. Level 1 signs nothing."),
        },
    )
    issuer = shape.Line(
        load_default=None,
        limit=80,
        metadata={"label": N_("Issued by"), "help": N_("The body that examined the person, if there is one.")},
    )


class Nothing(shape.Form):
    """Acts that need no more than the decision."""


class Suspend(shape.Form):
    """Why somebody may not act for now."""

    why = shape.Choice(
        *membership.WHY_SUSPENDED,
        required=True,
        metadata={"label": N_("Reason"), "choices": tuple(WHY_WORDS.items())},
    )


class EnrolDevice(shape.Form):
    """Where the tablet stands."""

    name = shape.Line(required=True, limit=60, metadata={"label": N_("Name of this tablet")})


def confirm(connection: Connection, who: Actor, values: Values) -> Actor:
    """For `Verb.prepare`: the actor with a fresh factor, by the `factor` that came with the act (T-R8).

    A wrong one is remembered once the refused act is rolled back (T-R17).
    """
    factor = values.get("factor")
    if not factor:
        return who
    place, now = here(), here().database.clock.now()
    cost = place.config.password_cost
    try:
        return actions.check_factor(connection, place.database.keyring, who, factor, now=now, cost=cost)
    except BadInput:

        @after_this_request
        def _note(response: Response) -> Response:
            place.database.transact(lambda tx: actions.note_failed_factor(tx, who))
            return response

        raise


def _with_families(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    packs = packs_to_open(connection, actor().org_id, here().database.clock.now())
    known = [(family.id, family.names.text(current())) for family in packs.values()]
    every = [("*", N_("Every family"))]
    return [
        replace(one, choices=(*every, *known)) if one.name == "family" else one
        for one in acts.plain_fields(schema)
    ]


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
        response.delete_cookie(COOKIE, path="/")
        return response

    return "/tablet"


def _device(done: Recorded[Any]) -> Values:
    return {"device": done.subject.id}


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

VERBS: tuple[Verb, ...] = (
    Verb(
        "accounts.invite",
        N_("Invite somebody"),
        _PEOPLE,
        Invite,
        actions.invite,
        context=_about,
        answer=_invitation,
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
)
