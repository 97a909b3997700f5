"""Becoming a member by a link."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, NotFound, Refusal
from tests.accounts.place import PASSWORD


def test_it_works(place, keyring):
    """The newcomer is a member with the roles of the link, and signed in."""
    live = place.live(place.redeem(place.link("inspector")))
    assert live.actor.roles == {"inspector"}
    assert place.ask(queries.name_of, keyring, place.org_id, live.actor.ref) == "Name of newcomer"
    assert place.live(place.sign_in("newcomer")).actor.ref == live.actor.ref


def test_not_twice(place):
    """A link works once."""
    token = place.link()
    place.redeem(token, "one")
    with pytest.raises(NotFound):
        place.redeem(token, "two")


def test_two_at_once_make_one_member(place):
    """Of two parallel requests one joins (ASVS 6.5.1)."""
    token = place.link()

    def join(login):
        try:
            return place.redeem(token, login)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(join, ("one", "two")))
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [type(answer) for answer in refused] == [NotFound]
    assert len(place.ask(queries.members, place.database.keyring, place.org_id)) == 1


def test_not_after_three_days(place, clock):
    """An outlived link is no link."""
    token = place.link()
    clock.advance(days=3)
    with pytest.raises(NotFound):
        place.redeem(token)


@pytest.mark.parametrize("weak", ["short", "Welcome2026!", "newcomer-2041-word"])
def test_a_weak_password_leaves_the_link_whole(place, weak):
    """It can be tried again with a better one."""
    token = place.link()
    with pytest.raises(BadInput):
        place.redeem(token, password=weak)
    assert place.live(place.redeem(token))


def test_somebody_known_joins_as_the_same_person(place, other):
    """A second organisation is a second pseudonym of one person."""
    place.member("clerk")
    live = place.live(other.redeem(other.link("quality"), "clerk"))
    person = place.live(place.sign_in("clerk")).actor.person_id
    assert (live.actor.org_id, live.actor.person_id, live.actor.roles) == (other.org_id, person, {"quality"})


def test_somebody_known_must_prove_it(place, other):
    """A link is no way into another's account."""
    place.member("clerk")
    with pytest.raises(BadInput):
        other.redeem(other.link(), "clerk", "some other words")


def test_nobody_joins_twice(place):
    """A member cannot become a second member."""
    place.member("clerk")
    with pytest.raises(Refusal) as refusal:
        place.redeem(place.link(), "clerk")
    assert refusal.value.details == {"why": "already-member"}


def test_links_of_a_former_administrator_are_dead(place, admin):
    """Rights that were taken back invite nobody (T19)."""
    token = place.link(by=admin)
    place.do(actions.assign_roles, place.system, admin.ref, roles=("quality",))
    with pytest.raises(NotFound):
        place.redeem(token)


def test_links_of_an_administrator_work(place, admin):
    """The control: while he is one, they do, and the record names him."""
    assert place.live(place.redeem(place.link(by=admin)))


def test_a_new_password_ends_the_old_one_and_all_sessions(place, admin):
    """Whoever had the old password, or a session, has nothing."""
    ref = place.member()
    old = place.sign_in()
    new = place.redeem(place.link(by=admin, member=ref), "ignored", "a quite different sentence")
    assert (place.live(old), place.live(new).actor.ref) == (None, ref)
    with pytest.raises(BadInput):
        place.sign_in(password=PASSWORD)
    assert place.live(place.sign_in(password="a quite different sentence"))


def test_a_new_password_must_not_hold_the_login(place, admin):
    """The member's own login counts, though the form does not ask for it."""
    ref = place.member("clerk-four")
    with pytest.raises(BadInput) as refusal:
        place.redeem(place.link(by=admin, member=ref), "", "xx-clerk-four-xx")
    assert refusal.value.details["why"] == "like-login"


def test_a_link_for_an_erased_member_is_dead(place, admin):
    """Nobody stands behind it any more."""
    ref = place.member()
    token = place.link(by=admin, member=ref)
    place.do(actions.erase, admin, ref)
    with pytest.raises(NotFound):
        place.redeem(token)
