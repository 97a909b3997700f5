"""Lost one-time codes are stopped, and set up again by link and password (ASVS 6.4.3)."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Forbidden, NotFound
from remanu.rules import tokens
from tests.accounts.place import ADDRESS, COST, PASSWORD
from tests.accounts.signer import at_work


@pytest.fixture
def lost(place, admin):
    """Somebody whose codes the administrator stopped; the link's token stands beside it."""
    one, token = at_work(place), tokens.fresh()
    secret = one.enrol_code()
    place.do(actions.reset_code, admin, one.ref, token=token)
    return one, token, secret


def _redeem(one, token, password=None):
    given = {"login": "", "name": "", "address": ADDRESS, "cost": COST}
    return actions.redeem_invitation(
        one.place.database, token, password=password or "wrong horse entirely", **given
    )


def test_the_old_codes_stop_at_once(lost, clock):
    """And the password alone sets up no new ones."""
    one, _, secret = lost
    clock.advance(minutes=1)
    with pytest.raises(BadInput) as refusal:
        one.by_code(one.code(secret))
    assert refusal.value.details["why"] == "wrong-code"
    with pytest.raises(BadInput) as refusal:
        one.enrol_code()
    assert refusal.value.details["why"] == "code-link-needed"


def test_link_and_password_open_the_way(lost, place):
    """The link alone does not, it works once, and the password stays what it was."""
    one, token, _ = lost
    with pytest.raises(BadInput):
        _redeem(one, token)
    assert place.live(_redeem(one, token, PASSWORD)).actor.ref == one.ref
    with pytest.raises(NotFound):
        _redeem(one, token, PASSWORD)
    secret = one.enrol_code()
    assert place.ask(queries.code_secret, place.database.keyring, one.actor.person_id) == secret


def test_only_an_administrator_and_not_for_himself(place, admin):
    """Nobody helps himself past his own second factor."""
    one = at_work(place)
    with pytest.raises(Forbidden):
        place.do(actions.reset_code, one.keeper, one.ref, token=tokens.fresh())
    with pytest.raises(Forbidden):
        place.do(actions.reset_code, admin, admin.ref, token=tokens.fresh())
