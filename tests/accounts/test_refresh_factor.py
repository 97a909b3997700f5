"""Confirming who one is before signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from remanu.accounts import actions
from remanu.errors import BadInput, FactorNeeded, NotSignedIn, TooMany
from remanu.rules.actor import require_fresh
from tests.accounts.place import COST, PASSWORD, PIN


@pytest.fixture
def live(place):
    """Somebody's session."""
    place.member()
    return place.live(place.sign_in())


def check(place, actor, secret):
    """The actor with a fresh factor."""
    return place.ask(
        actions.check_factor,
        place.database.keyring,
        actor,
        secret,
        now=place.database.clock.now(),
        cost=COST,
    )


def test_it_works_for_five_minutes_under_a_new_token(place, live, clock):
    """The old token is dead, the new one may sign, and not for long (ASVS 7.2.4, T-R8)."""
    token = place.do(actions.refresh_factor, check(place, live.actor, PASSWORD), live.id)
    fresh = place.live(token)
    assert fresh.actor.fresh_until == clock.now() + timedelta(minutes=5)
    assert fresh.id != live.id
    require_fresh(fresh.actor, clock.advance(minutes=5))
    with pytest.raises(FactorNeeded):
        require_fresh(place.live(token).actor, clock.advance(seconds=1))


def test_a_wrong_password_is_refused(place, live):
    """Nothing is fresh without the factor."""
    with pytest.raises(BadInput) as refusal:
        check(place, live.actor, "wrong words here")
    assert refusal.value.details["why"] == "wrong-password"


def test_ten_failures_lock_it(place, live):
    """Failed confirmations are counted by person (T-R17)."""
    for _ in range(10):
        place.do(actions.note_failed_factor, live.actor)
    with pytest.raises(TooMany):
        check(place, live.actor, PASSWORD)


def test_on_a_tablet_it_is_the_pin(place, live):
    """The password of a desk is not typed on a shared tablet."""
    on_tablet = replace(live.actor, device="some tablet")
    place.do(
        actions.set_secret,
        place.actor(live.actor.ref),
        live.id,
        kind="pin",
        secret=actions.hashed_pin(PIN, cost=COST),
    )
    assert check(place, on_tablet, PIN).fresh_until
    with pytest.raises(BadInput):
        check(place, on_tablet, PASSWORD)


def test_not_without_a_check(place, live):
    """An actor that did not confirm refreshes nothing."""
    with pytest.raises(FactorNeeded):
        place.do(actions.refresh_factor, live.actor, live.id)


def test_not_for_an_ended_session(place, live):
    """A session that ended meanwhile stays ended."""
    fresh = check(place, live.actor, PASSWORD)
    place.do(actions.sign_out, live.id)
    with pytest.raises(NotSignedIn):
        place.do(actions.refresh_factor, fresh, live.id)


def test_not_for_another_persons_session(place, live):
    """A confirmation is one's own."""
    fresh = check(place, live.actor, PASSWORD)
    place.member("other")
    with pytest.raises(NotSignedIn):
        place.do(actions.refresh_factor, fresh, place.live(place.sign_in("other")).id)
