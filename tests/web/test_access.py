"""The declaration beside a view, and the guard that holds every request to it."""

from __future__ import annotations

import pytest
from flask import Flask, g

from remanu.errors import Forbidden, NotFound, NotSignedIn
from remanu.rules.actor import Actor
from remanu.rules.permissions import PERMISSIONS, READERS, ROLES
from remanu.web import access
from remanu.web.context import SignedIn


@pytest.fixture(scope="module")
def web():
    """A few addresses, one for each kind of rule, and one that was forgotten."""
    app = Flask("doors", static_folder=None)

    def door(address, rule):
        app.add_url_rule(address, rule, access.allow(rule)(lambda **_: "in"))

    door("/open/<path:what>", access.EVERYBODY)
    door("/private", access.PRIVATE)
    door("/mine", access.SIGNED_IN)
    door("/desk", "read:workshop")
    door("/sign", "act:release.release")
    app.add_url_rule("/forgotten", "forgotten", lambda: "in")
    return app


def knock(app, address, *roles):
    """What the guard says to somebody with these roles; to nobody where there are none."""
    with app.test_request_context(address):
        who = Actor("o", "p", ref="r", roles=frozenset(roles), source="web") if roles else None
        g.signed_in = SignedIn(who, "s", "N. Nemo", "Org") if who else None
        access.guard()


@pytest.mark.parametrize("address", ["/open/a", "/private", "/nowhere"])
def test_who_needs_no_name_passes(web, address):
    """What everybody may see; what only a private listener hears; and an address that leads nowhere is no door."""
    knock(web, address)


@pytest.mark.parametrize(
    ("address", "role"), [("/mine", "admin"), ("/desk", "technician"), ("/sign", "certifying_staff")]
)
def test_who_holds_a_role_of_the_rule_passes(web, address, role):
    """And who is not signed in is asked who he is."""
    knock(web, address, role)
    with pytest.raises(NotSignedIn):
        knock(web, address)


@pytest.mark.parametrize(
    ("address", "role", "rule"), [("/desk", "admin", "read:workshop"), ("/sign", "technician", "act:release.release")]
)
def test_who_holds_none_is_told_what_it_needs(web, address, role, rule):
    """The roles that would do, in their order."""
    with pytest.raises(Forbidden) as refused:
        knock(web, address, role)
    assert refused.value.details == {"action": rule, "needs": sorted(access.roles_of(rule))}


def test_a_view_without_a_rule_is_refused_to_everybody(web):
    """Nothing is open by forgetting."""
    with pytest.raises(Forbidden) as refused:
        knock(web, "/forgotten", *ROLES)
    assert refused.value.details == {"action": "forgotten", "needs": []}
    assert access.undeclared(web, web.view_functions) == ["forgotten"]


@pytest.mark.parametrize("address", ["/open/a%00b", "/open/a%7Fb", "/open/a?q=%00", "/open/a?p=1&q=b%00c"])
def test_what_no_text_holds_is_found_nowhere(web, address):
    """In an address no sign that nobody can see, in a question no zero."""
    with pytest.raises(NotFound):
        knock(web, address)


def test_a_question_may_have_lines(web):
    """What people paste into a search holds anything else."""
    knock(web, "/open/a?q=b%0Ac")


def test_the_roles_of_a_rule():
    """None for what asks none, every role for who is signed in, else those of the register."""
    assert access.roles_of(access.EVERYBODY) == access.roles_of(access.PRIVATE) == frozenset()
    assert access.roles_of(access.SIGNED_IN) == frozenset(ROLES)
    assert access.roles_of("read:workshop") == READERS["workshop"]
    assert access.roles_of("act:release.release") == PERMISSIONS["release.release"]


@pytest.mark.parametrize("rule", ["", "read", "read:nobody", "act:release.forget", "write:workshop"])
def test_a_rule_that_nobody_knows_is_not_declared(rule):
    """A slip of the pen fails when the program starts."""
    with pytest.raises(KeyError):
        access.allow(rule)


def test_files_of_the_program_are_everybodys(web):
    """Views of the libraries carry no declaration."""
    assert access.rule_of(web, "static") == access.EVERYBODY
