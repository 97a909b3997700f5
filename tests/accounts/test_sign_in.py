"""Signing in, and what stops those who guess."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import actions
from remanu.accounts.actions import vault
from remanu.accounts.models import Attempt, Session
from remanu.errors import BadInput, TooMany


def test_it_works(place):
    """The token stands for the person with his roles, zone and name."""
    ref = place.member("clerk", "inspector", "technician")
    live = place.live(place.sign_in(" CLERK "))
    assert (live.actor.ref, live.actor.roles) == (ref, {"inspector", "technician"})
    assert (live.actor.zone, live.actor.fresh_until) == ("Asia/Shanghai", None)
    assert (live.name, live.organisation.name_en, live.device) == ("Name of clerk", "Workshop One", None)


def test_only_the_digest_of_the_token_is_kept(place):
    """Who reads the table cannot sign in with it."""
    place.member()
    token = place.sign_in()
    row = place.ask(lambda c: c.execute(sa.select(Session)).one())
    assert token not in [str(value) for value in row]
    assert len(token) == 43


def test_each_sign_in_has_a_token_of_its_own(place):
    """New id at login (ASVS 7.2.4)."""
    place.member()
    assert place.sign_in() != place.sign_in()


@pytest.mark.parametrize(("login", "password"), [("nobody", "x"), ("clerk", "wrong words here")])
def test_unknown_and_known_accounts_get_the_same_answer(place, login, password):
    """Code and words are equal (ASVS 6.3.8)."""
    place.member()
    with pytest.raises(BadInput) as refusal:
        place.sign_in(login, password)
    assert refusal.value.details == {"field": "password", "why": "no-match"}


def test_an_unknown_account_takes_one_hash_too(place, monkeypatch):
    """Both answers go through one comparison of the same cost, and only the known one can succeed."""
    seen = []
    hasher = type(vault._hasher("cheap"))
    verify = hasher.verify
    monkeypatch.setattr(
        hasher, "verify", lambda self, kept, given: seen.append(kept) or verify(self, kept, given)
    )
    place.member()
    for login in ("nobody", "clerk"):
        with pytest.raises(BadInput):
            place.sign_in(login, "wrong words here")
    assert len(seen) == 2
    assert seen[0].rsplit("$", 2)[0] == seen[1].rsplit("$", 2)[0]


def test_a_failed_try_is_committed(place):
    """The refusal is an answer; the try counts all the same."""
    place.member()
    with pytest.raises(BadInput):
        place.sign_in(password="wrong words here")
    assert place.ask(lambda c: c.execute(sa.select(Attempt.ok)).scalars().all()) == [False] * 3


def test_tries_are_kept_without_login_or_address(place):
    """Keyed digests alone."""
    with pytest.raises(BadInput):
        place.sign_in("some-login")
    rows = place.ask(lambda c: c.execute(sa.select(Attempt.key_digest)).scalars().all())
    assert all(len(row) == 64 for row in rows)


def fail(place, times, login="clerk", address="192.0.2.7"):
    """So many wrong tries."""
    for _ in range(times):
        with pytest.raises(BadInput):
            place.sign_in(login, "wrong words here", address)


def test_ten_failures_lock_the_account(place, clock):
    """The right password is refused as well, from any address, until a quarter of an hour has passed."""
    place.member()
    fail(place, 10)
    with pytest.raises(TooMany) as refusal:
        place.sign_in(address="198.51.100.1")
    assert 0 < refusal.value.details["retry_after"] <= 900
    clock.advance(minutes=15, seconds=1)
    assert place.live(place.sign_in())


def test_strangers_do_not_lock_out_who_was_here_today(place):
    """From the address of an earlier success the account stays open, until failures come from there (ASVS 6.3.1)."""
    place.member()
    place.sign_in()
    fail(place, 10, address="198.51.100.1")
    assert place.live(place.sign_in())
    with pytest.raises(TooMany):
        place.sign_in(address="198.51.100.2")
    fail(place, 10)
    with pytest.raises(TooMany):
        place.sign_in()


def test_nine_failures_do_not(place):
    """The control of the lock."""
    place.member()
    fail(place, 9)
    assert place.live(place.sign_in())


def test_a_locked_account_does_not_lock_the_address(place):
    """A colleague behind the same address still signs in."""
    place.member()
    place.member("other")
    fail(place, 10)
    assert place.live(place.sign_in("other"))


def test_fifty_failures_lock_the_address(place):
    """Guessing many accounts from one place ends, elsewhere nobody notices."""
    place.member()
    for number in range(50):
        fail(place, 1, f"login-{number}")
    with pytest.raises(TooMany):
        place.sign_in()
    assert place.live(place.sign_in(address="198.51.100.1"))


def test_it_counts_again_inside_the_transaction(place, monkeypatch):
    """Tries that all passed the first look at once still find the lock."""
    place.member()
    fail(place, 9)
    proved = vault.proved

    def slow(kept, given, *, cost):
        monkeypatch.setattr(vault, "proved", proved)
        fail(place, 1)
        return proved(kept, given, cost=cost)

    monkeypatch.setattr(vault, "proved", slow)
    with pytest.raises(TooMany):
        place.sign_in()


def test_old_tries_are_forgotten(place, clock):
    """After a day nothing tells when somebody tried."""
    place.member()
    fail(place, 1)
    clock.advance(days=1, seconds=1)
    place.sign_in()
    assert place.ask(lambda c: c.execute(sa.select(Attempt.ok)).scalars().all()) == [True] * 3


def test_it_ends_after_a_quarter_of_an_hour_without_use(place, clock):
    """15 minutes at a desk (ASVS 7.3.1)."""
    place.member()
    token = place.sign_in()
    clock.advance(minutes=15)
    assert place.live(token)
    clock.advance(seconds=1)
    assert place.live(token) is None


def test_use_keeps_it_alive_but_not_past_a_shift(place, clock):
    """12 hours in all (ASVS 7.3.2)."""
    place.member()
    token = place.sign_in()
    for _ in range(72):
        clock.advance(minutes=10)
        place.do(actions.touch, place.live(token).id)
    assert place.live(token)
    clock.advance(seconds=1)
    assert place.live(token) is None


def test_sign_out_kills_it_on_the_server(place):
    """The token is worth nothing afterwards (ASVS 7.4.1)."""
    place.member()
    token = place.sign_in()
    place.do(actions.sign_out, place.live(token).id)
    assert place.live(token) is None


def test_a_person_of_two_organisations_acts_for_one(place, other):
    """The longest-standing membership that is active."""
    place.member()
    token = other.link()
    other.redeem(token, "clerk")
    assert place.live(place.sign_in()).actor.org_id == place.org_id


def test_a_broken_kept_hash_opens_nothing(place):
    """An altered credential is refused, and no error tells of it."""
    place.member()
    place.do(lambda tx: tx.connection.exec_driver_sql("UPDATE credential SET hash = 'x'"))
    with pytest.raises(BadInput):
        place.sign_in()
