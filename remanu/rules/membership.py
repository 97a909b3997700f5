"""What an organisation may be, what a member may hold, and which words say why somebody is suspended."""

from __future__ import annotations

from remanu.errors import BadInput
from remanu.rules.ndt import LEVELS, METHODS
from remanu.rules.permissions import ROLES, SIGNING_ROLES

ORGANISATION_ROLES = (
    "workshop",
    "certification_body",
    "accreditation_body",
    "scheme_owner",
    "owner",
    "authority",
)
ACTIVITIES = ("release", "concession", "special_process", "ndt", "test", "measuring")
QUALIFICATIONS = frozenset({"special_process", "ndt", "test", "measuring"})
"""What a person is able to do, by a certificate of his own: quality records it, as the administrator does."""
WHY_SUSPENDED = ("left", "leave", "enquiry", "other")
_COUNTRY = 2


def check_roles(roles: tuple[str, ...]) -> None:
    """BadInput for an unknown role, an administrator who may sign (I35), a supervisor who may act."""
    if not roles or not set(roles) <= set(ROLES):
        raise BadInput("roles", "not-a-choice")
    if "admin" in roles and SIGNING_ROLES & set(roles):
        raise BadInput("roles", "admin-signs")
    if "supervisor" in roles and len(set(roles)) > 1:
        raise BadInput("roles", "supervisor-reads")


def check_qualification(activity: str, scope: str | None, level: str | None) -> None:
    """BadInput for an activity nobody knows, a method of testing that does not exist, or a level beside it."""
    if activity not in ACTIVITIES:
        raise BadInput("activity", "not-a-choice")
    if scope and activity not in QUALIFICATIONS:
        raise BadInput("scope", "not-for-this")
    if activity == "ndt" and scope and scope not in METHODS:
        raise BadInput("scope", "not-a-choice")
    if level and activity != "ndt":
        raise BadInput("level", "not-for-this")
    if level and level not in LEVELS:
        raise BadInput("level", "not-a-choice")


def check_organisation(country: str, roles: tuple[str, ...]) -> None:
    """BadInput for a country that is not two capital letters, or a role that organisations do not have."""
    if len(country) != _COUNTRY or not (country.isascii() and country.isalpha() and country.isupper()):
        raise BadInput("country", "not-a-choice")
    if not roles or not set(roles) <= set(ORGANISATION_ROLES):
        raise BadInput("roles", "not-a-choice")
