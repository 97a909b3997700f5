"""Badge and PIN on a shared tablet."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, NotFound, TooMany
from remanu.rules import tokens
from tests.accounts.place import ADDRESS, COST, PIN


@pytest.fixture
def device(place, admin):
    """The token of an enrolled tablet."""
    done = place.do(actions.enrol_device, admin, name="Bench 3")
    return tokens.make(place.database.keyring.mac, "device", done.subject.id)


def equip(place, admin, login):
    """Somebody with a badge and a PIN: pseudonym and badge code."""
    ref = place.member(login)
    badge = place.do(actions.issue_badge, admin, ref)
    secret = actions.hashed_pin(PIN, cost=COST)
    place.do(actions.set_secret, place.actor(ref), "", kind="pin", secret=secret)
    return ref, badge


def switch(place, device, badge, pin=PIN):
    """The token of the session that begins on the tablet."""
    return actions.switch_person(
        place.database, device_token=device, badge=badge, pin=pin, address=ADDRESS, cost=COST
    )


def test_it_works(place, admin, device):
    """The person acts on that tablet, which the session names."""
    ref, badge = equip(place, admin, "clerk")
    live = place.live(switch(place, device, badge.lower()))
    assert (live.actor.ref, live.device) == (ref, "Bench 3")
    assert live.actor.device == tokens.read(place.database.keyring.mac, "device", device)


def test_whoever_acted_before_is_signed_out(place, admin, device):
    """One person a tablet (T10)."""
    _, first = equip(place, admin, "one")
    _, second = equip(place, admin, "two")
    before = switch(place, device, first)
    after = switch(place, device, second)
    assert place.live(before) is None
    assert place.live(after)


def test_a_wrong_try_signs_nobody_out(place, admin, device):
    """Somebody who mistypes does not end another's work."""
    _, badge = equip(place, admin, "one")
    token = switch(place, device, badge)
    with pytest.raises(BadInput):
        switch(place, device, badge, pin="000001")
    assert place.live(token)


def test_it_rests_two_minutes_at_most(place, admin, device, clock):
    """A tablet left open asks again (ASVS 7.3.1)."""
    token = switch(place, device, equip(place, admin, "clerk")[1])
    clock.advance(seconds=120)
    assert place.live(token)
    clock.advance(seconds=1)
    assert place.live(token) is None


@pytest.mark.parametrize(("badge", "pin"), [("NOBODY", PIN), (None, "111112")])
def test_a_wrong_badge_and_a_wrong_pin_read_the_same(place, admin, device, badge, pin):
    """Neither tells which of the two was wrong."""
    _, right = equip(place, admin, "clerk")
    with pytest.raises(BadInput) as refusal:
        switch(place, device, badge or right, pin)
    assert refusal.value.details == {"field": "pin", "why": "no-match"}


def test_a_badge_alone_is_not_enough(place, admin, device):
    """Without a PIN there is one factor only."""
    badge = place.do(actions.issue_badge, admin, place.member())
    with pytest.raises(BadInput):
        switch(place, device, badge, "")


def test_not_on_an_unknown_tablet(place, admin):
    """A PIN on a device that nobody enrolled is no second factor."""
    _, badge = equip(place, admin, "clerk")
    with pytest.raises(NotFound):
        switch(place, "", badge)


def test_not_on_another_organisations_tablet(place, admin, other):
    """A tablet serves its organisation's members."""
    _, badge = equip(place, admin, "clerk")
    done = other.do(actions.enrol_device, other.system, name="Far bench")
    with pytest.raises(BadInput):
        switch(place, tokens.make(place.database.keyring.mac, "device", done.subject.id), badge)


def test_ten_wrong_pins_lock_the_badge(place, admin, device, clock):
    """The eleventh is not even looked at, and after a quarter of an hour it is."""
    _, badge = equip(place, admin, "clerk")
    for _ in range(10):
        with pytest.raises(BadInput):
            switch(place, device, badge, "111112")
    with pytest.raises(TooMany):
        switch(place, device, badge)
    clock.advance(minutes=15, seconds=1)
    assert place.live(switch(place, device, badge))


def test_a_new_badge_ends_the_lost_one(place, admin, device):
    """A lost badge is revoked by giving a new one (ASVS 6.5.6)."""
    ref, lost = equip(place, admin, "clerk")
    new = place.do(actions.issue_badge, admin, ref)
    with pytest.raises(BadInput):
        switch(place, device, lost)
    assert place.live(switch(place, device, new))


def test_a_retired_tablet_is_dead_at_once(place, admin, device):
    """Its sessions end, and nobody can begin another."""
    _, badge = equip(place, admin, "clerk")
    token = switch(place, device, badge)
    place.do(actions.retire_device, admin, tokens.read(place.database.keyring.mac, "device", device))
    assert place.live(token) is None
    assert place.ask(queries.device_of, place.database.keyring, device) is None
    with pytest.raises(NotFound):
        switch(place, device, badge)
