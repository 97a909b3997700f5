"""A new person becomes a member."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, events, queries
from remanu.errors import BadInput, Forbidden
from remanu.ledger import kinds
from remanu.rules import canonical as jcs


def test_it_works(place, keyring):
    """The member has roles and a pseudonym, and the name is found by key alone."""
    ref = place.member("clerk", "receiving_clerk")
    row = place.ask(queries.find_member, place.org_id, ref)
    assert (queries.roles_of(row), row.state) == ({"receiving_clerk"}, "active")
    assert place.ask(queries.name_of, keyring, place.org_id, ref) == "Name of clerk"


def test_the_record_commits_to_the_name_without_telling_it(place, keyring):
    """SHA-256(salt ‖ JCS{name}) stands in the event; salt and name prove it."""
    ref = place.member()
    named = place.ask(queries.named, keyring, place.org_id, ref)
    canonical = place.ask(
        lambda c: c.exec_driver_sql("SELECT canonical FROM event ORDER BY position DESC LIMIT 1").scalar()
    )
    body = jcs.decode(canonical)["body"]
    told = jcs.seal_digest(named.commitment_salt(ref), jcs.encode({"name": "Name of clerk"}))
    assert body == {"name_commitment": told.hex(), "roles": ["technician"]}


def test_pseudonyms_of_two_organisations_share_no_salt(place, keyring):
    """Who learns the salt of one pseudonym learns nothing about another."""
    named = place.ask(queries.named, keyring, place.org_id, place.member())
    assert named.commitment_salt("one") != named.commitment_salt("two")


def test_not_by_a_technician(place):
    """Enrolling is the administrator's."""
    actor = place.actor(place.member())
    with pytest.raises(Forbidden):
        place.do(actions.enrol, actor, login="x", name="x", secret=None, roles=("technician",))


@pytest.mark.parametrize("twin", ["clerk", "CLERK", " Ｃlerk "])
def test_not_the_same_login_twice(place, twin):
    """A login is one person's, in whatever way it is written."""
    place.member("clerk")
    with pytest.raises(BadInput) as refusal:
        place.member(twin)
    assert refusal.value.details["why"] == "login-taken"


def test_two_accounts_of_one_person_are_one_person(place):
    """Segregation of duties counts by person (T9)."""
    first = place.member("clerk")
    second = place.member("clerk-two", same_as=first)
    third = place.member("clerk-three", same_as=second)
    persons = place.ask(queries.persons_of, place.org_id, [first, second, third, "unknown"])
    assert persons[first] == persons[second] == persons[third]
    assert persons["unknown"] == "unknown"


def test_the_event_is_a_join(place):
    """One verb in the record for whoever becomes a member."""
    assert place.kinds(place.member()) == ["accounts.join"]


def test_a_member_without_a_password_cannot_sign_in(place):
    """Until a link was used there is nothing to prove oneself by."""
    place.do(actions.enrol, place.system, login="bare", name="Bare", secret=None, roles=("technician",))
    with pytest.raises(BadInput):
        place.sign_in("bare", "")


def test_events_read_back(place):
    """The registry reads what was recorded."""
    place.member()
    canonical = place.ask(
        lambda c: c.exec_driver_sql("SELECT canonical FROM event ORDER BY position DESC LIMIT 1").scalar()
    )
    assert kinds.read(kinds.registry(events.KINDS), canonical).body.roles == ("technician",)
