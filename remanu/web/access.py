"""Who may call a route: a declaration beside each view, which the matrix test compares with what happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from remanu.errors import Forbidden, NotFound
from remanu.rules.permissions import PERMISSIONS, READERS, ROLES
from remanu.web.context import me

F = TypeVar("F", bound=Callable[..., Any])

EVERYBODY = "everybody"
SIGNED_IN = "signed-in"
PRIVATE = "private-listener"
# Views of the libraries, which cannot carry a declaration: files of the program, and what the API is like.
_OPEN = {"static", "api-docs.openapi_json"}


def allow(rule: str) -> Callable[[F], F]:
    """Declare the access rule of a view: `everybody`, `signed-in`, `private-listener`,
    `read:<group>` (permissions.READERS) or `act:<event kind>` (permissions.PERMISSIONS).
    """
    roles_of(rule)

    def mark(view: F) -> F:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def roles_of(rule: str) -> frozenset[str]:
    """The roles that pass the rule; empty for those that ask no role; KeyError for an unknown rule."""
    if rule in {EVERYBODY, PRIVATE}:
        return frozenset()
    if rule == SIGNED_IN:
        return frozenset(ROLES)
    family, _, name = rule.partition(":")
    return {"read": READERS, "act": PERMISSIONS}[family][name]


def rule_of(app: Flask, endpoint: str) -> str | None:
    """The rule declared for an endpoint, or None, which is refused at every request."""
    if endpoint in _OPEN:
        return EVERYBODY
    rule: str | None = getattr(app.view_functions[endpoint], "access", None)
    return rule


def undeclared(app: Flask, endpoints: Iterable[str]) -> list[str]:
    """Endpoints without a rule (the house test wants none)."""
    return [endpoint for endpoint in endpoints if rule_of(app, endpoint) is None]


def guard() -> None:
    """Before each request: an endpoint without a rule is refused, a reader must hold one of its roles.

    Acts check permission themselves as well, because pages are only one of their doors.
    """
    if request.endpoint is None:
        return
    if not all(str(value).isprintable() for value in (request.view_args or {}).values()):
        # No id holds such signs, and a store may choke on them.
        raise NotFound(what="address")
    if any("\0" in value for _, value in request.args.items(multi=True)):
        # What people search for may hold anything that text can hold; this no text holds.
        raise NotFound(what="address")
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise Forbidden(action=request.endpoint, needs=[])
    if rule in {EVERYBODY, PRIVATE}:
        return
    held = me().actor.roles
    if not held & roles_of(rule):
        raise Forbidden(action=rule, needs=sorted(roles_of(rule)))
