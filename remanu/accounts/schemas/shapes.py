"""Shapes of what is typed about people, and the words of their closed lists."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from remanu.rules import membership
from remanu.rules.ndt import LEVELS
from remanu.web import shape
from remanu.web.words import ACTIVITIES, N_, ROLES

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
    """Base of shapes that want a signature: by passkey, or by password and one-time code, as policy asks.

    On a shared tablet the PIN stands for the password. Pages show what counts for the person (schemas/proof.py).
    """

    passkey_factor = Secret(load_default="", metadata={"label": N_("Your passkey"), "widget": "passkey"})

    factor = Secret(
        load_default="",
        metadata={
            "label": N_("Your password"),
            "help": N_("On a shared tablet: your PIN."),
            "widget": "password",
        },
    )
    code_factor = Secret(
        load_default="",
        metadata={
            "label": N_("One-time code"),
            "help": N_("Six digits from your authenticator application."),
            "widget": "one-time",
        },
    )


class SignIn(shape.Form):
    """What one signs in with."""

    login = Secret(required=True)
    password = Secret(required=True)


class Second(shape.Form):
    """The second step of signing in: what the first one answered, and a code or a passkey's answer."""

    login = Secret(required=True)
    at = shape.Line(required=True, limit=40)
    tag = shape.Line(required=True, limit=64)
    code_factor = Secret(load_default="")
    passkey_factor = Secret(load_default="")


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
            "help": N_(
                "For testing: FPI, MPI, ET, UT, RT or VT; for a special process its code. Empty covers all."
            ),
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
        metadata={
            "label": N_("Issued by"),
            "help": N_("The body that examined the person, if there is one."),
        },
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


class SameAs(shape.Form):
    """Which other member is the same human being."""

    other = shape.Line(required=True, metadata={"label": N_("The same person as"), "widget": "choice"})
